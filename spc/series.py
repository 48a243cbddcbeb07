"""Series: what was measured, in order of time, checked once. Missing values are NaN."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from spc.errors import (
    LengthsDiffer,
    MixedPeriods,
    Negative,
    NotANumber,
    NotFinite,
    NotInOrder,
    NoValues,
)
from spc.periods import Period, kind, orderable, plain_period
from spc.told import told

__all__ = ["BoolArray", "FloatArray", "Numbers", "Period", "Series", "numbers"]

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = Sequence[float | None] | NDArray[np.floating[Any] | np.integer[Any]]

# What NumPy would make a number of, and people would not.
_NO_NUMBERS = (str, bytes, bool, complex, np.bool_, np.datetime64, np.timedelta64)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Series:
    """Values in order of time: plain, or a numerator over a denominator. Immutable.

    `x` are the periods (dates, numbers or words; 1 to n if left out), `labels` the words to use for them. None and NaN
    are missing. Where a denominator is zero there were no cases: the value is missing. If a numerator or its
    denominator is missing, all three are. With `ordered` false the points are categories, such as hospitals, that do not
    follow each other in time: only single points are judged then. For charts of subgroups, `value` are their means, `size`
    how many measurements each has, `deviation` their standard deviations (n - 1) and `spread` their ranges; `spc.gather`
    makes all of them from raw measurements.

    Raises a typed SpcError that names the field and the row (NotANumber, NotFinite, LengthsDiffer, NotInOrder,
    MixedPeriods, Negative, NoValues).

    >>> Series(value=[3, None, 5]).value
    array([ 3., nan,  5.])
    >>> Series(x=[date(2026, 3, 1), date(2026, 4, 1)], numerator=[9, 8], denominator=[10, 10]).period(1)
    'April 2026'
    """

    __slots__ = (
        "_firsts",
        "_labels",
        "_repeated",
        "denominator",
        "deviation",
        "numerator",
        "ordered",
        "size",
        "spread",
        "value",
        "x",
    )

    x: tuple[Period, ...]
    value: FloatArray
    numerator: FloatArray | None
    denominator: FloatArray | None
    size: FloatArray | None
    deviation: FloatArray | None
    spread: FloatArray | None
    ordered: bool
    _firsts: bool | None
    _labels: tuple[str, ...] | None
    _repeated: int | None

    def __init__(
        self,
        x: Sequence[Period] | None = None,
        value: Numbers | None = None,
        *,
        numerator: Numbers | None = None,
        denominator: Numbers | None = None,
        size: Numbers | None = None,
        deviation: Numbers | None = None,
        spread: Numbers | None = None,
        labels: Sequence[str] | None = None,
        ordered: bool = True,
    ) -> None:
        """Check the columns and keep them."""
        top, bottom = None, None
        if value is not None:
            plotted = numbers("value", value)
            if denominator is not None:
                bottom = numbers("denominator", denominator)
        else:
            if numerator is None:
                raise NoValues(field="value" if denominator is None else "numerator")
            if denominator is None:
                raise NoValues(field="denominator")
            top, bottom = numbers("numerator", numerator), numbers("denominator", denominator)
            plotted = _quotient(top, bottom)
        n = len(plotted)
        parts = {
            name: None if column is None else numbers(name, column)
            for name, column in (("size", size), ("deviation", deviation), ("spread", spread))
        }
        parts["denominator"] = bottom
        for name, entries in (*parts.items(), ("x", x), ("labels", labels)):
            if entries is not None and not hasattr(entries, "__len__"):
                raise NoValues(field=name)
            if entries is not None and len(entries) != n:
                raise LengthsDiffer(field=name, length=len(entries), expected=n)
        keep = object.__setattr__
        for name, column in parts.items():
            if column is not None:
                _refuse_negative(name, column)
            keep(self, name, None if column is None else _frozen(column))
        keep(self, "x", tuple(range(1, n + 1)) if x is None else tuple(map(plain_period, x)))
        keep(self, "value", _frozen(plotted))
        keep(self, "numerator", None if top is None else _frozen(top))
        keep(self, "ordered", ordered)
        keep(self, "_labels", None if labels is None else tuple(str(label) for label in labels))
        keep(self, "_firsts", None)
        keep(self, "_repeated", None if x is None else self._check_order())

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a series does not change."""
        message = f"A series does not change; make a new one instead of setting {name}."
        raise AttributeError(message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Allow copies to be sent to another process."""
        given = (self.x, self.value, self.numerator, self.denominator, self.size, self.deviation, self.spread)
        return _again, (*given, self._labels, self.ordered)

    def __len__(self) -> int:
        """Count the points, missing ones included."""
        return len(self.value)

    def __repr__(self) -> str:
        """Say how many points there are and where they begin and end."""
        span = f", {self.period(0)} to {self.period(len(self) - 1)}" if len(self) else ""
        return f"<Series of {len(self)} points{span}>"

    @property
    def labels(self) -> tuple[str, ...] | None:
        """Words for the periods, where they were given."""
        return self._labels

    def period(self, row: int) -> str:
        """Words for one point's period: its label, "March 2018", "3 March 2026" or "point 12".

        >>> Series(value=[1.0, 2.0]).period(1)
        'point 2'
        """
        if self._labels is not None:
            return self._labels[row]
        x = self.x[row]
        if isinstance(x, date):
            month = f"{MONTHS[x.month - 1]} {x.year}"
            return month if self._monthly() else f"{x.day} {month}"
        return x if isinstance(x, str) else f"point {x:g}"

    def first_repeated(self) -> int | None:
        """Row of the first period that equals the one before it, or None."""
        return self._repeated

    def json_periods(self) -> Iterator[str | int | float]:
        """Periods as JSON can carry them: dates as ISO text."""
        for x in self.x:
            yield x.isoformat() if isinstance(x, date) else x

    def _monthly(self) -> bool:
        """Whether all periods are firsts of a month; looked up once, asked for with every label."""
        if self._firsts is None:
            object.__setattr__(self, "_firsts", all(isinstance(x, date) and x.day == 1 for x in self.x))
        return bool(self._firsts)

    def _check_order(self) -> int | None:
        """Refuse periods that go back in time or cannot be compared, and return the first row that repeats its period.

        Words have no order of their own.
        """
        previous: Period | None = None
        repeated = None
        for row, x in enumerate(self.x):
            if not orderable(x):
                raise MixedPeriods(row=row, found=told(x))
            if previous is not None:
                if kind(x) != kind(previous):
                    raise MixedPeriods(row=row, found=told(x))
                if not isinstance(x, str) and x < previous:  # type: ignore[operator]  # the kinds are equal
                    raise NotInOrder(row=row, period=self.period(row), previous=self.period(row - 1))
                if repeated is None and x == previous:
                    repeated = row
            previous = x
        return repeated


def _again(x: tuple[Period, ...], value: FloatArray, top: FloatArray | None, *columns: Any) -> Series:
    """Make the series again from its columns."""
    bottom, size, deviation, spread, labels, ordered = columns
    given = {"value": value} if top is None else {"numerator": top}
    parts = {"denominator": bottom, "size": size, "deviation": deviation, "spread": spread}
    return Series(x, **given, **parts, labels=labels, ordered=ordered)


def numbers(field: str, column: Numbers) -> FloatArray:
    """Return a new float array of a column, None as NaN; NotANumber or NotFinite names the first bad row."""
    if not hasattr(column, "__len__") or (isinstance(column, np.ndarray) and not column.ndim):
        raise NoValues(field=field)
    if isinstance(column, (AbstractSet, Mapping)):  # they have no order
        raise NoValues(field=field)
    column = _unmasked(column)
    if not (isinstance(column, np.ndarray) and column.dtype.kind in "fiu"):
        for row, found in enumerate(column):
            if found is not None and (isinstance(found, _NO_NUMBERS) or not hasattr(found, "__float__")):
                raise NotANumber(field=field, row=row, found=told(found))
    try:
        with np.errstate(over="ignore"):  # a longer number beyond the range of a double is refused below
            array = np.array(column, dtype=np.float64)
    except OverflowError:  # an integer beyond the range of a double
        row = next(row for row, found in enumerate(column) if _beyond_double(found))
        raise NotFinite(field=field, row=row) from None
    except (TypeError, ValueError):
        row = next(row for row, found in enumerate(column) if not _becomes_number(found))
        raise NotANumber(field=field, row=row, found=told(column[row])) from None
    if array.ndim != 1:
        raise NotANumber(field=field, row=0, found=f"a table of {array.ndim} dimensions")
    infinite = np.isinf(array)
    if np.count_nonzero(infinite):
        raise NotFinite(field=field, row=int(infinite.argmax()))
    return array


def _unmasked(column: Numbers) -> Numbers:
    """Turn what is masked into missing, whatever lies under the mask."""
    return np.ma.filled(column.astype(object), np.nan) if isinstance(column, np.ma.MaskedArray) else column


def _quotient(top: FloatArray, bottom: FloatArray) -> FloatArray:
    """Divide, after setting both to missing where one is; no cases and a quotient out of range are missing."""
    if len(top) != len(bottom):
        raise LengthsDiffer(field="numerator", length=len(top), expected=len(bottom))
    gone = np.isnan(top) | np.isnan(bottom)
    top[gone] = np.nan
    bottom[gone] = np.nan
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        plotted = top / bottom
    plotted[~np.isfinite(plotted)] = np.nan
    return plotted


def _refuse_negative(field: str, column: FloatArray) -> None:
    """Raise Negative for the first entry below zero."""
    below = column < 0
    if below.any():
        row = int(below.argmax())
        raise Negative(field=field, row=row, found=float(column[row]))


def _becomes_number(found: object) -> bool:
    """Whether one entry can be made a double, or is missing."""
    try:
        np.array(found, dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return np.ndim(found) == 0  # type: ignore[arg-type]  # it became an array above


def _beyond_double(found: float | None) -> bool:
    """Whether an entry is a number beyond the range of a double."""
    try:
        return found is not None and abs(float(found)) == np.inf
    except OverflowError:
        return True


def _frozen(array: FloatArray) -> FloatArray:
    """Close an array against writing."""
    array.setflags(write=False)
    return array
