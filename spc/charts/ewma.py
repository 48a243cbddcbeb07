"""EWMA chart: a mean that forgets slowly, to see small lasting changes sooner than single values show them.

Shows: A running mean in which each new value counts a little and older ones fade (an exponentially weighted moving
average), with limits for it.
When to use: When you watch a steady process for a small lasting change, of about one standard deviation, and a
baseline is well known.
When another is better: For large sudden changes an XmR chart is as fast and far easier to explain. Each point holds
most of the one before, so runs and trends mean nothing here: our default profile judges single points only.
Data: One number a period, in order of time, from a process that was steady while the centre and sigma were found.
Formula:
    E(0)      = centre
    E(i)      = weight * value(i) + (1 - weight) * E(i-1)
    limits(i) = centre +/- width * sigma * sqrt(weight / (2 - weight) * (1 - (1 - weight)^(2i)))
    sigma     = mean of the steps / 1.128, unless it is given
Settings:
    weight: how much a new value counts, from 0 to 1
    width: how many of its standard deviations the limits are from the centre
    sigma: the standard deviation of single values; without it, it comes from the mean moving range
Missing values: A missing value leaves the mean as it was and shows a gap. An excluded point is drawn and forgotten.
Source: Montgomery, Introduction to Statistical Quality Control, chapter on CUSUM and EWMA; Roberts 1959,
Technometrics 1:239.
"""

import math

import numpy as np

from spc.charts.limits import Limits, mean_range, moving_ranges, present, sigma_given
from spc.constants import D2_OF_TWO
from spc.errors import OutOfRange
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean


def limits(span: Span, profile: Profile) -> Limits:
    """Plot E = weight * value + (1 - weight) * E before, from the centre; limits `width` of its standard deviations away.

    Settings: weight (0.2), width (3), sigma (from the mean moving range). A missing value leaves E as it is and shows a gap.
    Raises OutOfRange for a setting that cannot be.

    >>> from spc import Series, analyse
    >>> points = analyse(
    ...     Series(value=[11, 10, 10]), chart="ewma", centre=10.0, settings={"sigma": 1.0}
    ... ).points
    >>> (
    ...     [round(entry, 3) for entry in points.value.tolist()],
    ...     [round(entry, 3) for entry in points.upper.tolist()],
    ... )
    ([10.2, 10.16, 10.128], [10.6, 10.768, 10.859])
    """
    weight, width = span.settings["weight"], span.settings["width"]
    if not 0 < weight <= 1:
        raise OutOfRange(field="weight", found=weight, allowed="a weight is above 0 and at most 1")
    if not width > 0:
        raise OutOfRange(field="width", found=width, allowed="a width is above zero")
    centre, sigma = centre_and_sigma(span, profile)
    value = np.full(len(span.value), np.nan)
    reach = np.full(len(span.value), np.nan)
    kept, seen = centre, 0
    for row, measured in enumerate(span.value.tolist()):
        if math.isfinite(measured):
            # Of two equal numbers the mean is that number, which their rounded shares need not add up to.
            mixed = kept if measured == kept else weight * measured + (1 - weight) * kept
            reach[row] = sigma * math.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * seen + 2)))
            value[row] = mixed
            if span.counts(row):
                kept, seen = mixed, seen + 1
    return Limits(centre, sigma=reach * (width / 3), value=value)


def centre_and_sigma(span: Span, profile: Profile) -> tuple[float, float]:
    """Return the centre given or the mean, and the sigma given or the mean moving range over 1.128.

    >>> from spc.phases import Span
    >>> from spc.profiles import PROFILES
    >>> span = Span(0, slice(0, 3), np.array([10.0, 11.128, 10.0]), None, None, None)
    >>> [round(entry, 3) for entry in centre_and_sigma(span, PROFILES["mdc"])]
    [10.376, 1.0]
    """
    base = span.of_base(span.value)
    centre = mean(present(base)) if span.given is None else span.given_once()
    sigma = sigma_given(span)
    if math.isnan(sigma):
        sigma = mean_range(moving_ranges(base), screened=profile.screened) / D2_OF_TWO
    return centre, sigma
