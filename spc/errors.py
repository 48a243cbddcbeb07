"""What can be wrong with what was asked, each as a type that names the field and the row in words fit for a user."""

from collections.abc import Iterable
from typing import Self


class SpcError(ValueError):
    """Something in the data or the options cannot be charted.

    `field` is the argument's name, `row` the 0-based index of the point (None when it is about no single point),
    `message` a sentence that can be shown to the person who typed it.
    """

    def __init__(self, message: str, *, field: str, row: int | None = None) -> None:
        """Keep the sentence, the field and the row."""
        super().__init__(message)
        self.message = message
        self.field = field
        self.row = row
        self.series: int | None = None

    def of_series(self, number: int) -> Self:
        """Name the series, counted from 0, where many were given; the sentence counts from 1."""
        self.series = number
        self.message = f"Series {number + 1}, {self.message[:1].lower()}{self.message[1:]}"
        self.args = (self.message,)
        return self


class NotANumber(SpcError):
    """A value that is neither a number nor missing."""

    def __init__(self, *, field: str, row: int | None, found: object) -> None:
        """Name the field, the row and what stands there; a number that stands by itself has no row."""
        words = f"The {_spaced(field)} {found!r} is not a number."
        if row is not None:
            words = (
                f"Point {row + 1}: {found!r} is not a number ({field}). Leave it empty if there is no value."
            )
        super().__init__(words, field=field, row=row)
        self.found = found


class NotADate(SpcError):
    """A period that must be a date and is none."""

    def __init__(self, *, row: int, found: object) -> None:
        """Name the row and what stands there."""
        super().__init__(
            f"Point {row + 1}: {found!r} is not a date; only dates can be gathered by week, month, quarter or year.",
            field="x",
            row=row,
        )
        self.found = found


class NotFinite(SpcError):
    """An infinite value: nothing can be drawn or averaged with it."""

    def __init__(self, *, field: str, row: int | None) -> None:
        """Name the field and the row; a number that stands by itself has no row."""
        words = f"The {_spaced(field)} is infinite; only ordinary numbers can be used."
        if row is not None:
            words = f"Point {row + 1}: the {field} is infinite; only ordinary numbers can be charted."
        super().__init__(words, field=field, row=row)


class LengthsDiffer(SpcError):
    """Two columns that must belong together have different lengths."""

    def __init__(self, *, field: str, length: int, expected: int) -> None:
        """Name the field, its length and the length of the other columns."""
        super().__init__(
            f"The column {field} has {length} entries where {expected} are expected.", field=field
        )
        self.length = length
        self.expected = expected


class NoValues(SpcError):
    """A series was made without values, or with a denominator and nothing to divide."""

    def __init__(self, *, field: str) -> None:
        """Name the column that is missing altogether."""
        super().__init__(f"The column {field} is needed and was not given.", field=field)


class NumeratorExceedsDenominator(SpcError):
    """More events than chances: a proportion above one."""

    def __init__(self, *, row: int, numerator: float, denominator: float) -> None:
        """Name the row and both numbers."""
        super().__init__(
            f"Point {row + 1}: the numerator, {numerator:g}, is larger than the denominator, {denominator:g}.",
            field="numerator",
            row=row,
        )
        self.numerator = numerator
        self.denominator = denominator


class Negative(SpcError):
    """A count, a denominator or a time that is below zero."""

    def __init__(self, *, field: str, row: int, found: float) -> None:
        """Name the field, the row and the number."""
        super().__init__(
            f"Point {row + 1}: the {field} is {found:g}; it cannot be below zero.", field=field, row=row
        )
        self.found = found


class NotPositive(SpcError):
    """A time between events of zero or less on a chart that cannot show it in the asked profile."""

    def __init__(self, *, row: int, found: float) -> None:
        """Name the row and the number."""
        super().__init__(
            f"Point {row + 1}: {found:g} is not above zero; in this profile a t chart cannot show it.",
            field="value",
            row=row,
        )
        self.found = found


class NotBinary(SpcError):
    """A value other than 0 and 1 on a chart of outcomes case by case."""

    def __init__(self, *, row: int, found: float) -> None:
        """Name the row and the number."""
        super().__init__(
            f"Point {row + 1}: {found:g} is neither 0 nor 1; this chart takes one case a point, with 1 for an event.",
            field="value",
            row=row,
        )
        self.found = found


class NotInOrder(SpcError):
    """A point that stands before an earlier one."""

    def __init__(self, *, row: int, period: str, previous: str) -> None:
        """Name the row and the two periods."""
        super().__init__(
            f"Point {row + 1}, {period}, comes after {previous}: put the points in order of time.",
            field="x",
            row=row,
        )


class RepeatedPeriod(SpcError):
    """Two values for one period on a chart that has one point a period."""

    def __init__(self, *, row: int, period: str) -> None:
        """Name the row and the period."""
        super().__init__(f"Point {row + 1}: there is already a value for {period}.", field="x", row=row)


class MixedPeriods(SpcError):
    """Periods that cannot be put in one order: dates beside numbers, or a missing period."""

    def __init__(self, *, row: int | None, found: object, field: str = "x") -> None:
        """Name the row and what stands there; the period a target begins in has no row."""
        words = f"The {_spaced(field)} begins at {found!r}, which cannot be ordered with the periods of the points."
        if row is not None:
            words = f"Point {row + 1}: the period {found!r} cannot be ordered with the others."
        super().__init__(words, field=field, row=row)


class NeedsDenominator(SpcError):
    """A chart of proportions or rates was asked of plain values."""

    def __init__(self, *, chart: str) -> None:
        """Name the chart."""
        super().__init__(
            f"A {chart} needs a numerator and a denominator for every point.", field="denominator"
        )


class NotFound(SpcError):
    """A chart, rule, profile, direction or setting that does not exist."""

    def __init__(self, *, field: str, asked: object, known: Iterable[str], called: str = "") -> None:
        """Name what was asked and what there is; `called` is what one of them is called, if not as the field."""
        self.known = tuple(known)
        there = f"There are: {', '.join(self.known)}." if self.known else "This chart has none."
        super().__init__(f"There is no {called or field} {asked!r}. {there}", field=field)
        self.asked = asked


class OutOfRange(SpcError):
    """A phase, a baseline or an exclusion that points outside the series, or points twice at one place."""

    def __init__(self, *, field: str, found: object, allowed: str, called: str = "") -> None:
        """Name the field, what was given and what may be given; `called` is what it is called, if not as the field."""
        words = f"The {called or _spaced(field)} {found!r} cannot be used here: {allowed}."
        super().__init__(words, field=field)
        self.found = found


class BadChartFile(SpcError):
    """A chart file that cannot be read, or whose content was changed after it was written."""

    def __init__(self, message: str) -> None:
        """Say what is wrong with the file."""
        super().__init__(message, field="chart file")


def _spaced(field: str) -> str:
    """Write an argument's name as words."""
    return field.replace("_", " ")
