"""The numbers to take away: as text and as a workbook. Brought in again, both say what is kept and nothing else."""

import csv
import io
from decimal import Decimal

from qiplatform.measures.rules import Record, laid_out, takes_two
from qiplatform.measures.rules.escaping import defused

_FULL_DIGITS = 15
"""What a spreadsheet's number can hold; a longer one is written as text."""
_DAY = "d mmm yyyy"


def data_csv(record: Record) -> str:
    """Return the numbers as typed, as a table for spreadsheets; text that a spreadsheet would run is defused."""
    fields = _fields(record)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["period", *fields, "note"])
    for on, point in laid_out(record):
        cells = [getattr(point, field) if point else "" for field in fields]
        writer.writerow([on.isoformat(), *cells, defused(point.note if point else "")])
    return out.getvalue()


def data_xlsx(record: Record) -> bytes:
    """Return the same as a workbook: days as days, numbers as numbers, notes as text. One sheet, no author, no formula."""
    import xlsxwriter  # noqa: PLC0415 - only for those who download

    fields = _fields(record)
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": _DAY, "align": "left"})
        sheet = book.add_worksheet("Numbers")
        sheet.set_column(0, 0, 14)
        sheet.freeze_panes(1, 0)
        for place, words in enumerate(("period", *fields, "note")):
            sheet.write_string(0, place, words, bold)
        formats: dict[str, object] = {}
        for row, (on, point) in enumerate(laid_out(record), start=1):
            sheet.write_datetime(row, 0, on, day)
            for place, field in enumerate(fields, start=1):
                text = getattr(point, field) if point else ""
                form = _format(text)
                if form and form not in formats:
                    formats[form] = book.add_format({"num_format": form})
                if form:
                    sheet.write_number(row, place, float(text), formats[form])
                elif text:
                    sheet.write_string(row, place, text)
            if point and point.note:
                sheet.write_string(row, len(fields) + 1, point.note)
    return out.getvalue()


def _fields(record: Record) -> tuple[str, ...]:
    return ("numerator", "denominator") if takes_two(record.measure.chart) else ("value",)


def _format(text: str) -> str:
    """Return how a number is shown as it was typed, decimals and all; "" for what a spreadsheet's number cannot hold."""
    if not text:
        return ""
    number = Decimal(text)
    digits, exponent = number.as_tuple().digits, number.as_tuple().exponent
    if len(digits) > _FULL_DIGITS or Decimal(repr(float(text))) != number or not isinstance(exponent, int):
        return ""
    decimals = max(-exponent, 0)
    return "0." + "0" * decimals if 0 < decimals <= _FULL_DIGITS else "0" if not decimals else ""
