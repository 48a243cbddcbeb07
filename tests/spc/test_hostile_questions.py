"""Hostile questions: an argument is a number of any kind, or it is refused by its own name; what is answered can be written and verified."""

import itertools
import json
import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import spc
from spc.sums import mean
from tests.spc.test_hostile import sentence

NAN, INF = math.nan, math.inf
VALUES = [1, 0, 1, 1, 0, 1, None, 1]
NUMBERS = [2, 0.5, np.int64(2), np.float32(0.5), np.float16(2), Decimal("0.5"), Fraction(1, 2), np.array(2.0)]
NONE_GIVEN = [None, NAN, np.float64(NAN), Decimal("NaN")]
NO_NUMBER: list[Any] = [
    "x",
    "",
    b"x",
    True,
    np.True_,
    1j,
    10**400,
    -INF,
    [1],
    {},
    {1.0},
    object(),
    np.zeros((2, 3)),
]
NO_NUMBER += [np.datetime64("2026-01-01"), date(2026, 1, 1), Decimal("sNaN"), (entry for entry in (1, 2))]
ALONE = ("target", "second_target", "centre", "multiplier", "floor")


def asked(**options: Any) -> spc.Result:
    """A result that is plain JSON, and whose chart file gives the same verdict."""
    result = spc.analyse(spc.Series(value=VALUES), **options)
    json.dumps(result.to_dict(), allow_nan=False)
    written = json.loads(json.dumps(spc.chart_file(result), allow_nan=False))
    assert spc.verify(written), options
    return result


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("number", NUMBERS, ids=repr)
def test_a_number_of_any_kind_is_a_number(name: str, number: Any) -> None:
    plain, given = asked(**{name: float(number)}), asked(**{name: number})
    assert given.to_dict() == plain.to_dict()


@pytest.mark.parametrize("name", ["target", "second_target", "centre", "floor"])
@pytest.mark.parametrize("nothing", NONE_GIVEN, ids=repr)
def test_what_is_missing_was_not_asked(name: str, nothing: Any) -> None:
    assert asked(**{name: nothing}).to_dict() == asked().to_dict()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (name, found)
        for name, found in itertools.product(ALONE, NO_NUMBER)
        if name != "centre" or not isinstance(found, (list, np.ndarray))  # a column
    ],
)
def test_what_is_no_number_is_refused_by_the_arguments_name(name: str, found: Any) -> None:
    with pytest.raises(spc.SpcError) as refused:
        asked(**{name: found})
    assert (refused.value.field, refused.value.row) == (name, None)
    sentence(refused.value)
    assert "Point" not in refused.value.message


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"multiplier": None}, "The multiplier '(nothing)' cannot be used here: a multiplier is above zero and finite."),
        ({"second_target": "x"}, "The second target 'x' is not a number."),
        ({"target": 10**400}, "The target is infinite; only ordinary numbers can be used."),
        ({"target": [(1, "x")]}, "The target 'x' is not a number."),
        ({"target": [1]}, "The target '(list)' cannot be used here: it is a number, or pairs of a period and the number"),
        ({"target": [("March", 3)]}, "The target begins at 'March', which cannot be ordered with the periods of"),
        ({"target": [(NAN, 3)]}, "The target begins at nan, which cannot be ordered"),
        ({"phases": [0]}, "The phase 0 cannot be used here"),
        ({"phases": [True]}, "The phase True cannot be used here: points are counted in whole numbers."),
        ({"excluded": [8]}, "The excluded point 8 cannot be used here"),
        ({"excluded": [True, False]}, "The excluded point True cannot be used here"),
        ({"excluded": 5}, "The excluded 5 cannot be used here: they are a list of points."),
        ({"settings": 5}, "The settings 5 cannot be used here: they are names, each with its number."),
        ({"settings": {"x": 1}}, "There is no setting 'x'. There are: sigma."),
        ({"settings": {"x": 1}, "chart": "run"}, "There is no setting 'x'. This chart has none."),
        ({"settings": {"sigma": "x"}}, "The sigma 'x' is not a number."),
        ({"settings": {"head_start": "x"}, "chart": "cusum"}, "The head start 'x' is not a number."),
        ({"direction": ["increase"]}, "There is no direction '(list)'. There are: increase,"),
        ({"direction": {}}, "There is no direction '(dict)'."),
        ({"profile": ["mdc"]}, "There is no profile '(list)'. There are: mdc,"),
        ({"profile": {}}, "There is no profile '(dict)'."),
        ({"chart": ["xmr"]}, "There is no chart '(list)'. There are: run,"),
    ],
)  # fmt: skip
def test_the_reason_is_a_sentence_about_the_argument(options: dict[str, Any], words: str) -> None:
    with pytest.raises(spc.SpcError) as refused:
        asked(**options)
    assert refused.value.message.startswith(words)
    named = refused.value.field
    if named != "chart":  # there is a chart called np
        sentence(refused.value)
    assert named in options or named in options["settings"]


