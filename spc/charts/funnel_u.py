"""Funnel plot of rates: units compared with one another, such as wards by their falls per 1,000 bed days.

Shows: Each unit by its opportunity and its rate, with the rate of all as centre. The lines come together like a
funnel, because chance explains more of the difference where there is little opportunity.
When to use: When you compare units at one time by a rate, or by events against those expected (a standardised ratio,
centre 1).
When another is better: To see one unit over time, a u or XmR chart. With shares of cases, the funnel of proportions.
Data: A number of events and the opportunity, or the number expected, for each unit, and its name. Make the series
with `ordered=False`.
Formula:
    centre  = sum of events / sum of opportunity
    lines   = smallest and largest number of events whose chance beyond is 0.1 % (limits) or 2.5 % (inner lines), over opportunity
    near to = centre +/- 3.09 or 1.96 * sqrt(centre / opportunity)
Settings:
    overdispersion: 0 for none, 1 to widen by a factor, 2 to widen by an added variance between units
    winsorised: the share of units drawn in at either end before over-dispersion is estimated
    exact: 1 for lines by the exact distribution, 0 for lines by the normal distribution
Missing values: A unit with missing events or opportunity, or without opportunity, is left out.
Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, section on rates and appendix.
"""

import numpy as np

from spc.charts.funnel import funnel, shares
from spc.charts.limits import Limits
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray


def limits(span: Span, _: Profile) -> Limits:
    """All events over all opportunity as centre, unless one is given; lines that 95 % and 99.8 % of like units lie between.

    The 95 % lines stand in the places of the two-sigma lines, the 99.8 % lines in those of the limits; not below 0. A
    denominator of expected events makes it a funnel of standardised ratios about 1. Settings as on the funnel of
    proportions, with the Poisson distribution.

    >>> from spc import Series, analyse
    >>> units = Series(x=["Ash", "Elm", "Oak"], numerator=[5, 3, 4], denominator=[4, 4, 4], ordered=False)
    >>> points = analyse(units, chart="funnel_u", centre=1.0, settings={"exact": 0}).points
    >>> round(float(points.lower_2s[0]), 4), round(float(points.upper_2s[0]), 4)
    (0.02, 1.98)
    """
    centre, cases = shares(span)
    with np.errstate(invalid="ignore", over="ignore"):
        variance = np.where(np.asarray(centre) >= 0, centre, np.nan) / cases
    return funnel(span, variance, _below, ceiling=None, centre=centre)


def _below(events: FloatArray, cases: FloatArray, share: FloatArray) -> FloatArray:
    """P(events or fewer) by the Poisson distribution."""
    from scipy.special import gammaincc  # noqa: PLC0415 - only funnels pay for importing SciPy

    return np.where(events >= 0, gammaincc(np.maximum(events, 0.0) + 1, cases * share), 0.0)
