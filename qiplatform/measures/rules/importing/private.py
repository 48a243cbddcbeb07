"""Patient identifiers in a file: refused before anything of it is kept, and never repeated in what is said."""

import re

from qiplatform.errors import Invalid, Mistake
from qiplatform.measures.rules.files import Book
from qiplatform.measures.rules.importing.table import Table, capital, table_of
from qiplatform.store import identifiers

_NAMES = re.compile(
    r"(?:nhs|hospital|patient|chi|mrn|district)[ _.-]*(?:no|num|number|id|identifier)\.?"
    r"|mrn|d\.?o\.?b\.?|date of birth|birth ?date|(?:patient|client|service user)(?:'s)?[ _-]*(?:name|initials)"
    r"|(?:first|fore|sur|last|family|given|full)[ _-]*name|post ?code|address|initials",
    re.IGNORECASE,
)
_HEADING_ROWS = 30
_MOST = 20
_WORDS = "{side} is headed “{title}”. Patient identifiers are not allowed here. Delete the column in the spreadsheet and choose the file again."


def check_no_identifiers(book: Book, at: str) -> None:
    """Refuse a file with what looks like an NHS number, or with a column that is headed as one of patients' details."""
    table = table_of(book)
    found = [Mistake(at, words) for words in (*_headings(table), *_numbers(table))]
    if found:
        more = len(found) - _MOST
        last = (Mistake(at, f"And {more} more."),) if more > 0 else ()
        raise Invalid("Nothing was saved or kept.", *found[:_MOST], *last)


def _headings(table: Table) -> list[str]:
    return [
        _WORDS.format(side=capital(table.side(column)), title=title)
        for row in table.rows[:_HEADING_ROWS]
        if sum(map(bool, row)) > 1
        for column, title in enumerate(row)
        if _NAMES.fullmatch(title)
    ]


def _numbers(table: Table) -> list[str]:
    return [
        identifiers.words(table.where(row, column))
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
        if identifiers.holds_nhs_number(cell)
    ]
