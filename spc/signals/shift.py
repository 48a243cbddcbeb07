"""A shift: so many points in a row on one side of the centre line. A point on the line, or a missing one, breaks it.

Pattern: Several points in a row lie on the same side of the centre line.
Why it matters: Points fall above and below the centre like heads and tails. A long row on one side says that the
level of the process has moved, often by less than a single point could show.
Marked: The whole row of points in our default profile; with some tools only the point that completes it, and those
after it.
Ties and gaps: A point exactly on the centre line belongs to neither side and breaks the row. So does a missing value.
An excluded point is passed over.
Do not conclude: That the change began with the first point of the row, or that your change caused it. The row says
that the level moved, about then; the cause is for you to find.
Source: Making Data Count (NHS England) for 7 points; Western Electric rule 4 for 8; Nelson 1984, Journal of Quality
Technology 16:237 for 9.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, any_stretch, nothing


def find(view: View, use: Use) -> Found:
    """Mark all points of every run of `use.n` or more; with mark="completing", those from the n-th on.

    >>> from spc import Series, analyse
    >>> result = analyse(
    ...     Series(value=[9, 11, 12, 11, 13, 12, 11, 12]), chart="xmr", profile="mdc", centre=10.0
    ... )
    >>> [(signal.rule, signal.points) for signal in result.signals]
    [('shift', (1, 2, 3, 4, 5, 6, 7))]
    """
    if not any_stretch(view.side > 0, use.n) and not any_stretch(view.side < 0, use.n):
        return nothing(len(view.value))
    first, length = view.runs
    long = (length >= use.n) & (view.side[first] != 0) if len(first) else np.zeros(0, dtype=np.bool_)
    if not np.count_nonzero(long):
        return nothing(len(view.value))
    start, last = first[long], (first + length - 1)[long]
    direction = view.side[start]
    lead = use.n - 1 if use.mark == "completing" else 0
    mark = np.zeros(len(view.value), dtype=np.int8)
    for begin, end, sign in zip(start.tolist(), last.tolist(), direction.tolist(), strict=True):
        mark[begin + lead : end + 1] = sign
    return Found(start, last, direction, mark)
