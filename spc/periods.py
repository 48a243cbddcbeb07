"""Periods: what can stand on the axis of time, and what can be put in one order with what."""

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from spc.errors import MixedPeriods, NotADate, NotFound
from spc.told import told

Period: TypeAlias = date | int | float | str
By: TypeAlias = Literal["day", "week", "month", "quarter", "year"]
BYS: tuple[By, ...] = get_args(By)


def orderable(x: object) -> bool:
    """Whether something can be a period: a date, a finite number or a word."""
    if isinstance(x, bool):
        return False
    if isinstance(x, (int, float, np.integer, np.floating)):
        try:
            return math.isfinite(float(x))
        except OverflowError:
            return False
    return isinstance(x, (date, str))


def kind(x: Period) -> str:
    """Group periods that can be compared: moments, days, numbers, words."""
    if isinstance(x, datetime):
        return f"moment{x.tzinfo is not None}"
    if isinstance(x, date):
        return "day"
    return "word" if isinstance(x, str) else "number"


def plain_period(x: Any) -> Any:
    """Write a number or a word of NumPy as Python has it, which JSON can carry."""
    if isinstance(x, np.floating):
        return float(x)
    return x.item() if isinstance(x, (np.integer, np.str_)) else x


def check_comparable(periods: Sequence[Period]) -> None:
    """Raise MixedPeriods for the first that cannot be put in one order with those before it."""
    for row, x in enumerate(periods):
        if not orderable(x) or kind(x) != kind(periods[0]):
            raise MixedPeriods(row=row, found=told(x))


def begun(x: Sequence[Period], by: By) -> list[date]:
    """Return the first day of the period each date lies in: of its week (a Monday), month, quarter or year, or the day.

    Raises NotFound for another word, NotADate for what is no date.

    >>> begun([date(2026, 3, 17), date(2026, 3, 22)], "week")
    [datetime.date(2026, 3, 16), datetime.date(2026, 3, 16)]
    """
    if by not in BYS:
        raise NotFound(field="by", asked=by, known=BYS)
    days = []
    for row, found in enumerate(x):
        if not isinstance(found, date):
            raise NotADate(row=row, found=told(found))
        day = found.date() if isinstance(found, datetime) else found
        if by == "week":
            day -= timedelta(days=day.weekday())
        elif by == "month":
            day = day.replace(day=1)
        elif by == "quarter":
            day = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        elif by == "year":
            day = day.replace(month=1, day=1)
        days.append(day)
    return days
