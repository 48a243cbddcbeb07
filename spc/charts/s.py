"""s chart: standard deviations of subgroups, to judge how steady the spread is.

Shows: How widely the measurements of each period are spread, as their standard deviation: about the usual distance
from their mean.
When to use: Together with an x-bar chart, and before it. A change can make waits more alike without making them
shorter; this is where you see it.
When another is better: With subgroups of up to about ten that are worked out by hand, an R chart. With one value a
period, a moving range chart.
Data: For each period the number of measurements and their standard deviation; `spc.gather` makes these from raw rows.
Formula:
    centre    = mean of the standard deviations (equal sizes), else the pooled one
    limits(i) = centre +/- 3 * centre * sqrt(1 - c4^2) / c4, not below 0
    c4 is that of size(i)
Missing values: Missing measurements are passed over when subgroups are made. A subgroup of one has no standard
deviation and no point.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on xbar and s charts (B3, B4).
"""

import numpy as np

from spc.charts.limits import Limits
from spc.charts.subgroups import average_deviation, c4_of, weighted, within
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """Average standard deviation of the baseline, with limits of its own sampling error, not below 0.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[5, 6, 5], size=[4, 4, 4], deviation=[1, 2, 3]), chart="s").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [2.0, 0.0, 4.532]
    """
    sizes = span.size if span.size is not None else np.full(len(span.value), np.nan)
    deviation = span.deviation if span.deviation is not None else np.full(len(span.value), np.nan)
    constant = c4_of(sizes)
    error = np.sqrt(1 - constant**2)
    floor = None if profile.deviation_below_zero else 0.0
    if profile.subgroup_spread == "deviation":
        centre = span.given if span.given is not None else average_deviation(span, profile)
        return Limits(centre, sigma=centre * error / constant, floor=floor, value=deviation)
    centre = span.given if span.given is not None else weighted(span, span.deviation)
    estimate = within(span, profile.subgroup_spread)
    return Limits(centre, sigma=estimate * error, floor=floor, value=deviation)
