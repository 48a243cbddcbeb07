"""What a competent person writes in plain NumPy for one purpose: limits, the four NHS rules and a verdict on the latest point.

No checks, no words, no exact ties. The yardstick of `python -m benchmarks.spc_speed`.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Booleans: TypeAlias = NDArray[np.bool_]


def one_xmr(value: Floats) -> tuple[float, float, float, Booleans]:
    """XmR limits and the four NHS rules on one series without gaps, and nothing else: no checks, no words."""
    n = len(value)
    centre = value.mean()
    reach = 2.66 * np.abs(value[1:] - value[:-1]).mean()
    upper, lower = centre + reach, centre - reach
    mark = (value > upper) | (value < lower)
    for side in (value > centre, value < centre):
        total = np.concatenate(([0], side.cumsum()))
        shift = (total[7:] - total[:-7]) == 7
        for offset in range(7):
            mark[offset : n - 6 + offset] |= shift
    for step in (value[1:] > value[:-1], value[1:] < value[:-1]):
        total = np.concatenate(([0], step.cumsum()))
        trend = (total[6:] - total[:-6]) == 6
        for offset in range(7):
            mark[offset : n - 6 + offset] |= trend
    third = reach * 2 / 3
    for side, close in (
        (value > centre, (value > centre + third) & (value <= upper)),
        (value < centre, (value < centre - third) & (value >= lower)),
    ):
        near = close.astype(np.int8)
        full = side[:-2] & side[1:-1] & side[2:] & (near[:-2] + near[1:-1] + near[2:] >= 2)
        for offset in range(3):
            mark[offset : n - 2 + offset] |= full & close[offset : n - 2 + offset]
    return float(centre), float(lower), float(upper), mark


def many_xmr(value: Floats, target: float) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int8]]:
    """XmR charts of a table (series, points): marks, variation of the latest point, assurance, all as codes."""
    centre = np.nanmean(value, axis=1, keepdims=True)
    reach = 2.66 * np.nanmean(np.abs(np.diff(value, axis=1)), axis=1, keepdims=True)
    return _judged(value, centre, centre - reach, centre + reach, reach * 2 / 3, target)


def many_p(top: Floats, bottom: Floats, target: float) -> tuple[NDArray[np.int8], ...]:
    """Make p charts of two tables (series, points)."""
    value = top / bottom
    centre = np.nansum(top, axis=1, keepdims=True) / np.nansum(bottom, axis=1, keepdims=True)
    sigma = np.sqrt(centre * (1 - centre)) / np.sqrt(bottom)
    lower, upper = np.maximum(centre - 3 * sigma, 0), np.minimum(centre + 3 * sigma, 1)
    return _judged(value, centre, lower, upper, 2 * sigma, target)


def many_u(top: Floats, bottom: Floats, target: float) -> tuple[NDArray[np.int8], ...]:
    """Make u charts of two tables (series, points)."""
    value = top / bottom
    centre = np.nansum(top, axis=1, keepdims=True) / np.nansum(bottom, axis=1, keepdims=True)
    sigma = np.sqrt(centre / bottom)
    return _judged(value, centre, np.maximum(centre - 3 * sigma, 0), centre + 3 * sigma, 2 * sigma, target)


def _judged(  # noqa: PLR0917 - one table and its lines
    value: Floats, centre: Floats, lower: Floats, upper: Floats, two: Floats, target: float
) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int8]]:
    """Mark by the four rules, and read the latest point and the target; higher is better."""
    n = value.shape[1]
    high, low = value > upper, value < lower
    found = []
    for outside, side, step, close in (
        (high, value > centre, value[:, 1:] > value[:, :-1], (value > centre + two) & ~high),
        (low, value < centre, value[:, 1:] < value[:, :-1], (value < centre - two) & ~low),
    ):
        mark = outside.copy()
        for held, length in ((side, 7), (step, 6)):
            wide = held[:, : n - 6].copy()
            for offset in range(1, length):
                wide &= held[:, offset : n - 6 + offset]
            for offset in range(7):
                mark[:, offset : n - 6 + offset] |= wide
        near = close.view(np.int8)
        full = side[:, :-2] & side[:, 1:-1] & side[:, 2:]
        full &= near[:, :-2] + near[:, 1:-1] + near[:, 2:] >= 2
        for offset in range(3):
            mark[:, offset : n - 2 + offset] |= full & close[:, offset : n - 2 + offset]
        found.append(mark)
    marks = found[0].astype(np.int8) - found[1].astype(np.int8)
    last = n - 1 - np.argmax(~np.isnan(value[:, ::-1]), axis=1)
    variation = marks[np.arange(len(value)), last]
    assurance = (target < lower[:, -1]).astype(np.int8) - (target > upper[:, -1]).astype(np.int8)
    return marks, variation, assurance
