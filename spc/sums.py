"""Sums that do not lose a tie: totals, means, medians and standard deviations, exactly rounded.

A point that equals the mean on paper must equal it here, or a constant series becomes a run. Few numbers are summed by
`math.fsum`; many, or many columns at once, by splitting every number into parts whose sums are exact (Rump, Ogita & Oishi
2008, SIAM J Sci Comput 31:189, algorithm 3.3). Both ways give the same bits.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Entries: TypeAlias = Sequence[float] | Floats

# From about this many numbers on, splitting them in NumPy is faster than one call a number.
_MANY = 160
# The bits of a double, and half of them: a product of halves is exact.
_UNIT = 2.0**-53
_HALVES = 2.0**27 + 1
# Beyond these sizes parts of a number leave the range of a double.
_LARGEST, _SMALLEST = 2.0**700, 2.0**-700


def exact(entries: Entries) -> tuple[float, float]:
    """Sum as two numbers: the exactly rounded sum, and what the rounding took away. NaN, 0 beyond the range of a double."""
    if len(entries) >= _MANY and isinstance(entries, np.ndarray):
        split = _split_sum(entries)
        if split is not None:
            return split
    few = entries.tolist() if isinstance(entries, np.ndarray) else entries
    try:
        high = math.fsum(few)
        return high, math.fsum([*few, -high]) if math.isfinite(high) else 0.0
    except (OverflowError, ValueError):
        return math.nan, 0.0


def _split_sum(entries: Floats) -> tuple[float, float] | None:
    """Sum one column as `split_sums` does, faster; None where that is not sure to be exact."""
    largest = float(np.abs(entries).max())
    if not _SMALLEST < largest < _LARGEST:
        return None
    bits = (len(entries) + 1).bit_length()
    grid = math.ldexp(1.0, math.frexp(largest)[1] + bits)
    part = entries + grid
    part -= grid
    rest = entries - part
    first = float(np.add.reduce(part))
    grid *= _UNIT * 2.0**bits
    np.add(rest, grid, out=part)
    part -= grid
    rest -= part
    if np.count_nonzero(rest):
        return None
    second = float(np.add.reduce(part))
    high = first + second
    came = high - first
    return high, (first - (high - came)) + (second - came)


def split_sums(table: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Exact sums along the first axis: the rounded sums, what the rounding took away, and whether they are sure to be exact.

    `table` holds no NaN. Columns whose numbers differ in size by more than 2**33 or lie near the ends of the range of a
    double are not sure.
    """
    largest = np.maximum(np.maximum.reduce(table, axis=0), -np.minimum.reduce(table, axis=0))
    _, power = np.frexp(largest)
    bits = (len(table) + 1).bit_length()
    with np.errstate(over="ignore", invalid="ignore"):  # such columns are not sure
        grid = np.ldexp(1.0, power + bits)
        part = table + grid
        part -= grid
        rest = table - part
        first = np.add.reduce(part, axis=0)
        grid *= _UNIT * 2.0**bits
        np.add(rest, grid, out=part)
        part -= grid
        rest -= part
        second = np.add.reduce(part, axis=0)
        high = first + second
        came = high - first
        low = (first - (high - came)) + (second - came)
    sure = (largest < _LARGEST) & ((largest > _SMALLEST) | (largest == 0))
    if np.count_nonzero(rest):
        sure &= ~rest.any(axis=0)
    return high, low, sure


def divided(high: float, low: float, n: int) -> float:
    """Mean of n numbers from their exact sum: the quotient, corrected by its exact remainder."""
    first = high / n
    if first == 0 or math.isinf(first):
        return first
    # math.remainder is exact, and n is the whole number nearest to high / first.
    return first + (math.remainder(high, first) + low) / n


def divided_sums(high: Floats, low: Floats, n: NDArray[np.intp]) -> Floats:
    """Do the same for many sums that are sure to be exact; NaN where n is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first = high / n
        scaled = first * _HALVES
        front = scaled - (scaled - first)
        remainder = (high - n * front) - n * (first - front)
        return np.asarray(first + (remainder + low) / n)


def total(entries: Entries) -> float:
    """Exactly rounded sum; NaN where it is beyond the range of a double.

    >>> total([0.1] * 10)
    1.0
    """
    if len(entries) >= _MANY and isinstance(entries, np.ndarray):
        return exact(entries)[0]
    try:
        return math.fsum(entries)
    except (OverflowError, ValueError):
        return math.nan


def mean(entries: Entries) -> float:
    """Arithmetic mean, rounded once from the exact sum, so that a tie with the centre is a tie; NaN of nothing.

    >>> mean([0.1] * 20) == 0.1
    True
    """
    n = len(entries)
    if not n:
        return math.nan
    high, low = exact(entries)
    if math.isfinite(high):
        return divided(high, low, n)
    if math.isinf(high):
        return high
    # Beyond the range of a double on the way: summed as fractions. Infinities of both signs have no mean.
    few = [float(entry) for entry in entries]
    return float(sum(map(Fraction, few)) / n) if all(map(math.isfinite, few)) else math.nan


def median(entries: Entries) -> float:
    """Middle value, or the mean of the two middle ones; NaN of nothing.

    >>> median([3.0, 1.0, 2.0, 10.0])
    2.5
    """
    if not len(entries):
        return math.nan
    ordered = np.sort(entries).tolist() if len(entries) >= _MANY else sorted(entries)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[half])
    return mean(ordered[half - 1 : half + 1])


def deviation(entries: Entries) -> float:
    """Sample standard deviation (n - 1); NaN of fewer than two.

    >>> deviation([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])
    2.138089935299395
    """
    if len(entries) < 2:  # noqa: PLR2004 - two entries make the first difference
        return math.nan
    middle = mean(entries)
    with np.errstate(over="ignore"):
        squares = total((np.asarray(entries, dtype=np.float64) - middle) ** 2)
    return math.sqrt(squares / (len(entries) - 1)) if math.isfinite(squares) else math.nan


def autocorrelation(entries: Entries) -> float:
    """Lag-1 autocorrelation: products of neighbours' distances to the mean over the sum of squares; NaN of constant numbers.

    Source: NIST Statistical Reference Datasets, univariate summary statistics.

    >>> autocorrelation([1.0, 2.0, 3.0, 4.0])
    0.25
    """
    middle = mean(entries)
    off = [float(entry) - middle for entry in entries]
    squares = total([distance * distance for distance in off])
    products = total([before * after for before, after in pairwise(off)])
    return products / squares if 0 < squares < math.inf else math.nan
