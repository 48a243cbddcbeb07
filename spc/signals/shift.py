"""A shift: so many points in a row on one side of the centre line. A point on the line, or a missing one, breaks it."""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing


def find(view: View, use: Use) -> Found:
    """Mark all points of every run of `use.n` or more; with mark="completing", those from the n-th on."""
    first, length = view.runs
    long = (length >= use.n) & (view.side[first] != 0) if len(first) else np.zeros(0, dtype=np.bool_)
    if not long.any():
        return nothing(len(view.value))
    start, last = first[long], (first + length - 1)[long]
    direction = view.side[start]
    lead = use.n - 1 if use.mark == "completing" else 0
    mark = np.zeros(len(view.value), dtype=np.int8)
    for begin, end, sign in zip(start.tolist(), last.tolist(), direction.tolist(), strict=True):
        mark[begin + lead : end + 1] = sign
    return Found(start, last, direction, mark)
