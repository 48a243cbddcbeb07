"""Rows of numbers: which fit a chart, and what is wrong with those that do not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import spc
from qiplatform.errors import Mistake
from qiplatform.measures.models import Counts, DataPoint, Measure
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.numbers import fault, number
from qiplatform.measures.rules.record import takes_two
from qiplatform.store import identifiers

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
NOTE_LENGTH = 2000
FIELDS = ("value", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class PointRow:
    """The numbers of one period as somebody sent them."""

    period: date
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    note: str | None = None
    """None leaves the note as it is."""
    version: int | None = None
    """The version of the row they had in view, 0 for none; None when they had none in view."""
    base: tuple[str, ...] | None = None
    """The cells they had in view (value, numerator, denominator, note), so that others' cells are not written over."""

    @property
    def numbers(self) -> tuple[str, str, str]:
        """The three texts."""
        return self.value, self.numerator, self.denominator


@dataclass(frozen=True, slots=True)
class Places:
    """How a row's cells are named: by their address in what was sent, and in words."""

    at: Sequence[str]
    """For each row, such as `points/3`."""
    words: Sequence[str]
    """For each row, such as "row 3"."""
    columns: dict[str, str]
    """For each field, such as "column B"."""

    def address(self, row: int, field: str) -> str:
        """Return a cell's address."""
        return f"{self.at[row]}/{field}"

    def said(self, row: int, field: str) -> str:
        """Return a cell in words."""
        return f"{self.words[row]}, {self.columns.get(field, field)}"


def in_order(count: int) -> Places:
    """Return how rows of a list are named for other machines: from 0, by their field."""
    return Places([f"points/{row}" for row in range(count)], [f"row {row}" for row in range(count)], {})


def mistakes(measure: Measure, rows: Sequence[PointRow], places: Places) -> list[Mistake]:
    """Return everything that is wrong with rows, cell by cell, in their order."""
    found = [one for place, row in enumerate(rows) for one in _of_row(measure, row, place, places)]
    return [*found, *_repeated(measure, rows, places)]


def differs(point: DataPoint, row: PointRow) -> bool:
    """Whether a row says something else than what is kept."""
    note = point.note if row.note is None else row.note
    return (point.value, point.numerator, point.denominator, point.note) != (*row.numbers, note)


def in_words(chart: str, numbers: tuple[str, str, str]) -> str:
    """Return a period's numbers as people say them.

    >>> in_words("p", ("", "12", "340")), in_words("xmr", ("", "", ""))
    ('12 of 340', 'no number')
    """
    value, numerator, denominator = numbers
    said = f"{numerator or 'none'} of {denominator or 'none'}" if takes_two(chart) else value
    return said if any(numbers) else "no number"


def content(point: DataPoint) -> dict[str, str]:
    """Return what the history keeps of a row."""
    return {
        "value": point.value,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "note": point.note,
    }


def _of_row(measure: Measure, row: PointRow, place: int, places: Places) -> Iterator[Mistake]:
    for field, text in (*zip(FIELDS, row.numbers, strict=True), ("note", row.note or "")):
        if identifiers.holds_nhs_number(text):
            yield Mistake(places.address(place, field), identifiers.words(places.said(place, field)))
            return
    if not EARLIEST <= row.period < LATEST:
        yield Mistake(
            places.address(place, "period"),
            f"The year {row.period.year} cannot be right ({places.said(place, 'period')}).",
        )
    if len(row.note or "") > NOTE_LENGTH:
        yield Mistake(
            places.address(place, "note"),
            f"A note has {NOTE_LENGTH} characters or fewer ({places.said(place, 'note')}).",
        )
    wanted = FIELDS[1:] if takes_two(measure.chart) else FIELDS[:1]
    texts = dict(zip(FIELDS, row.numbers, strict=True))
    title = spc.CHARTS[measure.chart].title
    for field, text in texts.items():
        if text and field not in wanted:
            takes = "a numerator and a denominator" if len(wanted) > 1 else "one value"
            yield Mistake(
                places.address(place, field),
                f"A {title} takes {takes} for each {periods.word(measure.frequency)} ({places.said(place, field)}).",
            )
    faulty = False
    for field in wanted:
        if (wrong := _cell_fault(measure, field, texts[field])) is not None:
            faulty = True
            yield Mistake(
                places.address(place, field), f"{_shown(texts[field])} {wrong} ({places.said(place, field)})."
            )
    if len(wanted) > 1 and not faulty:
        yield from _pair(measure, texts, place, places)


def _cell_fault(measure: Measure, field: str, text: str) -> str | None:
    if not text:
        return None
    if (wrong := fault(text)) is not None:
        return wrong
    found = number(text)
    needs = spc.CHARTS[measure.chart].needs
    if needs != "value" and found is not None and found < 0:
        return "is below zero"
    counted = needs in {"count", "proportion"} or (needs == "rate" and field == "numerator")
    if (
        counted
        and measure.counts is not Counts.THINGS
        and found is not None
        and found != found.to_integral_value()
    ):
        return f"is not a whole number of {measure.counts.value}"
    return None


def _pair(measure: Measure, texts: dict[str, str], place: int, places: Places) -> Iterator[Mistake]:
    numerator, denominator = number(texts["numerator"]), number(texts["denominator"])
    for field, mine, other in (
        ("numerator", numerator, denominator),
        ("denominator", denominator, numerator),
    ):
        if mine is None and other is not None:
            yield Mistake(
                places.address(place, field), f"Enter the {field} as well ({places.said(place, field)})."
            )
    if numerator is None or denominator is None:
        return
    more = spc.CHARTS[measure.chart].needs == "proportion" and numerator > denominator
    if more or (denominator == 0 and numerator > 0):
        said = f"{texts['numerator']} of {texts['denominator']}"
        yield Mistake(
            places.address(place, "numerator"),
            f"{said}: the numerator cannot be larger than the denominator ({places.words[place]}).",
        )


def _repeated(measure: Measure, rows: Iterable[PointRow], places: Places) -> Iterator[Mistake]:
    first: dict[date, int] = {}
    for place, row in enumerate(rows):
        if row.period in first:
            both = f"{places.words[first[row.period]]} and {places.words[place]}"
            yield Mistake(
                places.address(place, "period"),
                f"There are two rows for {periods.label(measure.frequency, row.period)} ({both}). Leave one out.",
            )
        first.setdefault(row.period, place)


def _shown(text: str) -> str:
    kept = text if len(text) <= 30 else text[:30] + "..."  # noqa: PLR2004 - enough to find the cell by
    return f"“{kept}”"
