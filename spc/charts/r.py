"""R chart: ranges of small subgroups, to judge how steady the spread is.

Shows: The range of the measurements of each period: the largest less the smallest.
When to use: With an x-bar chart of small subgroups, up to about ten, when people should be able to work the numbers
out by hand.
When another is better: The s chart uses every measurement and not only two of them; prefer it for larger subgroups.
Beyond 25 a subgroup there is no R chart.
Data: For each period the number of measurements and their range; `spc.gather` makes these from raw rows.
Formula:
    centre    = sum of size * range / sum of sizes, over the baseline
    sigma     = mean of range / d2
    limits(i) = centre +/- 3 * d3 * sigma, not below 0
    d2 and d3 are the mean and the standard deviation of a range of so many; for five 2.326 and 0.864
Missing values: Missing measurements are passed over when subgroups are made. A subgroup of one or of more than 25 has
no limits.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on xbar and R charts (D3, D4).
"""

import numpy as np

from spc.charts.limits import Limits
from spc.charts.subgroups import of_table, weighted, within
from spc.constants import D3
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """Average range of the baseline, three standard deviations of a range to either side, not below 0; up to 25 a subgroup.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[5, 6, 5], size=[4, 4, 4], spread=[2, 4, 3]), chart="r").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [3.0, 0.0, 6.846]
    """
    sizes = span.size if span.size is not None else np.full(len(span.value), np.nan)
    spread = span.spread if span.spread is not None else np.full(len(span.value), np.nan)
    centre = span.given if span.given is not None else weighted(span, span.spread)
    estimator = profile.subgroup_spread if profile.subgroup_spread.endswith("-R") else "UWAVE-R"
    return Limits(centre, sigma=of_table(D3, sizes) * within(span, estimator), floor=0.0, value=spread)
