"""Individuals about their median, limits from the median moving range: neither is moved by a few extreme values.

The median range is divided by 1.128, as PowerBI-SPC does; limits are narrower than with Wheeler's 0.954.

Shows: The same as an XmR chart, with medians in place of both means: neither the centre nor the limits follow a few
extreme values.
When to use: When one or two wild steps would otherwise make the limits so wide that nothing is ever outside.
When another is better: On ordinary data the XmR chart is better: this one has narrower limits and gives more false
alarms. If you know why the wild values are wild, exclude them with the reason and use XmR.
Data: One number a period, in order of time.
Formula:
    step(i) = |value(i) - value(i-1)|
    centre  = median of the values of the baseline
    limits  = centre +/- 3 / 1.128 * median of the steps
Missing values: A missing value takes both of its steps away. It breaks a shift and a trend.
Source: the chart i_mm of PowerBI-SPC; Wheeler, Understanding Statistical Process Control (1992), on median moving
ranges.
"""

from spc.charts.limits import Limits, moving_ranges, present
from spc.constants import D2_OF_TWO, D4_OF_TWO
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import median


def limits(span: Span, profile: Profile) -> Limits:
    """Median of the baseline and three median moving ranges over 1.128 to either side.

    Screened, ranges of 3.267 times the median or more are dropped once, unless that leaves none.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[4, 6, 5, 7, 23]), chart="i_median_range").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [6.0, 0.681, 11.319]
    """
    base = span.of_base(span.value)
    centre = span.given if span.given is not None else median(present(base))
    ranges = moving_ranges(base)
    typical = median(ranges)
    if profile.screened:
        kept = ranges[ranges < D4_OF_TWO * typical]
        typical = median(kept if len(kept) else ranges)
    return Limits(centre, sigma=typical / D2_OF_TWO)
