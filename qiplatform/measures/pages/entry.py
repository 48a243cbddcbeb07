"""The grid in which numbers are typed: newest first, the next periods ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qiplatform.errors import Mistake, Refusal
from qiplatform.measures import rules
from qiplatform.measures.rules import Record, periods
from qiplatform.measures.rules.grid import TYPED, was
from qiplatform.web.forms import Sent

OFFERED = 3
FEW, MANY = 12, 400
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of the grid."""

    name: str
    label: str
    value: str
    mistake: str
    wide: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One period of the grid."""

    at: str
    period: str
    cells: tuple[Cell, ...]
    version: int
    was: str
    new: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole grid."""

    columns: tuple[str, ...]
    rows: tuple[EntryRow, ...]
    other: tuple[Cell, ...]
    """The boxes for a period that is not among the rows; the first takes the period."""
    word: str
    hidden: int
    """How many older rows are not shown."""


def grid(
    record: Record, today: date, *, many: bool, sent: Sent | None = None, refusal: Refusal | None = None
) -> Grid:
    """Return the grid; `sent` is what was typed when it was refused."""
    measure = record.measure
    mistakes = {one.at: one.message for one in reversed(refusal.mistakes if refusal else ())}
    fields = (*(("numerator", "denominator") if rules.takes_two(measure.chart) else ("value",)), "note")
    words = {
        "value": _value_words(record),
        "numerator": "Numerator",
        "denominator": "Denominator",
        "note": "Note",
    }
    shown = record.points[-(MANY if many else FEW) :]
    made = [
        _row(record, on, {}, 0, fields, words, sent, mistakes)
        for on in reversed(periods.following(measure.frequency, record.known, today, OFFERED))
        if on not in record.known
    ]
    made += [
        _row(
            record,
            one.period,
            {field: getattr(one, field) for field in TYPED},
            one.version,
            fields,
            words,
            sent,
            mistakes,
        )
        for one in reversed(shown)
    ]
    other = tuple(
        Cell(
            f"other/{field}",
            words.get(field, f"Another {periods.word(measure.frequency)}"),
            sent.get(f"other/{field}") if sent else "",
            mistakes.get(f"other/{field}", ""),
            field in {"note", "period"},
        )
        for field in ("period", *fields)
    )
    return Grid(
        columns=tuple(words[field] for field in fields),
        rows=tuple(made),
        other=other,
        word=periods.word(measure.frequency),
        hidden=len(record.points) - len(shown),
    )


def unplaced(mistakes: Iterable[Mistake], made: Grid) -> tuple[Mistake, ...]:
    """Return mistakes with those that stand at no box of the grid told without a link."""
    names = {cell.name for row in made.rows for cell in row.cells} | {cell.name for cell in made.other}
    return tuple(one if one.at in names else Mistake("", one.message) for one in mistakes)


def _row(  # noqa: PLR0917 - one row of one table
    record: Record,
    on: date,
    kept: dict[str, str],
    version: int,
    fields: Iterable[str],
    words: dict[str, str],
    sent: Sent | None,
    mistakes: dict[str, str],
) -> EntryRow:
    at = f"points/{on.isoformat()}"
    period = periods.short_label(record.measure.frequency, on)
    cells = tuple(
        Cell(
            name=f"{at}/{field}",
            label=f"{words[field]}, {periods.label(record.measure.frequency, on)}",
            value=_typed(sent, f"{at}/{field}", kept.get(field, "")),
            mistake=mistakes.get(f"{at}/{field}", ""),
            wide=field == "note",
        )
        for field in fields
    )
    # After a refusal the row keeps the version and words the person had in view, unless they were just told of newer ones.
    told = any(name.startswith(f"{at}/") for name in mistakes)
    seen_version = _typed(sent, f"{at}/version", "")
    first = version if told or not seen_version.isdecimal() else int(seen_version)
    before = was([kept.get(field, "") for field in TYPED])
    return EntryRow(at, period, cells, first, before if told else _typed(sent, f"{at}/was", before), not kept)


def _typed(sent: Sent | None, name: str, kept: str) -> str:
    return kept if sent is None or name not in sent.text else sent.get(name)


def _value_words(record: Record) -> str:
    return f"Value ({record.measure.unit})" if record.measure.unit else "Value"
