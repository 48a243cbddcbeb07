"""u' chart (Laney): rates whose spread is larger or smaller than chance alone gives, as with very large denominators.

Shows: A u chart whose limits are stretched to the variation that is really there from one period to the next.
When to use: When a u chart with very many events a period has nearly every point outside its limits although nothing
happened.
When another is better: With few events a u chart is simpler and says the same. An XmR chart of the rates is nearly
the same when the opportunity is about the same each time.
Data: A number of events and the opportunity for them in each period, in order of time.
Formula:
    centre    = sum of events / sum of opportunity, over the baseline
    sigma(i)  = sqrt(centre / opportunity(i))
    z(i)      = (value(i) - centre) / sigma(i)
    stretch   = mean of |z(i) - z(i-1)| / 1.128
    limits(i) = centre +/- 3 * sigma(i) * stretch, not below 0
Missing values: As on a u chart; a missing value takes both of its steps away.
Source: Laney 2002, Quality Engineering 14:531.
"""

from spc.charts import u
from spc.charts.limits import Limits
from spc.charts.p_prime import widened
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """Poisson limits widened by the moving range of the standardised values.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(numerator=[4, 6, 5, 7, 3], denominator=[1] * 5), chart="u_prime").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [5.0, 0.0, 10.984]
    """
    within = u.limits(span, profile)
    return Limits(within.centre, sigma=widened(within, span, profile), floor=0.0)
