"""EWMA chart: a mean that forgets slowly, to see small lasting changes sooner than single values show them.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on CUSUM and EWMA; Roberts 1959, Technometrics 1:239.
"""

import math

import numpy as np

from spc.charts.limits import Limits, mean_range, moving_ranges, present
from spc.constants import D2_OF_TWO
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean


def limits(span: Span, profile: Profile) -> Limits:
    """Plot E = weight * value + (1 - weight) * E before, from the centre; limits `width` of its standard deviations away.

    Settings: weight (0.2), width (3), sigma (from the mean moving range). A missing value leaves E as it is and shows a gap.
    """
    weight, width = span.settings["weight"], span.settings["width"]
    centre, sigma = centre_and_sigma(span, profile)
    value = np.full(len(span.value), np.nan)
    reach = np.full(len(span.value), np.nan)
    kept, seen = centre, 0
    for row, measured in enumerate(span.value.tolist()):
        if math.isfinite(measured):
            kept = weight * measured + (1 - weight) * kept
            seen += 1
            value[row] = kept
            reach[row] = sigma * math.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * seen)))
    return Limits(centre, sigma=reach * (width / 3), value=value)


def centre_and_sigma(span: Span, profile: Profile) -> tuple[float, float]:
    """Return the centre given or the mean, and the sigma given or the mean moving range over 1.128."""
    base = span.of_base(span.value)
    centre = mean(present(base)) if span.given is None else float(np.mean(span.given))
    sigma = span.settings.get("sigma", math.nan)
    if math.isnan(sigma):
        sigma = mean_range(moving_ranges(base), screened=profile.screened) / D2_OF_TWO
    return centre, sigma
