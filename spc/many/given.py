"""What was given for many series at once, made plain: tables of numbers, directions and targets, or a typed reason why not."""

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import numpy as np

from spc.analysis.points import MEANING
from spc.assurance import analyse
from spc.charts import Chart
from spc.errors import (
    LengthsDiffer,
    NeedsDenominator,
    NotANumber,
    NotFinite,
    NotFound,
    NoValues,
    OutOfRange,
    SpcError,
)
from spc.profiles import Profile
from spc.series import FloatArray, Numbers, Series, numbers
from spc.single import alone, single
from spc.told import told

# Series down, points across.
Table: TypeAlias = Sequence[Numbers] | FloatArray
_TABLE = 2


@dataclass(frozen=True, slots=True)
class Tables:
    """What was measured: values, or numerators and denominators; each of shape (series, points), NaN for missing."""

    measured: FloatArray | None
    top: FloatArray | None
    bottom: FloatArray | None

    @property
    def shape(self) -> tuple[int, int]:
        """How many series of how many points."""
        given = self.top if self.measured is None else self.measured
        m, n = (0, 0) if given is None else given.shape
        return m, n

    def rows(self, part: slice) -> "Tables":
        """Some of the series."""
        return Tables(
            *(None if given is None else given[part] for given in (self.measured, self.top, self.bottom))
        )


def tables(kind: Chart, value: object, numerator: object, denominator: object) -> Tables:
    """Return what was given as tables of numbers; NoValues, NeedsDenominator, LengthsDiffer and others say what is wrong."""
    if value is not None:
        for field, also in (("numerator", numerator), ("denominator", denominator)):
            if also is not None:
                allowed = "give either values, or numerators and denominators"
                raise OutOfRange(field=field, found=told(also), allowed=allowed)
        if kind.needs in ("proportion", "rate"):
            raise NeedsDenominator(chart=kind.title)
        return Tables(table("value", value), None, None)
    if numerator is None and denominator is None and kind.needs not in ("proportion", "rate"):
        raise NoValues(field="value")
    top, bottom = table("numerator", numerator), table("denominator", denominator)
    for length, expected in zip(top.shape, bottom.shape, strict=True):
        if length != expected:
            raise LengthsDiffer(field="numerator", length=length, expected=expected)
    return Tables(None, top, bottom)


def table(field: str, entries: object) -> FloatArray:
    """Return a new table of numbers, read-only; the first series that has something else raises what `Series` raises.

    >>> table("value", [[1, None], (2.5, 3)]).tolist()
    [[1.0, nan], [2.5, 3.0]]
    """
    if isinstance(entries, np.ma.MaskedArray):
        hole: Any = np.nan if entries.dtype.kind in "fiu" else None
        entries = np.where(np.ma.getmaskarray(entries), hole, entries.data)
    elif not isinstance(entries, np.ndarray) and hasattr(entries, "__array__"):  # a data frame
        entries = np.asarray(entries)
    if isinstance(entries, np.ndarray) and entries.ndim == _TABLE and entries.dtype.kind in "fiu":
        with np.errstate(
            over="ignore"
        ):  # a longer number beyond the range of a double is refused as infinite
            made = np.array(entries, dtype=np.float64, order="C")
    elif entries is None or alone(entries):
        raise NoValues(field=field)
    else:
        made = _from_rows(field, entries)  # type: ignore[arg-type]  # not alone: rows
    made.setflags(write=False)
    return made


def _from_rows(field: str, entries: Iterable[object]) -> FloatArray:
    """Read a table series by series."""
    rows: list[FloatArray] = []
    for number, row in enumerate(entries):
        if alone(row):
            allowed = "each series is a row of numbers, a single series too"
            raise OutOfRange(field=field, found=told(row), allowed=allowed).of_series(number)
        try:
            rows.append(numbers(field, row))  # type: ignore[arg-type]  # not alone: a column
            if len(rows[-1]) != len(rows[0]):
                raise LengthsDiffer(field=field, length=len(rows[-1]), expected=len(rows[0]))
        except SpcError as error:
            raise error.of_series(number) from None
    return np.array(rows, dtype=np.float64) if rows else np.zeros((0, 0))


