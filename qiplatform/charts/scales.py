"""Where ticks stand and how numbers are written: pure arithmetic on plain numbers."""

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

DAY = 86_400_000.0
"""Milliseconds in a day: the unit of a time axis, as BokehJS has it."""
_EPOCH = date(1970, 1, 1).toordinal()
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_DECIMALS = 6
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_DAY_STEPS = (1, 2, 7, 14, 28)
_LONG_ENOUGH_FOR_MONTHS = 100

Tick = tuple[float, str]


def milliseconds(on: date) -> float:
    """Return a day as milliseconds since 1970.

    >>> milliseconds(date(1970, 1, 2))
    86400000.0
    """
    if isinstance(on, datetime):
        part = on - on.replace(hour=0, minute=0, second=0, microsecond=0)
        return (on.toordinal() - _EPOCH) * DAY + part / timedelta(milliseconds=1)
    return (on.toordinal() - _EPOCH) * DAY


def day_of(at: float) -> date:
    """Return the day of an instant in milliseconds.

    >>> day_of(86400000.0)
    datetime.date(1970, 1, 2)
    """
    return date.fromordinal(_EPOCH + math.floor(at / DAY))


def nice_step(span: float, most: int, *, whole: bool = False) -> float:
    """Return a round step that cuts `span` into at most `most` pieces; a `whole` one for what is counted.

    >>> nice_step(31, 5), nice_step(0.9, 5), nice_step(12, 5), nice_step(12, 5, whole=True)
    (10.0, 0.2, 2.5, 5.0)
    """
    if not span > 0:
        return 1.0
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    for nice in _NICE:
        step = round(nice * power, 12)
        if raw <= step * (1 + 1e-9) and not (whole and step % 1):
            return step
    return max(round(10 * power, 12), 1.0 if whole else 0.0)


def nice_ticks(low: float, high: float, most: int, *, whole: bool = False) -> tuple[float, ...]:
    """Return round numbers from `low` to `high`, `whole` ones for what is counted.

    >>> nice_ticks(71, 103, 5)
    (80.0, 90.0, 100.0)
    """
    step = nice_step(high - low, most, whole=whole)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(place * step, 12) + 0.0 for place in range(first, last + 1))


def decimals_for(span: float) -> int:
    """Return how many decimals tell apart what lies `span` apart: about three figures of it.

    >>> decimals_for(30), decimals_for(3000), decimals_for(0.4)
    (1, 0, 3)
    """
    if not span > 0 or math.isinf(span):
        return 1
    return min(_MOST_DECIMALS, max(0, 2 - math.floor(math.log10(span))))


def written(value: float, decimals: int, unit: str = "") -> str:
    """Return a number as people write it, with its unit.

    >>> written(84.31, 1, "%"), written(12345, 0, "attendances"), written(-0.5, 1)
    ('84.3%', '12,345 attendances', '\N{MINUS SIGN}0.5')
    """
    number = f"{value:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")
    if not unit:
        return number
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}"


def as_given(value: float, unit: str = "") -> str:
    """Return a number that people set, such as a target, with no more decimals than it needs.

    >>> as_given(95.0, "%"), as_given(92.55)
    ('95%', '92.55')
    """
    text = f"{value:.6f}".rstrip("0")
    return written(value, len(text.partition(".")[2]), unit)


def calendar_ticks(first: float, last: float, most: int) -> tuple[Tick, ...]:
    r"""Return ticks of a time axis: round months, or days when the axis is short; the year under the first of each.

    >>> calendar_ticks(milliseconds(date(2016, 4, 1)), milliseconds(date(2017, 3, 1)), 5)[:2]
    ((1459468800000.0, 'Apr\n2016'), (1467331200000.0, 'Jul'))
    """
    start, end = day_of(first), day_of(last)
    by_month = (end - start).days > _LONG_ENOUGH_FOR_MONTHS
    days = _months(start, end, most) if by_month else _days(start, end, most)
    ticks: list[Tick] = []
    year = 0
    for on in days:
        words = f"{on:%b}" if by_month else f"{on.day} {on:%b}"
        ticks.append((milliseconds(on), f"{words}\n{on.year}" if on.year != year else words))
        year = on.year
    return tuple(ticks)


def _months(start: date, end: date, most: int) -> list[date]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    if start.day > 1:
        first += 1
    step = next((one for one in _MONTH_STEPS if (last - first) / one <= most), _MONTH_STEPS[-1])
    # Steps are counted from January so that a year's ticks stand in the same months.
    from_ = first + (-first) % step if step > 1 else first
    return [date(at // 12, at % 12 + 1, 1) for at in range(from_, last + 1, step)]


def _days(start: date, end: date, most: int) -> list[date]:
    span = (end - start).days
    step = next((one for one in _DAY_STEPS if span / one <= most), _DAY_STEPS[-1])
    return [start + timedelta(days=ahead) for ahead in range(0, span + 1, step)]


def number_ticks(first: float, last: float, most: int) -> tuple[Tick, ...]:
    """Return ticks of an axis that only counts: points, or the cases of a unit.

    >>> number_ticks(1, 20, 5)
    ((5.0, '5'), (10.0, '10'), (15.0, '15'), (20.0, '20'))
    """
    return tuple((at, written(at, 0)) for at in nice_ticks(first, last, most, whole=True))


def usual_step(xs: Sequence[float]) -> float | None:
    """Return the distance between neighbours of a regular series, or none when it is not regular.

    Months differ by a few days and still are regular; whole periods left out do not spoil it.
    """
    steps = sorted(b - a for a, b in pairwise(xs))
    if not steps:
        return None
    middle = steps[len(steps) // 2]
    regular = sum(abs(one - middle) <= 0.15 * middle for one in steps)
    return middle if middle > 0 and regular >= 0.6 * len(steps) else None
