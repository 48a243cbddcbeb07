"""c chart: counts of events over an area of opportunity that stays about the same.

Shows: How many events there were in each period, with limits for what chance alone would do to such a count.
When to use: When you count events that do not cause one another and the opportunity for them is about the same each
time: complaints a month, errors in fifty records.
When another is better: When the opportunity varies by more than about a quarter, use a u chart. When most counts are
0, 1 or 2, use a g or t chart. When counts are large, an XmR chart, which does not assume how much chance makes of
them.
Data: One whole number a period, not below zero.
Formula:
    centre = mean of the counts of the baseline
    limits = centre +/- 3 * sqrt(centre), not below 0
Missing values: A missing count leaves a gap; it breaks a shift and a trend. A count of zero is a count and not
missing.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on attributes.
"""

import numpy as np

from spc.charts.limits import Limits, present
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean


def limits(span: Span, _: Profile) -> Limits:
    """Mean count of the baseline, Poisson limits, not below 0.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[4, 6, 3, 7]), chart="c").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [5.0, 0.0, 11.708]
    """
    centre = span.given if span.given is not None else mean(present(span.of_base(span.value)))
    with np.errstate(invalid="ignore"):
        sigma = np.sqrt(centre)
    return Limits(centre, sigma=sigma if isinstance(centre, np.ndarray) else float(sigma), floor=0.0)
