"""t chart: time between rare events, such as days between falls.

Times are made nearly normal by the 3.6th root, charted as individuals, and brought back.
Source: Nelson 1994, Journal of Quality Technology 26:227.
"""

import numpy as np

from spc.charts.limits import Limits, mean_range, moving_ranges, present, raised
from spc.constants import D2_OF_TWO, T_EXPONENT
from spc.errors import NotPositive
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean


def limits(span: Span, profile: Profile) -> Limits:
    """XmR limits of the roots, raised back to times; lower limits are not below zero. Two events at once are a time of 0."""
    if profile.t_refuses_zero and (span.value <= 0).any():
        row = int((span.value <= 0).argmax())
        raise NotPositive(row=row, found=float(span.value[row]))
    rooted = span.of_base(span.value) ** (1 / T_EXPONENT)
    average = mean_range(moving_ranges(rooted), screened=profile.screened)
    middle = mean(present(rooted)) if span.given is None else float(np.mean(span.given)) ** (1 / T_EXPONENT)
    return Limits(
        raised(middle, T_EXPONENT),
        sigma=average / D2_OF_TWO,
        around=middle,
        floor=0.0,
        power=T_EXPONENT,
        inner_below_zero=profile.t_inner_below_zero,
    )
