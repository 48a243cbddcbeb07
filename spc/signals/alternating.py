"""Many points in a row going up and down in turn (Nelson 4). A tie or a missing value breaks the pattern.

Source: Nelson 1984, Journal of Quality Technology 16:237.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import ASIDE, Found, View, nothing, runs_of, steps


def find(view: View, use: Use) -> Found:
    """Mark every stretch of `use.n` or more points; with mark="completing", from the n-th on."""
    n = len(view.value)
    if n < use.n:
        return nothing(n)
    step = steps(view.value)
    turns = (step[1:] * step[:-1]) < 0
    first, length = runs_of(turns.view(np.int8))
    long = (length >= use.n - 2) & turns[first]
    if not long.any():
        return nothing(n)
    start = first[long]
    last = start + length[long] + 1
    mark = np.zeros(n, dtype=np.int8)
    lead = use.n - 1 if use.mark == "completing" else 0
    for begin, end in zip(start.tolist(), last.tolist(), strict=True):
        mark[begin + lead : end + 1] = ASIDE
    return Found(start, last, np.zeros(len(start), dtype=np.int8), mark)
