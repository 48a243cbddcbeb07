"""Days as people type them, a column at a time: one order of day and month for the whole column, or a question."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qiplatform.measures.rules import spans
from qiplatform.measures.rules.spans import Quarters

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4}|\d{2})")
_WORD_DAY = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WORD = re.compile(r"([a-z]+)\.?[\s-]*(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_WORD_ISO = re.compile(r"(\d{4})[\s-]+([a-z]+)")
_COMMENCING = re.compile(r"(?:w/?c|w/?b|week (?:commencing|beginning|starting|of))[.:]?\s+")
_ENDING = re.compile(r"(?:w/?e|week ending)[.:]?\s+")
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?Z?$", re.IGNORECASE)
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 75_000)
_DECEMBER = 12
_LONGEST_MONTH = 31


class Order(StrEnum):
    """Which of two numbers comes first."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of days as read; `days` holds None where there was no day."""

    days: tuple[date | None, ...]
    remarks: tuple[str, ...] = ()
    """What was understood beyond the plain sense, to be shown before anything is kept."""
    unclear: tuple[str, date, date] | None = None
    """A cell that can be read in two ways and both readings, day first and month first, when one must be asked for."""
    against: tuple[int, int] | None = None
    """Two rows that cannot be of one order: one has the day first, the other the month."""
    unclear_quarter: tuple[str, date, date] | None = None
    """A quarter of which one must ask when its year begins, and its first day counted from January and from April."""


def read_days(cells: Sequence[str], order: Order | None = None, quarters: Quarters | None = None) -> Column:
    """Read a column; `order` and `quarters` are what a person said when they were asked.

    >>> read_days(["03/04/2026", "05/04/2026"]).unclear
    ('03/04/2026', datetime.date(2026, 4, 3), datetime.date(2026, 3, 4))
    >>> read_days(["03/04/2026", "13/04/2026"]).days[0]
    datetime.date(2026, 4, 3)
    >>> read_days(["Apr-24", "1 May 2024", "2024-06-01"]).days
    (datetime.date(2024, 4, 1), datetime.date(2024, 5, 1), datetime.date(2024, 6, 1))
    """
    texts = [_plain(cell) for cell in cells]
    years = [spans.financial_year(text) for text in texts if text]
    financial = len(years) > 1 and all(years)
    readings = [_readings(text, financial=financial) for text in texts]
    only_day = [row for row, (day, month) in enumerate(readings) if day and not month]
    only_month = [row for row, (day, month) in enumerate(readings) if month and not day]
    nothing = (None,) * len(cells)
    if only_day and only_month:
        return Column(nothing, against=(only_day[0], only_month[0]))
    remarks = []
    open_rows = [row for row, (day, month) in enumerate(readings) if day and month and day != month]
    if only_day or only_month:
        order = Order.DAY_FIRST if only_day else Order.MONTH_FIRST
        if open_rows:
            deciding = (only_day or only_month)[0]
            first = "day" if only_day else "month"
            remarks.append(f"Dates are read with the {first} first, because of “{cells[deciding].strip()}”.")
    if open_rows and order is None:
        row = open_rows[0]
        day, month = readings[row]
        if day is not None and month is not None:
            return Column(nothing, unclear=(cells[row].strip(), day, month))
    named = {row: found for row, text in enumerate(texts) if (found := spans.quarter(text)) is not None}
    if quarters is None and (asked := [row for row, (a, b) in named.items() if a != b]):
        return Column(nothing, unclear_quarter=(cells[asked[0]].strip(), *named[asked[0]]))
    days = tuple(
        named[row][quarters is Quarters.APRIL]
        if row in named
        else (day or month)
        if order is not Order.MONTH_FIRST
        else (month or day)
        for row, (day, month) in enumerate(readings)
    )
    return Column(days, (*remarks, *_said(cells, texts, days)))


