"""A block of series, turned so that time runs down and the series lie side by side: small enough to stay in the cache."""

from dataclasses import dataclass

import numpy as np

from spc.series import BoolArray, FloatArray
from spc.sums import divided_sums, mean, split_sums, total

# Numbers in a table of one block, about 300 kB of them, and the series it has at least.
_SIZE, _FEWEST = 36_864, 32


@dataclass(frozen=True, slots=True)
class Block:
    """Values of shape (points, series), NaN for missing; numerators and denominators where they are charted.

    `missing` is None where nothing is missing; `n` counts the values of each series.
    """

    value: FloatArray
    top: FloatArray | None
    bottom: FloatArray | None
    missing: BoolArray | None
    n: np.ndarray[tuple[int], np.dtype[np.intp]]


def width(points: int) -> int:
    """How many series of so many points make a block.

    >>> width(36), width(0), width(1_000_000)
    (1024, 36864, 32)
    """
    return max(_SIZE // max(points, 1), _FEWEST)


def block_of(measured: FloatArray | None, top: FloatArray | None, bottom: FloatArray | None) -> Block:
    """Turn values, or numerators and denominators, of shape (series, points) into a block.

    >>> block_of(np.array([[1.0, 2.0]]), None, None).value.tolist()
    [[1.0], [2.0]]
    """
    if top is not None and bottom is not None:
        return of_parts(top, bottom)
    return of_values(np.zeros((0, 0)) if measured is None else measured)


def of_values(value: FloatArray) -> Block:
    """Turn values of shape (series, points) into a block.

    >>> of_values(np.array([[1.0, np.nan], [3.0, 4.0]])).n.tolist()
    [1, 2]
    """
    return _block(np.array(value.T, order="C"), None, None)


def of_parts(numerator: FloatArray, denominator: FloatArray) -> Block:
    """Turn numerators and denominators into a block of their quotients; a row with one of them missing has neither.

    >>> of_parts(np.array([[1.0, np.nan]]), np.array([[4.0, 5.0]])).value.tolist()
    [[0.25], [nan]]
    """
    top, bottom = np.array(numerator.T, order="C"), np.array(denominator.T, order="C")
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        value = top / bottom
    there = np.isfinite(value)
    if not there.all():
        gone = np.isnan(top) | np.isnan(bottom)
        for column, nothing in ((value, ~there), (top, gone), (bottom, gone)):
            np.copyto(column, np.nan, where=nothing)
    return _block(value, top, bottom)


def _block(value: FloatArray, top: FloatArray | None, bottom: FloatArray | None) -> Block:
    """Count what is missing."""
    points, series = value.shape
    missing = np.isnan(value)
    if missing.any():
        return Block(value, top, bottom, missing, points - missing.sum(axis=0))
    return Block(value, top, bottom, None, np.full(series, points, dtype=np.intp))


def means(table: FloatArray, missing: BoolArray | None) -> FloatArray:
    """Mean of each column, rounded once from its exact sum; NaN of nothing.

    >>> means(np.array([[0.1, 1.0], [0.1, np.nan]]), np.array([[False, False], [False, True]])).tolist()
    [0.1, 1.0]
    """
    points, series = table.shape
    if missing is None:
        filled, n = table, np.full(series, points, dtype=np.intp)
    else:
        filled, n = np.where(missing, 0.0, table), points - missing.sum(axis=0)
    if not points:
        return np.full(series, np.nan)
    # Columns near the ends of the range of a double overflow on the way: they are not sure, and summed one by one below.
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        high, low, sure = split_sums(filled)
        found = divided_sums(high, low, n)
    found[high == 0] = 0.0
    for column in np.flatnonzero(~sure):
        entries = table[:, column]
        found[column] = mean(entries[~np.isnan(entries)])
    found[n == 0] = np.nan
    return found


def totals(table: FloatArray, missing: BoolArray | None) -> FloatArray:
    """Exactly rounded sum of each column, missing entries passed over.

    >>> totals(np.array([[0.1]] * 10), None).tolist()
    [1.0]
    """
    if not len(table):
        return np.zeros(table.shape[1])
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        high, _, sure = split_sums(table if missing is None else np.where(missing, 0.0, table))
    for column in np.flatnonzero(~sure):
        entries = table[:, column]
        high[column] = total(entries[~np.isnan(entries)])
    return high


def medians(block: Block) -> FloatArray:
    """Median of each column, the mean of the two middle values where there are two; NaN of nothing.

    >>> medians(of_values(np.array([[3.0, 1.0, 2.0, 10.0], [5.0, np.nan, np.nan, np.nan]]))).tolist()
    [2.5, 5.0]
    """
    points, series = block.value.shape
    if not points:
        return np.full(series, np.nan)
    # Missing values are sorted to the end.
    ordered = np.sort(block.value.T, axis=1)
    rows, last = np.arange(series), np.maximum(block.n - 1, 0)
    middle = np.array([ordered[rows, last // 2], ordered[rows, np.minimum(block.n // 2, last)]])
    return means(middle, np.isnan(middle))
