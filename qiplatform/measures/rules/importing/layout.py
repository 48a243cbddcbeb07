"""Where things stand in a table: headings, and the column of each field. Found or chosen, and always said."""

from collections.abc import Sequence
from dataclasses import dataclass

from qiplatform.measures.models import Measure
from qiplatform.measures.rules.dates import looks_like_day, surely_day
from qiplatform.measures.rules.importing.choices import NO_COLUMN, Choices, Way
from qiplatform.measures.rules.importing.table import Table, capital, column_of, letters
from qiplatform.measures.rules.numbers import fault, stands_for_none
from qiplatform.measures.rules.points import FIELDS
from qiplatform.measures.rules.record import takes_two

_HEADINGS = {
    "period": (
        "period",
        "date",
        "month",
        "week",
        "day",
        "quarter",
        "year",
        "month ending",
        "week commencing",
        "w/c",
    ),
    "numerator": ("numerator", "num", "count", "n"),
    "denominator": ("denominator", "denom", "den", "total", "out of", "d"),
    "value": ("value", "number", "measure", "result", "rate", "percentage", "%"),
    "note": ("note", "notes", "comment", "comments"),
}
TITLES = {
    "period": "Period",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "value": "Value",
    "note": "Note",
}
_FEW_DAYS = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """A table, turned so that periods run down, with what stands where."""

    table: Table
    header: int | None
    """The row of the headings; none where there are none."""
    first: int
    """The first row below them."""
    columns: dict[str, int]
    """The column of each field that was found or chosen."""
    open: tuple[str, ...]
    """Fields whose column must be chosen."""
    headings: tuple[str, ...]
    """What each column is called: its letter and its heading."""
    remarks: tuple[str, ...] = ()


def wanted(measure: Measure) -> tuple[str, ...]:
    """Return the fields a row must have."""
    return ("period", *(FIELDS[1:] if takes_two(measure.chart) else FIELDS[:1]))


def lay_out(measure: Measure, table: Table, choices: Choices) -> Layout:
    """Return where everything stands."""
    across = choices.way is Way.ACROSS or (choices.way is None and _runs_across(table))
    remarks = ["The periods run across the sheet; each column is read as a row."] if across else []
    if across:
        table = table.turn()
    header, first = _header(table, choices)
    titles = table.rows[header] if header is not None else ("",) * table.width
    names = tuple(
        " ".join(filter(None, (capital(table.side(place)), f"“{title[:40]}”" if title else "")))
        for place, title in enumerate(titles)
    )
    if header is not None:
        remarks.append(f"{capital(table.line(header))} is taken as headings.")
    columns = _columns(measure, table, titles, first, choices)
    missing = tuple(one for one in wanted(measure) if one not in columns)
    return Layout(table, header, first, columns, missing, names, tuple(remarks))


def _runs_across(table: Table) -> bool:
    """Whether periods stand beside each other in one row and not below each other in any column."""
    down = max((sum(map(surely_day, column)) for column in zip(*table.rows, strict=True)), default=0)
    across = max((sum(map(surely_day, row)) for row in table.rows), default=0)
    return across >= _FEW_DAYS and across > down


def _header(table: Table, choices: Choices) -> tuple[int | None, int]:
    """Return the row of the headings and the first below it."""
    if choices.header is not None:
        if choices.header == 0:
            return None, 0
        row = min(choices.header, len(table.rows)) - 1
        return row, row + 1
    column = _period_column(table, (), 0, choices)
    likely = looks_like_day if column is not None and not _sure(table, column) else surely_day
    dated = next(
        (row for row, cells in enumerate(table.rows) if column is not None and likely(cells[column])), None
    )
    if dated is None:
        named = next(
            (row for row, cells in enumerate(table.rows) if _match("period", cells) is not None), None
        )
        return (None, 0) if named is None else (named, named + 1)
    above = [row for row in range(dated) if sum(map(bool, table.rows[row])) > 1]
    return (above[-1], above[-1] + 1) if above else (None, dated)


def _sure(table: Table, column: int) -> bool:
    return any(surely_day(cells[column]) for cells in table.rows)


