"""How long a run, how few crossings and how many runs chance explains: the limits of run analysis."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from spc.boxes import best_box, cut

Method: TypeAlias = Literal["anhoej", "bestbox", "cutbox"]

_EXACT_UP_TO = 1000
# Boxes were published for 10 to 100 points off the centre line; outside, the Anhøj limits serve.
_BOXED = range(10, 101)
# IHI's printed table: fewest and most runs for 10, 11, 12, ... 60 points off the median.
_FIRST = 10
_PRINTED = tuple(
    (int(low), int(high))
    for low, _, high in (
        pair.partition("-")
        for pair in [
            "3-9",
            "3-10",
            "3-11",
            "4-11",
            "4-12",
            "5-12",
            "5-13",
            "5-13",
            "6-14",
            "6-15",
            "6-16",
            "7-16",
            "7-17",
            "7-17",
            "8-18",
            "8-18",
            "9-19",
            "10-19",
            "10-20",
            "10-20",
            "11-21",
            "11-22",
            "11-23",
            "12-23",
            "12-24",
            "12-24",
            "13-25",
            "13-25",
            "14-26",
            "14-26",
            "15-27",
            "15-27",
            "16-28",
            "16-28",
            "17-29",
            "17-30",
            "17-31",
            "18-31",
            "18-32",
            "19-32",
            "19-33",
            "20-33",
            "20-34",
            "21-34",
            "21-35",
            "22-35",
            "22-36",
            "23-36",
            "23-37",
            "24-38",
            "24-38",
        ]
    )
)


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What chance explains of one phase: the longest run and the fewest crossings; None where nothing can be said.

    With a cut box not both at once: with the fewest crossings a run is at most `longest_with_fewest` long, and with the
    longest run there are at least `crossings_with_longest` crossings.

    >>> corner = RunLimits(longest=7, crossings=6, longest_with_fewest=6, crossings_with_longest=7)
    >>> corner.too_long(7, crossings=6), corner.too_long(7, crossings=7)
    (True, False)
    """

    longest: int | None
    crossings: int | None
    longest_with_fewest: int | None = None
    crossings_with_longest: int | None = None

    def too_long(self, longest: int, crossings: int) -> bool:
        """Whether the longest run is longer than chance explains, seen beside the crossings.

        >>> RunLimits(8, 8).too_long(9, crossings=8), RunLimits(8, 8).too_long(8, crossings=0)
        (True, False)
        """
        if self.longest is None:
            return False
        at_edge = longest == self.longest and self.crossings_with_longest is not None
        return longest > self.longest or (at_edge and crossings < (self.crossings_with_longest or 0))

    def too_few(self, crossings: int, longest: int) -> bool:
        """Whether there are fewer crossings than chance explains, seen beside the longest run.

        >>> RunLimits(8, 8).too_few(7, longest=2), RunLimits(8, 8).too_few(8, longest=24)
        (True, False)
        """
        if self.crossings is None:
            return False
        at_edge = crossings == self.crossings and self.longest_with_fewest is not None
        return crossings < self.crossings or (at_edge and longest > (self.longest_with_fewest or 0))


@lru_cache(maxsize=4096)
def run_limits(n_useful: int, method: Method = "anhoej") -> RunLimits:
    """Limits for so many points off the centre line, by one of three methods.

    "anhoej": round(log2 n) + 3 and the 5 % point of the crossings. "bestbox": the longest run and fewest crossings that
    leave a steady process alone in 92.5 % of charts and find a shift of 0.8 standard deviations as often as can be; "cutbox":
    the same with corners cut off. Boxes serve for 10 to 100 points; outside the Anhøj limits do.
    Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825; Anhøj & Wentzel-Larsen 2020, PLoS ONE 15:e0233920.

    >>> run_limits(24), run_limits(24, "bestbox").longest
    (RunLimits(longest=8, crossings=8, longest_with_fewest=None, crossings_with_longest=None), 7)
    """
    if method == "anhoej" or n_useful not in _BOXED:
        return RunLimits(longest_run_limit(n_useful), crossings_limit(n_useful))
    box = best_box(n_useful)
    corner = cut(n_useful) if method == "cutbox" else None
    if corner is None:
        return RunLimits(box.longest, box.crossings)
    return RunLimits(box.longest, box.crossings, corner.longest, corner.crossings)


