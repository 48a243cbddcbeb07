"""Workbooks with more in them than a table: sheets, formulas, merged cells, macros, styles to the last row."""

from collections.abc import Iterator
from datetime import date

from tests.qiplatform.measures.files.case import ASKS, FAULTY, READ, REFUSED, Case
from tests.qiplatform.measures.files.makers import (
    Formula,
    Rows,
    delimited,
    ods,
    part_of,
    with_part,
    xlsx,
)

GOOD: Rows = [["Month", "Value"], [date(2026, 4, 1), 5], [date(2026, 5, 1), 6]]
SHEET = "xl/worksheets/sheet1.xml"
WIDE: Rows = [["Month", *(f"c{place}" for place in range(5000))], ["Apr-26", *range(5000)]]
EMPTY: Rows = []


def cases() -> Iterator[Case]:
    """Return them all."""
    yield Case(
        "text under a workbook's name",
        delimited(GOOD),
        READ,
        file="a.xlsx",
        says="The name ends in .xlsx; the file is a text file",
    )
    yield Case(
        "a workbook under a text's name", xlsx(GOOD), READ, file="a.csv", says="the file is an Excel workbook"
    )
    yield Case(
        "OpenDocument under Excel's name",
        ods(GOOD),
        READ,
        file="a.xlsx",
        says="the file is an OpenDocument spreadsheet",
    )
    yield Case("an empty workbook", xlsx(EMPTY), REFUSED, file="a.xlsx", says="The workbook is empty")
    yield Case("an empty spreadsheet", ods(EMPTY), REFUSED, file="a.ods", says="The workbook is empty")
    for form, make in (("xlsx", xlsx), ("ods", ods)):
        file = f"a.{form}"
        yield Case(
            f"two sheets, {form}",
            make(GOOD, sheets=[("Read me", [["About these numbers"]], False)]),
            ASKS,
            file=file,
            says="Of 2 sheets, “Read me” is read",
        )
        yield Case(
            f"two sheets, one chosen, {form}",
            make(GOOD, sheets=[("Read me", [["About these numbers"]], False)]),
            READ,
            file=file,
            choices={"sheet": "Data"},
        )
        yield Case(
            f"a sheet that is not there, {form}",
            make(GOOD),
            REFUSED,
            file=file,
            choices={"sheet": "Nowhere"},
            says="There is no sheet “Nowhere”",
        )
        yield Case(
            f"a hidden sheet, {form}",
            make(GOOD, sheets=[("Secret", GOOD, True)]),
            READ,
            file=file,
            says="1 hidden sheet is left alone",
        )
        yield Case(
            f"a formula without its result, {form}",
            make([*GOOD, [date(2026, 6, 1), Formula()]]),
            READ if form == "ods" else FAULTY,
            file=file,
            says="" if form == "ods" else "sheet “Data”, row 4, column B",
        )
    yield Case(
        "numbers on hidden sheets only",
        xlsx(EMPTY, sheets=[("Secret", GOOD, True)]),
        REFUSED,
        file="a.xlsx",
        says="hidden sheets only",
    )
    yield Case(
        "a formula with its result", xlsx([*GOOD, [date(2026, 6, 1), Formula("7")]]), READ, file="a.xlsx"
    )
    yield Case("merged titles", xlsx([[], [], *GOOD], merge=[(0, 0, 0, 3, "A&E")]), READ, file="a.xlsx")
    yield Case(
        "merged numbers",
        xlsx([*GOOD, [date(2026, 6, 1), 7], [date(2026, 7, 1)]], merge=[(3, 1, 4, 1, "7")]),
        FAULTY,
        file="a.xlsx",
        says="merged with another and has no number",
    )
    yield Case(
        "merged dates",
        xlsx([*GOOD, [], [None, 8]], merge=[(3, 0, 4, 0, "Jun-26")]),
        FAULTY,
        file="a.xlsx",
        says="merged with another and has no date",
    )
    yield Case(
        "merged dates, OpenDocument",
        ods([*GOOD, ["Jun-26", 7], [None, 8]], spanned=3),
        FAULTY,
        file="a.ods",
        says="merged with another and has no date",
    )
    yield Case(
        "days from 1904", xlsx(GOOD, epoch_1904=True), READ, file="a.xlsx", says="counts its days from 1904"
    )
    yield Case("macros", xlsx(GOOD, macros=True), READ, file="a.xlsm", says="They are neither run nor kept")
    yield Case("5,000 columns, xlsx", xlsx(WIDE), REFUSED, file="a.xlsx", says="There are 5,001 columns")
    yield Case(
        "one cell in the last row", _last_row(), REFUSED, file="a.xlsx", says="filled to Excel's last row"
    )
    yield Case("styles down to the last row", _styled_to_the_end(), READ, file="a.xlsx")
    yield Case("rows without numbers of their own", _without_references(), READ, file="a.xlsx")


def _last_row() -> bytes:
    book = xlsx(GOOD)
    sheet = part_of(book, SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData>'
    )
    return with_part(book, SHEET, sheet)


def _styled_to_the_end() -> bytes:
    book = xlsx(GOOD)
    sheet = part_of(book, SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="B1048576" s="1"/></row></sheetData>'
    )
    return with_part(book, SHEET, sheet)


def _without_references() -> bytes:
    book = xlsx(GOOD)
    sheet = part_of(book, SHEET)
    for reference in (b"A1", b"B1", b"A2", b"B2", b"A3", b"B3"):
        sheet = sheet.replace(b' r="' + reference + b'"', b"")
    return with_part(book, SHEET, sheet)
