"""What a reader of OpenDocument spreadsheets leaves out: errors and percentages, and where they stand."""

import io
from xml.etree import ElementTree as ET

from qiplatform.measures.rules.files.book import Cell, Facts

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_MOST_REPEATED = 1000
"""A row or cell repeated more often is the empty rest of the sheet."""


def facts(content: bytes, sheet: str) -> Facts:
    """Return what a sheet's XML says of its cells beyond their values."""
    errors: dict[Cell, str] = {}
    percent: set[Cell] = set()
    merged: list[tuple[Cell, Cell]] = []
    row, rows, columns = 0, 0, 0
    inside = False
    for event, element in ET.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314 - as above
        if element.tag == f"{_TABLE}table":
            inside = event == "start" and element.get(f"{_TABLE}name") == sheet
            row = 0
        if event == "start" or not inside or element.tag != f"{_TABLE}table-row":
            continue
        column = 0
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            shown = "".join(cell.itertext()).strip()
            if shown:
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                for place in range(column, column + min(repeated, _MOST_REPEATED)):
                    _note(cell, (row, place), shown, errors, percent)
            down, across = (
                int(cell.get(f"{_TABLE}number-{way}-spanned", "1")) for way in ("rows", "columns")
            )
            if down * across > 1:
                merged.append(((row, column), (row + down - 1, column + across - 1)))
            column += repeated
        row += int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        element.clear()
    return Facts(rows, columns, {}, errors, frozenset(percent), tuple(merged))


def is_locked(manifest: bytes) -> bool:
    """Whether the document's parts are encrypted."""
    return b"encryption-data" in manifest


def hidden_sheets(content: bytes) -> frozenset[str]:
    """Return the names of the sheets whose style does not show them."""
    tree = ET.fromstring(content)  # noqa: S314 - as above
    styles = {
        style.get("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name")
        for style in tree.iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}style")
        for part in style
        if part.get(f"{_TABLE}display") == "false"
    }
    return frozenset(
        table.get(f"{_TABLE}name", "")
        for table in tree.iter(f"{_TABLE}table")
        if table.get(f"{_TABLE}style-name") in styles
    )


def _note(cell: ET.Element, at: Cell, shown: str, errors: dict[Cell, str], percent: set[Cell]) -> None:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "percentage":
        percent.add(at)
    elif cell.get(f"{_TABLE}formula") is not None and (shown.startswith(("#", "Err:"))):
        errors[at] = shown[:20]
