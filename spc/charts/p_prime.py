"""p' chart (Laney): proportions whose spread is larger or smaller than chance alone gives, as with very large denominators.

Source: Laney 2002, Quality Engineering 14:531.
"""

import numpy as np

from spc.charts import p
from spc.charts.limits import Limits, mean_range, moving_ranges, present
from spc.constants import D2_OF_TWO
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray
from spc.sums import deviation


def limits(span: Span, profile: Profile) -> Limits:
    """Binomial limits widened by the moving range of the standardised values."""
    within = p.limits(span, profile)
    return Limits(within.centre, sigma=widened(within, span, profile), floor=0.0, ceiling=1.0)


def widened(within: Limits, span: Span, profile: Profile) -> FloatArray:
    """Multiply each row's sigma by the spread of the standardised values between neighbours, or among all if they have no order."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        standardised = np.asarray((span.value - within.centre) / within.sigma)
        standardised[~np.isfinite(standardised)] = np.nan
        base = span.of_base(standardised)
        if span.ordered:
            between = mean_range(moving_ranges(base), screened=profile.screened) / D2_OF_TWO
        else:
            between = deviation(present(base))
        return np.asarray(within.sigma * between)