@pytest.mark.parametrize(
    "options",
    [
        {"target": [(np.int64(3), np.float32(0.5)), (5, None)], "second_target": [(2, NAN), (4, 9)]},
        {"centre": [None] * 8},
        {"centre": np.array([1, NAN] * 4)},
        {"chart": "ewma", "settings": {"weight": np.float32(0.5), "sigma": NAN}},
        {"chart": "bernoulli_cusum", "settings": {"p0": None}},
        {"phases": np.array([4]), "baseline": np.int64(2), "excluded": np.array([1])},
        {"target": [(date(2026, 1, 1), 1.0)]},
    ],
)
def test_a_strange_question_is_written_and_verified(options: dict[str, Any]) -> None:
    if isinstance(options.get("target"), list) and isinstance(options["target"][0][0], date):
        series = spc.Series(x=[date(2026, month, 1) for month in range(1, 9)], value=VALUES)
        made = spc.chart_file(spc.analyse(series, second_target=options["target"], **options))
        assert spc.verify(json.loads(json.dumps(made, allow_nan=False)))
        return
    asked(**options)


@pytest.mark.parametrize(
    ("definition", "decisions"),
    [
        ({"goal": NAN}, ()),
        ({"goal": [INF]}, ()),
        ({"goal": object()}, ()),
        ({(1, 2): 3}, ()),
        ({}, [{"row": NAN}]),
    ],
)
def test_what_json_cannot_carry_is_refused(definition: dict[Any, Any], decisions: list[Any]) -> None:
    result = spc.analyse(spc.Series(value=VALUES))
    with pytest.raises(spc.BadChartFile) as refused:
        spc.chart_file(result, definition=definition, decisions=decisions)
    sentence(refused.value)


@pytest.mark.parametrize("damage", [[], "text", None, {"format": "spc-chart/1"}])
def test_what_is_no_chart_file_is_refused(damage: Any) -> None:
    with pytest.raises(spc.BadChartFile):
        spc.verify(damage)


@pytest.mark.parametrize("part", ["verdict", "data", "question"])
@pytest.mark.parametrize("damage", [[], [[1]], "ab", 5, None])
def test_a_damaged_part_of_a_chart_file_is_refused(part: str, damage: Any) -> None:
    written = spc.chart_file(spc.analyse(spc.Series(value=VALUES)))
    if part == "verdict" and damage == []:
        assert not spc.verify({**written, part: damage})
        return
    with pytest.raises(spc.BadChartFile):
        spc.verify({**written, part: damage})


@pytest.mark.parametrize("column", [{}, {1: 2}, set(), {1.0}, frozenset((1, 2))])
def test_what_has_no_order_is_no_column(column: Any) -> None:
    with pytest.raises(spc.NoValues):
        spc.Series(value=column)


@pytest.mark.parametrize("chart", ["cusum", "bernoulli_cusum"])
@pytest.mark.parametrize("excluded", [[0], [2, 5], list(range(8))])
def test_sums_with_excluded_points_stand_where_their_points_are(chart: str, excluded: list[int]) -> None:
    given: dict[str, Any] = {"centre": 0.5}
    if chart == "cusum":
        given["settings"] = {"sigma": 0.5}
    points = asked(chart=chart, excluded=excluded, phases=[4], **given).points
    assert points.sums is not None
    high, low = points.sums
    assert np.array_equal(np.where(high >= -low, high, low), points.value, equal_nan=True)
    # An excluded point is drawn and forgotten: without it the others are as they were.
    removed = [None if row in excluded else entry for row, entry in enumerate(VALUES)]
    alone = spc.analyse(spc.Series(value=removed), chart=chart, phases=[4], **given).points.sums
    assert alone is not None
    there = [row for row, entry in enumerate(removed) if entry is not None]
    assert [high[row] for row in there] == [alone[0][row] for row in there]
    assert [low[row] for row in there] == [alone[1][row] for row in there]
    assert not high.flags.writeable


LARGEST = 1.7976931348623157e308


@pytest.mark.parametrize("n", [2, 3, 5, 7, 159, 160, 500])
@pytest.mark.parametrize("entry", [LARGEST, -LARGEST, 1e308])
def test_the_mean_of_equal_numbers_is_that_number_however_large(n: int, entry: float) -> None:
    assert mean([entry] * n) == entry
    assert mean(np.full(n, entry)) == entry


def test_a_mean_beyond_the_range_on_the_way_is_exact() -> None:
    assert mean([LARGEST, LARGEST, -LARGEST, -LARGEST]) == 0
    assert mean([LARGEST, 1.0, LARGEST, -LARGEST, -LARGEST]) == 0.2
    assert math.isnan(mean([INF, -INF]))


def test_what_is_masked_is_missing() -> None:
    value = np.ma.masked_array([1.0, 1e9, np.inf, 3.0], mask=[False, True, True, False])
    assert np.array_equal(spc.Series(value=value).value, [1.0, np.nan, np.nan, 3.0], equal_nan=True)
    assert spc.Series(value=np.ma.masked_array([1, 2])).value.tolist() == [1.0, 2.0]
