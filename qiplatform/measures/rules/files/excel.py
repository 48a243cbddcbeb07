"""What a reader of Excel workbooks leaves out: errors, formulas without a value, percentages, and where they stand."""

import re
from xml.etree import ElementTree as ET

from qiplatform.measures.rules.files.book import Cell, Facts

_TOKEN = re.compile(rb"<(?:\w+:)?row\b([^>]*)>|<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'\b(r|s|t)="([^"]*)"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>/]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_PERCENT_BUILT_IN = frozenset({9, 10})
_NAMESPACE = re.compile(r"^\{[^}]*\}")
_NO_VALUE = (
    "has a formula whose result is not in the file; open it in a spreadsheet, save it, and choose it again"
)


def facts(sheet: bytes, percent_styles: frozenset[int]) -> Facts:
    """Return what a sheet's XML says of its cells beyond their values."""
    faults: dict[Cell, str] = {}
    errors: dict[Cell, str] = {}
    percent: set[Cell] = set()
    row, column, rows, columns = -1, -1, 0, 0
    for found in _TOKEN.finditer(sheet):
        if found[1] is not None:
            given = dict(_ATTRIBUTE.findall(found[1])).get(b"r")
            row, column = int(given) - 1 if given else row + 1, -1
            continue
        attributes = dict(_ATTRIBUTE.findall(found[2]))
        column = _column(attributes[b"r"]) if b"r" in attributes else column + 1
        inside = found[3] or b""
        value = _VALUE.search(inside)
        has_value = value is not None and value[1] != b""
        formula = _FORMULA.search(inside) is not None
        if not has_value and not formula:
            continue
        rows, columns = max(rows, row + 1), max(columns, column + 1)
        if attributes.get(b"t") == b"e" and value is not None:
            errors[row, column] = value[1].decode("utf-8", "replace")[:20]
        elif not has_value and attributes.get(b"t") != b"str":
            faults[row, column] = _NO_VALUE
        if int(attributes.get(b"s", b"0") or 0) in percent_styles and b"t" not in attributes:
            percent.add((row, column))
    return Facts(rows, columns, faults, errors, frozenset(percent))


def percent_styles(styles: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles that show a percentage."""
    if not styles:
        return frozenset()
    tree = ET.fromstring(styles)  # noqa: S314 - document types were refused before
    formats = {
        int(one.get("numFmtId", "0")) for one in _all(tree, "numFmt") if "%" in one.get("formatCode", "")
    }
    places = next(iter(_all(tree, "cellXfs")), None)
    if places is None:
        return frozenset()
    return frozenset(
        place
        for place, style in enumerate(_all(places, "xf"))
        if int(style.get("numFmtId", "0")) in formats | _PERCENT_BUILT_IN
    )


def sheet_parts(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Return the name of the part that holds each sheet, by the sheet's name."""
    targets = {
        one.get("Id", ""): one.get("Target", "")
        for one in _all(ET.fromstring(relations), "Relationship")  # noqa: S314 - as above
    }
    found = {}
    for sheet in _all(ET.fromstring(workbook), "sheet"):  # noqa: S314 - as above
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _all(tree: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in tree.iter() if _NAMESPACE.sub("", one.tag) == name]


def _column(reference: bytes) -> int:
    place = 0
    for sign in reference:
        if not ord("A") <= sign <= ord("Z"):
            break
        place = place * 26 + sign - ord("A") + 1
    return place - 1
