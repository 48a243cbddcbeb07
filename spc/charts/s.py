"""s chart: standard deviations of subgroups, to judge how steady the spread is.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on xbar and s charts (B3, B4).
"""

import numpy as np

from spc.charts.limits import Limits
from spc.charts.subgroups import average_deviation, c4_of, weighted, within
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """Average standard deviation of the baseline, with limits of its own sampling error, not below 0."""
    sizes = span.size if span.size is not None else np.full(len(span.value), np.nan)
    deviation = span.deviation if span.deviation is not None else np.full(len(span.value), np.nan)
    constant = c4_of(sizes)
    error = np.sqrt(1 - constant**2)
    floor = None if profile.deviation_below_zero else 0.0
    if profile.subgroup_spread == "deviation":
        centre = span.given if span.given is not None else average_deviation(span, profile)
        return Limits(centre, sigma=centre * error / constant, floor=floor, value=deviation)
    centre = span.given if span.given is not None else weighted(span, span.deviation)
    estimate = within(span, profile.subgroup_spread)
    return Limits(centre, sigma=estimate * error, floor=floor, value=deviation)
