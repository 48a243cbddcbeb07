"""What was pasted from a spreadsheet: read in full and shown before anything is kept, or refused with row and column."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qiplatform.errors import Invalid, Mistake
from qiplatform.measures.models import DataPoint, Frequency, Measure
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.cells import read_numbers
from qiplatform.measures.rules.dates import Order, looks_like_day, read_days
from qiplatform.measures.rules.points import FIELDS, Places, PointRow, differs, in_words, mistakes
from qiplatform.measures.rules.record import takes_two
from qiplatform.store import identifiers

MOST_ROWS = 2000
MOST_CHARACTERS = 400_000
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\x00"), "")
_HEADINGS = {
    "period": ("period", "date", "month", "week", "day", "quarter", "year"),
    "numerator": ("numerator", "num", "count", "n"),
    "denominator": ("denominator", "denom", "den", "total", "out of", "d"),
    "value": ("value", "number", "measure", "result", "rate", "percentage", "%"),
    "note": ("note", "notes", "comment", "comments"),
}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it was read, beside what is kept for its period."""

    row: int
    """Its number in what was pasted, from 1."""
    period: str
    numbers: str
    note: str
    status: str
    """new, same or changed."""
    before: str
    """What is kept now, where that differs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was pasted, as it was understood."""

    rows: tuple[PointRow, ...] = ()
    places: Places | None = None
    shown: tuple[ReadRow, ...] = ()
    remarks: tuple[str, ...] = ()
    """Everything understood beyond the plain sense."""
    unclear: tuple[str, date, date] | None = None
    """A date that can be read in two ways: the person must say which."""

    def count(self, status: str) -> int:
        """Count the rows that are new, same or changed."""
        return sum(one.status == status for one in self.shown)


def read_pasted(
    measure: Measure, text: str, kept: Sequence[DataPoint], order: Order | None = None
) -> Reading:
    """Read pasted text; `Invalid` names every row and column that cannot be kept. Nothing is left out in silence."""
    remarks: list[str] = []
    lines = _lines(text, remarks)
    _check_no_identifiers(lines)
    columns, body = _columns(measure, lines, remarks)
    days = read_days([_cell(cells, columns["period"]) for _, cells in body], order)
    if days.against is not None:
        one, other = (_where(body[row][0], columns["period"]) for row in days.against)
        words = f"The day comes first in one date and the month in another ({one} and {other}). Use one order in the whole column."
        raise Invalid.one("pasted", words)
    if days.unclear is not None:
        return Reading(unclear=days.unclear, remarks=tuple(remarks))
    remarks += days.remarks
    faults = [
        Mistake(
            "pasted",
            f"“{_cell(cells, columns['period'])[:30]}” is not a date that can be read ({_where(number, columns['period'])}).",
        )
        for (number, cells), on in zip(body, days.days, strict=True)
        if on is None
    ]
    wanted = FIELDS[1:] if takes_two(measure.chart) else FIELDS[:1]
    numbers = {
        field: read_numbers(
            [_cell(cells, columns[field]) for _, cells in body],
            percent=measure.unit == "%" and field == "value",
        )
        for field in wanted
    }
    for field, column in numbers.items():
        remarks += [f"{one.removesuffix('.')} ({_column(columns[field])})." for one in column.remarks]
        faults += [
            Mistake("pasted", f"{words} ({_where(body[row][0], columns[field])}).")
            for row, words in column.faults
        ]
    if faults:
        raise _refused(faults)
    known = [point.period for point in kept]
    texts = {field: column.texts for field, column in numbers.items()}
    nothing = ("",) * len(body)
    rows = [
        PointRow(
            period=periods.start(measure.frequency, on, known),
            value=texts.get("value", nothing)[place],
            numerator=texts.get("numerator", nothing)[place],
            denominator=texts.get("denominator", nothing)[place],
            note=_cell(cells, columns["note"]) or None if "note" in columns else None,
        )
        for place, ((_, cells), on) in enumerate(zip(body, days.days, strict=True))
        if on is not None
    ]
    _say_moved(measure, days.days, rows, remarks)
    places = Places(
        ["pasted"] * len(rows),
        [f"row {number}" for number, _ in body],
        {field: _column(at) for field, at in columns.items()},
    )
    if found := mistakes(measure, rows, places):
        raise _refused([Mistake("pasted", one.message) for one in found])
    if [row.period for row in rows] != sorted(row.period for row in rows):
        remarks.append("The rows were not in order of time; they are put in order.")
    shown = tuple(_shown(measure, rows, body, kept))
    return Reading(tuple(rows), places, shown, tuple(remarks))


