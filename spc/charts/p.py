"""p chart: proportions, limits from the binomial distribution, narrower where the denominator is larger.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on attributes.
"""

import math

import numpy as np

from spc.charts.limits import Limits, present
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray
from spc.sums import mean, total


def limits(span: Span, profile: Profile) -> Limits:
    """All events over all chances of the baseline; binomial limits for each row, inside 0 and 1."""
    centre = pooled(span)
    spread = (
        np.sqrt(np.maximum(centre * (1 - centre), 0)) if isinstance(centre, np.ndarray) else _root(centre)
    )
    return Limits(centre, sigma=over_root(spread, span, profile), floor=0.0, ceiling=1.0)


def pooled(span: Span) -> float | FloatArray:
    """Sum of numerators over sum of denominators in the baseline, or the centre given; NaN without cases."""
    if span.given is not None:
        return span.given
    if span.numerator is None or span.denominator is None:
        return mean(present(span.of_base(span.value)))
    cases = total(present(span.of_base(span.denominator)))
    return total(present(span.of_base(span.numerator))) / cases if cases > 0 else math.nan


def over_root(
    spread: float | FloatArray, span: Span, profile: Profile, sizes: FloatArray | None = None
) -> FloatArray:
    """Divide a spread by the root of each row's denominator; no cases, no limit (or the widest, by profile)."""
    rows = span.denominator if sizes is None else sizes
    if rows is None:
        rows = np.ones(len(span.value))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sigma = spread / np.sqrt(rows)
    if profile.zero_denominator == "missing":
        sigma[rows == 0] = np.nan
    return sigma


def _root(centre: float) -> float:
    """Binomial standard deviation of one case; NaN for a centre that is no proportion."""
    return math.sqrt(centre * (1 - centre)) if 0 <= centre <= 1 else math.nan
