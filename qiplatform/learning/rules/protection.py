"""THE gate: the one function that turns a team's numbers into numbers that may be public.

The rules are NHS England's practice for public counts of people: 0 stays 0, 1 to 7 become a star, 8 and
over are rounded to the nearest 5; rates are worked out from the rounded parts; a denominator under 8
hides the point. Whoever publishes calls `protect`; nothing else writes the protected table.

What several measures, versions and longer periods tell together is looked at afterwards, with all of them
in view (`disclosure`): further points are left out there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from qiplatform.learning.models import Treatment
from qiplatform.measures.rules.numbers import fault

STAR = "*"
SMALLEST_SHOWN = 8
ROUND_TO = 5
FREE = "things"
ONE_PERSON_A_POINT = frozenset({"g", "t"})
ALWAYS_COUNTS = frozenset({"c"})
_NOT_A_COUNT = re.compile(
    r"%|\b(per|percent|percentage|rate|ratio|mean|average|median|score|minutes?|mins?|hours?|hrs?|days?|weeks?|seconds?|£|pounds?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table of numbers, each a text as typed; empty where there is none."""

    period: date
    value: str = ""
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be published of one measure, what was done, and what the checker should know."""

    treatment: Treatment
    rows: tuple[Cells, ...]
    starred: int = 0
    hidden: int = 0
    warnings: tuple[str, ...] = ()


def protect_count(text: str) -> str:
    """Return a count of people as the public may see it.

    >>> [protect_count(text) for text in ("0", "1", "7", "8", "12", "13", "1003")]
    ['0', '*', '*', '10', '10', '15', '1005']
    """
    number = _decimal(text)
    if number is None or number == 0:
        return "0" if number == 0 else ""
    if number < SMALLEST_SHOWN:
        return STAR
    return str(int((number / ROUND_TO).to_integral_value(ROUND_HALF_UP)) * ROUND_TO)


def protect(*, counts: str, chart: str, unit: str, frequency: str, rows: Sequence[Cells]) -> Protected:
    """Return the protected table of one measure.

    `counts` is what the measure counts (people, events, things), `chart` its chart; `unit` tells a count from a
    mean or a rate typed as one number; `frequency` is used to advise a longer period.
    """
    if counts == FREE:
        return Protected(Treatment.AS_TYPED, tuple(rows))
    if chart in ONE_PERSON_A_POINT:
        told = "Each point of this chart is one person or event, so no point is published; only the definition is."
        return Protected(Treatment.WITHHELD, (), hidden=len(rows), warnings=(told,))
    of_parts = any(row.numerator or row.denominator for row in rows)
    if not of_parts and chart not in ALWAYS_COUNTS and not _are_counts(unit, rows):
        told = "These values are means or rates typed as one number: they are published as typed. Check that none describes a few people."
        return Protected(Treatment.AS_TYPED, tuple(rows), warnings=(told,))
    shown = tuple(_row(row) for row in rows)
    starred = sum(STAR in {row.value, row.numerator, row.denominator} for row in shown)
    hidden = sum(
        bool(before.denominator) and not after.denominator for before, after in zip(rows, shown, strict=True)
    )
    return Protected(
        Treatment.ROUNDED, shown, starred, hidden, _advice(frequency, starred + hidden, len(shown))
    )


def treatment_words(treatment: Treatment) -> str:
    """Return what was done to a measure's numbers, in words that stand beside the table."""
    match treatment:
        case Treatment.AS_TYPED:
            return "The numbers are shown as the team recorded them."
        case Treatment.ROUNDED:
            return (
                "To protect people, counts from 1 to 7 are shown as a star (*), and counts of 8 and over are rounded to the nearest 5; "
                "0 stays 0. Rates are worked out from the rounded counts. Points out of fewer than 8 are left out, and so are points from which a star could be worked out."
            )
        case Treatment.WITHHELD:
            return "Each point would describe one person or event, so the points are not published."


def _row(row: Cells) -> Cells:
    if not (row.numerator or row.denominator):
        return Cells(row.period, value=protect_count(row.value))
    whole = _decimal(row.denominator)
    if whole is not None and whole < SMALLEST_SHOWN:
        return Cells(row.period)
    # A value beside its parts would be the true rate: it is left out, and worked out from what is left.
    return Cells(
        row.period, numerator=protect_count(row.numerator), denominator=protect_count(row.denominator)
    )


def _are_counts(unit: str, rows: Sequence[Cells]) -> bool:
    if _NOT_A_COUNT.search(unit):
        return False
    numbers = [number for row in rows if (number := _decimal(row.value)) is not None]
    return all(number >= 0 and number == number.to_integral_value() for number in numbers)


def _advice(frequency: str, lost: int, of: int) -> tuple[str, ...]:
    if not lost:
        return ()
    longer = {"daily": "week", "weekly": "month", "monthly": "quarter"}.get(frequency, "longer period")
    return (f"{lost} of {of} points are starred or left out. Counting by {longer} would show more.",)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text and fault(text) is None else None
