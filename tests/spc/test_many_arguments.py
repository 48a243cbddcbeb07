"""What `analyse_many` is given is read as `Series` and `analyse` read it, or refused in their words, with the series named."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import spc
from spc.many import block, given
from tests.spc.test_hostile import WRONG

NAN, INF = np.nan, np.inf
WIDTH = block.width(36)


def refused(**asked: Any) -> spc.SpcError:
    with pytest.raises(spc.SpcError) as found:
        spc.analyse_many(**asked)
    error = found.value
    assert str(error) == error.message
    assert error.message[0].isupper()
    assert error.message.endswith(".")
    assert not re.search(r"<|object at|\barray|numpy", error.message)
    assert error.row is None or f"point {error.row + 1}" in error.message
    return error


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        ({"value": [[1.0]], "chart": "g"}, spc.NotFound, "no chart for many series at once 'g'"),
        ({"value": [[1.0]], "chart": "xmrr"}, spc.NotFound, "xmrr"),
        ({"value": [[1.0]], "chart": ["xmr"]}, spc.NotFound, "(list)"),
        ({"value": [[1.0]], "profile": "ihi_run"}, spc.OutOfRange, "one by one"),
        ({"value": [[1.0]], "profile": "powerbi_spc"}, spc.OutOfRange, "one by one"),
        ({"value": [[1.0]], "profile": ["mdc"]}, spc.NotFound, "(list)"),
        ({"value": [[1.0]], "profile": None}, spc.NotFound, "(nothing)"),
        ({"value": [[1.0]], "direction": "up"}, spc.NotFound, "up"),
        ({"value": [[1.0]], "direction": None}, spc.NotFound, "(nothing)"),
        ({"value": [[1.0]], "direction": 5}, spc.NotFound, "direction 5"),
        ({"value": [[1.0]], "direction": [["increase"]]}, spc.NotFound, "(list)"),
        ({"value": [[1.0]], "direction": ["increase", "increase"]}, spc.LengthsDiffer, "2 entries where 1"),
        ({"value": [[1.0]], "target": [1, 2]}, spc.LengthsDiffer, "2 entries where 1"),
        ({"value": [[1.0]], "target": "much"}, spc.NotANumber, "The target 'much' is not a number."),
        ({"value": [[1.0]], "target": INF}, spc.NotFinite, "The target is infinite"),
        ({"value": [[1.0]], "target": {}}, spc.NotANumber, "The target '(dict)'"),
        ({"value": [[1.0], [2.0]], "target": [1, "x"]}, spc.NotANumber, "Series 2, the target 'x' is not"),
        ({"value": [[1.0], [2.0]], "target": [1, INF]}, spc.NotFinite, "Series 2, the target is infinite"),
        ({"value": None}, spc.NoValues, "value"),
        ({"value": 5}, spc.NoValues, "value"),
        ({"value": "5"}, spc.NoValues, "value"),
        ({"value": {}}, spc.NoValues, "value"),
        ({"value": np.array(5.0)}, spc.NoValues, "value"),
        ({"value": [1.0, 2.0]}, spc.OutOfRange, "Series 1, the value 1.0 cannot be used here: each series is a row"),
        ({"value": np.zeros(3)}, spc.OutOfRange, "each series is a row of numbers"),
        ({"value": np.zeros((1, 2, 2))}, spc.NotANumber, "a table of 2 dimensions"),
        ({"value": [[1.0, 2.0], [1.0]]}, spc.LengthsDiffer, "Series 2, the column value has 1 entries where 2"),
        ({"value": [[1.0, 2.0], [3.0, "x"]]}, spc.NotANumber, "Series 2, point 2"),
        ({"value": [[1.0, 2.0], [3.0, INF]]}, spc.NotFinite, "Series 2, point 2"),
        ({"value": np.array([[1, np.longdouble("1e400")]])}, spc.NotFinite, "Series 1, point 2"),
        ({"value": [[1.0, 2.0], [-3.0, 1.0]], "chart": "c"}, spc.Negative, "Series 2, point 1"),
        ({"value": [[1.0]], "chart": "p"}, spc.NeedsDenominator, "p chart"),
        ({"chart": "p"}, spc.NoValues, "numerator"),
        ({"numerator": [[1.0]], "chart": "u"}, spc.NoValues, "denominator"),
        ({"value": [[1.0]], "denominator": [[1.0]]}, spc.OutOfRange, "either values, or numerators"),
        ({"numerator": [[1.0]], "denominator": [[-1.0]], "chart": "u"}, spc.Negative, "Series 1, point 1"),
        ({"numerator": [[-1.0]], "denominator": [[1.0]], "chart": "u"}, spc.Negative, "Series 1, point 1"),
        ({"numerator": [[1.0]], "denominator": [[INF]], "chart": "u"}, spc.NotFinite, "Series 1, point 1"),
        ({"numerator": [[1.0]], "denominator": [[1.0, 1.0]], "chart": "u"}, spc.LengthsDiffer, "1 entries where 2"),
        ({"numerator": [[1, 1]], "denominator": [[1], [1]], "chart": "u"}, spc.LengthsDiffer, "1 entries where 2"),
    ],
)  # fmt: skip
def test_bad_input_is_named(asked: dict[str, Any], kind: type[spc.SpcError], words: str) -> None:
    error = refused(**asked)
    assert type(error) is kind
    assert words in error.message
    assert error.field in {"chart", "profile", "direction", "target", "value", "numerator", "denominator"}


def too_many() -> dict[str, Any]:
    """More events than chances in one series."""
    top = np.full((WIDTH + 9, 36), 3.0)
    top[WIDTH + 3, 7] = 12.0
    return {"numerator": top, "denominator": np.full(top.shape, 9.0), "chart": "p"}


def test_the_series_that_is_wrong_is_named_beyond_the_first_block() -> None:
    error = refused(**too_many())
    assert (type(error), error.series, error.row) == (spc.NumeratorExceedsDenominator, WIDTH + 3, 7)
    assert (
        error.message == f"Series {WIDTH + 4}, point 8: the numerator, 12, is larger than the denominator, 9."
    )


def test_without_the_check_it_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "check", lambda *_: None)
    with pytest.raises(pytest.fail.Exception):
        refused(**too_many())


@pytest.mark.parametrize(("found", "kind"), WRONG.values(), ids=WRONG)
def test_what_a_series_refuses_is_refused_in_its_words(found: object, kind: type[spc.SpcError]) -> None:
    row: list[Any] = [1.0, found]
    with pytest.raises(spc.SpcError) as alone:
        spc.Series(value=row)
    error = refused(value=[[1.0, 2.0], row])
    assert type(error) is kind
    assert (error.series, error.row, error.field) == (1, 1, "value")
    words = alone.value.message
    assert error.message == f"Series 2, {words[0].lower()}{words[1:]}"


@pytest.mark.parametrize(
    "table",
    [
        np.array([["1", "2"]]),
        np.array([[True, False]]),
        np.array([[1j]]),
        np.array([["2026-01-01"]], dtype="M8[D]"),
        np.array([[1]], dtype="m8[D]"),
        np.array([["1", None]], dtype=object),
    ],
    ids=lambda table: str(table.dtype),
)
def test_a_table_of_what_numpy_would_make_numbers_of_is_refused(table: Any) -> None:
    assert type(refused(value=table)) is spc.NotANumber


class Frame:
    """A data frame, as far as NumPy is concerned: going through it gives the names of its columns."""

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:  # noqa: FBT001 - NumPy's protocol
        return np.array([[1, 2], [3, 4]], dtype=dtype)

    def __len__(self) -> int:
        return 2

    def __iter__(self) -> Any:
        return iter("ab")


@pytest.mark.parametrize(
    ("table", "plain"),
    [
        ([[Decimal("1.5"), Fraction(1, 3), None, np.int8(3)]], [[1.5, 1 / 3, NAN, 3.0]]),
        ((np.array([1, 2]), (3.0, 4)), [[1.0, 2.0], [3.0, 4.0]]),
        (np.array([[1, None]], dtype=object), [[1.0, NAN]]),
        (np.asfortranarray(np.array([[1, 2], [3, 4]], dtype=np.float16)), [[1.0, 2.0], [3.0, 4.0]]),
        (np.ma.masked_array([[1.0, 9.0, 2.0]], mask=[[False, True, False]]), [[1.0, NAN, 2.0]]),
        (np.ma.masked_array([[1, 9]], mask=[[False, True]]), [[1.0, NAN]]),
        (np.ma.masked_array(np.array([[1, "x"]], dtype=object), mask=[[False, True]]), [[1.0, NAN]]),
        (Frame(), [[1.0, 2.0], [3.0, 4.0]]),
        (np.zeros((2, 0)), [[], []]),
    ],
    ids=lambda table: type(table).__name__,
)  # fmt: skip
def test_tables_of_any_kind_are_read(table: Any, plain: list[list[float]]) -> None:
    read = spc.analyse_many(table).value
    assert np.array_equal(read, plain, equal_nan=True)


@pytest.mark.parametrize("target", [2, np.int64(2), Decimal(2), np.array(2.0), [2], np.array([2])], ids=repr)
def test_a_target_of_any_kind_is_a_number(target: Any) -> None:
    batch = spc.analyse_many([[1.0, 2.0, 1.0, 2.0]], direction="increase", target=target)
    assert batch.assurance == ("hit_or_miss",)
    assert batch.result(0).verdict.target == 2


@pytest.mark.parametrize("chart", ["u", "c", "xmr"])
def test_a_number_below_zero_whose_partner_is_missing_is_missing(chart: str) -> None:
    """As in a series."""
    top, bottom = [-1.0, NAN, 2.0], [NAN, -1.0, 4.0]
    alone = spc.analyse(spc.Series(numerator=top, denominator=bottom), chart=chart)
    batch = spc.analyse_many(numerator=[top], denominator=[bottom], chart=chart)
    assert np.array_equal(batch.value[0], alone.points.value, equal_nan=True)
    assert batch.variation == (alone.verdict.variation,)
