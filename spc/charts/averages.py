"""A weighted mean that does not lose a tie: of equal numbers it is that number, whatever their weights."""

import math

import numpy as np

from spc.series import FloatArray
from spc.sums import total


def weighted_mean(entries: FloatArray, weights: FloatArray) -> float:
    """Mean of the entries that are not missing, each counted so many times; NaN without weight.

    >>> weighted_mean(np.array([0.1, 0.1, 0.1]), np.array([3.0, 6.0, 7.0])) == 0.1
    True
    """
    there = ~(np.isnan(entries) | np.isnan(weights))
    entries, weights = entries[there], weights[there]
    weight = total(weights)
    if not 0 < weight < math.inf:
        return math.nan
    with np.errstate(over="ignore", invalid="ignore"):
        first = total(entries * weights) / weight
        if not math.isfinite(first):
            return math.nan
        # The products above are rounded; what they missed is found from the distances, which are small.
        missed = total((entries - first) * weights) / weight
    return first + missed if math.isfinite(missed) else first
