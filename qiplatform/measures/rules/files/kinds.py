"""What kind of file something is, by what is in it: names lie."""

from enum import StrEnum

from qiplatform.errors import Invalid

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "Open it in a spreadsheet and save it as an Excel workbook (.xlsx) or as CSV."
_KNOWN = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"{\\rtf", "a text document"),
)


class Kind(StrEnum):
    """The kinds that are read."""

    TEXT = "text"
    XLSX = "xlsx"
    ODS = "ods"


ENDINGS = {
    Kind.TEXT: ("csv", "tsv", "txt", "tab"),
    Kind.XLSX: ("xlsx", "xlsm"),
    Kind.ODS: ("ods",),
}
WORDS = {Kind.TEXT: "a text file", Kind.XLSX: "an Excel workbook", Kind.ODS: "an OpenDocument spreadsheet"}


def kind_of(content: bytes, names: frozenset[str], at: str) -> Kind:
    """Return what a file is; `names` are the parts of it when it is an archive. `Invalid` for what is not read."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Invalid.one(
                at, "The workbook is protected with a password. Save it without one and choose it again."
            )
        raise Invalid.one(
            at, f"This is a workbook of Excel before 2007 (.xls) or another old document. {_AGAIN}"
        )
    if content.startswith(_ZIP):
        return _of_archive(names, at)
    for mark, words in _KNOWN:
        if content.startswith(mark):
            raise Invalid.one(at, f"This is {words}, not a table. Choose a CSV, Excel or OpenDocument file.")
    start = content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise Invalid.one(at, f"This is a web page or XML under a spreadsheet's name. {_AGAIN}")
    return Kind.TEXT


def _of_archive(names: frozenset[str], at: str) -> Kind:
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        raise Invalid.one(at, f"This is a binary workbook (.xlsb). {_AGAIN}")
    if "encrypted-package" in names:
        raise Invalid.one(
            at, "The document is protected with a password. Save it without one and choose it again."
        )
    if "content.xml" in names:
        return Kind.ODS
    if "word/document.xml" in names:
        raise Invalid.one(
            at,
            "This is a Word document. Copy its table and paste it below, or save it from a spreadsheet as a workbook (.xlsx) or CSV.",
        )
    raise Invalid.one(
        at, "This is an archive without a workbook in it. Take the file out of it and choose that."
    )


def check_name(kind: Kind, name: str) -> tuple[str, ...]:
    """Return a remark when a file's name says something else than what it is."""
    stem, dot, ending = name.lower().rpartition(".")
    if not (stem and dot) or ending in ENDINGS[kind]:
        return ()
    return (f"The name ends in .{ending[:10]}; the file is {WORDS[kind]} and is read as one.",)
