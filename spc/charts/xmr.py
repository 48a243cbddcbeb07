"""XmR chart: individual values about their mean, limits from the moving range.

Source: Wheeler, Understanding Variation (1993); limits are the mean plus and minus 2.66 mean moving ranges.
"""

import numpy as np

from spc.charts.limits import Limits, mean_range, moving_ranges, present
from spc.constants import c4
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import deviation, mean


def limits(span: Span, profile: Profile) -> Limits:
    """Mean of the baseline and `limit_factor` mean moving ranges to either side.

    Excluded points are taken out before the steps are measured. A given centre that varies by row is taken off first.
    """
    base = span.of_base(span.value)
    if span.given is None:
        centre: float | np.ndarray[tuple[int], np.dtype[np.float64]] = mean(present(base))
    else:
        centre = span.given
    residual = base - span.of_base(centre) if isinstance(centre, np.ndarray) else base
    if profile.spread_from == "standard_deviation":
        entries = present(residual)
        return Limits(centre, sigma=deviation(entries) / c4(len(entries)))
    average = mean_range(moving_ranges(residual), screened=profile.screened)
    three = profile.limit_factor * average
    return Limits(centre, sigma=three / 3, three=three)
