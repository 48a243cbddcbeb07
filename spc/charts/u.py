"""u chart: rates of events over an area of opportunity, such as falls per 1,000 bed days.

Shows: How many events there were for so much opportunity, with limits for what chance alone would do to so many
events.
When to use: When one case can have several events, or the denominator is time or volume and not cases: falls per bed
days, errors per prescriptions, calls per hour.
When another is better: If each case has the thing or has not, a p chart. If the opportunity is the same each time, a
c chart. With very many events a period a u' chart. With many periods without any event a g or t chart.
Data: A number of events and the opportunity for them in each period. For a rate per 1,000 give a multiplier of 1,000.
Formula:
    value(i)  = events(i) / opportunity(i)
    centre    = sum of events / sum of opportunity, over the baseline
    limits(i) = centre +/- 3 * sqrt(centre / opportunity(i)), not below 0
Missing values: If events or opportunity are missing, the point is. A period without opportunity has no value and no
limits; it is never a signal.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on attributes.
"""

import math

import numpy as np

from spc.charts.limits import Limits
from spc.charts.p import over_root, pooled
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """All events over all opportunity of the baseline; Poisson limits for each row, not below 0.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(numerator=[4, 6, 8], denominator=[2, 2, 5]), chart="u").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [2.0, 0.0, 5.0]
    >>> [round(float(line[2]), 3) for line in (points.centre, points.lower, points.upper)]
    [2.0, 0.103, 3.897]
    """
    centre = pooled(span)
    if isinstance(centre, np.ndarray):
        spread: float | np.ndarray[tuple[int], np.dtype[np.float64]] = np.sqrt(np.maximum(centre, 0))
    else:
        spread = math.sqrt(centre) if centre >= 0 else math.nan
    return Limits(centre, sigma=over_root(spread, span, profile), floor=0.0)
