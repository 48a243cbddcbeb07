"""Hostile numbers: whatever is typed, every chart gives a value or a typed reason that names the field and the row."""

import itertools
import json
import math
import re
from contextlib import nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import spc

NAN, INF = math.nan, math.inf
LONG = np.longdouble("1e400")
EVERY = list(itertools.product(spc.CHARTS, spc.PROFILES))
# Columns of numbers that can be charted, though nobody measured them.
STRANGE: dict[str, list[Any]] = {
    "nothing": [],
    "one": [1],
    "two": [1, 0],
    "all missing": [None, NAN, None, NAN],
    "NaN among numbers": [1, NAN, 0, 1, None, 1],
    "zeros": [0, 0.0, -0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "large": [1e308, 0, 1e308, 1e308, 1, 1e308, 0, 1e308],
    "large of both signs": [1e308, -1e308, 1e308, -1e308, 0, 1, 2, 3],
    "small": [5e-324, 0, 5e-324, 5e-324, 1, 5e-324, 0, -5e-324],
    "large and small": [1e308, 5e-324, 1, 0, 1e-300, 1e300, 5e-324, 1e308],
    "beyond 2**53": [2**53 + 1, 2**53, 2**63, 2**64 + 1, 1, 0, 2**53 + 1, 3],
    "NumPy scalars": [np.float64(1), np.float32(0), np.int64(1), np.uint8(1), np.float16(0), np.int8(1)],
    "fractions": [Fraction(1, 3), Decimal("0.5"), 1, 0, Decimal(1), Fraction(0)],
    "below zero": [-1, -2, -0.5, 1, 0, 3, -4, -1],
    "a flat line": [0.1] * 12,
}
# What is neither a number nor missing, and what is none that can be charted.
WRONG: dict[str, tuple[object, type[spc.SpcError]]] = {
    "text": ("two", spc.NotANumber),
    "yes or no": (True, spc.NotANumber),
    "NumPy's yes or no": (np.True_, spc.NotANumber),
    "bytes": (b"2", spc.NotANumber),
    "a complex number": (1j, spc.NotANumber),
    "a date": (date(2026, 1, 1), spc.NotANumber),
    "a list": ([1, 2], spc.NotANumber),
    "a small array": (np.array([1.0]), spc.NotANumber),
    "an object": (object(), spc.NotANumber),
    "a signalling NaN": (Decimal("sNaN"), spc.NotANumber),
    "a long text": ("x" * 10_000, spc.NotANumber),
    "infinity": (INF, spc.NotFinite),
    "minus infinity": (-INF, spc.NotFinite),
    "an integer beyond a double": (10**400, spc.NotFinite),
    "a fraction beyond a double": (Fraction(10**400), spc.NotFinite),
    "a decimal beyond a double": (Decimal("1e400"), spc.NotFinite),
    "a longer number": (LONG, spc.NotFinite),
}


def sentence(error: spc.SpcError) -> None:
    """A message is a sentence for the person who typed it: with the point's number, and nothing of Python in it."""
    text = error.message
    assert text[0].isupper(), text
    assert text.endswith("."), text
    assert len(text) < 700, text
    assert not re.search(
        r"<|\b(np|numpy|datetime|object at|array|class|dtype|None)\b|Decimal\(|Fraction\(", text
    )
    assert error.field
    if error.row is not None:
        assert f"Point {error.row + 1}" in text, text


def answered(given: dict[str, Any], *asked: str, **options: Any) -> spc.Result | spc.SpcError:
    """A result that can be written and read aloud, or the reason why there is none."""
    try:
        result = spc.analyse(spc.Series(**given), *asked, **options)
        text = json.dumps(result.to_dict(), allow_nan=False)
    except spc.SpcError as error:
        sentence(error)
        return error
    assert json.loads(text)["verdict"]["words"] == result.verdict.words
    assert not re.search(r"\b(nan|inf)\b", result.verdict.words + result.verdict.assurance_words)
    points = result.points
    for line in (points.centre, points.lower, points.upper, points.lower_2s, points.upper_2s):
        assert not np.isinf(line).any()
    return result


def columns(chart: str, entries: list[Any], below: list[Any] | None = None) -> dict[str, Any]:
    """The columns a chart needs, made of the same entries."""
    needs = spc.CHARTS[chart].needs
    if needs in ("proportion", "rate"):
        return {"numerator": entries, "denominator": entries if below is None else below}
    if needs == "subgroups":
        return {"value": entries, "size": below or entries, "deviation": entries, "spread": entries}
    return {"value": entries, "denominator": below} if chart == "i_prime" else {"value": entries}


@pytest.mark.parametrize("entries", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("chart", spc.CHARTS)
def test_every_chart_and_profile_answers_strange_numbers(chart: str, entries: list[Any]) -> None:
    more: dict[str, Any] = {"multiplier": 100.0, "target": 1e308, "direction": "increase", "unit": "%"}
    for profile, below in itertools.product(spc.PROFILES, (None, [0] * len(entries), [4] * len(entries))):
        for options in ({}, more):
            answered(columns(chart, entries, below), chart, profile, **options)


@pytest.mark.parametrize("entries", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("how", ["mean", "median", "sum", "deviation"])
def test_raw_rows_of_strange_numbers_are_gathered(entries: list[Any], how: Any) -> None:
    series = spc.gather([row // 3 for row in range(len(entries))], entries, how=how)
    for column in (series.value, series.size, series.deviation, series.spread):
        assert column is None or not np.isinf(column).any()


@pytest.mark.parametrize(("chart", "profile"), EVERY)
def test_every_chart_and_profile_answers_strange_questions(chart: str, profile: str) -> None:
    entries = [1, 2, 1, 1, 2, 1, None, 1] if chart in ("t", "s", "r", "xbar") else [1, 0, 1, 1, 0, 1, None, 1]
    given = columns(chart, entries, [4] * 8)
    centres: list[Any] = [NAN, 0, -1, 1e308, -1e308, 5e-324, [NAN] * 8, [0.5] * 8, [-1.0] * 8]
    asked: list[dict[str, Any]] = [{"centre": entry} for entry in centres]
    asked += [{"target": entry} for entry in (NAN, 0, 1e308, -1e308, 5e-324, [(3, NAN), (5, 2)])]
    asked += [{"multiplier": entry} for entry in (1e308, 5e-324, 1e-300)]
    asked += [{"floor": entry} for entry in (0, 1e308, -1e308)]
    asked += [{"baseline": entry} for entry in (1, 99, 10**30, (0, 0), (6, 6), [0, 7], np.int64(3))]
    asked += [{"phases": entry} for entry in ([1, 2, 3, 4, 5, 6, 7], np.array([6]), (7,))]
    asked += [{"excluded": entry} for entry in ([0, 0], np.array([6]), range(8))]
    asked += [{"excluded": [0], "baseline": 1}]
    for options in asked:
        found = answered(given, chart, profile, **options)
        if isinstance(found, spc.SpcError):
            # A centre that is no proportion means nothing to a chart of outcomes.
            assert (chart, found.field, *options) == ("bernoulli_cusum", "p0", "centre")


@pytest.mark.parametrize(
    ("options", "field"),
    [
        *(
            ({"phases": entry}, "phases")
            for entry in ([0], [8], [-1], [3, 3], [4, 2], [1.5], ["a"], [NAN], [None], 3)
        ),
        *(({"phases": entry}, "phases") for entry in (np.array([99]), [10**400], "ab", [INF])),
        *(({"excluded": entry}, "excluded") for entry in ([8], [-1], [1.5], ["a"], [None], [NAN], [INF], 3)),
        *(({"excluded": entry}, "excluded") for entry in (np.array([99]), [10**400], "ab")),
        *(
            ({"baseline": entry}, "baseline")
            for entry in (0, -1, 1.5, NAN, INF, "x", (0,), (0, 1, 2), (3, 1))
        ),
        *(({"baseline": entry}, "baseline") for entry in ((0, 99), (-1, 2), (1.5, 2), ("a", 2), np.int64(0))),
        *(({"multiplier": entry}, "multiplier") for entry in (0, -1, INF, -INF, NAN)),
        *(({"centre": entry}, "centre") for entry in (INF, -INF, "x", [1, 2], ["a"] * 8, [INF] * 8, 10**400)),
        *(
            ({"target": entry}, "target")
            for entry in (INF, "x", [1], [(1,)], [("a", 1)], [(1, INF)], 10**400)
        ),
        *(({"chart": entry}, "chart") for entry in ("x", None, 5, ["xmr"])),
        *(({"profile": entry}, "profile") for entry in ("x", None, 5)),
        *(({"direction": entry}, "direction") for entry in ("up", None, 5)),
        ({"settings": {"x": 1}}, "settings"),
        *(
            ({"chart": "ewma", "settings": {name: entry}}, name)
            for name in ("weight", "width", "sigma")
            for entry in (0, -1, INF, "a")
        ),
        *(({"chart": "ewma", "settings": {"weight": entry}}, "weight") for entry in (2, NAN, None, 1e308)),
        *(
            ({"chart": "cusum", "settings": {name: entry}}, name)
            for name in ("shift", "interval", "head_start", "sigma")
            for entry in (-1, INF, "a")
        ),
        *(
            ({"chart": "cusum", "settings": {name: NAN}}, name)
            for name in ("shift", "interval", "head_start")
        ),
        *(
            ({"chart": "bernoulli_cusum", "settings": {"odds_ratio": entry}}, "odds_ratio")
            for entry in (0, 1, NAN)
        ),
        *(({"chart": "bernoulli_cusum", "settings": {"p0": entry}}, "p0") for entry in (-1, 2, INF)),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_by_its_name(
    options: dict[str, Any], field: str
) -> None:
    with pytest.raises(spc.SpcError) as refused:
        spc.analyse(spc.Series(value=[1, 0, 1, 1, 0, 1, None, 1]), **options)
    assert refused.value.field == field
    assert refused.value.message[0].isupper()
    assert not re.search(r"\bnp\.|array\(|object at", refused.value.message)


@pytest.mark.parametrize(("found", "error"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("column", ["value", "numerator", "denominator", "size", "deviation", "spread"])
def test_what_is_no_number_is_refused_where_it_stands(
    column: str, found: object, error: type[spc.SpcError]
) -> None:
    entries: dict[str, Any] = (
        {"numerator": [1, 1], "denominator": [1, 1]}
        if column in ("numerator", "denominator")
        else {"value": [1, 1], "size": [2, 2], "deviation": [1, 1], "spread": [1, 1]}
    )
    entries[column] = [1, found]
    with pytest.raises(error) as refused:
        spc.Series(**entries)
    assert (refused.value.field, refused.value.row) == (column, 1)
    sentence(refused.value)


@pytest.mark.parametrize(
    "column",
    [5, np.array(5.0), (number for number in (1, 2)), np.zeros((2, 2)), np.zeros((0, 3)), "12", {"a": 1}],
    ids=["a number", "an array of none", "a generator", "a table", "an empty table", "text", "a mapping"],
)
def test_what_is_no_column_is_refused(column: Any) -> None:
    with pytest.raises((spc.NoValues, spc.NotANumber)) as refused:
        spc.Series(value=column)
    assert refused.value.field == "value"
    sentence(refused.value)


@pytest.mark.parametrize(
    ("x", "error", "row"),
    [
        ([date(2026, 1, 2), date(2026, 1, 1)], spc.NotInOrder, 1),
        ([date(2026, 1, 1), 2], spc.MixedPeriods, 1),
        ([2, date(2026, 1, 1)], spc.MixedPeriods, 1),
        ([1, "a"], spc.MixedPeriods, 1),
        ([None, 1], spc.MixedPeriods, 0),
        ([1, None], spc.MixedPeriods, 1),
        ([NAN, 1], spc.MixedPeriods, 0),
        ([INF, 1], spc.MixedPeriods, 0),
        ([1, 10**400], spc.MixedPeriods, 1),
        ([True, 2], spc.MixedPeriods, 0),
        ([datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC)], spc.MixedPeriods, 1),  # noqa: DTZ001 - the fault
        ([np.datetime64("2026-01-01"), np.datetime64("2026-01-02")], spc.MixedPeriods, 0),
        ([object(), 1], spc.MixedPeriods, 0),
        ([[1], [2]], spc.MixedPeriods, 0),
        ([1], spc.LengthsDiffer, None),
        (5, spc.NoValues, None),
    ],
)
def test_periods_that_cannot_be_ordered_are_refused_where_they_stand(
    x: Any, error: type[spc.SpcError], row: int | None
) -> None:
    with pytest.raises(error) as refused:
        spc.Series(x=x, value=[1, 2])
    assert refused.value.row == row
    sentence(refused.value)
    if error is not spc.NotInOrder:
        with pytest.raises(spc.SpcError) as gathered:
            spc.gather(x, value=[1, 2])
        sentence(gathered.value)


@pytest.mark.parametrize("chart", spc.CHARTS)
def test_a_period_may_come_twice_only_where_events_can(chart: str) -> None:
    twice = spc.Series(x=[date(2026, 1, 1)] * 3, **columns(chart, [1, 1, 1], [2, 2, 2]))
    if spc.CHARTS[chart].repeats:
        assert len(spc.analyse(twice, chart).points) == 3
        return
    with pytest.raises(spc.RepeatedPeriod) as refused:
        spc.analyse(twice, chart)
    assert refused.value.row == 1
    sentence(refused.value)


@pytest.mark.parametrize(
    "periods", [[np.int64(1), np.float32(2)], [np.str_("a"), np.str_("b")], [1e308, 1.5e308]]
)
def test_periods_of_numpy_are_written_as_plain_json(periods: list[Any]) -> None:
    found = answered({"x": periods, "value": [1, 2]})
    assert isinstance(found, spc.Result)
    assert spc.verify(json.loads(json.dumps(spc.chart_file(found))))


@pytest.mark.parametrize(
    ("place", "fault", "given"),
    [
        ("spc.series.told", repr, {"value": [1, np.True_]}),
        ("spc.series.told", repr, {"x": [1, date(2026, 1, 1)], "value": [1, 2]}),
        ("spc.series.numbers", lambda _, column: np.array(column, dtype=float), {"value": [1, INF, 2]}),
        ("spc.assurance.result.plain", np.ndarray.tolist, {"value": [1, None]}),
        ("spc.series.np.errstate", lambda **_: nullcontext(), {"value": np.array([1, LONG])}),
    ],
)
def test_a_fault_would_be_noticed(
    place: str, fault: object, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(given)
    monkeypatch.setattr(place, fault)
    with pytest.raises((AssertionError, ValueError, TypeError, RuntimeWarning)) as noticed:
        answered(given)
    assert not isinstance(noticed.value, spc.SpcError)
