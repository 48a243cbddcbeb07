"""Which rows of a table are data: every row is read, skipped with its reason, or cannot be read. None is lost."""

import re
from dataclasses import dataclass, field

from qiplatform.measures.rules.dates import looks_like_day, why_no_day
from qiplatform.measures.rules.importing.choices import Choices
from qiplatform.measures.rules.importing.layout import Layout
from qiplatform.measures.rules.importing.table import column_of

_TOTAL = re.compile(
    r"(?:grand |sub-?|overall )?(?:totals?|sum|average|avg|mean|median|overall|all|ytd|year to date)\b",
    re.IGNORECASE,
)
EMPTY, TITLE, HEADINGS, AGAIN = "empty", "above the headings", "headings", "headings once more"
TOTAL, NO_DATE, NO_NUMBER = "a total or average", "no date and no number in it", "no number in it"


@dataclass(slots=True)
class Sorted:
    """The rows of a table by what becomes of them."""

    dated: list[int] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    faults: dict[int, list[str]] = field(default_factory=dict)
    """What keeps a row from being read, with its place."""

    def fault(self, row: int, words: str) -> None:
        """Say what is wrong with a row."""
        self.faults.setdefault(row, []).append(words)


def sort_rows(layout: Layout, choices: Choices) -> Sorted:
    """Sort a table's rows; those with something that could be a day are `dated`."""
    table, found = layout.table, Sorted()
    only = column_of(choices.only_column)
    titles = table.rows[layout.header] if layout.header is not None else None
    for row, cells in enumerate(table.rows):
        if row == layout.header:
            found.skipped[row] = HEADINGS
        elif not any(cells):
            found.skipped[row] = EMPTY
        elif row < layout.first:
            found.skipped[row] = TITLE
        elif cells == titles:
            found.skipped[row] = AGAIN
        elif only is not None and only < table.width and cells[only] != choices.only_value:
            found.skipped[row] = f"{layout.headings[only]} is not “{choices.only_value[:30]}”"
        elif "period" in layout.columns:
            _by_period(layout, row, found)
    return found


def _by_period(layout: Layout, row: int, found: Sorted) -> None:
    table, at = layout.table, layout.columns["period"]
    cells = table.rows[row]
    text = cells[at]
    if (row, at) in table.faults:
        found.fault(row, f"The cell {table.faults[row, at]} ({table.where(row, at)}).")
    elif looks_like_day(text):
        found.dated.append(row)
    elif _TOTAL.match(text or next(filter(None, cells), "")):
        found.skipped[row] = TOTAL
    elif not _has_number(layout, row):
        found.skipped[row] = NO_DATE
    elif (row, at) in table.covered:
        words = f"The cell is merged with another and has no date of its own ({table.where(row, at)}). Unmerge the cells in the spreadsheet, write a date in each, and choose the file again."
        found.fault(row, words)
    elif text:
        found.fault(row, f"“{text[:30]}” {why_no_day(text)} ({table.where(row, at)}).")
    else:
        found.fault(row, f"There is no date ({table.where(row, at)}).")


def _has_number(layout: Layout, row: int) -> bool:
    return any(
        any(sign.isdigit() for sign in layout.table.cell(row, place))
        for one, place in layout.columns.items()
        if one not in {"period", "note"}
    )
