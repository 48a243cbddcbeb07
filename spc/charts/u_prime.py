"""u' chart (Laney): rates whose spread is larger or smaller than chance alone gives, as with very large denominators.

Source: Laney 2002, Quality Engineering 14:531.
"""

from spc.charts import u
from spc.charts.limits import Limits
from spc.charts.p_prime import widened
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """Poisson limits widened by the moving range of the standardised values."""
    within = u.limits(span, profile)
    return Limits(within.centre, sigma=widened(within, span, profile), floor=0.0)
