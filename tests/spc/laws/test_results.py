"""Laws of results: the same data say the same again, in JSON, from a chart file, and with the directions swapped."""

import copy
import json
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import spc
from tests.spc.laws.columns import (
    VALUE_CHARTS,
    charts,
    excluding,
    marks,
    names_of,
    profiles,
    rows_of,
    series_of,
)
from tests.spc.laws.test_lines import with_values

quick = settings(max_examples=150, deadline=None)
SWAPPED = {
    "improvement_high": "concern_high",
    "improvement_low": "concern_low",
    "concern_high": "improvement_high",
    "concern_low": "improvement_low",
}
TURNED = {
    "improvement_high": "improvement_low",
    "improvement_low": "improvement_high",
    "concern_high": "concern_low",
    "concern_low": "concern_high",
}
# Not turned over: on a point that is neither high nor low the word only says on which side of the centre it lies.
NEUTRAL = ("neutral_high", "neutral_low")


@st.composite
def asked(draw: Any, chart: str, n: int) -> dict[str, Any]:
    """Anything that can be asked beside chart and profile."""
    return {
        "direction": draw(st.sampled_from(["increase", "decrease", "neutral"])),
        "target": draw(st.none() | st.sampled_from([0.0, 0.5, 3.0, [(1, 2.0), (5, 3.0)]])),
        "phases": [draw(st.integers(1, n - 1))] if n > 1 and draw(st.booleans()) else [],
        "baseline": draw(st.none() | st.integers(1, 30)),
        "excluded": draw(excluding(chart, n)),
        "multiplier": draw(st.sampled_from([1.0, 100.0, 0.5])),
        "floor": draw(st.none() | st.just(0.0)),
        "centre": draw(st.none() | st.sampled_from([0.5, 1.0])),
        "unit": draw(st.sampled_from(["", "%", "days"])),
    }


@quick
@given(chart=charts, profile=profiles, data=st.data())
def test_a_result_is_the_same_again_and_loads_from_json(chart: str, profile: str, data: Any) -> None:
    rows = data.draw(rows_of(chart))
    series = series_of(chart, rows)
    given_before = copy.deepcopy(rows)
    options = data.draw(asked(chart, len(rows)))
    first = spc.analyse(series, chart, profile, **options).to_dict()
    text = json.dumps(first, allow_nan=False)
    assert json.loads(text) == first
    again = spc.analyse(pickle.loads(pickle.dumps(series)), chart, profile, **options)  # noqa: S301 - our own
    assert json.dumps(again.to_dict(), allow_nan=False) == text
    assert rows == given_before


@quick
@given(chart=charts, profile=profiles, data=st.data())
def test_columns_of_numpy_are_read_and_left_alone(chart: str, profile: str, data: Any) -> None:
    rows = data.draw(rows_of(chart))
    columns: dict[str, Any] = {
        name: np.array([row[name] for row in rows], dtype=np.float64) for name in names_of(chart)
    }
    before = copy.deepcopy(columns)
    one = spc.analyse(spc.Series(**columns), chart, profile)
    assert one.to_dict() == spc.analyse(series_of(chart, rows), chart, profile).to_dict()
    for name, column in columns.items():
        assert np.array_equal(column, before[name], equal_nan=True)
        assert column.flags.writeable


@quick
@given(chart=charts, profile=profiles, data=st.data())
def test_a_chart_file_gives_the_same_verdict_again(chart: str, profile: str, data: Any) -> None:
    rows = data.draw(rows_of(chart, least=1))
    options = data.draw(asked(chart, len(rows)))
    result = spc.analyse(series_of(chart, rows), chart, profile, **options)
    written = json.loads(json.dumps(spc.chart_file(result), allow_nan=False))
    verified = spc.verify(written)
    assert verified, verified.differs
    assert verified.result.to_dict() == result.to_dict()
    written["question"]["multiplier"] = 7.0
    assert "hash" in spc.verify(written).differs


@quick
@given(chart=charts, profile=profiles, data=st.data())
def test_increase_and_decrease_mirror_each_other(chart: str, profile: str, data: Any) -> None:
    series = series_of(chart, data.draw(rows_of(chart)))
    up, down = (spc.analyse(series, chart, profile, direction) for direction in ("increase", "decrease"))
    assert marks(up) == marks(down)
    together = zip(*marks(up).values(), strict=True) if marks(up) else [()] * len(series)
    for row, directions in enumerate(together):
        one, other = up.points.variation[row], down.points.variation[row]
        # Where rules point both ways, some profiles let the improvement decide, whichever it is.
        if up.conventions.both == "first_rule" or len({mark for mark in directions if mark}) < 2:
            assert SWAPPED.get(one, one) == other


@quick
@given(
    chart=st.sampled_from([name for name in VALUE_CHARTS if name not in ("mr", "cusum")]),
    # NHSRplotthedots reads a tie between two trends as falling.
    profile=profiles.filter(lambda name: name != "nhsr_plotthedots"),
    data=st.data(),
)
def test_higher_turned_over_is_lower(chart: str, profile: str, data: Any) -> None:
    rows = data.draw(rows_of(chart))
    turned = with_values(rows, lambda entry: -entry, "value")
    up = spc.analyse(series_of(chart, rows), chart, profile, "increase", target=2.0)
    down = spc.analyse(series_of(chart, turned), chart, profile, "decrease", target=-2.0)
    for one, other in zip(up.points.variation, down.points.variation, strict=True):
        assert TURNED.get(one, one) == other or {one, other} <= {*NEUTRAL}
    assert up.verdict.assurance == down.verdict.assurance


@pytest.mark.parametrize("chart", spc.CHARTS)
def test_every_chart_without_points_says_so(chart: str) -> None:
    result = spc.analyse(series_of(chart, []), chart)
    assert result.verdict.words == "No points yet: the chart begins with the first one."
    assert result.signals == ()
