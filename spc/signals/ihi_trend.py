"""A trend on a run chart: so many points in a row all going up or all going down (IHI run chart rule 2).

Of equal values in a row only the first counts; they neither break a trend nor add to it. A missing value breaks it.
Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, runs_of, steps


def find(view: View, use: Use) -> Found:
    """Mark the first point, and those that differ from the one before, of every trend of `use.n` or more such points."""
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
    mark = np.zeros(n, dtype=np.int8)
    for begin, end, sign in zip(start.tolist(), stop.tolist(), direction.tolist(), strict=True):
        mark[moves[begin]] = sign
        mark[moves[begin:end] + 1] = sign
    return Found(moves[start], moves[stop - 1] + 1, direction, mark)
