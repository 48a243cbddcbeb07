"""CUSUM chart: how far the values have drifted from the centre in all, above and below, beyond a slack.

Shows: Two sums (a cumulative sum each) that collect how far values lie above and below the centre, less a slack that
lets ordinary variation drain away. The larger of the two is plotted, the lower one with a minus.
When to use: When you want to find a small lasting change, of a size you can name, as soon as possible, and you know
the centre from before.
When another is better: For showing people how a process goes, an XmR chart: a sum is not a value anyone measured. For
outcomes of single cases, the Bernoulli CUSUM.
Data: One number a period, in order of time. Give the centre and sigma of a steady time where you have them.
Formula:
    z(i)    = (value(i) - centre) / sigma
    up(i)   = max(0, up(i-1) + z(i) - shift / 2)
    down(i) = min(0, down(i-1) + z(i) + shift / 2)
    signal where up > interval or down < -interval
Settings:
    shift: the change to be found, in standard deviations; half of it is the slack
    interval: the decision interval, in standard deviations
    head_start: where both sums begin; half the interval finds a process that is wrong from the start sooner
    sigma: the standard deviation of single values; without it, it comes from the mean moving range
Missing values: A missing value leaves both sums as they were and shows a gap. An excluded point is drawn and
forgotten. The sums are not set back after a signal.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on CUSUM and EWMA; Page 1954, Biometrika
41:100.
"""

import math

import numpy as np

from spc.charts.ewma import centre_and_sigma
from spc.charts.limits import Limits
from spc.errors import OutOfRange
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray


def limits(span: Span, profile: Profile) -> Limits:
    """Plot the larger of both sums with its sign about 0; the decision interval lies to either side.

    Settings: shift (1, the change to be found in standard deviations; half of it is the slack), interval (5), head_start
    (0), sigma (from the mean moving range). The sums are not set back after a signal. Raises OutOfRange for a setting
    that cannot be.

    >>> from spc import Series, analyse
    >>> given = {"centre": 10.0, "settings": {"sigma": 1.0}}
    >>> analyse(Series(value=[10, 12, 12, 12]), chart="cusum", **given).points.value.tolist()
    [0.0, 1.5, 3.0, 4.5]
    """
    interval = span.settings["interval"]
    if not interval > 0:
        raise OutOfRange(field="interval", found=interval, allowed="a decision interval is above zero")
    high, low = sums(span, profile)
    value = np.where(high >= -low, high, low)
    return Limits(0.0, sigma=interval / 3, three=interval, value=value, sums=(high, low))


def sums(span: Span, profile: Profile) -> tuple[FloatArray, FloatArray]:
    """Return the upper and the lower CUSUM of the standardised values; a missing value leaves them.

    >>> from spc import Series, analyse
    >>> given = {"centre": 10.0, "settings": {"sigma": 1.0}}
    >>> high, low = analyse(Series(value=[10, 12, 8, 8]), chart="cusum", **given).points.sums
    >>> high.tolist(), low.tolist()
    ([0.0, 1.5, 0.0, 0.0], [0.0, 0.0, -1.5, -3.0])
    """
    for name in ("shift", "head_start"):
        if not span.settings[name] >= 0:
            raise OutOfRange(field=name, found=span.settings[name], allowed="it is not below zero")
    slack, start = span.settings["shift"] / 2, span.settings["head_start"]
    centre, sigma = centre_and_sigma(span, profile)
    high, low = np.full(len(span.value), np.nan), np.full(len(span.value), np.nan)
    up, down = start, -start
    for row, measured in enumerate(span.value.tolist()):
        scaled = (measured - centre) / sigma if sigma > 0 else math.nan
        if math.isfinite(scaled):
            high[row], low[row] = max(0.0, up + scaled - slack), min(0.0, down + scaled + slack)
            if span.counts(row):
                up, down = float(high[row]), float(low[row])
    high[np.isinf(high)] = np.nan
    low[np.isinf(low)] = np.nan
    return high, low
