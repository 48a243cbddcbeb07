"""Every rule as a plain loop over points, written from its words; slow, and owing nothing to the engine's own code.

A mark is +1 high, -1 low, 2 for neither, 0 for none. A value or a line that is not there is NaN: nothing is above or
below it.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from spc.profiles import Use
from spc.run_limits import number_of_runs_limits

Marks = list[int]


@dataclass(frozen=True)
class Reading:
    """One phase as a person reads it off the paper: values, and lines at 1, 2 and 3 standard deviations by point."""

    value: Sequence[float]
    centre: Sequence[float]
    lower: dict[int, Sequence[float]]
    upper: dict[int, Sequence[float]]
    closed: bool = False

    def side(self, row: int) -> int:
        """+1 above the centre, -1 below, 0 on it or missing."""
        return (self.value[row] > self.centre[row]) - (self.value[row] < self.centre[row])

    def beyond(self, row: int, k: int, line: int | None = None) -> int:
        """+1 above the upper line at k, -1 below the lower, 0 between; the line as it is at another point if asked."""
        at = row if line is None else line
        return (self.value[row] > self.upper[k][at]) - (self.value[row] < self.lower[k][at])

    def step(self, row: int) -> int:
        """+1 if the next point is higher, -1 if it is lower, 0 if it is equal or there is none to compare."""
        one, other = self.value[row], self.value[row + 1]
        return (other > one) - (other < one)


def windows(n: int, length: int) -> Iterator[range]:
    """Every stretch of so many points in a row."""
    for start in range(n - length + 1):
        yield range(start, start + length)


def paint(marks: Marks, window: Sequence[int], sign: int, use: Use) -> None:
    """Mark a window, or the one point that completes it."""
    for row in window if use.mark != "completing" else [window[-1]]:
        marks[row] = sign


def outside_limits(reading: Reading, _: Use) -> Marks:
    marks = []
    for row, value in enumerate(reading.value):
        mark = reading.beyond(row, 3)
        if reading.closed:
            mark = (value >= reading.upper[3][row]) - (value <= reading.lower[3][row])
        marks.append(mark)
    return marks


def shift(reading: Reading, use: Use) -> Marks:
    marks = [0] * len(reading.value)
    for window in windows(len(marks), use.n):
        sides = {reading.side(row) for row in window}
        if sides in ({1}, {-1}):
            paint(marks, window, sides.pop(), use)
    return marks


def trend(reading: Reading, use: Use) -> Marks:
    marks = [0] * len(reading.value)
    for window in windows(len(marks), use.n):
        steps = {reading.step(row) for row in window[:-1]}
        if steps in ({1}, {-1}):
            paint(marks, window, steps.pop(), use)
    if use.next_step and use.mark == "pattern":
        before = [mark != 0 for mark in marks] + [False]
        for row in range(len(marks)):
            if before[row]:
                marks[row] = 1 if reading.step(row if before[row + 1] else row - 1) > 0 else -1
    return marks


def two_in_three(reading: Reading, use: Use) -> Marks:
    return _some_of(reading, use, needed=2, length=3, k=2)


def four_in_five(reading: Reading, use: Use) -> Marks:
    return _some_of(reading, use, needed=4, length=5, k=1)


def _some_of(reading: Reading, use: Use, *, needed: int, length: int, k: int) -> Marks:
    marks = [0] * len(reading.value)

    def code(row: int, line: int | None = None) -> int:
        if not use.beyond_counts and reading.beyond(row, 3):
            return 0
        return reading.beyond(row, k, line)

    def full(window: Sequence[int], sign: int) -> bool:
        codes = [code(row, window[-1] if use.lines == "last" else None) for row in window]
        if use.third == "cancels":
            return sum(codes) * sign >= needed
        if any(math.isnan(reading.value[row]) for row in window):
            return False
        together = use.third == "free" or all(reading.side(row) == sign for row in window)
        return len(window) == length and codes.count(sign) >= needed and together

    for last in range(len(marks)):
        window = range(max(last - length + 1, 0), last + 1)
        for sign in (1, -1):
            if full(window, sign):
                for row in [last] if use.mark == "completing" else window:
                    marks[row] = sign if use.mark == "pattern" or code(row) == sign else marks[row]
    return marks


def alternating(reading: Reading, use: Use) -> Marks:
    marks = [0] * len(reading.value)
    for window in windows(len(marks), use.n):
        steps = [reading.step(row) for row in window[:-1]]
        if all(steps) and all(one == -other for one, other in pairwise(steps)):
            paint(marks, window, 2, use)
    return marks


def within_one_sigma(reading: Reading, use: Use) -> Marks:
    marks = [0] * len(reading.value)
    for window in windows(len(marks), use.n):
        if all(reading.lower[1][row] <= reading.value[row] <= reading.upper[1][row] for row in window):
            paint(marks, window, 2, use)
    return marks


def outside_one_sigma(reading: Reading, use: Use) -> Marks:
    marks = [0] * len(reading.value)
    for window in windows(len(marks), use.n):
        if {reading.beyond(row, 1) for row in window} == {1, -1}:
            paint(marks, window, 2, use)
    return marks


def runs(sides: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Cut (row, side) into stretches of one side."""
    found: list[list[tuple[int, int]]] = []
    for row, side in sides:
        if found and found[-1][-1][1] == side:
            found[-1].append((row, side))
        else:
            found.append([(row, side)])
    return found


