"""Whole files: broken, locked, far too large, or of another kind."""

import gzip
import io
import struct
import zipfile
from collections.abc import Iterator
from datetime import date

from tests.qiplatform.measures.files.case import ASKS, FAULTY, READ, REFUSED, Case
from tests.qiplatform.measures.files.makers import (
    delimited,
    ods,
    with_part,
    xlsx,
    zipped,
)
from tests.qiplatform.measures.files.workbooks import GOOD, SHEET, WIDE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def cases() -> Iterator[Case]:
    """Return them all."""
    yield from _text()
    yield from _others()


def _text() -> Iterator[Case]:
    yield Case("nothing", b"", REFUSED, says="The file is empty")
    yield Case("blanks", b" \n\t\n", REFUSED, says="The file is empty")
    yield Case("signs without width", "\ufeff\u200b\n\u200d".encode(), REFUSED, says="The file is empty")
    yield Case("pasted nothing", b"\n", REFUSED, file="", says="Paste the rows")
    yield Case(
        "pasted an NHS number", b"Apr-26\t5\nMay-26\t999 000 0018", REFUSED, file="", says="(row 2, column B)"
    )
    yield Case("NUL", b"Month,Value\nApr-26,5\nMay-26,\x006\n", REFUSED, says="NUL, first in row 3")
    yield Case(
        "two encodings",
        b"Month,Value,Note\nApr-26,5,caf\xc3\xa9\nMay-26,6,caf\xe9\n",
        REFUSED,
        says="Rows 2 and 3 are written in different encodings",
    )
    yield Case(
        "two encodings, one chosen",
        b"Month,Value,Note\nApr-26,5,caf\xc3\xa9\nMay-26,6,caf\xe9\n",
        READ,
        choices={"encoding": "cp1252"},
    )
    yield Case(
        "not UTF-8 though chosen",
        b"Month,Value\nApr-26,5,caf\xe9",
        REFUSED,
        choices={"encoding": "utf-8"},
        says="cannot be read as UTF-8",
    )
    yield Case("not UTF-16 though chosen", b"Month,Value\nApr-26,55", REFUSED, choices={"encoding": "utf-16"})
    yield Case(
        "a quotation mark left open",
        b'Month,Value\nApr-26,"5\nMay-26,6\n',
        REFUSED,
        says="A quotation mark is opened in row 2",
    )
    yield Case("a quotation mark inside a cell", b'Month,Value,Note\nApr-26,5,"a"b"\n', REFUSED, says="row 2")
    yield Case("a note over two lines", b'Month,Value,Note\nApr-26,5,"one\ntwo"\nMay-26,6,\n', READ)
    yield Case(
        "rows of unequal length",
        b"Month,Value,Note\nApr-26,5\nMay-26,6,snow,more\nJun-26\n",
        READ,
        says="no number in it",
    )
    yield Case("the wrong delimiter chosen", b"Month;Value\nApr-26;5\n", ASKS, choices={"delimiter": ","})
    yield Case("a delimiter at the end of each row", b"Month,Value,\nApr-26,5,\nMay-26,6,\n", READ)
    yield Case("empty rows and columns around", b",,\n,,\n,Month,Value\n,Apr-26,5\n,May-26,6\n,,\n", READ)
    yield Case("5,000 columns", delimited(WIDE), REFUSED, says="There are 5,001 columns; at most 200")
    yield Case(
        "20,001 rows",
        delimited([["Month", "Value"], *[["Apr-26", 5]] * 20_000]),
        REFUSED,
        says="There are 20,001 rows; at most 20,000",
    )
    yield Case("a million rows", b"a,b\n" * 1_048_576, REFUSED, says="filled to Excel's last row")
    yield Case("too many bytes", b"a" * 5_000_001, REFUSED, says="5,000,001 bytes; at most 5,000,000")
    yield Case("one column", b"Value\n5\n6\n", ASKS, says="Choose the column that holds the period")
    yield Case("prose", b"Dear all,\nplease find attached the numbers.\nKind regards\n", ASKS)
    yield Case("JSON", b'{"period": "2026-04-01", "value": 5}', ASKS)
    yield Case(
        "50 faults",
        delimited([["Month", "Value"], *[[f"Mya-{place:02}", place] for place in range(50)]]),
        FAULTY,
    )
    yield Case(
        "50 letters",
        delimited(
            [
                ["Month", "Value"],
                *[[date(2020 + place // 12, place % 12 + 1, 1), f"{place}O"] for place in range(50)],
            ]
        ),
        FAULTY,
        choices={"columns": {"value": "B"}},
        says="“49O” has a letter",
    )


def _others() -> Iterator[Case]:
    yield Case(
        "a password, Excel",
        OLE + "EncryptedPackage".encode("utf-16-le"),
        REFUSED,
        file="a.xlsx",
        says="protected with a password",
    )
    yield Case(
        "a password, OpenDocument", _locked_ods(), REFUSED, file="a.ods", says="protected with a password"
    )
    yield Case("a password, archive", _locked_zip(), REFUSED, file="a.xlsx", says="protected with a password")
    yield Case("Excel before 2007", OLE, REFUSED, file="a.xls", says="before 2007")
    yield Case(
        "a binary workbook", zipped({"xl/workbook.bin": b""}), REFUSED, file="a.xlsb", says="binary workbook"
    )
    yield Case(
        "a Word document",
        zipped({"word/document.xml": b"<a/>"}),
        REFUSED,
        file="a.docx",
        says="Word document",
    )
    yield Case(
        "an archive",
        zipped({"a.csv": delimited(GOOD)}),
        REFUSED,
        file="a.zip",
        says="an archive without a workbook",
    )
    yield Case(
        "a compressed file",
        gzip.compress(b"a,b", mtime=0),
        REFUSED,
        file="a.csv.gz",
        says="a compressed file",
    )
    yield Case("a PDF", b"%PDF-1.7\n", REFUSED, file="a.pdf", says="a PDF document")
    yield Case("a picture", b"\x89PNG\r\n\x1a\n", REFUSED, file="a.csv", says="a picture")
    yield Case(
        "a web page",
        b"<html><table><tr><td>Apr-26</td></tr></table>",
        REFUSED,
        file="a.xls",
        says="a web page",
    )
    yield Case(
        "a zip bomb",
        zipped({"xl/workbook.xml": b"<a/>", SHEET: bytes(60_000_000)}),
        REFUSED,
        file="a.xlsx",
        says="unpacks to more than 40,000,000 bytes",
    )
    yield Case(
        "a zip bomb that lies about its size",
        _lying(zipped({"xl/workbook.xml": b"<a/>", SHEET: bytes(60_000_000)})),
        REFUSED,
        file="a.xlsx",
        says="is damaged",
    )
    yield Case(
        "many parts",
        zipped({f"{place}.xml": b"" for place in range(2100)}),
        REFUSED,
        file="a.xlsx",
        says="2,100 parts; at most 2,000",
    )
    yield Case(
        "an XML bomb", with_part(xlsx(GOOD), SHEET, _LAUGHS), REFUSED, file="a.xlsx", says="entity definition"
    )
    yield Case(
        "an XML bomb, OpenDocument",
        with_part(ods(GOOD), "content.xml", _LAUGHS),
        REFUSED,
        file="a.ods",
        says="entity definition",
    )
    yield Case("a damaged workbook", xlsx(GOOD)[:2000], REFUSED, file="a.xlsx", says="is damaged")
    yield Case(
        "a workbook of broken XML",
        with_part(xlsx(GOOD), "xl/workbook.xml", b"<workbook><sheets>"),
        REFUSED,
        file="a.xlsx",
        says="is damaged",
    )
    yield Case(
        "a workbook in an unknown encoding",
        with_part(xlsx(GOOD), "xl/workbook.xml", b'<?xml version="1.0" encoding="UUF-8"?><workbook/>'),
        REFUSED,
        file="a.xlsx",
        says="is damaged",
    )
    yield Case(
        "a spreadsheet of broken XML",
        with_part(ods(GOOD), "content.xml", b"<office"),
        REFUSED,
        file="a.ods",
        says="is damaged",
    )
    yield Case("a workbook without its sheet", _without(xlsx(GOOD), SHEET), REFUSED, file="a.xlsx")


_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><worksheet>&lol2;</worksheet>'


def _without(book: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return zipped({one: archive.read(one) for one in archive.namelist() if one != name})


def _locked_ods() -> bytes:
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:encryption-data/></manifest:manifest>'
    return with_part(ods(GOOD), "META-INF/manifest.xml", manifest)


def _locked_zip() -> bytes:
    """Set the bit of an entry that says it is encrypted, in both places where an archive keeps it."""
    book = bytearray(zipped({"xl/workbook.xml": b"<a/>"}))
    struct.pack_into("<H", book, 6, 1)
    struct.pack_into("<H", book, book.index(b"PK\x01\x02") + 8, 1)
    return bytes(book)


def _lying(book: bytes) -> bytes:
    """Write a small size for every entry where the directory of the archive says it."""
    changed = bytearray(book)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", changed, at + 24, 100)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)
