"""Individuals about their median, limits from the median moving range: neither is moved by a few extreme values.

The median range is divided by 1.128, as PowerBI-SPC does; limits are narrower than with Wheeler's 0.954.
"""

from spc.charts.limits import Limits, moving_ranges, present
from spc.constants import D2_OF_TWO, D4_OF_TWO
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import median


def limits(span: Span, profile: Profile) -> Limits:
    """Median of the baseline and three median moving ranges over 1.128 to either side.

    Screened, ranges of 3.267 times the median or more are dropped once, unless that leaves none.
    """
    base = span.of_base(span.value)
    centre = span.given if span.given is not None else median(present(base))
    ranges = moving_ranges(base)
    typical = median(ranges)
    if profile.screened:
        typical = median([moved for moved in ranges if moved < D4_OF_TWO * typical] or ranges)
    return Limits(centre, sigma=typical / D2_OF_TWO)
