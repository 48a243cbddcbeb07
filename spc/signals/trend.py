"""A trend: so many points in a row, each above the one before, or each below. A tie or a missing value breaks it."""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, painted, runs_of, steps


def find(view: View, use: Use) -> Found:
    """Mark all points of every trend of `use.n` or more points; with mark="completing", those from the n-th on.

    The point where a rise turns into a fall belongs to the later one. `use.next_step` reads each point's direction from
    the step to the next point of a trend, where a tie counts as falling, as NHSRplotthedots does.
    """
    n = len(view.value)
    if n < use.n:
        return nothing(n)
    step = steps(view.value)
    first, length = runs_of(step)
    long = (length >= use.n - 1) & (step[first] != 0) if len(first) else np.zeros(0, dtype=np.bool_)
    if not long.any():
        return nothing(n)
    start = first[long]
    last, direction = start + length[long], step[start]
    if use.mark == "completing":
        late = painted(n, start + use.n - 1, last, direction)
        return Found(start, last, direction, late.mark)
    found = painted(n, start, last, direction)
    if use.next_step:
        marked = found.mark != 0
        ahead = np.empty(n, dtype=np.int8)
        ahead[1:] = step
        follows = np.flatnonzero(marked[:-1] & marked[1:])
        ahead[follows] = step[follows]
        mark = np.where(marked, np.where(ahead > 0, 1, -1), 0).astype(np.int8)
        return Found(start, last, direction, mark)
    return found
