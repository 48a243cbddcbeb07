"""p' chart (Laney): proportions whose spread is larger or smaller than chance alone gives, as with very large denominators.

Shows: A p chart whose limits are stretched to the variation that is really there from one period to the next.
When to use: When a p chart of thousands of cases a period has nearly every point outside its limits although nothing
happened: day by day the mix of cases differs, and that is ordinary too.
When another is better: With small denominators a p chart is simpler and says the same. If you cannot explain what is
stretched and why, an XmR chart of the percentages is nearly the same on large denominators.
Data: A numerator and a denominator for each period, in order of time.
Formula:
    centre    = sum of events / sum of cases, over the baseline
    sigma(i)  = sqrt(centre * (1 - centre) / cases(i))
    z(i)      = (value(i) - centre) / sigma(i)
    stretch   = mean of |z(i) - z(i-1)| / 1.128
    limits(i) = centre +/- 3 * sigma(i) * stretch, inside 0 and 1
Missing values: As on a p chart; a missing value takes both of its steps away.
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
    """Binomial limits widened by the moving range of the standardised values.

    >>> from spc import Series, analyse
    >>> points = analyse(
    ...     Series(numerator=[45, 55, 50, 60, 40], denominator=[100] * 5), chart="p_prime"
    ... ).points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [0.5, 0.201, 0.799]
    """
    within = p.limits(span, profile)
    return Limits(within.centre, sigma=widened(within, span, profile), floor=0.0, ceiling=1.0)


def widened(within: Limits, span: Span, profile: Profile) -> FloatArray:
    """Multiply each row's sigma by the spread of the standardised values between neighbours, or among all if they have no order.

    >>> from spc.phases import Span
    >>> from spc.profiles import PROFILES
    >>> value = np.array([0.4, 0.6, 0.4, 0.6])
    >>> span = Span(0, slice(0, 4), value, value * 100, np.full(4, 100.0), None)
    >>> [
    ...     round(sigma, 4)
    ...     for sigma in widened(p.limits(span, PROFILES["mdc"]), span, PROFILES["mdc"]).tolist()
    ... ]
    [0.1773, 0.1773, 0.1773, 0.1773]
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        standardised = np.asarray((span.value - within.centre) / within.sigma)
        standardised[~np.isfinite(standardised)] = np.nan
        base = span.of_base(standardised)
        if span.ordered:
            between = mean_range(moving_ranges(base), screened=profile.screened) / D2_OF_TWO
        else:
            between = deviation(present(base))
        return np.asarray(within.sigma * between)
