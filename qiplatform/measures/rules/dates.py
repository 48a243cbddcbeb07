"""Days as people type them, a column at a time: one order of day and month for the whole column, or a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4}|\d{2})")
_WORD_DAY = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WORD = re.compile(r"([a-z]+)\.?[\s-]*(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}")
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?Z?$", re.IGNORECASE)
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 75_000)


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


def read_days(cells: Sequence[str], order: Order | None = None) -> Column:
    """Read a column; `order` is what a person said of days and months when they were asked.

    >>> read_days(["03/04/2026", "05/04/2026"]).unclear
    ('03/04/2026', datetime.date(2026, 4, 3), datetime.date(2026, 3, 4))
    >>> read_days(["03/04/2026", "13/04/2026"]).days[0]
    datetime.date(2026, 4, 3)
    >>> read_days(["Apr-24", "1 May 2024", "2024-06-01"]).days
    (datetime.date(2024, 4, 1), datetime.date(2024, 5, 1), datetime.date(2024, 6, 1))
    """
    texts = [_MIDNIGHT.sub("", cell.strip()).lower() for cell in cells]
    readings = [_readings(text) for text in texts]
    only_day = [row for row, (day, month) in enumerate(readings) if day and not month]
    only_month = [row for row, (day, month) in enumerate(readings) if month and not day]
    if only_day and only_month:
        return Column((None,) * len(cells), against=(only_day[0], only_month[0]))
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
            return Column((None,) * len(cells), unclear=(cells[row].strip(), day, month))
    days = tuple(
        (day or month) if order is not Order.MONTH_FIRST else (month or day) for day, month in readings
    )
    if any(_SERIAL.fullmatch(text) and on for text, on in zip(texts, days, strict=True)):
        remarks.append("Five-digit dates are read as the day numbers of a spreadsheet.")
    if any(
        on and re.search(r"(?<!\d)\d{2}$", text) and not _ISO.fullmatch(text)
        for text, on in zip(texts, days, strict=True)
    ):
        remarks.append("Years of two digits are read as 20...")
    return Column(days, tuple(remarks))


def looks_like_day(cell: str) -> bool:
    """Whether a cell could be a day.

    >>> looks_like_day("Month"), looks_like_day("1/4/2024")
    (False, True)
    """
    return any(_readings(_MIDNIGHT.sub("", cell.strip()).lower()))


def _readings(text: str) -> tuple[date | None, date | None]:
    """Return a cell read with the day first and with the month first; the same twice where both agree."""
    if found := _ISO.fullmatch(text):
        return _twice(_day(int(found[1]), int(found[2]), int(found[3] or 1)))
    if found := _NUMERIC.fullmatch(text):
        a, b, year = int(found[1]), int(found[2]), _year(found[3])
        return _day(year, b, a), _day(year, a, b)
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return _twice(_SERIAL_ZERO + timedelta(days=int(text)))
    return _twice(_named(text))


def _named(text: str) -> date | None:
    """Return a day whose month is a word."""
    if found := _DAY_WORD.fullmatch(text):
        return _day(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _WORD_DAY.fullmatch(text):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := _WORD.fullmatch(text):
        return _day(_year(found[2]), _month(found[1]), 1)
    return None


def _twice(on: date | None) -> tuple[date | None, date | None]:
    return on, on


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
