"""u chart: rates of events over an area of opportunity, such as falls per 1,000 bed days.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on attributes.
"""

import math

import numpy as np

from spc.charts.limits import Limits
from spc.charts.p import over_root, pooled
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """All events over all opportunity of the baseline; Poisson limits for each row, not below 0."""
    centre = pooled(span)
    if isinstance(centre, np.ndarray):
        spread: float | np.ndarray[tuple[int], np.dtype[np.float64]] = np.sqrt(np.maximum(centre, 0))
    else:
        spread = math.sqrt(centre) if centre >= 0 else math.nan
    return Limits(centre, sigma=over_root(spread, span, profile), floor=0.0)
