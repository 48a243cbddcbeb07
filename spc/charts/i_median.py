"""Individuals about their median, limits from the mean moving range: the centre is not moved by a few extreme values.

Shows: The same as an XmR chart, with the median (the value that half of the others lie above) as centre in place of
the mean.
When to use: When a few very large or very small values pull the mean away from where most values lie, such as lengths
of stay.
When another is better: If the extreme values widen the limits as well, use the chart with the median range. If there
are none, the XmR chart is better known and a little sharper. If the extreme values have a known cause, exclude them
with the reason instead.
Data: One number a period, in order of time.
Formula:
    step(i) = |value(i) - value(i-1)|
    centre  = median of the values of the baseline
    limits  = centre +/- 2.66 * mean of the steps
Missing values: A missing value takes both of its steps away. It breaks a shift and a trend.
Source: Wheeler, Understanding Statistical Process Control (1992), on individuals with a median centre.
"""

from spc.charts.limits import Limits, mean_range, moving_ranges, present
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import median


def limits(span: Span, profile: Profile) -> Limits:
    """Median of the baseline and `limit_factor` mean moving ranges to either side.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[4, 6, 5, 7, 23]), chart="i_median").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [6.0, -7.965, 19.965]
    """
    base = span.of_base(span.value)
    centre = span.given if span.given is not None else median(present(base))
    three = profile.limit_factor * mean_range(moving_ranges(base), screened=profile.screened)
    return Limits(centre, sigma=three / 3, three=three)
