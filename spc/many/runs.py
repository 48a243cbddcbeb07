"""Run analysis of a block of series: longest run and crossings among the points off the centre line."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spc.many.rules import Seen
from spc.run_limits import Method, run_limits
from spc.series import BoolArray
from spc.signals.found import Signs

Counts = NDArray[np.intp]
# Longer than any run.
_NEVER = np.iinfo(np.intp).max


@dataclass(frozen=True, slots=True)
class Runs:
    """Run analysis of each series: points off the line, longest run, crossings, and their limits; -1 for none.

    `last_side` is the side of the last point off the line, 0 for none; `too_long` and `too_few` are the signals.
    """

    n_useful: Counts
    longest: Counts
    longest_limit: Counts
    crossings: Counts
    crossings_limit: Counts
    last_side: Signs
    too_long: BoolArray
    too_few: BoolArray


def runs_of(view: Seen, method: Method) -> Runs:
    """Count runs going down the rows, all series at once; points on the line and missing ones are passed over."""
    points, series = view.above.shape
    length, longest, crossings, useful = (np.zeros(series, dtype=np.intp) for _ in range(4))
    side = np.zeros(series, dtype=np.int8)
    for row in range(points):
        here = view.above[row].view(np.int8) - view.below[row].view(np.int8)
        off = here != 0
        same = here == side
        crossings += off & ~same & (side != 0)
        length = np.where(off, length * same + 1, length)
        np.maximum(longest, length, out=longest)
        useful += off
        side = np.where(off, here, side)
    limits = [run_limits(n, method) for n in range(points + 1)]
    longest_limit, fewest = (
        np.array([-1 if entry is None else entry for entry in column], dtype=np.intp)[useful]
        for column in ([limit.longest for limit in limits], [limit.crossings for limit in limits])
    )
    at_edge = np.array([limit.crossings_with_longest or 0 for limit in limits], dtype=np.intp)[useful]
    beside = np.array([limit.longest_with_fewest or _NEVER for limit in limits], dtype=np.intp)[useful]
    there = useful > 0
    too_long = there & ((longest > longest_limit) | ((longest == longest_limit) & (crossings < at_edge)))
    too_few = there & ((crossings < fewest) | ((crossings == fewest) & (longest > beside)))
    return Runs(useful, longest, longest_limit, crossings, fewest, side, too_long, too_few)


def long_runs(view: Seen, runs: Runs) -> Signs | None:
    """Mark the points of runs longer than the limit, in the series that have one."""
    columns = np.flatnonzero(runs.too_long)
    if not len(columns):
        return None
    side = (view.above[:, columns].view(np.int8) - view.below[:, columns].view(np.int8)).astype(np.int8)
    needed = np.minimum(runs.longest_limit + 1, runs.longest)[columns]
    ahead = np.zeros(side.shape, dtype=np.intp)
    length, current = np.zeros(len(columns), dtype=np.intp), np.zeros(len(columns), dtype=np.int8)
    for row, here in enumerate(side):
        off = here != 0
        length = np.where(off, length * (here == current) + 1, length)
        current = np.where(off, here, current)
        ahead[row] = length
    # Going back, every point of a run learns how long it became.
    whole, after = np.zeros(len(columns), dtype=np.intp), np.zeros(len(columns), dtype=np.int8)
    mark = np.zeros(view.above.shape, dtype=np.int8)
    for row in range(len(side) - 1, -1, -1):
        here = side[row]
        off = here != 0
        whole = np.where(off & (here != after), ahead[row], whole)
        after = np.where(off, here, after)
        mark[row, columns] = np.where(off & (whole >= needed), here, 0)
    return mark