def _said(cells: Sequence[str], texts: Sequence[str], days: Sequence[date | None]) -> list[str]:
    """Return what was understood beyond the plain sense, each once with its first example."""
    found: dict[str, str] = {}
    for cell, text, on in zip(cells, texts, days, strict=True):
        if on is None:
            continue
        shown, day = cell.strip(), f"{on.day} {on:%B %Y}"
        if _SERIAL.fullmatch(text):
            found.setdefault(
                "Five-digit dates are read as the day numbers of a spreadsheet", f"{shown} as {day}"
            )
        elif spans.week(text):
            found.setdefault(
                "Numbered weeks are read as ISO weeks, which begin on a Monday", f"{shown} as {day}"
            )
        elif on == spans.financial_year(text):
            found.setdefault("Years such as 2025/26 are read as financial years", f"{shown} as from {day}")
        elif _ENDING.match(cell.strip().lower()):
            found.setdefault("A week is called by its first day", f"{shown} as {day}")
        elif re.search(r"(?<!\d)\d{2}$", text) and not _ISO.fullmatch(text):
            found.setdefault("Years of two digits are read as 20...", "")
    return [f"{words}: {example}." if example else words for words, example in found.items()]


def looks_like_day(cell: str) -> bool:
    """Whether a cell could be a day or a period.

    >>> looks_like_day("Month"), looks_like_day("1/4/2024"), looks_like_day("Q1 2026")
    (False, True, True)
    """
    text = _plain(cell)
    return any(_readings(text)) or spans.quarter(text) is not None


def surely_day(cell: str) -> bool:
    """Whether a cell is a day and could not be a plain number as well.

    >>> surely_day("Apr-24"), surely_day("45383"), surely_day("2024")
    (True, False, False)
    """
    return not cell.strip().isdecimal() and looks_like_day(cell)


def why_no_day(cell: str) -> str:
    """Return why a cell is no day, in words that follow on the cell.

    >>> why_no_day("31/04/2026"), why_no_day("Week 14")
    ('is not a date: April 2026 has 30 days', 'names a week without its year; write it as Week 14 2026')
    """
    text = _plain(cell)
    if kind := spans.lacks_year(text):
        return f"names a {kind} without its year; write it as {cell.strip()[:20]} 2026"
    if (found := _NUMERIC.fullmatch(text)) and 1 <= int(found[2]) <= _DECEMBER and _year(found[3]):
        month = date(_year(found[3]), int(found[2]), 1)
        last = monthrange(month.year, month.month)[1]
        if last < int(found[1]) <= _LONGEST_MONTH:
            return f"is not a date: {month:%B %Y} has {last} days"
    return "is not a date that can be read; write it as 1 March 2026 or 2026-03-01"


def _plain(cell: str) -> str:
    """Return a cell without what does not matter; a week called by its end is left for `_readings`."""
    return _COMMENCING.sub("", _MIDNIGHT.sub("", " ".join(cell.split())).lower())


def _readings(text: str, *, financial: bool = False) -> tuple[date | None, date | None]:
    """Return a cell read with the day first and with the month first; the same twice where both agree.

    2011/12 is a financial year in a column of such (`financial`), and else the twelfth month of 2011.
    """
    if ending := _ENDING.match(text):
        day, month = _readings(text[ending.end() :])
        return day and spans.week_ending(day), month and spans.week_ending(month)
    if financial and (year := spans.financial_year(text)):
        return year, year
    if found := _NUMERIC.fullmatch(text):
        a, b, full_year = int(found[1]), int(found[2]), _year(found[3])
        return _day(full_year, b, a), _day(full_year, a, b)
    on = _numbered(text) or spans.week(text) or spans.financial_year(text) or _named(text)
    return on, on


def _numbered(text: str) -> date | None:
    """Return a day written in numbers alone, the year first, or as a spreadsheet counts days."""
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3] or 1))
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(text))
    return date(int(text), 1, 1) if _YEAR.fullmatch(text) else None


def _named(text: str) -> date | None:
    """Return a day whose month is a word."""
    if found := _DAY_WORD.fullmatch(text):
        return _day(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _WORD_DAY.fullmatch(text):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := _WORD_ISO.fullmatch(text):
        return _day(int(found[1]), _month(found[2]), 1)
    if found := _WORD.fullmatch(text):
        return _day(_year(found[2]), _month(found[1]), 1)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    start = word[:3]
    full = (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
    known = start in _MONTHS and (full[_MONTHS.index(start)].startswith(word) or word == "sept")
    return _MONTHS.index(start) + 1 if known else 0


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)  # noqa: PLR2004 - two digits
