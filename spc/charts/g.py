"""g chart: opportunities between rare events, such as operations between deaths.

Limits stand about the mean, as the geometric distribution has it; the centre drawn is the median, which halves the points.
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
    """Median of the baseline as centre; limits three geometric standard deviations about the mean, not below 0."""
    entries = present(span.of_base(span.value))
    if span.given is None:
        average = mean(entries)
        return Limits(median(entries), sigma=math.sqrt(average * (average + 1)), around=average, floor=0.0)
    if isinstance(span.given, np.ndarray):
        sigma = np.sqrt(span.given * (span.given + 1))
        return Limits(MEDIAN_OF_MEAN * span.given, sigma=sigma, around=span.given, floor=0.0)
    return Limits(
        MEDIAN_OF_MEAN * span.given,
        sigma=math.sqrt(span.given * (span.given + 1)),
        around=span.given,
        floor=0.0,
    )
