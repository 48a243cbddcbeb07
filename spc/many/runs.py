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

    `last_side` is the side of the last point off the line, 0 for none; `too_long` and `too_few` are the signals. `places`
    are the points off the line of one series after the other, counted through all series; `length` holds the length of
    every run of them, one series after the other, `series` the series it belongs to.
    """

    n_useful: Counts
    longest: Counts
    longest_limit: Counts
    crossings: Counts
    crossings_limit: Counts
    last_side: Signs
    too_long: BoolArray
    too_few: BoolArray
    places: Counts
    length: Counts
    series: Counts


def runs_of(view: Seen, method: Method) -> Runs:
    """Lay all series end to end and cut them into runs; points on the line and missing ones are passed over."""
    sides = _sides(view)
    series, points = sides.shape
    places = np.flatnonzero(sides)
    side = sides.ravel()[places]
    useful = np.count_nonzero(sides, axis=1)
    stops = np.cumsum(useful)
    there = useful > 0
    begins = np.ones(len(side), dtype=np.bool_)
    begins[1:] = side[1:] != side[:-1]
    begins[(stops - useful)[there]] = True
    first = np.flatnonzero(begins)
    length = np.diff(first, append=len(side))
    owner = places[first] // max(points, 1)
    runs = np.bincount(owner, minlength=series)
    longest, last_side = np.zeros(series, dtype=np.intp), np.zeros(series, dtype=np.int8)
    if len(first):
        longest[there] = np.maximum.reduceat(length, (np.cumsum(runs) - runs)[there])
        last_side[there] = side[stops[there] - 1]
    crossings = np.maximum(runs - 1, 0)
    counts, which = np.unique(useful, return_inverse=True)
    limits = [run_limits(n, method) for n in counts.tolist()]
    longest_limit, fewest = (
        np.array([-1 if entry is None else entry for entry in column], dtype=np.intp)[which]
        for column in ([limit.longest for limit in limits], [limit.crossings for limit in limits])
    )
    at_edge = np.array([limit.crossings_with_longest or 0 for limit in limits], dtype=np.intp)[which]
    beside = np.array([limit.longest_with_fewest or _NEVER for limit in limits], dtype=np.intp)[which]
    too_long = (longest > longest_limit) | ((longest == longest_limit) & (crossings < at_edge))
    too_few = (crossings < fewest) | ((crossings == fewest) & (longest > beside))
    too_long &= there & (longest_limit >= 0)
    too_few &= there
    return Runs(
        useful,
        longest,
        longest_limit,
        crossings,
        fewest,
        last_side,
        too_long,
        too_few,
        places,
        length,
        owner,
    )


def long_runs(view: Seen, runs: Runs) -> Signs | None:
    """Mark the points of runs longer than the limit, in the series that have one."""
    if not runs.too_long.any():
        return None
    needed = np.where(runs.too_long, np.minimum(runs.longest_limit + 1, runs.longest), _NEVER)
    marked = runs.places[np.repeat(runs.length >= needed[runs.series], runs.length)]
    sides = _sides(view)
    mark = np.zeros(sides.size, dtype=np.int8)
    mark[marked] = sides.ravel()[marked]
    return np.array(mark.reshape(sides.shape).T, order="C")


def _sides(view: Seen) -> Signs:
    """Side of each point, series after series: +1 above the line, -1 below, 0 on it or missing."""
    return np.array((view.above.view(np.int8) - view.below.view(np.int8)).T, order="C")