def directions(direction: object, m: int) -> tuple[str, ...]:
    """Return the direction of each series; NotFound for a word that is none, LengthsDiffer for too few or too many.

    >>> directions("increase", 2), directions(["increase", "neutral"], 2)
    (('increase', 'increase'), ('increase', 'neutral'))
    """
    one = isinstance(direction, (str, bytes, AbstractSet, Mapping)) or not isinstance(direction, Iterable)
    words: list[str] = []
    for word in (direction,) if one else direction:  # type: ignore[attr-defined]  # it can be gone through
        if not isinstance(word, str) or word not in MEANING:
            raise NotFound(field="direction", asked=told(word), known=MEANING)
        words.append(word)
    if one:
        words *= m
    if len(words) != m:
        raise LengthsDiffer(field="direction", length=len(words), expected=m)
    return tuple(words)


def targets(target: object, m: int) -> FloatArray:
    """Return the target of each series, NaN for none; NotANumber, NotFinite or LengthsDiffer names it and the series.

    >>> targets([1, None], 2).tolist(), targets(None, 1).tolist()
    ([1.0, nan], [nan])
    """
    if alone(target):
        column = np.full(m, single("target", target))
    else:
        try:
            column = numbers("target", target)  # type: ignore[arg-type]  # not alone: a column
        except NotANumber as error:
            named = NotANumber(field="target", row=None, found=error.found)
            raise named.of_series(error.row or 0) from None
        except NotFinite as error:
            raise NotFinite(field="target", row=None).of_series(error.row or 0) from None
    if len(column) != m:
        raise LengthsDiffer(field="target", length=len(column), expected=m)
    column.setflags(write=False)
    return column


def check(kind: Chart, profile: Profile, given: Tables, first: int) -> None:
    """Refuse what `analyse` refuses, naming the series; `first` is the number of the first series given."""
    measured, bottom = given.top if given.measured is None else given.measured, given.bottom
    if measured is None:  # there is one or the other
        return
    with np.errstate(invalid="ignore"):
        impossible = np.zeros(measured.shape, dtype=np.bool_) if kind.needs == "value" else measured < 0
        infinite = np.isinf(measured)
        if bottom is not None:
            impossible |= bottom < 0
            if kind.needs == "proportion":
                impossible |= measured > bottom
            # A numerator without a denominator is missing, and nothing is wrong with what is missing.
            impossible &= ~(np.isnan(measured) | np.isnan(bottom))
            infinite |= np.isinf(bottom)
    bad = infinite | impossible
    if bad.any():
        number = int(bad.any(axis=1).argmax())
        _refuse(kind, profile, given.rows(slice(number, number + 1)), first + number)


def _refuse(kind: Chart, profile: Profile, given: Tables, number: int) -> NoReturn:
    """Raise what `analyse` says of one series."""
    try:
        analyse(series_of(given, 0), chart=kind.name, profile=profile)
    except SpcError as error:
        raise error.of_series(number) from None
    message = "a series was refused that can be charted"
    raise AssertionError(message)


def series_of(given: Tables, number: int) -> Series:
    """One of the series.

    >>> series_of(Tables(np.array([[1.0, 2.0]]), None, None), 0).value.tolist()
    [1.0, 2.0]
    """
    if given.top is not None and given.bottom is not None:
        return Series(numerator=given.top[number], denominator=given.bottom[number])
    return Series(value=[] if given.measured is None else given.measured[number])


def number_of(target: float) -> float | None:
    """Return a target, None for NaN.

    >>> number_of(math.nan), number_of(2.0)
    (None, 2.0)
    """
    return None if math.isnan(target) else target
