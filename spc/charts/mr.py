"""Moving range chart: the size of the step from each point to the next, to judge how steady the process is.

Source: Montgomery, Introduction to Statistical Quality Control, section on individuals (D4 = 3.267 for ranges of two).
"""

import numpy as np

from spc.charts.limits import Limits, present
from spc.constants import D4_OF_TWO
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean


def limits(span: Span, _: Profile) -> Limits:
    """Plot the steps; their mean over the baseline is the centre, 3.267 times it the upper limit, zero the lower."""
    steps = np.full(len(span.value), np.nan)
    with np.errstate(over="ignore"):
        steps[1:] = np.abs(span.value[1:] - span.value[:-1])
    steps[~np.isfinite(steps)] = np.nan
    centre = span.given if span.given is not None else mean(present(span.of_base(steps)))
    return Limits(centre, sigma=D4_OF_TWO / 3 * centre, around=0.0, floor=0.0, value=steps)
