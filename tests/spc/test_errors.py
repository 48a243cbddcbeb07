"""What cannot be charted is refused with the field and the row, in words fit for the person who typed it."""

from datetime import UTC, date, datetime

import pytest

import spc


@pytest.mark.parametrize(
    ("columns", "error", "field", "row"),
    [
        ({"value": [1, "two", 3]}, spc.NotANumber, "value", 1),
        ({"value": [1, True]}, spc.NotANumber, "value", 1),
        ({"value": [1, float("inf")]}, spc.NotFinite, "value", 1),
        ({"value": [1, 10**400]}, spc.NotFinite, "value", 1),
        ({"numerator": [1, 2], "denominator": [1, -2]}, spc.Negative, "denominator", 1),
        ({"numerator": [1, 2], "denominator": [1]}, spc.LengthsDiffer, "numerator", None),
        ({"x": [1], "value": [1, 2]}, spc.LengthsDiffer, "x", None),
        ({"value": [1, 2], "labels": ["one"]}, spc.LengthsDiffer, "labels", None),
        ({"numerator": [1, 2]}, spc.NoValues, "denominator", None),
        ({"denominator": [1, 2]}, spc.NoValues, "numerator", None),
        ({}, spc.NoValues, "value", None),
        ({"x": [2, 1], "value": [1, 2]}, spc.NotInOrder, "x", 1),
        ({"x": [date(2026, 1, 1), 3], "value": [1, 2]}, spc.MixedPeriods, "x", 1),
        (
            {"x": [date(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC)], "value": [1, 2]},
            spc.MixedPeriods,
            "x",
            1,
        ),
        ({"x": [1, None], "value": [1, 2]}, spc.MixedPeriods, "x", 1),
        ({"x": [1, float("nan")], "value": [1, 2]}, spc.MixedPeriods, "x", 1),
    ],
)
def test_a_series_that_cannot_be(
    columns: dict[str, object], error: type[spc.SpcError], field: str, row: int | None
) -> None:
    with pytest.raises(error) as refused:
        spc.Series(**columns)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.row) == (field, row)
    assert refused.value.message.endswith(".")
    if row is not None:
        assert f"Point {row + 1}" in refused.value.message


@pytest.mark.parametrize(
    ("asked", "error", "field"),
    [
        ({"chart": "pie"}, spc.NotFound, "chart"),
        ({"profile": "mine"}, spc.NotFound, "profile"),
        ({"direction": "up"}, spc.NotFound, "direction"),
        ({"phases": [0]}, spc.OutOfRange, "phases"),
        ({"phases": [3, 2]}, spc.OutOfRange, "phases"),
        ({"phases": [2, 2]}, spc.OutOfRange, "phases"),
        ({"phases": [5]}, spc.OutOfRange, "phases"),
        ({"excluded": [5]}, spc.OutOfRange, "excluded"),
        ({"excluded": [-1]}, spc.OutOfRange, "excluded"),
        ({"baseline": 0}, spc.OutOfRange, "baseline"),
        ({"baseline": (3, 2)}, spc.OutOfRange, "baseline"),
        ({"baseline": (0, 9)}, spc.OutOfRange, "baseline"),
        ({"chart": "p"}, spc.NeedsDenominator, "denominator"),
        ({"chart": "u"}, spc.NeedsDenominator, "denominator"),
        ({"centre": [1.0]}, spc.LengthsDiffer, "centre"),
        ({"centre": float("inf")}, spc.NotFinite, "centre"),
        ({"target": float("inf")}, spc.NotFinite, "target"),
        ({"target": "ninety"}, spc.SpcError, "target"),
        ({"target": [("March", 3.0)]}, spc.MixedPeriods, "target"),
        ({"multiplier": float("nan")}, spc.OutOfRange, "multiplier"),
        ({"multiplier": 0.0}, spc.OutOfRange, "multiplier"),
    ],
)
def test_a_question_that_cannot_be_answered(
    asked: dict[str, object], error: type[spc.SpcError], field: str
) -> None:
    with pytest.raises(error) as refused:
        spc.analyse(spc.Series(value=[1, 2, 3, 4, 5]), **asked)  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize("chart", ["c", "g", "t"])
def test_counts_and_times_below_zero(chart: str) -> None:
    with pytest.raises(spc.Negative) as refused:
        spc.analyse(spc.Series(value=[1, -2, 3]), chart=chart)
    assert refused.value.row == 1


def test_every_error_is_a_value_error_with_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"There is no chart 'pie'\. There are: run, xmr"):
        spc.analyse(spc.Series(value=[1]), chart="pie")
