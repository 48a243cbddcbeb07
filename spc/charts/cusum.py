"""CUSUM chart: how far the values have drifted from the centre in all, above and below, beyond a slack.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on CUSUM and EWMA; Page 1954, Biometrika 41:100.
"""

import math

import numpy as np

from spc.charts.ewma import centre_and_sigma
from spc.charts.limits import Limits
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray


def limits(span: Span, profile: Profile) -> Limits:
    """Plot the larger of both sums with its sign about 0; the decision interval lies to either side.

    Settings: shift (1, the change to be found in standard deviations; half of it is the slack), interval (5), head_start
    (0), sigma (from the mean moving range). The sums are not set back after a signal.
    """
    high, low = sums(span, profile)
    interval = span.settings["interval"]
    value = np.where(high >= -low, high, low)
    return Limits(0.0, sigma=interval / 3, three=interval, value=value, sums=(high, low))


def sums(span: Span, profile: Profile) -> tuple[FloatArray, FloatArray]:
    """Return the upper and the lower CUSUM of the standardised values; a missing value leaves them."""
    slack, start = span.settings["shift"] / 2, span.settings["head_start"]
    centre, sigma = centre_and_sigma(span, profile)
    high, low = np.full(len(span.value), np.nan), np.full(len(span.value), np.nan)
    up, down = start, -start
    for row, measured in enumerate(span.value.tolist()):
        scaled = (measured - centre) / sigma if sigma > 0 else math.nan
        if math.isfinite(scaled):
            up = max(0.0, up + scaled - slack)
            down = min(0.0, down + scaled + slack)
            high[row], low[row] = up, down
    return high, low
