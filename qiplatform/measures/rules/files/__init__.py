"""Files people keep their numbers in: what is in them, as text, within limits that are checked before anything is read."""

from dataclasses import replace

from qiplatform.errors import Invalid
from qiplatform.measures.rules.files.archive import parts as parts_of
from qiplatform.measures.rules.files.book import Book, Cell, SheetName
from qiplatform.measures.rules.files.kinds import Kind, check_name, kind_of
from qiplatform.measures.rules.files.limits import MOST_BYTES, MOST_ROWS
from qiplatform.measures.rules.files.text import DELIMITERS, ENCODINGS, read_text
from qiplatform.measures.rules.files.workbook import read_workbook

__all__ = ["DELIMITERS", "ENCODINGS", "MOST_BYTES", "MOST_ROWS", "Book", "Cell", "SheetName", "open_book"]

_ZIP = b"PK\x03\x04"


def open_book(
    content: bytes,
    name: str,
    *,
    at: str = "file",
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
) -> Book:
    """Return what is in a file called `name` ("" for pasted text), read as chosen or as found.

    `Invalid`, at the field `at`, says what keeps it from being read and what to do.
    """
    if len(content) > MOST_BYTES:
        words = f"The file has {len(content):,} bytes; at most {MOST_BYTES:,} are read. Nothing was saved. Copy the columns that are needed into a file of their own."
        raise Invalid.one(at, words)
    if not content:
        raise Invalid.one(at, "The file is empty. Choose the one that holds the numbers.")
    if not name:
        return read_text(content, at=at, encoding="utf-8", delimiter=delimiter, pasted=True)
    inside = parts_of(content, at) if content.startswith(_ZIP) else {}
    kind = kind_of(content, frozenset(inside), at)
    remarks = check_name(kind, name)
    if kind is Kind.TEXT:
        book = read_text(content, at=at, encoding=encoding, delimiter=delimiter)
    else:
        book = read_workbook(content, inside, kind, at=at, sheet=sheet)
    return replace(book, remarks=(*remarks, *book.remarks))
