"""Sums that do not lose a tie: totals, means, medians and standard deviations of a few numbers, exactly rounded."""

import math
from collections.abc import Sequence


def total(entries: Sequence[float]) -> float:
    """Exactly rounded sum; NaN where it is beyond the range of a double."""
    try:
        return math.fsum(entries)
    except (OverflowError, ValueError):
        return math.nan


def mean(entries: Sequence[float]) -> float:
    """Arithmetic mean, corrected by the mean of what is left over, so that a tie with the centre is a tie; NaN of nothing.

    >>> mean([0.1] * 20) == 0.1
    True
    """
    n = len(entries)
    if not n:
        return math.nan
    try:
        first = math.fsum(entries) / n
        if math.isinf(first):
            return first
        return first + math.fsum([entry - first for entry in entries]) / n
    except (OverflowError, ValueError):  # a sum beyond the range of a double, or infinities of both signs
        return (
            math.fsum([entry / (2 * n) for entry in entries]) * 2
            if all(map(math.isfinite, entries))
            else math.nan
        )


def median(entries: Sequence[float]) -> float:
    """Middle value, or the mean of the two middle ones; NaN of nothing.

    >>> median([3.0, 1.0, 2.0, 10.0])
    2.5
    """
    if not entries:
        return math.nan
    ordered = sorted(entries)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return mean(ordered[half - 1 : half + 1])


def deviation(entries: Sequence[float]) -> float:
    """Sample standard deviation (n - 1); NaN of fewer than two."""
    if len(entries) < 2:  # noqa: PLR2004 - two entries make the first difference
        return math.nan
    middle = mean(entries)
    try:
        return math.sqrt(math.fsum((entry - middle) ** 2 for entry in entries) / (len(entries) - 1))
    except OverflowError:
        return math.nan
