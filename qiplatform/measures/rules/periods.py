"""Periods: what they are called, which comes next, and where one is left out."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from qiplatform.measures.models import Frequency

_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}
_MOST_FILLED = 2000
_WEEK = 7


@lru_cache(maxsize=4096)
def label(frequency: Frequency, on: date) -> str:
    """Return what a period is called; remembered, because all of a page's charts call the same months by their names.

    >>> label(Frequency.MONTHLY, date(2026, 3, 31)), label(Frequency.WEEKLY, date(2026, 3, 2))
    ('March 2026', 'week of 2 March 2026')
    >>> label(Frequency.QUARTERLY, date(2026, 4, 1)), label(Frequency.YEARLY, date(2025, 4, 1))
    ('April to June 2026', 'year from April 2025')
    """
    match frequency:
        case Frequency.DAILY:
            return _day(on)
        case Frequency.WEEKLY:
            return f"week of {_day(on)}"
        case Frequency.MONTHLY:
            return f"{on:%B %Y}"
        case Frequency.QUARTERLY:
            return f"{on:%B} to {add_months(on, 2):%B %Y}"
        case Frequency.YEARLY:
            return f"{on.year}" if on.month == 1 else f"year from {on:%B %Y}"


def short_label(frequency: Frequency, on: date) -> str:
    """Return the same in little room.

    >>> short_label(Frequency.MONTHLY, date(2026, 3, 1))
    'Mar 2026'
    """
    match frequency:
        case Frequency.DAILY | Frequency.WEEKLY:
            return f"{on.day} {on:%b %Y}"
        case Frequency.MONTHLY:
            return f"{on:%b %Y}"
        case Frequency.QUARTERLY:
            return f"{on:%b} to {add_months(on, 2):%b %Y}"
        case Frequency.YEARLY:
            return f"{on.year}" if on.month == 1 else f"from {on:%b %Y}"


def word(frequency: Frequency) -> str:
    """Return what one period is: "month"."""
    return {
        Frequency.DAILY: "day",
        Frequency.WEEKLY: "week",
        Frequency.MONTHLY: "month",
        Frequency.QUARTERLY: "quarter",
        Frequency.YEARLY: "year",
    }[frequency]


def start(frequency: Frequency, on: date, known: Sequence[date] = ()) -> date:
    """Return the day by which the period that holds a day is called.

    The period's first day, or the day by which this measure already calls it: some call a month by its last day.

    >>> start(Frequency.MONTHLY, date(2026, 3, 17)), start(Frequency.WEEKLY, date(2026, 3, 5))
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 2))
    >>> start(Frequency.MONTHLY, date(2026, 3, 1), known=[date(2026, 3, 31)])
    datetime.date(2026, 3, 31)
    """
    if on in known:
        return on
    first = _first(frequency, on, known)
    return next((one for one in known if _first(frequency, one, known) == first), first)


def span(frequency: Frequency, on: date, known: Sequence[date] = ()) -> tuple[date, date]:
    """Return the first and the last day of the period called by a day.

    >>> span(Frequency.MONTHLY, date(2026, 2, 28), known=[date(2026, 1, 31), date(2026, 2, 28)])
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    >>> span(Frequency.WEEKLY, date(2026, 3, 2), known=[date(2026, 3, 2)])
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 8))
    """
    first = _first(frequency, on, known)
    return first, _step(frequency, first, 1) - timedelta(days=1)


def later(frequency: Frequency, on: date, places: int) -> date:
    """Return the day that lies so many periods later.

    >>> later(Frequency.WEEKLY, date(2026, 3, 2), 2)
    datetime.date(2026, 3, 16)
    """
    return _step(frequency, on, places)


def following(frequency: Frequency, known: Sequence[date], today: date, most: int) -> tuple[date, ...]:
    """Return the periods to be typed next, oldest first, at most `most`.

    Those after the last known one up to today, and always one; at a start the latest that are over.
    """
    if not known:
        now = _first(frequency, today, ())
        return tuple(_step(frequency, now, -back) for back in range(most, 0, -1))
    found = [_step(frequency, known[-1], 1)]
    while len(found) < most and (ahead := _step(frequency, known[-1], len(found) + 1)) <= today:
        found.append(ahead)
    return tuple(found)


def with_gaps(frequency: Frequency, known: Sequence[date]) -> tuple[date, ...]:
    """Return the periods in order with those left out between them, where the calendar says which they are.

    Days are taken as they come (a clinic closes at weekends); where two numbers share a period nothing is filled in.

    >>> with_gaps(Frequency.MONTHLY, [date(2026, 1, 1), date(2026, 3, 1)])[1]
    datetime.date(2026, 2, 1)
    """
    if len(known) <= 1 or frequency is Frequency.DAILY:
        return tuple(known)
    places = [_place(frequency, known[0], one) for one in known]
    if len(set(places)) < len(places) or places[-1] > _MOST_FILLED:
        return tuple(known)
    held = dict(zip(places, known, strict=True))
    return tuple(held.get(place) or _step(frequency, known[0], place) for place in range(places[-1] + 1))


def add_months(on: date, months: int) -> date:
    """Return the same day some months on, or the last of that month.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _first(frequency: Frequency, on: date, known: Sequence[date]) -> date:
    match frequency:
        case Frequency.DAILY:
            return on
        case Frequency.WEEKLY:
            # Weeks begin on Mondays, or on the day of the week this measure began with.
            begins = known[0].weekday() if known else 0
            return on - timedelta(days=(on.weekday() - begins) % _WEEK)
        case Frequency.MONTHLY:
            return on.replace(day=1)
        case Frequency.QUARTERLY:
            begins = (known[0].month - 1) % 3 if known else 0
            return add_months(on.replace(day=1), -((on.month - 1 - begins) % 3))
        case Frequency.YEARLY:
            begins = known[0].month if known else 1
            return add_months(on.replace(day=1), -((on.month - begins) % 12))


def _step(frequency: Frequency, on: date, places: int) -> date:
    match frequency:
        case Frequency.DAILY:
            return on + timedelta(days=places)
        case Frequency.WEEKLY:
            return on + timedelta(days=_WEEK * places)
        case Frequency.MONTHLY | Frequency.QUARTERLY | Frequency.YEARLY:
            return add_months(on, _MONTHS[frequency] * places)


def _place(frequency: Frequency, first: date, on: date) -> int:
    if frequency is Frequency.WEEKLY:
        return (on - first).days // _WEEK
    months = (on.year - first.year) * 12 + on.month - first.month
    return months // _MONTHS[frequency]


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
