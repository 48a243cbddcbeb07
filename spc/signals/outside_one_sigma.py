"""Several points in a row beyond one standard deviation, with both sides of the centre among them (Nelson 8).

Pattern: Eight points in a row, none of them near the centre, some above it and some below.
Why it matters: Values avoid the middle when two processes with different levels are on one chart, such as day and
night.
Marked: The eighth point and those after it that complete the pattern again.
Ties and gaps: A point exactly on the one-sigma line is not beyond it. A missing value breaks the pattern.
Do not conclude: That the process is wild. Look for the two levels, and chart them apart.
Source: Nelson 1984, Journal of Quality Technology 16:237.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import ASIDE, Found, View, in_a_row, nothing


def find(view: View, use: Use) -> Found:
    """Mark windows of `use.n` points; with mark="completing", the last point of each window.

    >>> from spc import Series, analyse
    >>> result = analyse(
    ...     Series(value=[13, 5, 13, 5, 5, 13, 13, 5]), chart="c", profile="qcc_nelson", centre=9.0
    ... )
    >>> [(signal.rule, signal.points) for signal in result.signals]
    [('outside_one_sigma', (7,))]
    """
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
