"""Signals by name: which rule found it, on which side, from which period on."""

from dataclasses import dataclass
from datetime import date

import spc
from qiplatform.errors import Invalid, NotNow
from qiplatform.measures.models import Why
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.record import Record

_PARTS = 3


@dataclass(frozen=True, slots=True, order=True)
class SignalName:
    """What a signal is called when it is spoken of: it stays the same while new numbers make it longer."""

    rule: str
    direction: str
    first_on: date

    def __str__(self) -> str:
        """Write it for an address or a form.

        >>> str(SignalName("shift", "high", date(2018, 3, 1)))
        'shift.high.2018-03-01'
        """
        return f"{self.rule}.{self.direction}.{self.first_on.isoformat()}"


def read(text: str) -> SignalName | None:
    """Read what was written for an address or a form; None where it is not a signal's name.

    >>> read("shift.high.2018-03-01") == SignalName("shift", "high", date(2018, 3, 1)), read("shift")
    (True, None)
    """
    parts = text.split(".")
    if len(parts) != _PARTS:
        return None
    try:
        return SignalName(parts[0], parts[1], date.fromisoformat(parts[2]))
    except ValueError:
        return None


def name(result: spc.Result, signal: spc.Signal) -> SignalName:
    """Return what a signal of a chart is called."""
    return SignalName(signal.rule, signal.direction, day(result, signal.first))


def day(result: spc.Result, row: int) -> date:
    """Return the day by which the period of a row is called."""
    on = result.series.x[row]
    if not isinstance(on, date):
        message = "a measure's periods are dates"
        raise TypeError(message)
    return on


def newest_first(result: spc.Result) -> tuple[spc.Signal, ...]:
    """Return the signals of a chart, those that reach furthest first."""
    return tuple(sorted(result.signals, key=lambda one: (one.last, one.first), reverse=True))


def find(result: spc.Result, wanted: SignalName) -> spc.Signal | None:
    """Return the signal of that name, if the chart shows it."""
    return next((one for one in result.signals if name(result, one) == wanted), None)


def begins(result: spc.Result, period: date, rule: str = "") -> SignalName:
    """Return the name of the signal that begins at a period, the newest of several; `rule` says which."""
    for one in newest_first(result):
        if (found := name(result, one)).first_on == period and rule in {"", found.rule}:
            return found
    raise Invalid.one("period", "No signal begins at that period. Choose the first period of one.")


def check_why(record: Record, result: spc.Result, about: SignalName, text: str) -> None:
    """Refuse to explain a signal that the chart does not show, and the same words twice (a double click)."""
    if find(result, about) is None:
        on = periods.label(record.measure.frequency, about.first_on)
        words = f"The chart shows no such signal from {on} now. The numbers may have changed since."
        raise NotNow(words)
    if any(one.text == text for one in whys(record, about)):
        raise NotNow("These very words are already here.")


def whys(record: Record, about: SignalName) -> tuple[Why, ...]:
    """Return what people know of a signal, oldest first."""
    return tuple(
        one
        for one in record.whys
        if (one.rule, one.direction, one.from_on) == (about.rule, about.direction, about.first_on)
    )
