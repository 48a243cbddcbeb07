"""Chances of a false alarm on stable data, worked out exactly: no simulation, nothing of the engine but its table of limits.

Points are independent and normal; centre and standard deviation are known unless a function says otherwise. Two devices
do nearly all of it: a chain of states that is left for good when a rule signals, and, for rises and falls, the rank of
the latest point among those so far.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache, partial
from typing import TypeAlias

import numpy as np
from scipy import stats

from spc.profiles import Use
from spc.run_limits import crossings_limit, longest_run_limit, number_of_runs_limits

State: TypeAlias = Hashable
# From a state, with what chance to which state; None is a signal.
Step: TypeAlias = Callable[[State], Iterable[tuple[float, State | None]]]

BEYOND_3 = 2 * float(stats.norm.sf(3))
WITHIN_1 = 1 - 2 * float(stats.norm.sf(1))
# Zones from below the lower three-sigma line to above the upper one, and their chances.
ZONES = (-4, -3, -2, -1, 1, 2, 3, 4)
CHANCES = np.diff(stats.norm.cdf([-np.inf, -3, -2, -1, 0, 1, 2, 3, np.inf]))


def left(step: Step, start: State, n: int) -> tuple[float, Mapping[State, float]]:
    """Chance that a chain has signalled within n points, and where it is otherwise."""
    remembered = lru_cache(maxsize=None)(lambda state: tuple(step(state)))
    here: dict[State, float] = {start: 1.0}
    signalled = 0.0
    for _ in range(n):
        after: dict[State, float] = {}
        for state, chance in here.items():
            for share, following in remembered(state):
                if following is None:
                    signalled += chance * share
                else:
                    after[following] = after.get(following, 0.0) + chance * share
        here = after
    return signalled, here


def run_of(k: int, n: int) -> float:
    """At least one run of k or more on one side of the centre among n points.

    >>> run_of(3, 3)
    0.25
    """

    def step(length: State) -> Iterable[tuple[float, State | None]]:
        assert isinstance(length, int)
        return (0.5, 1 if k > 1 else None), (0.5, length + 1 if length + 1 < k else None)

    # The first point begins a run, whichever side it is on.
    return left(step, 1, n - 1)[0] if n and k > 1 else float(n >= k)


def close_together(k: int, n: int) -> float:
    """At least k points in a row within one standard deviation."""

    def step(length: State) -> Iterable[tuple[float, State | None]]:
        assert isinstance(length, int)
        return (1 - WITHIN_1, 0), (WITHIN_1, length + 1 if length + 1 < k else None)

    return left(step, 0, n)[0]


def far_on_both_sides(k: int, n: int) -> float:
    """At least k points in a row beyond one standard deviation, with both sides among the k."""
    far = (1 - WITHIN_1) / 2

    def step(state: State) -> Iterable[tuple[float, State | None]]:
        assert isinstance(state, tuple)
        # Far points in a row, and those of them since the side last changed.
        row, one_side = (min(number + 1, k) for number in state)
        yield WITHIN_1, (0, 0)
        yield far, None if row >= k > one_side else (row, one_side)
        yield far, None if row >= k > 1 else (row, 1)

    return left(step, (0, 0), n)[0]


def some_of(use: Use, n: int) -> float:
    """Two of three beyond two, four of five beyond one standard deviation, in the form a profile uses."""
    needed, length, k = (2, 3, 2) if use.rule == "two_in_three" else (4, 5, 1)

    def code(zone: int) -> tuple[int, int]:
        counted = abs(zone) > k and (use.beyond_counts or abs(zone) < 4)
        side = 1 if zone > 0 else -1
        return side if counted else 0, side if use.third == "same_side" else 0

    shares: dict[tuple[int, int], float] = {}
    for zone, chance in zip(ZONES, CHANCES.tolist(), strict=True):
        shares[code(zone)] = shares.get(code(zone), 0.0) + chance

    def full(window: tuple[tuple[int, int], ...], sign: int) -> bool:
        beyond = [mark for mark, _ in window]
        if use.third == "cancels":
            return sum(beyond) * sign >= needed
        if len(window) < length or beyond.count(sign) < needed:
            return False
        if use.third == "same_side" and any(side != sign for _, side in window):
            return False
        return use.mark != "completing" or beyond[-1] == sign

    def step(state: State) -> Iterable[tuple[float, State | None]]:
        assert isinstance(state, tuple)
        for latest, share in shares.items():
            window = (*state, latest)
            yield share, None if full(window, 1) or full(window, -1) else window[-(length - 1) :]

    return left(step, (), n)[0]


def by_rank(n: int, k: int, *, alternating: bool) -> float:
    """At least k points in a row that rise or fall all the time, or that go up and down in turn, among n.

    Every order of n different values is equally likely: the next value is as likely to have any rank among those so far.
    """
    # chance[direction][length][rank]: rising or falling, points in the pattern so far, rank of the latest point.
    chance = np.zeros((2, k + 1, n + 1))
    chance[:, 1, 1] = 0.5
    for so_far in range(1, n):
        after = np.zeros_like(chance)
        below = np.concatenate(([0.0], np.cumsum(chance.sum(axis=0).sum(axis=0))))
        assert below[-1] <= 1 + 1e-9
        for before in range(2):
            for length in range(1, k):
                ranks = chance[before, length, 1 : so_far + 1]
                # Rising to a rank: from any lower one; falling to it: from any as high or higher.
                rising = np.concatenate(([0.0], np.cumsum(ranks)))
                falling = ranks.sum() - rising
                for direction, moved in ((0, rising), (1, falling)):
                    goes_on = length == 1 or (direction != before) == alternating
                    new = length + 1 if goes_on else 2
                    after[direction, min(new, k), 1 : so_far + 2] += moved / (so_far + 1)
        after[:, k, :] = 0.0
        chance = after
    return float(1 - chance.sum()) if n >= k else 0.0


def few_crossings(n: int) -> float:
    """Fewer crossings of a known centre than the limit for n points."""
    limit = crossings_limit(n)
    return 0.0 if not limit else float(stats.binom.cdf(limit - 1, n - 1, 0.5))


def odd_runs(n: int, *, median: bool) -> float:
    """Too few or too many runs about a known centre, or about the median of an even number of points."""
    limits = number_of_runs_limits(n)
    if limits is None:
        return 0.0
    runs = np.arange(1, n + 1)
    if median:
        chances = np.array([ways_of_runs(n // 2, int(number)) for number in runs]) / math.comb(n, n // 2)
    else:
        chances = stats.binom.pmf(runs - 1, n - 1, 0.5)
    return float(chances[(runs < limits[0]) | (runs > limits[1])].sum())


def ways_of_runs(half: int, runs: int) -> int:
    """Ways to put so many points above and as many below a line in so many runs (Swed & Eisenhart 1943)."""
    more, fewer = (runs + 1) // 2, runs // 2
    return 2 * math.comb(half - 1, more - 1) * math.comb(half - 1, fewer - 1) if fewer else 0


def anhoej(n: int, *, median: bool) -> float:
    """A run too long, or too few crossings: both rules together, about a known centre or the median of an even number."""
    longest, fewest = longest_run_limit(n), crossings_limit(n)
    if longest is None or fewest is None:
        return 0.0
    # chance[points above so far, length of the run, crossings], the latest point being above; below is its mirror image.
    above, below = np.zeros((2, n + 2, longest + 2, fewest + 1))
    above[1, 1, 0] = below[0, 1, 0] = 0.5
    for so_far in range(1, n):
        ups = np.arange(n + 2)[:, np.newaxis, np.newaxis]
        rises = np.clip((n / 2 - ups) / (n - so_far), 0, 1) if median else 0.5
        after = []
        for same, other, share in ((above, below, rises), (below, above, 1 - rises)):
            moved = np.zeros_like(same)
            moved[:, 2:, :] = (same * share)[:, 1:-1, :]
            crossing = (other * share).sum(axis=1)
            moved[:, 1, 1:] = crossing[:, :-1]
            moved[:, 1, fewest] += crossing[:, fewest]
            moved[:, longest + 1, :] = 0.0
            after.append(moved)
        above, below = np.roll(after[0], 1, axis=0), after[1]
    return float(1 - above[:, :, fewest].sum() - below[:, :, fewest].sum())


FORMS: Mapping[str, Callable[[Use, int], float]] = {
    "outside_limits": lambda _, n: 1 - (1 - BEYOND_3) ** n,
    "shift": lambda use, n: run_of(use.n, n),
    "ihi_shift": lambda use, n: run_of(use.n, n),
    "longest_run": lambda _, n: run_of((longest_run_limit(n) or 0) + 1, n),
    "trend": lambda use, n: by_rank(n, use.n, alternating=False),
    "ihi_trend": lambda use, n: by_rank(n, use.n, alternating=False),
    "alternating": lambda use, n: by_rank(n, use.n, alternating=True),
    "within_one_sigma": lambda use, n: close_together(use.n, n),
    "outside_one_sigma": lambda use, n: far_on_both_sides(use.n, n),
    "two_in_three": some_of,
    "four_in_five": some_of,
    "crossings": lambda _, n: few_crossings(n),
    "number_of_runs": lambda _, n: odd_runs(n, median=False),
}


@lru_cache(maxsize=1024)
def known(use: Use, n: int) -> float | None:
    """Chance that a rule signals on a chart of n points with known centre and limits; None where no form is known."""
    form = FORMS.get(use.rule)
    return None if form is None else form(use, n)


about_median = {
    "number_of_runs": partial(odd_runs, median=True),
    "anhoej": partial(anhoej, median=True),
}
