"""Which PDSA cycles came before which signals, how long before, and how often random dates would come as close.

What comes after something need not come from it: the words here say only what came first. The chance is there so that
nobody takes a coincidence that was to be expected for more than it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import spc
from qiplatform.measures.models import Band, Frequency
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.record import Record
from qiplatform.measures.rules.signals import day

CYCLE = "cycle:"
"""How the key of a band begins that is a PDSA cycle."""
LAG_PERIODS = 6
"""A signal that begins more than six periods after a cycle had five ordinary ones between: too late to be spoken of together."""
LAG_MOST = 183
"""Days, about half a year: with quarters and years six periods are so long that much else happens meanwhile."""
LAG_LEAST = 28
"""Days, four weeks: with days six periods are over before a test has been run."""
_DAYS = {
    Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.MONTHLY: 30.5, Frequency.QUARTERLY: 91.5, Frequency.YEARLY: 365.25
}  # fmt: skip
_MONTH = 30.44
_IN_DAYS = 60
_OFTEN, _MOSTLY, _RARE = 0.9, 0.6, 0.01
_RUN = 8
"""Points of a run where the profile reckons their number from the length of the chart."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Before:
    """A cycle that came before a signal.

    `days` lie between its first day and that of the signal's first period (0 where it started in that period). `chance` is
    how often random dates would come as close (`as_close`). `timing` and `odds` say both in a sentence, `long` and `often`
    in a few words.
    """

    band: Band
    signal: spc.Signal
    days: int
    chance: float
    timing: str
    odds: str
    long: str
    often: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed a cycle: the signals that began after it, the nearest first, and the words where there are none."""

    band: Band
    signals: tuple[Before, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Linkage:
    """Cycles and signals of one chart side by side.

    `cycles` and `signals` count what was looked at: cycles that began within the chart's span, signals that have a moment.
    """

    lag: int
    lag_words: str
    cycles: int
    signals: int
    pairs: tuple[Before, ...]
    followed: tuple[Followed, ...]

    def before(self, signal: spc.Signal) -> tuple[Before, ...]:
        """Return the cycles that came before a signal, the nearest first."""
        return tuple(one for one in self.pairs if one.signal is signal)

    def after(self, key: str) -> Followed | None:
        """Return what followed the cycle whose band has this key."""
        return next((one for one in self.followed if one.band.key == key), None)


@dataclass(frozen=True, slots=True)
class _Span:
    """First and last day of a period or of a chart."""

    first: date
    last: date

    def __len__(self) -> int:
        return (self.last - self.first).days + 1


def lag_of(frequency: Frequency) -> int:
    """Return how many days before a signal a cycle may have begun to be named with it.

    >>> [lag_of(one) for one in Frequency]
    [28, 42, 183, 183, 183]
    """
    return round(min(max(LAG_PERIODS * _DAYS[frequency], LAG_LEAST), LAG_MOST))


def link(record: Record, result: spc.Result) -> Linkage:
    """Return which cycles came before which signals of a chart, and what followed each cycle.

    A cycle came before a signal if it began no more than the lag before the first day of the signal's first period, or in
    that period. Statements about a whole phase (such as too few runs) have no moment and are left out, and so are cycles
    from before the first number, which have nothing on the chart to be compared with.
    """
    frequency = record.measure.frequency
    lag = lag_of(frequency)
    bands = [one for one in record.bands if one.key.startswith(CYCLE)]
    words = _lag_words(lag)
    if not record.known:
        return Linkage(lag, words, 0, 0, (), tuple(Followed(one, (), _NO_NUMBERS) for one in bands))
    known = record.known
    chart = _Span(_period(frequency, known[0], known).first, _period(frequency, known[-1], known).last)
    # Several rules find the same stretch: the periods are worked out once for each first row.
    timed = [one for one in result.signals if one.points]
    begins = {one.first: _period(frequency, day(result, one.first), known) for one in timed}
    inside = [one for one in bands if chart.first <= one.starts_on <= chart.last]
    looks = _looks(len(inside), len(timed))
    chances: dict[int, float] = {}
    pairs = []
    for signal in timed:
        start = begins[signal.first]
        for band in inside:
            days = (start.first - band.starts_on).days
            if band.starts_on > start.last or days > lag:
                continue
            gap = max(0, days)
            if gap not in chances:
                chances[gap] = as_close(gap, begins.values(), chart, cycles=len(inside))
            chance = chances[gap]
            pairs.append(_before((band, signal), gap, chance, periods.word(frequency), looks))
    pairs.sort(key=lambda one: (one.days, one.band.key, one.signal.first, one.signal.rule))
    made = Linkage(lag, words, len(inside), len(timed), tuple(pairs), ())
    return replace(made, followed=tuple(_followed(one, made, record, chart) for one in bands))


def as_close(gap: int, begins: Iterable[_Span], chart: _Span, *, cycles: int) -> float:
    """Return how often random dates would come as close before some signal as `gap` days.

    Let W be the days of the chart's span that lie in the first period of some signal or at most `gap` days before it, and S
    all days of the span. With k cycles that each begin on a random day, independent of each other and of the signals, and
    every day of the span as likely as any other, at least one begins in W with the probability

        1 - (1 - |W| / |S|) ** k

    The days are counted, not approximated; signals that lie close together share days of W and are counted once, so that
    many signals are allowed for as well as many cycles. Real cycles do not begin on random days, one follows the other: this
    is a yardstick for coincidence, not a test.

    >>> chart = _Span(date(2026, 1, 1), date(2026, 12, 31))
    >>> june = _Span(date(2026, 6, 1), date(2026, 6, 30))
    >>> round(as_close(9, [june], chart, cycles=1), 3), round(as_close(9, [june], chart, cycles=4), 3)
    (0.107, 0.364)
    """
    days = 0
    reached = chart.first
    for one in sorted(begins, key=lambda span: span.first):
        first = max(one.first - gap * _ONE_DAY, reached)
        last = min(one.last, chart.last)
        if first <= last:
            days += (last - first).days + 1
            reached = last + _ONE_DAY
    return float(1 - (1 - days / len(chart)) ** cycles)


def _period(frequency: Frequency, on: date, known: Sequence[date]) -> _Span:
    return _Span(*periods.span(frequency, on, known))


def _followed(band: Band, made: Linkage, record: Record, chart: _Span) -> Followed:
    """Say what followed a cycle, or why nothing can be said of it."""
    found = tuple(one for one in made.pairs if one.band is band)
    if found:
        return Followed(band, found, "")
    if band.starts_on < chart.first:
        return Followed(band, (), f"{band.label} started before the first number: nothing to compare with.")
    last = band.starts_on + made.lag * _ONE_DAY
    within = f"within {made.lag_words} of the start of {band.label}"
    if chart.last < periods.later(record.measure.frequency, last, _longest(record) - 1):
        return Followed(band, (), f"Too early to say: a signal that begins {within} can still appear.")
    return Followed(band, (), f"No signal began {within}.")


def _longest(record: Record) -> int:
    """Return how many points a run needs before it is seen: one that begins late in the lag shows that much later."""
    return max((use.n for use in spc.PROFILES[record.measure.profile].rules), default=0) or _RUN


def _lag_words(lag: int) -> str:
    if lag == LAG_MOST:
        return "6 months"
    return f"{lag // 7} weeks"


def _before(pair: tuple[Band, spc.Signal], days: int, chance: float, unit: str, looks: str) -> Before:
    band, signal = pair
    long, often = _long(days) if days else f"in the same {unit}", _often(chance)
    timing = (
        f"began {long} after {band.label} started"
        if days
        else f"began in the {unit} in which {band.label} started"
    )
    return Before(band, signal, days, chance, timing, looks + often, long, often)


def _long(days: int) -> str:
    if days < _IN_DAYS:
        return "1 day" if days == 1 else f"{days} days"
    return f"about {round(days / _MONTH)} months"


def _looks(cycles: int, signals: int) -> str:
    """Say at how many things was looked: the more there are, the sooner two come close."""
    with_signals = "" if signals == 1 else f" and {signals} signals"
    if cycles == 1:
        return f"with 1 cycle{with_signals}, a random date would come as close "
    return f"with {cycles} cycles{with_signals}, random dates would come as close "


def _often(chance: float) -> str:
    """Say how often.

    >>> _often(0.34), _often(0.75), _often(0.95), _often(0.001)
    ('about 1 time in 3', 'more often than not', 'nearly always', 'less than 1 time in 100')
    """
    if chance >= _OFTEN:
        return "nearly always"
    if chance >= _MOSTLY:
        return "more often than not"
    if chance < _RARE:
        return "less than 1 time in 100"
    return f"about 1 time in {round(1 / chance)}"


_NO_NUMBERS = "Too early to say: there are no numbers yet."