def useful(reading: Reading) -> list[tuple[int, int]]:
    """Points off the centre line, with their sides."""
    return [(row, reading.side(row)) for row in range(len(reading.value)) if reading.side(row)]


def longest_run(reading: Reading, _: Use) -> Marks:
    marks = [0] * len(reading.value)
    counted = useful(reading)
    for run in runs(counted):
        if len(run) > round(math.log2(len(counted))) + 3:
            for row, side in run:
                marks[row] = side
    return marks


def crossings(reading: Reading, _: Use) -> bool:
    counted = useful(reading)
    if not counted:
        return False
    found, trials = len(runs(counted)) - 1, len(counted) - 1
    # Unusually few: this many or fewer happen in less than 5 % of such series of coin tosses.
    ways = sum(math.comb(trials, k) for k in range(found + 1))
    return ways * 20 < 1 << trials


# Up to so many points the limits are those of a printed table, held against the chances below by tests/spc/test_run_limits.py.
PRINTED = 60


def number_of_runs(reading: Reading, _: Use) -> bool:
    counted = useful(reading)
    n = len(counted)
    if n < 10:
        return False
    found = len(runs(counted))
    if n <= PRINTED:
        fewest, most = number_of_runs_limits(n) or (0, n)
        return not fewest <= found <= most
    chances = run_chances(n // 2, n - n // 2)
    few = sum(chance for number, chance in chances.items() if number <= found)
    many = sum(chance for number, chance in chances.items() if number >= found)
    return min(few, many) <= Fraction(1, 40)


@lru_cache
def run_chances(above: int, below: int) -> dict[int, Fraction]:
    """Chance of each number of runs if all orders of so many points above and below are equally likely, by counting them."""
    # (above left, below left, side of the last point, runs so far) -> number of ways to have come there.
    ways = {(above, below, 0, 0): 1}
    for _ in range(above + below):
        after: dict[tuple[int, int, int, int], int] = {}
        for (up, down, last, number), many in ways.items():
            for side, there in ((1, up), (-1, down)):
                if there:
                    key = (up - (side == 1), down - (side == -1), side, number + (side != last))
                    after[key] = after.get(key, 0) + many
        ways = after
    every = sum(ways.values())
    found: dict[int, Fraction] = {}
    for (_, _, _, number), many in ways.items():
        found[number] = found.get(number, Fraction(0)) + Fraction(many, every)
    return found


def ihi_shift(reading: Reading, use: Use) -> Marks:
    marks = [0] * len(reading.value)
    # On the median: passed over. Missing: a side of its own, which breaks every run.
    there = [
        (row, reading.side(row))
        for row in range(len(marks))
        if reading.side(row) or math.isnan(reading.value[row])
    ]
    for run in runs(there):
        if run[0][1] and len(run) >= use.n:
            for row, side in run:
                marks[row] = side
    return marks


def ihi_trend(reading: Reading, use: Use) -> Marks:
    marks = [0] * len(reading.value)
    stretch: list[int] = []
    for row, value in enumerate([*reading.value, math.nan]):
        if math.isnan(value):
            _ihi_stretch(reading, use, stretch, marks)
            stretch = []
        elif not stretch or value != reading.value[stretch[-1]]:
            stretch.append(row)
    return marks


def _ihi_stretch(reading: Reading, use: Use, stretch: list[int], marks: Marks) -> None:
    """Mark trends among points without gaps and without repeated values."""
    for window in windows(len(stretch), use.n):
        values = [reading.value[stretch[place]] for place in window]
        for sign in (1, -1):
            if all((other - one) * sign > 0 for one, other in pairwise(values)):
                for place in window:
                    marks[stretch[place]] = sign


def astronomical(reading: Reading, _: Use) -> Marks:
    ordered = sorted(value for value in reading.value if not math.isnan(value))
    if len(ordered) < 10:
        return [0] * len(reading.value)
    half = (len(ordered) + 1) // 2
    low, high = _middle(ordered[:half]), _middle(ordered[-half:])
    reach = 3 * (high - low)
    if not reach:
        return [0] * len(reading.value)
    return [(value > high + reach) - (value < low - reach) for value in reading.value]


def _middle(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


POINTS: dict[str, Callable[[Reading, Use], Marks]] = {
    rule.__name__: rule
    for rule in (
        outside_limits,
        shift,
        trend,
        two_in_three,
        four_in_five,
        alternating,
        within_one_sigma,
        outside_one_sigma,
        longest_run,
        ihi_shift,
        ihi_trend,
        astronomical,
    )
}
PHASES: dict[str, Callable[[Reading, Use], bool]] = {
    rule.__name__: rule for rule in (crossings, number_of_runs)
}
