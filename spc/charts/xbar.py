"""xbar chart: means of subgroups, limits from the spread within them.

Shows: The mean of a few measurements taken together in each period, with limits for how far such means stray when
only the ordinary spread between single measurements is at work.
When to use: When you measure several cases each period, such as ten waits every Monday. Look at the s or R chart
first: if the spread is not steady, these limits mean little.
When another is better: With one number a period XmR. If means differ from week to week by more than the spread within
the week explains, as they mostly do in care, every other point is outside: chart the means on an XmR or I' chart.
Data: For each period the mean, the number of measurements and their standard deviation; `spc.gather` makes these from
raw rows.
Formula:
    centre    = sum of size * mean / sum of sizes, over the baseline
    S         = mean of the standard deviations (equal sizes), else sqrt(sum of (size - 1) * deviation^2 / sum of (size - 1))
    limits(i) = centre +/- 3 * S / (c4 * sqrt(size(i)))
    c4 corrects the bias of a standard deviation of so few; it is 0.940 for five
Settings:
    sigma: the standard deviation of single measurements, decided beforehand; without it, it comes from the subgroups
Missing values: Missing measurements are passed over when subgroups are made. A subgroup of one has a mean and no
limits.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on xbar and s charts.
"""

import math

import numpy as np

from spc.charts.limits import Limits, sigma_given
from spc.charts.subgroups import average_deviation, c4_of, weighted, within
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """Mean of all measurements of the baseline; three standard errors to either side; none for a subgroup of one.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[5, 6, 5], size=[4, 4, 4], deviation=[1, 2, 3]), chart="xbar").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [5.333, 2.077, 8.59]
    """
    sizes = span.size if span.size is not None else np.full(len(span.value), np.nan)
    centre = span.given if span.given is not None else weighted(span, span.value)
    known = sigma_given(span)
    with np.errstate(divide="ignore", invalid="ignore"):
        if not math.isnan(known):
            sigma = np.where(sizes > 0, known / np.sqrt(sizes), np.nan)
        elif profile.subgroup_spread == "deviation":
            sigma = average_deviation(span, profile) / (c4_of(sizes) * np.sqrt(sizes))
        else:
            sigma = within(span, profile.subgroup_spread) / np.sqrt(sizes)
    return Limits(centre, sigma=sigma)
