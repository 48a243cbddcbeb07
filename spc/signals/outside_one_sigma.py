"""Several points in a row beyond one standard deviation, with both sides of the centre among them (Nelson 8).

Source: Nelson 1984, Journal of Quality Technology 16:237.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import ASIDE, Found, View, in_a_row, nothing


def find(view: View, use: Use) -> Found:
    """Mark windows of `use.n` points; with mark="completing", the last point of each window."""
    n, window = len(view.value), use.n
    if n < window:
        return nothing(n)
    lower, upper = view.line(1)
    above, below = view.value > upper, view.value < lower
    highs, lows = (_sums(held, window) for held in (above, below))
    full = np.zeros(n, dtype=np.bool_)
    full[window - 1 :] = (highs + lows == window) & (highs > 0) & (lows > 0)
    if not full.any():
        return nothing(n)
    if use.mark == "completing":
        found = in_a_row(view, full, 1, completing=False)
        return Found(found.first - window + 1, found.last, found.direction, found.mark)
    covered = full.copy()
    for back in range(1, window):
        covered[: n - back] |= full[back:]
    found = in_a_row(view, covered, window, completing=False)
    return Found(found.first, found.last, found.direction, np.where(covered, ASIDE, 0).astype(np.int8))


def _sums(
    held: np.ndarray[tuple[int], np.dtype[np.bool_]], window: int
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Count what holds in every window."""
    total = np.concatenate(([0], held.cumsum()))
    return np.asarray(total[window:] - total[:-window])