def _check_no_identifiers(lines: Sequence[tuple[int, list[str]]]) -> None:
    """Refuse before anything else is said of a cell, so that no sentence repeats an identifier."""
    found = [
        Mistake("pasted", identifiers.words(_where(number, place)))
        for number, cells in lines
        for place, cell in enumerate(cells)
        if identifiers.holds_nhs_number(cell)
    ]
    if found:
        raise _refused(found)


def _refused(faults: Sequence[Mistake]) -> Invalid:
    most = 20
    more = [Mistake("pasted", f"And {len(faults) - most} more.")] if len(faults) > most else []
    return Invalid(f"Nothing was saved: {len(faults)} cells or rows cannot be read.", *faults[:most], *more)


def _lines(text: str, remarks: list[str]) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, each with its number from 1."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid.one(
            "pasted", f"More than {MOST_CHARACTERS:,} characters were pasted. Paste fewer rows at a time."
        )
    clean = text.translate(_UNSEEN)
    if not clean.strip():
        raise Invalid.one(
            "pasted", "Paste the rows from your spreadsheet: one column of dates, and the numbers beside it."
        )
    delimiter = _delimiter(clean)
    try:
        table = list(csv.reader(clean.splitlines(), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Invalid.one(
            "pasted", "A quotation mark is opened and not closed. Close it or leave it out."
        ) from error
    rows = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(table, start=1)]
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if len(filled) > MOST_ROWS:
        raise Invalid.one(
            "pasted", f"{len(filled):,} rows were pasted; at most {MOST_ROWS:,} are read at a time."
        )
    if len(filled) < len(rows):
        empty = len(rows) - len(filled)
        remarks.append(f"{empty} empty {'row was' if empty == 1 else 'rows were'} skipped.")
    if delimiter != "\t":
        remarks.append(f"Columns are taken to be separated by “{delimiter}”.")
    return filled


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    for sign in ("\t", ";"):
        if sum(sign in line for line in lines) * 2 > len(lines):
            return sign
    return ","


def _columns(
    measure: Measure, lines: list[tuple[int, list[str]]], remarks: list[str]
) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    """Return where each field stands, and the rows below the headings."""
    number, first = lines[0]
    fields = ("period", *(FIELDS[1:] if takes_two(measure.chart) else FIELDS[:1]))
    widest = max(len(cells) for _, cells in lines)
    has_heading = not any(looks_like_day(cell) for cell in first)
    body = lines[1:] if has_heading else lines
    if has_heading:
        remarks.append(f"Row {number} is taken as headings.")
        if not body:
            raise Invalid.one("pasted", "There are headings and no rows below them.")
    named = _named(first) if has_heading else {}
    if all(field in named for field in fields):
        return {field: named[field] for field in (*fields, "note") if field in named}, body
    if widest < len(fields):
        raise Invalid.one(
            "pasted", f"Paste {len(fields)} columns: {', '.join(fields)}. Only {widest} could be found."
        )
    if widest > len(fields) + 1:
        words = f"There are {widest} columns. Paste {', '.join(fields)} and, if you like, a note; or name the columns so in the first row."
        raise Invalid.one("pasted", words)
    return {field: place for place, field in enumerate((*fields, "note")[:widest])}, body


def _named(headings: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        for field, names in _HEADINGS.items():
            if heading.lower() in names:
                found.setdefault(field, place)
    return found


def _say_moved(
    measure: Measure, days: Sequence[date | None], rows: Sequence[PointRow], remarks: list[str]
) -> None:
    moved = [
        (on, row.period) for on, row in zip(days, rows, strict=True) if on is not None and on != row.period
    ]
    if moved:
        on, to = moved[0]
        word = periods.word(measure.frequency)
        remarks.append(
            f"Dates are read as the {word} they lie in: {on.isoformat()} as {periods.label(measure.frequency, to)}."
        )


def _shown(
    measure: Measure,
    rows: Sequence[PointRow],
    body: Sequence[tuple[int, list[str]]],
    kept: Sequence[DataPoint],
) -> Iterator[ReadRow]:
    held = {point.period: point for point in kept}
    for row, (number, _) in zip(rows, body, strict=True):
        point = held.get(row.period)
        status, before = "new", ""
        if point is not None:
            changed = differs(point, row)
            status = "changed" if changed else "same"
            before = (
                in_words(measure.chart, (point.value, point.numerator, point.denominator)) if changed else ""
            )
        frequency: Frequency = measure.frequency
        yield ReadRow(
            number,
            periods.label(frequency, row.period),
            in_words(measure.chart, row.numbers),
            row.note or "",
            status,
            before,
        )


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _column(place: int) -> str:
    return f"column {chr(ord('A') + place)}"


def _where(number: int, place: int) -> str:
    return f"row {number}, {_column(place)}"
