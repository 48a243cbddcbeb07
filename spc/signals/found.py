"""What a rule is shown and what it gives back: one phase of points, and the patterns found in it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from spc.charts.limits import Limits
from spc.run_limits import Method, RunLimits, run_limits
from spc.series import BoolArray, FloatArray

Signs: TypeAlias = NDArray[np.int8]
Rows: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True)
class View:
    """One phase as rules see it: the points that count, in order, with their centre and their lines.

    Arrays have one entry a point; NaN is a missing value or a line that is not there. `side` is +1 above the centre,
    -1 below, 0 on it or missing. `multiplier` is what the limits are multiplied by when more lines are asked for, `method` how run analysis is limited.
    """

    value: FloatArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    lower_2s: FloatArray
    upper_2s: FloatArray
    side: Signs
    limits: Limits
    kept: BoolArray | None = None
    multiplier: float = 1.0
    method: Method = "anhoej"

    @cached_property
    def runs(self) -> tuple[Rows, Rows]:
        """First point and length of every run of equal sides, in all points."""
        return runs_of(self.side)

    @cached_property
    def useful(self) -> Rows:
        """Points off the centre line, in order."""
        return np.flatnonzero(self.side)

    @cached_property
    def useful_runs(self) -> tuple[Rows, Rows]:
        """First point and length of every run of sides among the useful points alone."""
        return runs_of(self.side[self.useful])

    @cached_property
    def longest_run(self) -> int:
        """Points of the longest run among the useful points."""
        lengths = self.useful_runs[1]
        return int(lengths.max()) if len(lengths) else 0

    @cached_property
    def crossings(self) -> int:
        """How often the useful points change sides."""
        return max(len(self.useful_runs[1]) - 1, 0)

    @cached_property
    def run_limits(self) -> RunLimits:
        """Longest run and fewest crossings that chance explains for the useful points."""
        return run_limits(len(self.useful), self.method)

    def line(self, k: float) -> tuple[FloatArray | float, FloatArray | float]:
        """Lower and upper line at k standard deviations for the points that count."""
        lower, upper = self.limits.at(k)
        if self.kept is not None and isinstance(lower, np.ndarray) and isinstance(upper, np.ndarray):
            lower, upper = lower[self.kept], upper[self.kept]
        return lower * self.multiplier, upper * self.multiplier


# The mark of a point in a pattern that is neither high nor low.
ASIDE = 2


Patterns: TypeAlias = tuple[Rows, Rows, Signs]


class Found:
    """Patterns a rule found: first and last point and direction (+1 high, -1 low, 0 neither) of each, and the points marked.

    `mark` has one entry a point: +1 marked as high, -1 as low, ASIDE marked as neither, 0 not marked.
    """

    __slots__ = ("_patterns", "mark")

    def __init__(self, first: Rows, last: Rows, direction: Signs, mark: Signs) -> None:
        """Keep what was found."""
        self._patterns: Patterns | Callable[[], Patterns] = (first, last, direction)
        self.mark = mark

    @classmethod
    def later(cls, mark: Signs, patterns: Callable[[], Patterns]) -> Self:
        """Keep the marks of what was found, and how its patterns are told apart when somebody asks for them.

        >>> found = Found.later(
        ...     np.array([0, 1], dtype=np.int8), lambda: (np.array([1]), np.array([1]), np.array([1]))
        ... )
        >>> bool(found), found.first.tolist()
        (True, [1])
        """
        found = cls.__new__(cls)
        found._patterns, found.mark = patterns, mark  # noqa: SLF001 - its own
        return found

    def _told_apart(self) -> Patterns:
        """Return the patterns, worked out once."""
        if callable(self._patterns):
            self._patterns = self._patterns()
        return self._patterns

    @property
    def first(self) -> Rows:
        """First point of each pattern."""
        return self._told_apart()[0]

    @property
    def last(self) -> Rows:
        """Last point of each pattern."""
        return self._told_apart()[1]

    @property
    def direction(self) -> Signs:
        """Direction of each pattern."""
        return self._told_apart()[2]

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return callable(self._patterns) or len(self._patterns[0]) > 0


def runs_of(signs: Signs) -> tuple[Rows, Rows]:
    """First index and length of every stretch of equal entries.

    >>> [part.tolist() for part in runs_of(np.array([1, 1, -1, 0, 0], dtype=np.int8))]
    [[0, 2, 3], [2, 1, 2]]
    """
    n = len(signs)
    if n == 0:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    turns = (signs[1:] != signs[:-1]).nonzero()[0]
    first = np.empty(len(turns) + 1, dtype=np.intp)
    first[0] = 0
    first[1:] = turns
    first[1:] += 1
    length = np.empty_like(first)
    length[:-1] = first[1:]
    length[-1] = n
    length -= first
    return first, length


def nothing(n: int) -> Found:
    """No pattern among n points.

    >>> bool(nothing(3)), nothing(3).mark.tolist()
    (False, [0, 0, 0])
    """
    none = np.zeros(0, dtype=np.intp)
    return Found(none, none, np.zeros(0, dtype=np.int8), np.zeros(n, dtype=np.int8))


def stretches(mark: Signs) -> Found:
    """Make a pattern of every unbroken stretch of equal marks.

    >>> found = stretches(np.array([0, 1, 1, 0, -1], dtype=np.int8))
    >>> found.first.tolist(), found.last.tolist(), found.direction.tolist()
    ([1, 4], [2, 4], [1, -1])
    """
    return Found.later(mark, partial(_stretches, mark)) if np.count_nonzero(mark) else nothing(len(mark))


def _stretches(mark: Signs) -> Patterns:
    """Tell the stretches of equal marks apart."""
    first, length = runs_of(mark)
    marked = mark[first] != 0
    first, length = first[marked], length[marked]
    return first, first + length - 1, mark[first]


def any_stretch(held: BoolArray, n: int) -> bool:
    """Whether something holds at n points in a row anywhere, by doubling.

    >>> any_stretch(np.array([True, True, False, True]), 2), any_stretch(np.array([True, False]), 2)
    (True, False)
    """
    size = 1
    while size < n:
        step = min(size, n - size)
        if len(held) <= step:
            return False
        held = held[:-step] & held[step:]
        size += step
    return bool(np.count_nonzero(held))


def steps(value: FloatArray) -> Signs:
    """Sign of the step from each point to the next; 0 where there is none or a value is missing.

    >>> steps(np.array([1.0, 2.0, 2.0, np.nan, 1.0])).tolist()
    [1, 0, 0, 0]
    """
    return (value[1:] > value[:-1]).view(np.int8) - (value[1:] < value[:-1]).view(np.int8)


def painted(n: int, first: Rows, last: Rows, direction: Signs) -> Found:
    """Mark every point of the patterns; a point in two takes the later one.

    >>> first, last = np.array([0, 2]), np.array([2, 3])
    >>> painted(5, first, last, np.array([1, -1], dtype=np.int8)).mark.tolist()
    [1, 1, -1, -1, 0]
    """
    mark = np.zeros(n, dtype=np.int8)
    for start, stop, sign in zip(first.tolist(), last.tolist(), direction.tolist(), strict=True):
        mark[start : stop + 1] = sign
    return Found(first, last, direction, mark)


def in_a_row(view: View, held: BoolArray, n: int, *, completing: bool) -> Found:
    """Find every stretch of n or more points for which something holds, neither high nor low.

    >>> from spc.charts.limits import Limits
    >>> value, line = np.array([1.0, 3.0, 3.0, 1.0]), np.full(4, 2.0)
    >>> side = np.sign(value - line).astype(np.int8)
    >>> view = View(value, line, line - 9, line + 9, line - 6, line + 6, side, Limits(2.0, sigma=3.0))
    >>> in_a_row(view, value > 2, 2, completing=False).mark.tolist()
    [0, 2, 2, 0]
    >>> in_a_row(view, value > 2, 2, completing=True).mark.tolist()
    [0, 0, 2, 0]
    """
    first, length = runs_of(held.view(np.int8))
    long = (length >= n) & held[first] if len(first) else held[:0]
    if not long.any():
        return nothing(len(view.value))
    start, last = first[long], (first + length)[long] - 1
    mark = np.zeros(len(view.value), dtype=np.int8)
    for begin, end in zip(start.tolist(), last.tolist(), strict=True):
        mark[begin + (n - 1 if completing else 0) : end + 1] = ASIDE
    return Found(start, last, np.zeros(len(start), dtype=np.int8), mark)
