"""Workbooks: one sheet of values as people see them. Formulas and macros are never run, only their kept values read."""

import io
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from qiplatform.errors import Invalid
from qiplatform.measures.rules.files import excel, opendocument
from qiplatform.measures.rules.files.book import Book, Facts, SheetName
from qiplatform.measures.rules.files.kinds import WORDS, Kind
from qiplatform.measures.rules.files.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    too_many_columns,
    too_many_rows,
)

_DAMAGED = "The workbook is damaged and cannot be read. Open it in a spreadsheet, save it again, and choose the new file."
_LOCKED = "The document is protected with a password. Save it without one and choose it again."
_FULL_DIGITS = 15

Look = Callable[[str], Facts]


def read_workbook(content: bytes, parts: dict[str, bytes], kind: Kind, *, at: str, sheet: str = "") -> Book:
    """Read one sheet: the chosen one, or the first that is shown and holds anything."""
    if opendocument.is_locked(parts.get("META-INF/manifest.xml", b"")):
        raise Invalid.one(at, _LOCKED)
    try:
        opened = CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = opendocument.hidden_sheets(parts["content.xml"]) if kind is Kind.ODS else frozenset()
        names = [
            SheetName(one.name, one.visible is not SheetVisibleEnum.Visible or one.name in hidden)
            for one in opened.sheets_metadata
        ]
        look = _looking(parts, kind)
        name = _chosen(names, look, sheet, at)
        found = look(name)
        _check_size(found, at)
        loaded = opened.get_sheet_by_name(name)
        rows = _texts(loaded.to_python(skip_empty_area=False), found)
        merged = found.merged or tuple(loaded.merged_cell_ranges or ())
    except (CalamineError, LookupError, SyntaxError, ValueError) as error:
        raise Invalid.one(at, _DAMAGED) from error
    remarks = []
    shown = [one for one in names if not one.hidden]
    if len(shown) > 1:
        remarks.append(f"Of {len(shown)} sheets, “{name}” is read.")
    if any(one.hidden for one in names):
        count = sum(one.hidden for one in names)
        remarks.append(f"{count} hidden {'sheet is' if count == 1 else 'sheets are'} left alone.")
    if any(part.endswith("vbaProject.bin") for part in parts):
        remarks.append("The workbook holds macros. They are neither run nor kept; only the values are read.")
    if kind is Kind.XLSX and _is_1904(parts["xl/workbook.xml"]):
        remarks.append("The workbook counts its days from 1904; its dates are read so.")
    return Book(
        WORDS[kind],
        tuple(rows),
        name,
        tuple(names),
        faults=found.faults,
        merged=merged,
        remarks=tuple(remarks),
    )


def _chosen(names: list[SheetName], look: Look, wanted: str, at: str) -> str:
    if wanted:
        if wanted not in {one.name for one in names}:
            raise Invalid.one(at, f"There is no sheet “{wanted[:40]}” in this workbook.")
        return wanted
    filled = [one for one in names if look(one.name).rows]
    for one in filled:
        if not one.hidden:
            return one.name
    if filled:
        words = "The sheets that are shown are empty; there are numbers on hidden sheets only. Show the sheet, save the workbook and choose it again."
        raise Invalid.one(at, words)
    raise Invalid.one(at, "The workbook is empty. Choose the one that holds the numbers.")


def _looking(parts: dict[str, bytes], kind: Kind) -> Look:
    """Return what looks into the XML of a sheet by its name, once for each."""
    if kind is Kind.ODS:
        return cache(lambda name: opendocument.facts(parts["content.xml"], name))
    places = excel.sheet_parts(parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"])
    styles = excel.percent_styles(parts.get("xl/styles.xml", b""))
    return cache(lambda name: excel.facts(parts.get(places.get(name, ""), b""), styles))


def _check_size(found: Facts, at: str) -> None:
    if found.rows > MOST_ROWS:
        raise Invalid.one(at, too_many_rows(found.rows))
    if found.columns > MOST_COLUMNS:
        raise Invalid.one(at, too_many_columns(found.columns))


def _is_1904(workbook: bytes) -> bool:
    return b'date1904="1"' in workbook or b'date1904="true"' in workbook


def _texts(rows: Iterable[Iterable[object]], found: Facts) -> Iterable[tuple[str, ...]]:
    """Write the cells; an error stands where the spreadsheet shows it."""
    errors, percent = found.errors, found.percent
    for row, cells in enumerate(rows):
        yield tuple(
            errors.get((row, column)) or _text(cell, percent=(row, column) in percent)
            for column, cell in enumerate(cells)
        )


def _text(cell: object, *, percent: bool) -> str:
    """Write a value as its sheet shows it: a day as a day, a percentage with its sign, a number with its own digits."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() | int():
            return _number(cell, percent=percent)
        case datetime():
            return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
        case date():
            return cell.isoformat()
    return str(cell)


def _number(cell: float, *, percent: bool) -> str:
    # The sheet keeps a double: its shortest decimal is what was typed, up to fifteen digits.
    number = Decimal(repr(cell))
    if percent:
        number = Decimal(f"{number.scaleb(2):.{_FULL_DIGITS}g}")
    number = number.quantize(Decimal(1)) if number == number.to_integral_value() else number
    return f"{number:f}%" if percent else f"{number:f}"
