"""A file read in full and shown before anything is kept: rows, questions, faults, and everything that was understood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qiplatform.errors import Mistake
from qiplatform.measures.models import DataPoint, Measure
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.dates import read_days
from qiplatform.measures.rules.escaping import plain_again
from qiplatform.measures.rules.files import Book
from qiplatform.measures.rules.importing import repeats, said
from qiplatform.measures.rules.importing.choices import Choices, Different
from qiplatform.measures.rules.importing.columns import Numbers, Question, read_columns
from qiplatform.measures.rules.importing.layout import TITLES, Layout, lay_out
from qiplatform.measures.rules.importing.same import says_the_same
from qiplatform.measures.rules.importing.sorting import NO_NUMBER, Sorted, sort_rows
from qiplatform.measures.rules.importing.table import table_of
from qiplatform.measures.rules.points import Places, PointRow, in_words, mistakes

AT = "file"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it was read, beside what is kept for its period."""

    line: str
    """Its name in the file: "row 6"."""
    period: str
    numbers: str
    note: str
    status: str
    """new, same, changed or kept."""
    before: str
    """What is kept now, where that differs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in a file, as it was understood."""

    book: Book
    layout: Layout
    choices: Choices
    rows: tuple[PointRow, ...]
    """What would be saved, in order of time."""
    shown: tuple[ReadRow, ...]
    skipped: tuple[tuple[str, str], ...]
    """The name of each row that is not used, and why."""
    faults: tuple[Mistake, ...]
    faulty: int
    """How many rows cannot be read."""
    questions: tuple[Question, ...]
    nothing: tuple[tuple[str, int], ...]
    """Words read as "no number", each with how often."""
    unknown: tuple[tuple[str, int], ...]
    """Words that are no numbers and could stand for none, if a person says so."""
    remarks: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many rows the sheet has: those shown, those skipped and those that cannot be read, none lost."""
        return len(self.layout.table.rows)

    @property
    def ready(self) -> bool:
        """Whether it can be shown row by row and saved."""
        return not self.faults and not self.questions and bool(self.shown)

    def count(self, status: str) -> int:
        """Count the rows that are new, same, changed or kept."""
        return sum(one.status == status for one in self.shown)


@dataclass(slots=True)
class _Work:
    """What is found on the way."""

    measure: Measure
    layout: Layout
    choices: Choices
    rows: Sorted
    questions: list[Question]
    remarks: list[str]
    numbers: Numbers


def read_book(
    measure: Measure,
    book: Book,
    kept: Sequence[DataPoint],
    choices: Choices | None = None,
    today: date | None = None,
) -> Reading:
    """Read a file for a measure beside the points that are kept; what is unclear is asked, never guessed."""
    choices = choices or Choices()
    layout = lay_out(measure, table_of(book), choices)
    rows = sort_rows(layout, choices)
    numbers = read_columns(measure, layout, rows, choices)
    remarks = [*book.remarks, *layout.remarks]
    work = _Work(measure, layout, choices, rows, [_ask_column(one) for one in layout.open], remarks, numbers)
    days = _days(work)
    # Text that a spreadsheet would run is defused in delimited files only; a workbook's text is what it is.
    written = plain_again if book.encoding else str
    work.questions += numbers.questions
    work.remarks += numbers.remarks
    made = _made(work, days, kept, written) if not layout.open else {}
    made = repeats.one_each(measure, layout, choices, rows, made, work.questions)
    _check(work, made)
    work.remarks += said.about_time(measure, [(days[row], made[row].period) for row in made], today)
    return _reading(work, book, made, kept)


def _ask_column(one: str) -> Question:
    return Question(one, f"Choose the column that holds the {TITLES[one].lower()}.")


def _days(work: _Work) -> dict[int, date]:
    """Return the day of each row, or none of them while it is unclear how they are to be read."""
    if "period" not in work.layout.columns:
        return {}
    table, at = work.layout.table, work.layout.columns["period"]
    dated = work.rows.dated
    read = read_days([table.cell(row, at) for row in dated], work.choices.order, work.choices.quarters)
    if read.against is not None:
        one, other = (table.where(dated[place], at) for place in read.against)
        words = f"The day comes first in one date and the month in another ({one} and {other}). Use one order in the whole column."
        for place in read.against:
            work.rows.fault(dated[place], words)
        return {}
    if read.unclear is not None:
        cell, day_first, month_first = read.unclear
        options = (("day_first", _said_day(day_first)), ("month_first", _said_day(month_first)))
        work.questions.append(Question("order", f"What day is “{cell}”?", options))
        return {}
    if read.unclear_quarter is not None:
        cell, january, april = read.unclear_quarter
        options = (("january", f"begins on {_said_day(january)}"), ("april", f"begins on {_said_day(april)}"))
        work.questions.append(Question("quarters", f"Which quarter is “{cell}”?", options))
        return {}
    work.remarks += read.remarks
    for row, on in zip(dated, read.days, strict=True):
        if on is None:
            work.rows.fault(
                row, f"“{table.cell(row, at)[:30]}” is not a date that can be read ({table.where(row, at)})."
            )
    return {row: on for row, on in zip(dated, read.days, strict=True) if on is not None}


def _said_day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _made(
    work: _Work, days: dict[int, date], kept: Sequence[DataPoint], written: Callable[[str], str]
) -> dict[int, PointRow]:
    """Return what each dated row says; a row without number or note for a period that is not kept says nothing."""
    known = [point.period for point in kept]
    held = set(known)
    texts, table = work.numbers.texts, work.layout.table
    made = {}
    for row, on in days.items():
        if row in work.rows.faults:
            continue
        note = written(table.cell(row, work.layout.columns["note"])) if "note" in work.layout.columns else ""
        point = PointRow(
            period=periods.start(work.measure.frequency, on, known),
            value=texts.get("value", {}).get(row, ""),
            numerator=texts.get("numerator", {}).get(row, ""),
            denominator=texts.get("denominator", {}).get(row, ""),
            note=note or None,
        )
        if not any(point.numbers) and not note and point.period not in held:
            work.rows.skipped[row] = NO_NUMBER
        else:
            made[row] = point
    return made


def _check(work: _Work, made: dict[int, PointRow]) -> None:
    """Hold each row against the rules every number obeys."""
    table = work.layout.table
    sheet = f"sheet “{table.sheet}”, " if table.sheet else ""
    rows = list(made)
    places = Places(
        [str(row) for row in rows],
        [f"{sheet}{table.line(row)}" for row in rows],
        {one: table.side(at) for one, at in work.layout.columns.items()},
    )
    for one in mistakes(work.measure, list(made.values()), places):
        work.rows.fault(int(one.at.partition("/")[0]), one.message)


def _reading(work: _Work, book: Book, made: dict[int, PointRow], kept: Sequence[DataPoint]) -> Reading:
    held = {point.period: point for point in kept}
    table, rows, shown, put = work.layout.table, work.rows, [], []
    for row, point in sorted(made.items(), key=lambda one: one[1].period):
        if row in rows.faults:
            continue
        before = held.get(point.period)
        status = "new" if before is None else "same" if says_the_same(before, point) else "changed"
        if status == "changed" and work.choices.different is Different.KEEP:
            status = "kept"
        if status in {"new", "changed"}:
            put.append(point)
        shown.append(
            ReadRow(
                table.line(row),
                periods.label(work.measure.frequency, point.period),
                in_words(work.measure.chart, point.numbers),
                point.note or "",
                status,
                in_words(work.measure.chart, (before.value, before.numerator, before.denominator))
                if before is not None and status in {"changed", "kept"}
                else "",
            )
        )
    # A row that cannot be read is not also skipped; one that waits for an answer is neither.
    skipped = tuple(
        (table.line(row), why) for row, why in sorted(rows.skipped.items()) if row not in rows.faults
    )
    said_wrong = [words for row in sorted(rows.faults) for words in rows.faults[row]]
    if not shown and not said_wrong and not work.questions:
        below = "below the headings" if work.layout.header is not None else "in it"
        said_wrong = [f"There is no row with a date and a number {below}."]
    return Reading(
        book=book,
        layout=work.layout,
        choices=work.choices,
        rows=tuple(put),
        shown=tuple(shown),
        skipped=skipped,
        faults=tuple(Mistake(AT, words) for words in dict.fromkeys(said_wrong)),
        faulty=len(rows.faults),
        questions=tuple(work.questions),
        nothing=tuple(work.numbers.nothing.items()),
        unknown=tuple(work.numbers.unknown.items()),
        remarks=tuple(work.remarks),
    )
