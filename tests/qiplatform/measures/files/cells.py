"""Numbers, places and people's details in cells; each table as text, workbook and spreadsheet."""

from collections.abc import Iterator
from datetime import date

from qiplatform.measures.models import DataPoint
from qiplatform.measures.rules.importing import Different, Scale, Way
from tests.qiplatform.measures.files.case import ASKS, FAULTY, READ, REFUSED, Case
from tests.qiplatform.measures.files.dates import DATES, PM, M, P, Told
from tests.qiplatform.measures.files.makers import Error, Percent, delimited, ods, xlsx


def kept(*values: tuple[date, str]) -> list[DataPoint]:
    """Return points that are there already."""
    return [DataPoint(period=on, value=value, numerator="", denominator="", note="") for on, value in values]


APRIL, MAY = date(2025, 4, 1), date(2025, 5, 1)
HERE = kept((APRIL, "5.0"), (MAY, "6"))

NUMBERS: tuple[Told, ...] = (
    # Numbers.
    ("thousands", [M, ["Apr-26", "1,234"], ["May-26", "12,345.5"]], READ, {}, "“1,234” is read as 1234"),
    (
        "decimal commas",
        [M, ["Apr-26", "1.234,5"], ["May-26", "2,5"]],
        READ,
        {},
        "“1.234,5” is read as 1234.5",
    ),
    (
        "two meanings of a comma",
        [M, ["Apr-26", "1,234"], ["May-26", "2,5"]],
        FAULTY,
        {},
        "The comma means one thing",
    ),
    (
        "a percent sign on some",
        [M, ["Apr-26", "85%"], ["May-26", "86"], ["Jun-26", "0.85"]],
        FAULTY,
        {"unit": "%"},
        "has no percent sign",
    ),
    ("a percent sign where none belongs", [M, ["Apr-26", Percent(0.85)]], FAULTY, {}, "is not in percent"),
    (
        "proportions for percent",
        [M, ["Apr-26", 0.85], ["May-26", 0.9]],
        ASKS,
        {"unit": "%"},
        "What does 0.85 mean?",
    ),
    (
        "proportions, times a hundred",
        [M, ["Apr-26", 0.85], ["May-26", 0.9]],
        READ,
        {"unit": "%", "choices": {"scale": Scale.TIMES_100}},
        "",
    ),
    (
        "proportions as they are",
        [M, ["Apr-26", 0.85], ["May-26", 0.9]],
        READ,
        {"unit": "%", "choices": {"scale": Scale.AS_IT_IS}},
        "",
    ),
    (
        "a small percentage among others",
        [M, ["Apr-26", 0.85], ["May-26", 90]],
        READ,
        {"unit": "%"},
        "“0.85” is read as 0.85%",
    ),
    ("a numerator that is too large", [PM, ["Apr-26", 12, 9]], FAULTY, P, "12 of 9"),
    ("no cases", [PM, ["Apr-26", 0, 0], ["May-26", 3, 4]], READ, P, ""),
    ("some of no cases", [PM, ["Apr-26", 3, 0]], FAULTY, P, "3 of 0"),
    ("a count below zero", [PM, ["Apr-26", -3, 9]], FAULTY, P, "is below zero"),
    ("half a patient", [PM, ["Apr-26", 3.5, 9]], FAULTY, P, "is not a whole number of people"),
    ("a numerator alone", [PM, ["Apr-26", 3, None]], FAULTY, P, "Enter the denominator as well"),
    (
        "not a number",
        [M, ["Apr-26", "NaN"], ["May-26", 3], ["Jun-26", 4]],
        FAULTY,
        {},
        "“NaN” is not a number",
    ),
    ("infinity", [M, ["Apr-26", "inf"], ["May-26", 3], ["Jun-26", 4]], FAULTY, {}, "“inf” is not a number"),
    (
        "a letter for a digit",
        [M, ["Apr-26", "1O"], ["May-26", "l2"], ["Jun-26", 4], ["Jul-26", 5], ["Aug-26", 6]],
        FAULTY,
        {},
        "has a letter where a digit should be",
    ),
    (
        "a word",
        [M, ["Apr-26", "closed"], ["May-26", 3], ["Jun-26", 4]],
        FAULTY,
        {},
        "say below if it stands for “no number”",
    ),
    (
        "a word that means nothing",
        [M, ["Apr-26", "closed"], ["May-26", 3], ["Jun-26", 4]],
        READ,
        {"choices": {"nothing": ("closed",)}},
        "",
    ),
    (
        "an error of the spreadsheet",
        [M, ["Apr-26", Error()], ["May-26", 3], ["Jun-26", 4]],
        FAULTY,
        {},
        "“#DIV/0!” is not a number",
    ),
    ("fewer than five", [M, ["Apr-26", "<5"], ["May-26", 7]], READ, {}, ""),
    (
        "a number of 45 digits",
        [M, ["Apr-26", "1" * 45], ["May-26", 7]],
        FAULTY,
        {},
        "is longer than 40 characters",
    ),
    # Beside what is kept.
    ("the same again", [M, ["Apr-25", 5], ["May-25", 6]], READ, {"kept": HERE}, ""),
    ("some of it changed", [M, ["Apr-25", 5], ["May-25", 7], ["Jun-25", 8]], READ, {"kept": HERE}, ""),
    (
        "changed and left as it is",
        [M, ["Apr-25", 5], ["May-25", 7]],
        READ,
        {"kept": HERE, "choices": {"different": Different.KEEP}},
        "",
    ),
    ("a number taken away", [M, ["Apr-25", 5], ["May-25", None]], READ, {"kept": HERE}, ""),
    (
        "months called by their last day",
        [M, ["Apr-25", 5]],
        READ,
        {"kept": kept((date(2025, 4, 30), "4"))},
        "",
    ),
    # Where things stand.
    (
        "which column",
        [["Month", "Beds", "Staff"], ["Apr-26", 5, 6]],
        ASKS,
        {},
        "Choose the column that holds the value",
    ),
    (
        "which column, answered",
        [["Month", "Beds", "Staff"], ["Apr-26", 5, 6]],
        READ,
        {"choices": {"columns": {"value": "C"}}},
        "",
    ),
    (
        "two columns with one name",
        [["Month", "Value", "Value"], ["Apr-26", 5, 6]],
        ASKS,
        {},
        "Choose the column that holds the value",
    ),
    (
        "no dates at all",
        [["Ward", "Value"], ["A", 5], ["B", 6]],
        ASKS,
        {},
        "Choose the column that holds the period",
    ),
    ("headings in another row", [["Old", None], M, ["Apr-26", 5]], READ, {"choices": {"header": 2}}, ""),
    ("no headings, said so", [["Apr-26", 5], ["May-26", 6]], READ, {"choices": {"header": 0}}, ""),
    (
        "across, said so",
        [["", "Apr-26", "May-26"], ["Value", 5, 6]],
        READ,
        {"choices": {"way": Way.ACROSS}},
        "",
    ),
    ("headings once more", [M, ["Apr-26", 5], M, ["May-26", 6]], READ, {}, "headings once more"),
    (
        "totals between",
        [M, ["Apr-26", 5], ["Total 2025/26", 5], ["May-26", 6], ["Average", 5.5]],
        READ,
        {},
        "a total or average",
    ),
    ("headings and nothing below", [M], FAULTY, {}, "There is no row with a date and a number below"),
    # People's details.
    (
        "an NHS number",
        [M, ["Apr-26", 5], ["May-26", "999 000 0018"]],
        REFUSED,
        {},
        "This looks like an NHS number",
    ),
    (
        "an NHS number in a note",
        [[*M, "Note"], ["Apr-26", 5, "seen 9990000018"]],
        REFUSED,
        {},
        "This looks like an NHS number",
    ),
    (
        "dates of birth",
        [["Month", "Value", "Date of birth"], ["Apr-26", 5, "1 May 1950"]],
        REFUSED,
        {},
        "is headed “Date of birth”",
    ),
    ("names", [["Surname", "Month", "Value"], ["Smith", "Apr-26", 5]], REFUSED, {}, "is headed “Surname”"),
    (
        "hospital numbers",
        [["Hospital number", "Month", "Value"], ["A1", "Apr-26", 5]],
        REFUSED,
        {},
        "is headed “Hospital number”",
    ),
    ("a number that only looks so", [M, ["Apr-26", 5], ["May-26", "9990000019"]], READ, {}, ""),
    # Text that spreadsheets would run.
    ("a formula in a note", [[*M, "Note"], ["Apr-26", 5, "=HYPERLINK(1)"]], READ, {}, ""),
    ("a defused formula in a note", [[*M, "Note"], ["Apr-26", 5, "'=HYPERLINK(1)"]], READ, {}, ""),
    ("markup in a note", [[*M, "Note"], ["Apr-26", 5, "<script>alert(1)</script>"]], READ, {}, ""),
)


def cases() -> Iterator[Case]:
    """Return each as text, as an Excel workbook and as an OpenDocument spreadsheet."""
    for name, rows, expect, about, says in (*DATES, *NUMBERS):
        for file, content in (("a.csv", delimited(rows)), ("a.xlsx", xlsx(rows)), ("a.ods", ods(rows))):
            yield Case(f"{name}, {file[2:]}", content, expect, file=file, says=says, **about)
