"""g chart: opportunities between rare events, such as operations between deaths.

Limits stand about the mean, as the geometric distribution has it; the centre drawn is the median, which halves the
points.

Shows: How many cases passed between one event and the next. Higher is better here: longer stretches mean rarer
events.
When to use: When events are so rare that a monthly count is mostly 0 and sometimes 1, and you can count the cases
between them.
When another is better: If you know only the dates, a t chart. If there are more than about five events a period, a p
or u chart.
Data: One point an event: the number of cases since the event before, not below zero. Two events one after the other
are a 0.
Formula:
    mean   = mean of the counts of the baseline
    centre = median of the counts of the baseline
    limits = mean +/- 3 * sqrt(mean * (mean + 1)), not below 0
Missing values: A missing count leaves a gap; it breaks a shift and a trend. The stretch since the latest event is not
finished and is no point yet.
Source: Benneyan 2001, Health Care Management Science 4:305; Provost & Murray, The Health Care Data Guide (2011).
"""

import math

import numpy as np

from spc.charts.limits import Limits, present
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean, median

# The median of an exponential distribution in means, ln 2, as the tools round it.
MEDIAN_OF_MEAN = 0.693


def limits(span: Span, _: Profile) -> Limits:
    """Median of the baseline as centre; limits three geometric standard deviations about the mean, not below 0.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[10, 20, 30, 5, 35]), chart="g").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [20.0, 0.0, 81.482]
    """
    entries = present(span.of_base(span.value))
    if span.given is None:
        average = mean(entries)
        return Limits(median(entries), sigma=_spread(average), around=average, floor=0.0)
    if isinstance(span.given, np.ndarray):
        sigma = np.sqrt(span.given * (span.given + 1))
        return Limits(MEDIAN_OF_MEAN * span.given, sigma=sigma, around=span.given, floor=0.0)
    return Limits(
        MEDIAN_OF_MEAN * span.given,
        sigma=_spread(span.given),
        around=span.given,
        floor=0.0,
    )


def _spread(average: float) -> float:
    """Geometric standard deviation; NaN for a mean that is no count."""
    return math.sqrt(average * (average + 1)) if average >= 0 else math.nan
