"""A shift on a run chart: so many points in a row on one side of the median (IHI run chart rule 1).

Points on the median neither add to a run nor break it; a missing value breaks it.
Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, runs_of


def find(view: View, use: Use) -> Found:
    """Mark the points off the median of every run of `use.n` or more."""
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