def _columns(
    measure: Measure, table: Table, titles: Sequence[str], first: int, choices: Choices
) -> dict[str, int]:
    found: dict[str, int] = {}
    chosen = {one: column_of(text) for one, text in choices.columns.items() if text and text != NO_COLUMN}
    found |= {
        one: place
        for one, place in chosen.items()
        if place is not None and place < table.width and one in (*wanted(measure), "note")
    }
    if "period" not in found:
        place = _period_column(table, titles, first, choices)
        if place is not None:
            found["period"] = place
    free = [place for place in range(table.width) if place not in found.values()]
    for one in (*wanted(measure)[1:], "note"):
        place = _match(
            one, [titles[place] if place in free else "" for place in range(table.width)], _own(measure, one)
        )
        if one not in found and choices.columns.get(one) != NO_COLUMN and place is not None:
            found[one] = place
            free.remove(place)
    return _by_content(measure, table, titles, first, found, free, choices)


def _by_content(  # noqa: PLR0917 - one step of one layout
    measure: Measure,
    table: Table,
    titles: Sequence[str],
    first: int,
    found: dict[str, int],
    free: list[int],
    choices: Choices,
) -> dict[str, int]:
    """Add the columns that can only be meant: as many as fields are left, or, without headings, those in their order."""
    left = [one for one in wanted(measure)[1:] if one not in found]
    filled = [place for place in free if any(cells[place] for cells in table.rows[first:])]
    numeric = [place for place in free if _is_numeric(table, place, first)]
    signed = [place for place in numeric if any(cells[place].endswith("%") for cells in table.rows[first:])]
    if left == ["value"] and measure.unit == "%" and len(signed) == 1:
        numeric = signed
    untitled = not any(titles) and "period" in found
    if untitled and len(filled) <= len(left) + 1:
        # Without headings a table has the order that is asked for: the numbers and, last, a note.
        numeric = free[: len(left)]
    # Two columns under headings that say something else could be either way round: then it is asked.
    if left and len(numeric) == len(left) and (len(left) == 1 or untitled):
        found |= dict(zip(left, numeric, strict=True))
        filled = [place for place in filled if place not in numeric]
    last = untitled and filled == [table.width - 1]
    if "note" not in found and choices.columns.get("note") != NO_COLUMN and last:
        found["note"] = filled[0]
    return found


def _period_column(table: Table, titles: Sequence[str], first: int, choices: Choices) -> int | None:
    """Return the column of the periods: the one with the most days in it, a heading deciding between equals."""
    if (given := column_of(choices.columns.get("period", ""))) is not None and given < table.width:
        return given
    if not table.rows:
        return None
    bodies = list(zip(*table.rows[first:], strict=True)) or [()] * table.width
    sure = [sum(map(surely_day, column)) for column in bodies]
    if any(sure):
        named = _match("period", titles)
        if named is not None and sure[named]:
            return named
        return sure.index(max(sure))
    # Numbers alone may be days too (45383, 2024): only a heading or the first place says that they are.
    named = next((place for row in table.rows if (place := _match("period", row)) is not None), None)
    if named is not None:
        return named
    weak = [sum(map(looks_like_day, column)) for column in bodies]
    return 0 if weak and weak[0] == max(weak) and weak[0] > 0 else None


def _match(one: str, titles: Sequence[str], own: str = "") -> int | None:
    """Return the one column that is headed with the measure's own words for a field, or with the usual ones."""
    lowered = [title.lower() for title in titles]
    for names in ((own,) if own else (), _HEADINGS[one]):
        found = [place for place, title in enumerate(lowered) if title in names]
        if len(found) == 1 or (found and one == "period"):
            return found[0]
    return None


def _own(measure: Measure, one: str) -> str:
    words = {
        "value": measure.name,
        "numerator": measure.numerator_words,
        "denominator": measure.denominator_words,
    }
    return (words.get(one) or "").strip().lower()


def _is_numeric(table: Table, column: int, first: int) -> bool:
    """Whether most of a column's cells are numbers or stand for none, and one is a number at least."""
    cells = [row[column] for row in table.rows[first:] if row[column]]
    plain = [
        one.rstrip("%").replace(",", "").replace(" ", "").replace("\u00a0", "").replace("\N{MINUS SIGN}", "-")
        for one in cells
    ]
    numbers = sum(bool(one) and fault(one) is None for one in plain)
    nothing = sum(stands_for_none(one) for one in cells)
    return numbers > 0 and (numbers + nothing) * 2 > len(cells)


def letter(layout: Layout, one: str) -> str:
    """Return the letters of a field's column, or "" where it has none."""
    return letters(layout.columns[one]) if one in layout.columns else ""
