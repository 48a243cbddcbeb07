"""Which chart is recommended for a measure described before there are data, and which descriptions are refused."""

import math
from typing import Any

import pytest

import spc
from spc.errors import NotFound, OutOfRange


@pytest.mark.parametrize(
    ("asked", "chart"),
    [
        ({"kind": "value"}, "xmr"),
        ({"kind": "value", "points": 8}, "run"),
        ({"kind": "value", "subgroups": True}, "xbar"),
        ({"kind": "value", "denominators_vary": True}, "i_prime"),
        ({"kind": "count"}, "c"),
        ({"kind": "count", "typical": 0.4}, "t"),
        ({"kind": "proportion"}, "xmr"),
        ({"kind": "proportion", "denominators_vary": True}, "p"),
        ({"kind": "proportion", "denominators_vary": True, "denominator": 5000}, "p_prime"),
        ({"kind": "proportion", "rare": True}, "g"),
        ({"kind": "proportion", "denominator": 50, "typical": 0.99}, "g"),
        ({"kind": "proportion", "denominators_vary": False, "denominator": 50, "typical": 0.06}, "p"),
        ({"kind": "rate", "denominators_vary": True}, "u"),
        ({"kind": "rate", "rare": True}, "t"),
        ({"kind": "opportunities_between"}, "g"),
    ],
)
def test_a_measure_described_before_there_are_data_gets_a_chart(asked: dict[str, Any], chart: str) -> None:
    found = spc.recommend(spc.Description(**asked))
    assert found.chart == chart
    assert found.profile == ("anhoej" if chart == "run" else "mdc")
    assert found.reasons


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "value", "points": -1}, "points"),
        ({"kind": "value", "points": math.nan}, "points"),
        ({"kind": "rate", "denominator": -2}, "denominator"),
        ({"kind": "proportion", "typical": 1.2}, "typical"),
        ({"kind": "count", "typical": -1}, "typical"),
        ({"kind": "value", "typical": math.inf}, "typical"),
    ],
)
def test_a_description_that_cannot_be_is_refused_by_its_field(asked: dict[str, Any], field: str) -> None:
    with pytest.raises(OutOfRange) as refused:
        spc.Description(**asked)
    assert refused.value.field == field


def test_an_unknown_kind_and_a_second_description_are_refused() -> None:
    with pytest.raises(NotFound) as unknown:
        spc.Description("percent")  # type: ignore[arg-type]
    assert unknown.value.field == "kind"
    one = spc.Description("value")
    with pytest.raises(OutOfRange) as twice:
        spc.recommend(one, one)
    assert twice.value.field == "description"
