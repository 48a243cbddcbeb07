"""Boxes: the joint distribution of crossings and longest run, and the limits on both that find a shift best.

Points fall above or below the centre one by one, above with probability p: 1/2 while nothing changes, Phi(0.8) once the
level has moved by 0.8 standard deviations. With c crossings there are c + 1 runs, by turns above and below.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Table: TypeAlias = NDArray[np.float64]

# A steady process is left alone on this share of charts.
_SPECIFICITY = 0.925
# Probability of a point above the old centre after a shift of 0.8 standard deviations: the normal distribution at 0.8.
_SHIFTED = 0.7881446014166034


@dataclass(frozen=True, slots=True)
class Box:
    """Crossings and longest run that are no signal together: at least so many, at most so long."""

    crossings: int
    longest: int


# Each table is read for a steady and for a shifted process, one after the other; many would fill tens of megabytes.
@lru_cache(maxsize=8)
def _ways(n: int, longest: int) -> Table:
    """Count the ways to make k runs of 1 to `longest` points each with s points in all: one row for k, one column for s.

    >>> _ways(4, 2)[2].tolist()
    [0.0, 0.0, 1.0, 2.0, 1.0]
    """
    points = np.arange(n + 1)
    more = points - points[:, np.newaxis]
    one_run_more = ((more >= 1) & (more <= longest)).astype(np.float64)
    ways = np.zeros((n + 1, n + 1))
    ways[0, 0] = 1
    for runs in range(1, n + 1):
        np.dot(ways[runs - 1], one_run_more, out=ways[runs])
    return ways


@lru_cache(maxsize=4096)
def crossings_with_runs_up_to(n: int, longest: int, p: float) -> Table:
    """Probability of 0, 1, ... n - 1 crossings together with no run longer than `longest`, for n points above with p each.

    >>> crossings_with_runs_up_to(3, 3, 0.5).tolist()
    [0.25, 0.5, 0.25]
    """
    ways = _ways(n, longest)
    above = np.arange(n + 1)
    chance = p**above * (1 - p) ** (n - above)
    other = ways[:, ::-1]
    runs = np.arange(1, n + 1)
    more, less = (runs + 1) // 2, runs // 2
    begun_above = (ways[more] * other[less]) @ chance
    begun_below = (ways[less] * other[more]) @ chance
    return np.asarray(begun_above + begun_below)


def joint(n: int, p: float) -> Table:
    """Probability of c crossings (rows 0 to n - 1) and a longest run of l (columns 0 to n) among n points.

    >>> round(float(joint(5, 0.7).sum()), 12)
    1.0
    """
    upto = np.array([crossings_with_runs_up_to(n, longest, p) for longest in range(n + 1)])
    return np.diff(upto, axis=0, prepend=0.0).T


@lru_cache(maxsize=4096)
def best_box(n: int) -> Box:
    """Box with the least chance of missing a shift of 0.8 standard deviations that leaves 92.5 % of steady charts alone.

    Source: Anhøj & Wentzel-Larsen 2020, PLoS ONE 15:e0233920, "best box"; the table there and in qicharts2 0.8 has the
    same boxes for 10 to 100 points.

    >>> best_box(24)
    Box(crossings=6, longest=7)
    """
    found, missed = Box(0, n), 2.0
    for longest in range(2, n + 1):
        steady = _at_least(crossings_with_runs_up_to(n, longest, 0.5))
        held = np.flatnonzero(steady >= _SPECIFICITY)
        if not len(held):
            continue
        crossings = int(held[-1])
        shifted = float(_at_least(crossings_with_runs_up_to(n, longest, _SHIFTED))[crossings])
        if shifted < missed:
            found, missed = Box(crossings, longest), shifted
        elif crossings == _most_crossings(n):
            # Longer runs only let more shifts pass.
            break
    return found


@lru_cache(maxsize=4096)
def cut(n: int) -> Box | None:
    """Corner cut off the best box, or None: the fewest crossings allowed with its longest run, and the reverse.

    The corner goes first, then the border on either side of it, where a shift is likelier to be found, as long as 92.5 %
    of steady charts are left alone.
    Source: Anhøj & Wentzel-Larsen 2020, PLoS ONE 15:e0233920, "cut box".

    >>> cut(24), cut(25)
    (Box(crossings=7, longest=6), None)
    """
    box = best_box(n)
    left = float(_at_least(crossings_with_runs_up_to(n, box.longest, 0.5))[box.crossings])
    left -= _cell(n, box.crossings, box.longest, 0.5)
    if left < _SPECIFICITY:
        return None
    crossings, longest = box.crossings + 1, box.longest - 1
    open_c = open_l = True
    while True:
        along_c = _cell(n, crossings, box.longest, 0.5)
        along_l = _cell(n, box.crossings, longest, 0.5)
        open_c = open_c and along_c > 0 and left - along_c >= _SPECIFICITY
        open_l = open_l and along_l > 0 and left - along_l >= _SPECIFICITY
        if not open_c and not open_l:
            return Box(crossings, longest)
        if open_c and open_l:
            shifts = _cell(n, crossings, box.longest, _SHIFTED), _cell(n, box.crossings, longest, _SHIFTED)
            down = shifts[0] < shifts[1]
        else:
            down = open_l
        if down:
            longest, left = longest - 1, left - along_l
        else:
            crossings, left = crossings + 1, left - along_c


def _cell(n: int, crossings: int, longest: int, p: float) -> float:
    """Probability of so many crossings together with a longest run of just so many points."""
    if crossings >= n or longest < 1:
        return 0.0
    upto = crossings_with_runs_up_to(n, longest, p)[crossings]
    return float(upto - crossings_with_runs_up_to(n, longest - 1, p)[crossings])


def _at_least(chances: Table) -> Table:
    """Sum chances of c and more crossings."""
    return np.asarray(chances[::-1].cumsum()[::-1])


@lru_cache(maxsize=4096)
def _most_crossings(n: int) -> int:
    """Most crossings a box can ask for with runs of any length."""
    steady = _at_least(crossings_with_runs_up_to(n, n, 0.5))
    return int(np.flatnonzero(steady >= _SPECIFICITY)[-1])
