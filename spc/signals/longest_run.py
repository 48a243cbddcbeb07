"""An unusually long run on one side of the centre line, for the number of points there are (Anhøj).

Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825.
"""

import numpy as np

from spc.constants import longest_run_limit
from spc.profiles import Use
from spc.signals.found import Found, Signs, View, nothing


def find(view: View, _: Use) -> Found:
    """Mark the points of every run longer than round(log2 n) + 3; points on the line and missing ones do not count."""
    limit = longest_run_limit(len(view.useful))
    return nothing(len(view.value)) if limit is None else long_runs(view, limit + 1)


def long_runs(view: View, n: int) -> Found:
    """Mark the points off the line of every run of n or more among the points off the line."""
    rows = view.useful
    first, length = view.useful_runs
    long = length >= n
    if not long.any():
        return nothing(len(view.value))
    start, stop = first[long], (first + length)[long]
    direction: Signs = view.side[rows[start]]
    mark = np.zeros(len(view.value), dtype=np.int8)
    for begin, end, sign in zip(start.tolist(), stop.tolist(), direction.tolist(), strict=True):
        mark[rows[begin:end]] = sign
    return Found(rows[start], rows[stop - 1], direction, mark)
