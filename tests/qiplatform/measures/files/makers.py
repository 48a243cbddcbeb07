"""Files made in memory: the same table as CSV, Excel workbook or OpenDocument spreadsheet, as people and machines write them."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

import xlsxwriter


@dataclass(frozen=True)
class Percent:
    """A number shown as a percentage: 0.853 as 85.3%."""

    share: float


@dataclass(frozen=True)
class Error:
    """A cell with an error of the spreadsheet."""

    sign: str = "#DIV/0!"


@dataclass(frozen=True)
class Formula:
    """A formula; without a value the file does not hold its result."""

    value: str = ""


Cell = str | int | float | date | Percent | Error | Formula | None
Rows = Sequence[Sequence[Any]]
"""Rows of cells; `Any`, because a list that is typed out mixes them."""


def shown(cell: Cell, day: str = "%b-%y") -> str:
    """Return a cell as a spreadsheet writes it into CSV."""
    match cell:
        case None:
            return ""
        case Percent():
            return f"{100 * cell.share:.1f}%"
        case Error():
            return cell.sign
        case Formula():
            return cell.value
        case date():
            return cell.strftime(day)
    return str(cell)


def delimited(
    rows: Rows, delimiter: str = ",", *, end: str = "\n", encoding: str = "utf-8", day: str = "%b-%y"
) -> bytes:
    """Return delimited text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([[shown(cell, day) for cell in row] for row in rows])
    return out.getvalue().encode(encoding)


def xlsx(
    rows: Rows,
    *,
    sheets: Sequence[tuple[str, Rows, bool]] = (),
    name: str = "Data",
    merge: Sequence[tuple[int, int, int, int, str]] = (),
    epoch_1904: bool = False,
    macros: bool = False,
) -> bytes:
    """Return an Excel workbook; `sheets` are (name, rows, hidden) that stand before the one of `rows`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": epoch_1904}) as book:
        formats = {
            "day": book.add_format({"num_format": "mmm-yy"}),
            "percent": book.add_format({"num_format": "0.0%"}),
        }
        for title, body, hidden in (*sheets, (name, rows, False)):
            sheet = book.add_worksheet(title)
            if hidden:
                sheet.hide()
            for at, row in enumerate(body):
                for place, cell in enumerate(row):
                    _write(sheet, formats, at, place, cell)
            if title == name:
                for top, left, bottom, right, text in merge:
                    sheet.merge_range(top, left, bottom, right, text)
        first = next((at for at, one in enumerate((*sheets, (name, rows, False))) if not one[2]), 0)
        book.worksheets()[first].activate()
    return with_part(out.getvalue(), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0") if macros else out.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, formats: dict[str, object], row: int, column: int, cell: Cell
) -> None:
    match cell:
        case None:
            return
        case Percent():
            sheet.write_number(row, column, cell.share, formats["percent"])
        case Error():
            sheet.write_formula(row, column, "=1/0", None, cell.sign)
        case Formula():
            sheet.write_formula(row, column, "=1+1", None, cell.value)
        case date():
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["day"])  # noqa: DTZ001 - spreadsheets know no zones
        case str():
            sheet.write_string(row, column, cell)
        case _:
            sheet.write_number(row, column, cell)


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:automatic-styles><style:style style:name="gone" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)


def ods(
    rows: Rows, *, sheets: Sequence[tuple[str, Rows, bool]] = (), name: str = "Data", spanned: int = 0
) -> bytes:
    """Return an OpenDocument spreadsheet; with `spanned` the first column's cell of that row covers the next one too."""
    tables = ""
    for title, body, hidden in (*sheets, (name, rows, False)):
        style = ' table:style-name="gone"' if hidden else ""
        inside = "".join(
            f"<table:table-row>{''.join(_ods_cell(cell, spans=title == name and spanned == at > 0 and place == 0) for place, cell in enumerate(row))}</table:table-row>"
            for at, row in enumerate(body)
        )
        tables += f'<table:table table:name="{escape(title)}"{style}>{inside}</table:table>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": kind.encode(),
            "content.xml": _ODS.format(tables=tables).encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(cell: Cell, *, spans: bool) -> str:
    span = ' table:number-rows-spanned="2" table:number-columns-spanned="1"' if spans else ""
    text = f"<text:p>{escape(shown(cell))}</text:p>"
    match cell:
        case None:
            return f"<table:table-cell{span}/>"
        case Percent():
            kind = f'office:value-type="percentage" office:value="{cell.share!r}"'
        case Error():
            kind = 'table:formula="of:=1/0" office:value-type="string" office:string-value=""'
        case Formula():
            kind = 'table:formula="of:=1+1"'
        case date():
            kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        case str():
            kind = 'office:value-type="string"'
        case _:
            kind = f'office:value-type="float" office:value="{cell!r}"'
    return f"<table:table-cell {kind}{span}>{text}</table:table-cell>"


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return an archive with one part more, or another in place of the one it has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return zipped({**parts, name: part})


def part_of(content: bytes, name: str) -> bytes:
    """Return a part of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
