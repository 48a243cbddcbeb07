"""What goes into the attack: tables of counts as the team has them and as the public sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qiplatform.learning.rules.protection import ROUND_TO, SMALLEST_SHOWN, STAR, Cells
from qiplatform.measures.models import Frequency
from qiplatform.measures.rules.numbers import fault

PARTS = ("value", "numerator", "denominator")
MOST = 10**7
"""No count of people is larger: the upper end of what is not said at all."""
_HALF = ROUND_TO // 2


@dataclass(frozen=True, slots=True)
class Table:
    """One measure that counts: the team's cells, and what the public would see or has seen of them.

    `shown` is one table a publication: the candidate's (`ours`) and those of earlier versions and other reports. A period that
    is in `rows` and not in a publication was not published there.
    """

    key: str
    name: str
    frequency: Frequency
    rows: tuple[Cells, ...]
    ours: tuple[Cells, ...] | None
    """What this publication would show; None where it is only the public's knowledge from elsewhere."""
    others: tuple[tuple[Cells, ...], ...] = ()
    """What other publications show of the same measure."""
    exact: bool = False
    """Whether its numbers are shown as they are, because it counts things and not people."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of one table: whose, which part of the row, and when."""

    table: str
    part: str
    period: date


@dataclass(frozen=True, slots=True)
class Range:
    """All whole numbers from `low` to `high`."""

    low: int
    high: int

    def narrower_than(self, other: "Range") -> bool:
        """Whether it holds fewer values."""
        return self.high - self.low < other.high - other.low

    def meet(self, other: "Range") -> "Range | None":
        """Return what both allow; none where they exclude each other."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Range(low, high) if low <= high else None


SMALL = Range(1, SMALLEST_SHOWN - 1)
"""What a star says."""
ANY = Range(0, MOST)
"""What a point that was left out to protect another one says: nothing."""
FEW = Range(0, SMALLEST_SHOWN - 1)
"""What a point says that is left out because its denominator is small."""


def told(text: str, *, exact: bool = False) -> Range | None:
    """Return what a shown number says of the true one; None where nothing is shown.

    >>> told("*"), told("10"), told("15"), told("0"), told("")
    (Range(low=1, high=7), Range(low=8, high=12), Range(low=13, high=17), Range(low=0, high=0), None)
    """
    if text == STAR:
        return SMALL
    number = whole(text)
    if number is None:
        return None
    if exact or number == 0:
        return Range(number, number)
    return Range(max(SMALLEST_SHOWN, number - _HALF), number + _HALF)


def whole(text: str) -> int | None:
    """Return a count as a whole number; None where the text is none."""
    if not text or fault(text) is not None:
        return None
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() and number >= 0 else None


def blank(row: Cells) -> bool:
    """Whether a published row says nothing."""
    return not (row.value or row.numerator or row.denominator)


def parts_of(rows: Sequence[Cells]) -> tuple[str, ...]:
    """Return which parts of a table's rows hold numbers."""
    return tuple(part for part in PARTS if any(getattr(row, part) for row in rows))
