"""Funnel plot of proportions: units compared with one another, such as hospitals by their share of readmissions.

Shows: Each unit by its size and its share, with the share of all as centre. The lines come together like a funnel,
because chance explains more of the difference where there are few cases.
When to use: When you compare units at one time and want to ask, without a league table, which of them differ by more
than chance.
When another is better: To see one unit over time, a p or XmR chart; that is also how you learn whether a unit outside
the funnel is improving. With rates of events over time or volume, the funnel of rates.
Data: A numerator and a denominator for each unit, and its name. Make the series with `ordered=False`: units do not
follow each other.
Formula:
    centre  = sum of events / sum of cases
    lines   = smallest and largest number of events whose chance beyond is 0.1 % (limits) or 2.5 % (inner lines), over cases
    near to = centre +/- 3.09 or 1.96 * sqrt(centre * (1 - centre) / cases)
Settings:
    overdispersion: 0 for none, 1 to widen by a factor, 2 to widen by an added variance between units
    winsorised: the share of units drawn in at either end before over-dispersion is estimated
    exact: 1 for lines by the exact distribution, 0 for lines by the normal distribution
Missing values: A unit with a missing numerator or denominator, or without cases, is left out.
Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, section on proportions and appendix.
"""

import numpy as np

from spc.charts.funnel import funnel, shares
from spc.charts.limits import Limits
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray


def limits(span: Span, _: Profile) -> Limits:
    """All events over all cases as centre, unless one is given; lines that 95 % and 99.8 % of like units lie between.

    The 95 % lines stand in the places of the two-sigma lines, the 99.8 % lines in those of the limits; both inside 0
    and 1. Settings: overdispersion (0 none, 1 a factor, 2 an added variance), winsorised (0.1, the share of z-scores drawn
    in at either end when it is estimated), exact (1 lines by the binomial distribution, 0 by the normal one).

    >>> from spc import Series, analyse
    >>> units = Series(x=["Ash", "Elm", "Oak"], numerator=[5, 3, 7], denominator=[10, 10, 10], ordered=False)
    >>> points = analyse(units, chart="funnel_p", centre=0.5).points
    >>> round(float(points.lower_2s[0]), 4), round(float(points.upper_2s[0]), 4)
    (0.1324, 0.8676)
    """
    centre, cases = shares(span)
    with np.errstate(invalid="ignore"):
        variance = np.where(
            (np.asarray(centre) >= 0) & (np.asarray(centre) <= 1), centre * (1 - centre), np.nan
        )
    return funnel(span, variance / cases, _below, ceiling=1.0, centre=centre)


def _below(events: FloatArray, cases: FloatArray, share: FloatArray) -> FloatArray:
    """P(events or fewer) by the binomial distribution, for denominators that are no whole numbers too."""
    from scipy.special import betainc  # noqa: PLC0415 - only funnels pay for importing SciPy

    some = (events >= 0) & (events < cases)
    inside = np.where(some, events, 0.0)
    chance = betainc(np.where(some, cases - inside, 1.0), inside + 1, 1 - share)
    return np.where(some, chance, np.where(events < 0, 0.0, 1.0))