@lru_cache(maxsize=4096)
def longest_run_limit(n_useful: int) -> int | None:
    """Longest run that chance explains among n points off the centre line: round(log2 n) + 3; None for none.

    Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825.

    >>> longest_run_limit(24)
    8
    """
    return None if n_useful < 1 else round(math.log2(n_useful)) + 3


@lru_cache(maxsize=4096)
def crossings_limit(n_useful: int) -> int | None:
    """Fewest crossings of the centre line that chance explains: the 5 % point of Bin(n - 1, 1/2); None for none.

    Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825.

    >>> crossings_limit(24)
    8
    """
    if n_useful < 1:
        return None
    trials = n_useful - 1
    if trials > _EXACT_UP_TO:
        return _binomial_five_percent(trials)
    total, term = 0, 1
    for crossings in range(trials + 1):
        total += term
        if total * 20 >= 1 << trials:
            return crossings
        term = term * (trials - crossings) // (crossings + 1)
    return trials


def _binomial_five_percent(trials: int) -> int:
    """Find the 5 % point of Bin(trials, 1/2) by bisection of its distribution function."""
    from scipy.special import bdtr  # noqa: PLC0415 - only series beyond 1,000 points pay for importing SciPy

    low, high = 0, trials
    while low < high:
        middle = (low + high) // 2
        if bdtr(middle, trials, 0.5) >= 0.05:  # noqa: PLR2004 - the five percent of the name
            high = middle
        else:
            low = middle + 1
    return low


@lru_cache(maxsize=4096)
def number_of_runs_limits(n_useful: int) -> tuple[int, int] | None:
    """Fewest and most runs about the median that chance explains at 2.5 % a side; None below 10 useful points.

    From 10 to 60 points the table that IHI prints; beyond, the distribution from which it was made.
    Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46, table; after Swed & Eisenhart 1943, Ann Math Stat 14:66.

    >>> number_of_runs_limits(20), number_of_runs_limits(61)
    ((6, 16), (24, 39))
    """
    if n_useful < _FIRST:
        return None
    if n_useful < _FIRST + len(_PRINTED):
        return _PRINTED[n_useful - _FIRST]
    return runs_of_chance(n_useful)


@lru_cache(maxsize=4096)
def runs_of_chance(n_useful: int) -> tuple[int, int]:
    """Fewest and most runs at 2.5 % a side, by the exact distribution of runs of two equally frequent sides.

    An odd point goes to one of the sides. The printed table differs from it by one run at 17 of its 51 lengths.
    Source: Swed & Eisenhart 1943, Ann Math Stat 14:66.

    >>> runs_of_chance(20)
    (7, 15)
    """
    above = n_useful // 2
    below = n_useful - above
    ways = [0, 0]
    for runs in range(2, n_useful + 1):
        half = runs // 2
        if runs % 2 == 0:
            ways.append(2 * math.comb(above - 1, half - 1) * math.comb(below - 1, half - 1))
        else:
            ways.append(
                math.comb(above - 1, half) * math.comb(below - 1, half - 1)
                + math.comb(above - 1, half - 1) * math.comb(below - 1, half)
            )
    every = sum(ways)
    fewest, cumulated = 0, 0
    while cumulated * 40 <= every:
        cumulated += ways[fewest]
        fewest += 1
    most, cumulated = len(ways), 0
    while cumulated * 40 <= every:
        most -= 1
        cumulated += ways[most]
    return fewest - 1, most
