"""Weeks, quarters and financial years as people write them: the day each begins with."""

import re
from datetime import date, timedelta
from enum import StrEnum

_WEEK = re.compile(r"(?:w|wk|week)\.?\s*(\d{1,2})[\s,/-]+(?:of\s+)?(\d{4})")
_YEAR_WEEK = re.compile(r"(\d{4})[\s-]*(?:w|wk|week)\.?\s*(\d{1,2})")
_QUARTER = re.compile(r"(?:q|qtr|quarter)\.?\s*([1-4])[\s,/-]*(?:of\s+)?((?:fy\s*)?\d{4}(?:[/-]\d{2,4})?)")
_YEAR_QUARTER = re.compile(r"((?:fy\s*)?\d{4}(?:[/-]\d{2,4})?)[\s-]*(?:q|qtr|quarter)\.?\s*([1-4])")
_FINANCIAL = re.compile(r"(?:fy\s*)?(\d{4})[/-](\d{4}|\d{2})")
_BARE_WEEK = re.compile(r"(?:w|wk|week)\.?\s*\d{1,2}")
_BARE_QUARTER = re.compile(r"(?:q|qtr|quarter)\.?\s*[1-4]")
_APRIL = 4


class Quarters(StrEnum):
    """When the first quarter begins."""

    JANUARY = "january"
    APRIL = "april"


def week(text: str) -> date | None:
    """Return the Monday of a numbered week (ISO 8601: week 1 holds the year's first Thursday).

    >>> week("week 14 2026"), week("2026-w14")
    (datetime.date(2026, 3, 30), datetime.date(2026, 3, 30))
    """
    if found := _WEEK.fullmatch(text):
        number, year = int(found[1]), int(found[2])
    elif found := _YEAR_WEEK.fullmatch(text):
        year, number = int(found[1]), int(found[2])
    else:
        return None
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def quarter(text: str) -> tuple[date, date] | None:
    """Return the first day of a quarter counted from January and from April; the same twice where its year says which.

    >>> quarter("q1 2026")
    (datetime.date(2026, 1, 1), datetime.date(2026, 4, 1))
    >>> quarter("q4 2025/26")
    (datetime.date(2026, 1, 1), datetime.date(2026, 1, 1))
    """
    if found := _QUARTER.fullmatch(text):
        number, year = int(found[1]), found[2]
    elif found := _YEAR_QUARTER.fullmatch(text):
        year, number = found[1], int(found[2])
    else:
        return None
    begins = financial_year(year)
    if begins is None:
        if not year.isdecimal():
            return None
        calendar = date(int(year), number * 3 - 2, 1)
        return calendar, _months_on(date(int(year), _APRIL, 1), number * 3 - 3)
    first = _months_on(begins, number * 3 - 3)
    return first, first


def financial_year(text: str) -> date | None:
    """Return the 1 April with which a financial year begins.

    >>> financial_year("2025/26"), financial_year("2025/27")
    (datetime.date(2025, 4, 1), None)
    """
    found = _FINANCIAL.fullmatch(text)
    if found is None or (int(found[1]) + 1) % 10 ** len(found[2]) != int(found[2]) % 10 ** len(found[2]):
        return None
    return date(int(found[1]), _APRIL, 1) if int(found[1]) else None


def lacks_year(text: str) -> str:
    """Return what a cell names without its year ("week", "quarter"), or "".

    >>> lacks_year("week 14"), lacks_year("q1"), lacks_year("mango")
    ('week', 'quarter', '')
    """
    if _BARE_WEEK.fullmatch(text):
        return "week"
    return "quarter" if _BARE_QUARTER.fullmatch(text) else ""


def _months_on(on: date, months: int) -> date:
    years, month = divmod(on.month - 1 + months, 12)
    return on.replace(year=on.year + years, month=month + 1) if on.year + years < date.max.year else on


def week_ending(on: date) -> date:
    """Return the first day of the week that ends on a day."""
    return on - timedelta(days=min(6, on.toordinal() - 1))
