"""A trend on a run chart: so many points in a row all going up or all going down (IHI run chart rule 2).

Of equal values in a row only the first counts; they neither break a trend nor add to it. A missing value breaks it.

Pattern: Five or more points in a row all go up, or all go down.
Why it matters: A process that drifts or is slowly taken up makes such rows.
Marked: The first point of the row and every point that differs from the one before.
Ties and gaps: Of equal values in a row only the first counts. A missing value breaks the trend.
Do not conclude: That it will go on, or how fast. A trend through the median is only a signal here because of its
length; where it lies does not matter.
Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, runs_of, steps


def find(view: View, use: Use) -> Found:
    """Mark the first point, and those that differ from the one before, of every trend of `use.n` or more such points.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[4, 1, 1, 2, 2, 3, 4, 6, 5]), chart="run", profile="ihi_run")
    >>> [(signal.rule, signal.points) for signal in result.signals]
    [('ihi_trend', (1, 3, 5, 6, 7))]
    """
    n = len(view.value)
    if n < use.n:
        return nothing(n)
    step = steps(view.value)
    missing = np.isnan(view.value)
    breaks = missing[1:] | missing[:-1]
    moves = ((step != 0) | breaks).nonzero()[0]
    first, length = runs_of(step[moves])
    long = (length >= use.n - 1) & (step[moves[first]] != 0) if len(first) else missing[:0]
    if not long.any():
        return nothing(n)
    start, stop = first[long], (first + length)[long]
    direction = step[moves[start]]
    # Each move ends at the first of equal values; that is also where the first of a trend's points stands.
    begun = np.where(start > 0, moves[start - 1] + 1, 0)
    mark = np.zeros(n, dtype=np.int8)
    for point, begin, end, sign in zip(
        begun.tolist(), start.tolist(), stop.tolist(), direction.tolist(), strict=True
    ):
        mark[point] = sign
        mark[moves[begin:end] + 1] = sign
    return Found(begun, moves[stop - 1] + 1, direction, mark)
