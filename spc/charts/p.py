"""p chart: proportions, limits from the binomial distribution, narrower where the denominator is larger.

Shows: The share of cases with something, such as patients seen within four hours out of all who came, with limits for
what chance alone would do to a share of so many cases.
When to use: When each case either has the thing or has not, cases do not influence one another, and you count up to a
few hundred of them a period.
When another is better: With very large denominators (thousands a period) the limits become so narrow that nearly
every point is outside: use a p' chart, an I' chart or XmR. With fewer than about five events expected a period,
gather longer periods or use a g chart.
Data: A numerator and a denominator for each period. The numerator counts cases among the denominator, so it is never
larger.
Formula:
    value(i)  = events(i) / cases(i)
    centre    = sum of events / sum of cases, over the baseline
    limits(i) = centre +/- 3 * sqrt(centre * (1 - centre) / cases(i)), inside 0 and 1
Missing values: If the numerator or the denominator is missing, the point is. A period with no cases has no value and
no limits; it is never a signal.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on attributes.
"""

import math

import numpy as np

from spc.charts.limits import Limits, present
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray
from spc.sums import mean, total


def limits(span: Span, profile: Profile) -> Limits:
    """All events over all chances of the baseline; binomial limits for each row, inside 0 and 1.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(numerator=[12, 8, 10], denominator=[50, 50, 100]), chart="p").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [0.15, 0.0, 0.301]
    >>> [round(float(line[2]), 3) for line in (points.centre, points.lower, points.upper)]
    [0.15, 0.043, 0.257]
    """
    centre = pooled(span)
    spread = (
        np.sqrt(np.maximum(centre * (1 - centre), 0)) if isinstance(centre, np.ndarray) else _root(centre)
    )
    return Limits(centre, sigma=over_root(spread, span, profile), floor=0.0, ceiling=1.0)


def pooled(span: Span) -> float | FloatArray:
    """Sum of numerators over sum of denominators in the baseline, or the centre given; NaN without cases.

    >>> top, bottom = np.array([12.0, 8.0]), np.array([50.0, 150.0])
    >>> pooled(Span(0, slice(0, 2), top / bottom, top, bottom, None))
    0.1
    """
    if span.given is not None:
        return span.given
    if span.numerator is None or span.denominator is None:
        return mean(present(span.of_base(span.value)))
    cases = total(present(span.of_base(span.denominator)))
    if not cases > 0:
        return math.nan
    share = total(present(span.of_base(span.numerator))) / cases
    return share if math.isfinite(share) else math.nan


def over_root(
    spread: float | FloatArray, span: Span, profile: Profile, sizes: FloatArray | None = None
) -> FloatArray:
    """Divide a spread by the root of each row's denominator; no cases, no limit (or the widest, by profile).

    >>> from spc.profiles import PROFILES
    >>> span = Span(0, slice(0, 2), np.zeros(2), np.zeros(2), np.array([25.0, 0.0]), None)
    >>> over_root(0.5, span, PROFILES["mdc"]).tolist(), over_root(0.5, span, PROFILES["powerbi_spc"]).tolist()
    ([0.1, nan], [0.1, inf])
    """
    rows = span.denominator if sizes is None else sizes
    if rows is None:
        rows = np.ones(len(span.value))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sigma = spread / np.sqrt(rows)
    if profile.zero_denominator == "missing":
        sigma[rows == 0] = np.nan
    return sigma


def _root(centre: float) -> float:
    """Binomial standard deviation of one case; NaN for a centre that is no proportion."""
    return math.sqrt(centre * (1 - centre)) if 0 <= centre <= 1 else math.nan
