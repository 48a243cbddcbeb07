"""I' chart: individual values that rest on denominators of different size, limits narrower where it is larger.

Source: Taylor 2017, Normalized Individuals (I_N) Chart; the I prime chart of qicharts2.
"""

import math

import numpy as np

from spc.charts.limits import Limits, mean_range, present
from spc.charts.p import over_root
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import total

# Bound above which a step is screened out, with the decimals qicharts2 gives it on this chart.
SCREEN = 3.2665


def limits(span: Span, profile: Profile) -> Limits:
    """Mean weighted by the denominators of the baseline; spread from steps standardised by them, over the whole phase."""
    sizes = span.denominator if span.denominator is not None else span.size
    if sizes is None:
        sizes = np.where(np.isnan(span.value), np.nan, 1.0)
    value = span.value
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if span.given is not None:
            centre = span.given
        else:
            weight = total(present(span.of_base(np.where(np.isnan(value), np.nan, sizes))))
            centre = total(present(span.of_base(value * sizes))) / weight if weight > 0 else math.nan
        step = np.abs(value[1:] - value[:-1]) / np.sqrt(1 / sizes[:-1] + 1 / sizes[1:])
        typical = mean_range(present(math.sqrt(math.pi / 2) * step), screened=profile.screened, bound=SCREEN)
    return Limits(centre, sigma=over_root(typical, span, profile, sizes))
