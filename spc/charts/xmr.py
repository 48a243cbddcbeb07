"""XmR chart: individual values about their mean, limits from the moving range.

Shows: Each value, the mean of them, and the band within which they come and go while nothing changes. X stands for
the value and mR for the moving range, the size of the step from one value to the next.
When to use: When you have one number a period and no better idea: waiting times, costs, percentages with large and
steady denominators, counts that are not small. It is the chart to learn first, and it is seldom far wrong.
When another is better: For rare events a g or t chart; for percentages of small or very different denominators a p
chart; for several measurements a period an x-bar chart with an s chart; for the first ten points or so a run chart.
If a few wild values pull the mean about, look at the chart about the median too.
Data: One number a period, in order of time, measured the same way throughout. Neighbouring periods must not share
data: do not chart rolling means.
Formula:
    step(i) = |value(i) - value(i-1)|
    centre  = mean of the values of the baseline
    limits  = centre +/- 2.66 * mean of the steps
    2.66 is 3 / 1.128, rounded: neighbours are on average 1.128 standard deviations apart
Settings:
    sigma: the standard deviation of single values, decided beforehand; without it, it comes from the steps
Missing values: A missing value takes both of its steps away. It breaks a shift and a trend. An excluded point is
taken out before the steps are measured, so that its neighbours meet.
Source: Wheeler, Understanding Variation (1993); limits are the mean plus and minus 2.66 mean moving ranges.
"""

import math

import numpy as np

from spc.charts.limits import Limits, mean_range, moving_ranges, present, sigma_given
from spc.constants import c4
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import deviation, mean


def limits(span: Span, profile: Profile) -> Limits:
    """Mean of the baseline and `limit_factor` mean moving ranges to either side.

    Excluded points are taken out before the steps are measured. A given centre that varies by row is taken off first.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[10, 12, 11, 13, 14]), chart="xmr").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [12.0, 8.01, 15.99]
    """
    base = span.of_base(span.value)
    if span.given is None:
        centre: float | np.ndarray[tuple[int], np.dtype[np.float64]] = mean(present(base))
    else:
        centre = span.given
    sigma = sigma_given(span)
    if not math.isnan(sigma):
        return Limits(centre, sigma=sigma)
    residual = base - span.of_base(centre) if isinstance(centre, np.ndarray) else base
    if profile.spread_from == "standard_deviation":
        entries = present(residual)
        return Limits(centre, sigma=deviation(entries) / c4(len(entries)))
    average = mean_range(moving_ranges(residual), screened=profile.screened)
    three = profile.limit_factor * average
    return Limits(centre, sigma=three / 3, three=three)
