"""Tables that can be read, and the forms in which they come: every table in every form."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from qiplatform.demo.attendances import months
from qiplatform.measures.models import Frequency
from tests.qiplatform.measures.files.case import READ, Case
from tests.qiplatform.measures.files.makers import Cell, Percent, Rows, delimited, ods, xlsx

P = {"chart": "p"}
PERCENT = {"unit": "%"}


def hospital(provider: str) -> list[list[Cell]]:
    """Return the real A&E months of a provider as a hospital keeps them: titles, thousands, percent signs, a total, a source."""
    rows: list[list[Cell]] = [
        [f"Provider {provider}: A&E waiting times"],
        ["All patients, main department", None, None],
        [],
        ["Month", "Attendances", "Within 4 hours", "% within 4 hours"],
    ]
    for one in months(provider):
        share = Percent(one.in_time / one.attendances)
        rows.append([one.period, f"{one.attendances:,}", f"{one.in_time:,}", share])
    every, seen = (sum(getattr(one, name) for one in months(provider)) for name in ("attendances", "in_time"))
    rows.append(["Total", f"{every:,}", f"{seen:,}", Percent(seen / every)])
    rows.append([])
    rows.append(["Source: NHS England"])
    return rows


def across(rows: Rows) -> list[list[Cell]]:
    """Return a table with its periods beside each other."""
    width = max(map(len, rows))
    full = [[*row, *[None] * (width - len(row))] for row in rows]
    return [list(column) for column in zip(*full, strict=True)]


def _by(step: timedelta, count: int = 8) -> list[date]:
    return [date(2025, 6, 2) + step * place for place in range(count)]


def _months(count: int = 8) -> list[date]:
    return [date(2025, month + 1, 1) for month in range(count)]


TABLES: dict[str, tuple[Rows, dict[str, Any]]] = {
    "months": ([["Month", "Value"], *([on, 10 + place] for place, on in enumerate(_months()))], {}),
    "months without headings": ([[on, 10 + place] for place, on in enumerate(_months())], {}),
    "decimals": ([["Month", "Value"], *([on, 10.25 + place / 4] for place, on in enumerate(_months()))], {}),
    "negative numbers": ([["Month", "Value"], *([on, 3 - place] for place, on in enumerate(_months()))], {}),
    "notes": (
        [
            ["Month", "Value", "Note"],
            *([on, place, "café closed" if place == 3 else None] for place, on in enumerate(_months())),
        ],
        {},
    ),
    "numerator and denominator": (
        [
            ["Month", "Numerator", "Denominator"],
            *([on, 8 + place, 20 + place] for place, on in enumerate(_months())),
        ],
        P,
    ),
    "denominator first": (
        [
            ["Denominator", "Numerator", "Month"],
            *([20 + place, 8 + place, on] for place, on in enumerate(_months())),
        ],
        P,
    ),
    "percentages": (
        [["Month", "Value"], *([on, Percent(0.8 + place / 100)] for place, on in enumerate(_months()))],
        PERCENT,
    ),
    "words for nothing": (
        [
            ["Month", "Value"],
            *([on, ("N/A", "-", "*", "<5", None, "n/a", 7, 8)[place]] for place, on in enumerate(_months())),
        ],
        {},
    ),
    "a gap and out of order": (
        [
            ["Month", "Value"],
            *([on, on.month] for on in (date(2025, 9, 1), date(2025, 1, 1), date(2025, 4, 1))),
        ],
        {},
    ),
    "weeks": (
        [
            ["Week commencing", "Value"],
            *([on.isoformat(), place] for place, on in enumerate(_by(timedelta(weeks=1)))),
        ],
        {"frequency": Frequency.WEEKLY},
    ),
    "days": (
        [["Date", "Value"], *([on.isoformat(), place] for place, on in enumerate(_by(timedelta(days=1))))],
        {"frequency": Frequency.DAILY},
    ),
    "numbered weeks": (
        [["Week", "Value"], *([f"Week {place} 2025", place] for place in range(10, 18))],
        {"frequency": Frequency.WEEKLY},
    ),
    "financial years": (
        [["Year", "Value"], *([f"{year}/{(year + 1) % 100:02}", year - 2000] for year in range(2015, 2023))],
        {"frequency": Frequency.YEARLY},
    ),
    "financial quarters": (
        [["Quarter", "Value"], *([f"Q{place} 2025/26", place] for place in range(1, 5))],
        {"frequency": Frequency.QUARTERLY},
    ),
    "months across": (across([["", "Value"], *([on, 10 + place] for place, on in enumerate(_months()))]), {}),
    "a column of places": (
        [["Month", "Site", "Value"], *([on, "A", 10 + place] for place, on in enumerate(_months()))],
        {},
    ),
    "the hospital's own, in percent": (hospital("RJZ"), PERCENT),
    "the hospital's own, counted": (
        hospital("RJZ"),
        {**P, "choices": {"columns": {"numerator": "C", "denominator": "B"}}},
    ),
    "another hospital's, across": (
        across([row for row in hospital("RDD") if len(row) > 3]),
        {**P, "choices": {"columns": {"numerator": "C", "denominator": "B"}}},
    ),
}


def cases() -> Iterator[Case]:
    """Return every table in every form."""
    for name, (rows, about) in TABLES.items():
        for form, file, content in forms(rows):
            yield Case(f"{name}, {form}", content, READ, file=file, **about)


def forms(rows: Rows) -> Iterator[tuple[str, str, bytes]]:
    """Return a table in every form: its name, a file's name, the bytes."""
    yield "comma", "a.csv", delimited(rows)
    yield "comma, with a mark", "a.csv", b"\xef\xbb\xbf" + delimited(rows)
    yield "comma, Windows line ends", "a.csv", delimited(rows, end="\r\n")
    yield "semicolon", "a.csv", delimited(rows, ";")
    yield "tab", "a.tsv", delimited(rows, "\t")
    yield "vertical bar", "a.txt", delimited(rows, "|")
    yield "Windows-1252", "a.csv", delimited(rows, encoding="cp1252")
    yield "UTF-16", "a.csv", delimited(rows, "\t", encoding="utf-16")
    yield "UTF-16, big end first, without a mark", "a.csv", delimited(rows, "\t", encoding="utf-16-be")
    yield "pasted", "", delimited(rows, "\t")
    yield "Excel", "a.xlsx", xlsx(rows)
    yield "OpenDocument", "a.ods", ods(rows)
