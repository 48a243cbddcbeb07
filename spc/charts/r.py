"""R chart: ranges of small subgroups, to judge how steady the spread is.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on xbar and R charts (D3, D4).
"""

import numpy as np

from spc.charts.limits import Limits
from spc.charts.subgroups import of_table, weighted, within
from spc.constants import D3
from spc.phases import Span
from spc.profiles import Profile


def limits(span: Span, profile: Profile) -> Limits:
    """Average range of the baseline, three standard deviations of a range to either side, not below 0; up to 25 a subgroup."""
    sizes = span.size if span.size is not None else np.full(len(span.value), np.nan)
    spread = span.spread if span.spread is not None else np.full(len(span.value), np.nan)
    centre = span.given if span.given is not None else weighted(span, span.spread)
    estimator = profile.subgroup_spread if profile.subgroup_spread.endswith("-R") else "UWAVE-R"
    return Limits(centre, sigma=of_table(D3, sizes) * within(span, estimator), floor=0.0, value=spread)
