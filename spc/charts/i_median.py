"""Individuals about their median, limits from the mean moving range: the centre is not moved by a few extreme values.

Source: Wheeler, Understanding Statistical Process Control (1992), on individuals with a median centre.
"""

from spc.charts.limits import Limits, mean_range, moving_ranges, present
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import median


def limits(span: Span, profile: Profile) -> Limits:
    """Median of the baseline and `limit_factor` mean moving ranges to either side."""
    base = span.of_base(span.value)
    centre = span.given if span.given is not None else median(present(base))
    three = profile.limit_factor * mean_range(moving_ranges(base), screened=profile.screened)
    return Limits(centre, sigma=three / 3, three=three)
