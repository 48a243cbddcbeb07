"""A shift on a run chart: so many points in a row on one side of the median (IHI run chart rule 1).

Points on the median neither add to a run nor break it; a missing value breaks it.

Pattern: Six or more points in a row lie on the same side of the median.
Why it matters: Points fall above and below their median like heads and tails. Six in a row on one side say that the
level of the process has probably moved.
Marked: All points of the row that are off the median.
Ties and gaps: A point exactly on the median is passed over: it neither adds to the row nor breaks it. A missing value
breaks it.
Do not conclude: That your change caused it. On a chart of 24 points six in a row on one side come by chance more
often than once in ten: look at what else points the same way.
Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, runs_of


def find(view: View, use: Use) -> Found:
    """Mark the points off the median of every run of `use.n` or more.

    >>> from spc import Series, analyse
    >>> result = analyse(
    ...     Series(value=[1, 2, 1, 7, 8, 5, 7, 8, 7, 8]), chart="run", profile="ihi_run", centre=5.0
    ... )
    >>> [(signal.rule, signal.points) for signal in result.signals]
    [('ihi_shift', (3, 4, 6, 7, 8, 9))]
    """
    missing = np.isnan(view.value)
    rows = ((view.side != 0) | missing).nonzero()[0]
    first, length = runs_of(view.side[rows])
    long = (length >= use.n) & (view.side[rows[first]] != 0) if len(first) else missing[:0]
    if not long.any():
        return nothing(len(view.value))
    start, stop = first[long], (first + length)[long]
    direction = view.side[rows[start]]
    mark = np.zeros(len(view.value), dtype=np.int8)
    for begin, end, sign in zip(start.tolist(), stop.tolist(), direction.tolist(), strict=True):
        mark[rows[begin:end]] = sign
    return Found(rows[start], rows[stop - 1], direction, mark)
