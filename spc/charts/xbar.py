"""xbar chart: means of subgroups, limits from the spread within them.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on xbar and s charts.
"""

import numpy as np

from spc.charts.limits import Limits
from spc.charts.subgroups import average_deviation, c4_of, weighted, within
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """Mean of all measurements of the baseline; three standard errors to either side; none for a subgroup of one."""
    sizes = span.size if span.size is not None else np.full(len(span.value), np.nan)
    centre = span.given if span.given is not None else weighted(span, span.value)
    with np.errstate(divide="ignore", invalid="ignore"):
        if profile.subgroup_spread == "deviation":
            sigma = average_deviation(span, profile) / (c4_of(sizes) * np.sqrt(sizes))
        else:
            sigma = within(span, profile.subgroup_spread) / np.sqrt(sizes)
    return Limits(centre, sigma=sigma)
