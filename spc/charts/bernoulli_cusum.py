"""Bernoulli CUSUM: outcomes case by case, 0 or 1, summed as evidence that the odds of an event have changed.

Every case adds its log-likelihood ratio of changed against usual odds, so that nothing waits for a month to end. A
sum
that reaches the decision limit signals and begins again at 0.

Shows: Evidence, case by case, that events have become more likely (above zero) or less likely (below). Each event
moves the sum up, each case without one lets it sink.
When to use: When every case counts and you cannot wait for the month to end: deaths after operations, infections
after insertions.
When another is better: To show a share over time, a p chart. For rare events without a known usual chance, a g chart.
If cases differ much in risk, this chart, which gives all the same risk, is the wrong one.
Data: One case a point, in order: 1 with the event, 0 without.
Formula:
    without = -ln(1 + p0 * (odds_ratio - 1))
    with    = without + ln(odds_ratio)
    up(i)   = max(0, up(i-1) + with or without)
    signal where up >= interval; then it begins again at 0
    the sum below zero is the mirror image, with 1 / odds_ratio
Settings:
    odds_ratio: the change of the odds to be found; the sum below zero looks for one over it
    interval: the decision limit, in units of log-likelihood
    p0: the usual chance of an event; without it, the centre given, or else the share in the baseline
Missing values: A missing outcome leaves both sums as they were and shows a gap. An excluded case is drawn and
forgotten.
Source: Reynolds & Stoumbos 1999, Journal of Quality Technology 31:87; Steiner, Cook, Farewell & Treasure 2000,
Biostatistics 1:441, with one risk for all cases.
"""

import math

import numpy as np

from spc.charts.limits import Limits, present, row_of
from spc.errors import NotBinary, OutOfRange
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray
from spc.sums import mean


def limits(span: Span, _: Profile) -> Limits:
    """Plot the larger of both sums with its sign about 0; a sum on the decision limit signals.

    Settings: odds_ratio (2, the change of the odds to be found; the lower sum looks for one over it), interval (3.5, the
    decision limit in units of log-likelihood), p0 (the usual proportion; otherwise the centre given, otherwise the
    proportion of the baseline). Raises NotBinary for a value other than 0 and 1, OutOfRange for a setting that cannot be.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[0, 1, 1, 1, 1]), chart="bernoulli_cusum", settings={"p0": 0.1})
    >>> [round(entry, 3) for entry in result.points.value.tolist()]
    [-0.051, 0.598, 1.196, 1.794, 2.391]
    """
    _refuse_others(span)
    high, low = sums(span)
    interval = span.settings["interval"]
    if not interval > 0:
        raise OutOfRange(field="interval", found=interval, allowed="a decision limit is above zero")
    value = np.where(high >= -low, high, low)
    return Limits(0.0, sigma=interval / 3, three=interval, value=value, sums=(high, low), closed=True)


def weights(usual: float, ratio: float) -> tuple[float, float]:
    """Return what a case without and a case with an event adds: ln of its likelihood if the odds are `ratio` times the usual.

    >>> [round(weight, 4) for weight in weights(0.5, 3.0)]
    [-0.6931, 0.4055]
    """
    without = -math.log1p(usual * (ratio - 1))
    return without, without + math.log(ratio)


def sums(span: Span) -> tuple[FloatArray, FloatArray]:
    """Return the upper sum, for odds that rose, and the lower one, not above 0, for odds that fell; a gap leaves them.

    Arrays have one entry a row of the phase, in units of log-likelihood.

    >>> from spc import Series, analyse
    >>> high, low = analyse(
    ...     Series(value=[0, 1, 0]), chart="bernoulli_cusum", settings={"p0": 0.5}
    ... ).points.sums
    >>> [round(entry, 3) for entry in high.tolist()], [round(entry, 3) for entry in low.tolist()]
    ([0.0, 0.288, 0.0], [-0.288, 0.0, -0.288])
    """
    ratio, interval = span.settings["odds_ratio"], span.settings["interval"]
    if not 0 < ratio < math.inf or ratio == 1:
        allowed = "a ratio of odds is above zero and not 1"
        raise OutOfRange(field="odds_ratio", found=ratio, allowed=allowed)
    usual = _usual(span)
    high, low = np.full(len(span.value), np.nan), np.full(len(span.value), np.nan)
    if math.isnan(usual):
        return high, low
    rising, falling = weights(usual, max(ratio, 1 / ratio)), weights(usual, min(ratio, 1 / ratio))
    up = down = 0.0
    for row, outcome in enumerate(span.value.tolist()):
        if outcome == outcome:  # noqa: PLR0124 - NaN is the one number unlike itself
            high[row] = more = max(0.0, up + rising[int(outcome)])
            low[row] = less = min(0.0, down - falling[int(outcome)])
            if span.counts(row):
                up = 0.0 if more >= interval else more
                down = 0.0 if less <= -interval else less
    return high, low


def _usual(span: Span) -> float:
    """Return the proportion of events while nothing has changed; OutOfRange for one that is no proportion."""
    given = span.settings["p0"]
    if math.isnan(given) and span.given is not None:
        given = span.given_once()
    if math.isnan(given):
        return mean(present(span.of_base(span.value)))
    if not 0 <= given <= 1:
        raise OutOfRange(field="p0", found=given, allowed="a proportion lies between 0 and 1")
    return given


def _refuse_others(span: Span) -> None:
    """Raise NotBinary for the first value that is neither 0 nor 1 nor missing."""
    others = ~np.isin(span.value, (0.0, 1.0)) & ~np.isnan(span.value)
    if others.any():
        place = int(others.argmax())
        raise NotBinary(row=row_of(span, place), found=float(span.value[place]))
