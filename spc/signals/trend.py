"""A trend: so many points in a row, each above the one before, or each below. A tie or a missing value breaks it.

Pattern: Several points in a row, each higher than the one before, or each lower.
Why it matters: A process that drifts, wears out or is slowly taken up makes such rows. It shows gradual change before
a point leaves the limits.
Marked: All points of the row, the first one too: a trend of seven points has six steps. Where a rise turns into a
fall, the highest point belongs to the fall.
Ties and gaps: Two equal values in a row break the trend. So does a missing value. An excluded point is passed over.
Do not conclude: That it will go on, or how fast. Do not draw a straight line through it. Rows of five or six steps
also come by chance more often than people think.
Source: Making Data Count (NHS England) for 7 points; Nelson 1984, Journal of Quality Technology 16:237 for 6.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, Signs, View, any_stretch, nothing, painted, runs_of


def find(view: View, use: Use) -> Found:
    """Mark all points of every trend of `use.n` or more points; with mark="completing", those from the n-th on.

    The point where a rise turns into a fall belongs to the later one. `use.next_step` reads each point's direction from
    the step to the next point of a trend, where a tie counts as falling, as NHSRplotthedots does.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[6, 1, 2, 3, 4, 5, 6, 7, 4]), chart="xmr", profile="mdc")
    >>> [signal.points for signal in result.signals if signal.rule == "trend"]
    [(1, 2, 3, 4, 5, 6, 7)]
    """
    n = len(view.value)
    if n < use.n:
        return nothing(n)
    rises, falls = view.value[1:] > view.value[:-1], view.value[1:] < view.value[:-1]
    if not any_stretch(rises, use.n - 1) and not any_stretch(falls, use.n - 1):
        return nothing(n)
    step: Signs = rises.view(np.int8) - falls.view(np.int8)
    first, length = runs_of(step)
    long = (length >= use.n - 1) & (step[first] != 0) if len(first) else np.zeros(0, dtype=np.bool_)
    if not np.count_nonzero(long):
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
