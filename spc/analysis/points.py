"""What an analysis is made of: points as columns, phases and signals. All frozen."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from spc.series import BoolArray, FloatArray, Period
from spc.signals.found import Signs

Direction: TypeAlias = Literal["increase", "decrease", "neutral"]
Side: TypeAlias = Literal["high", "low", "none"]
Variation: TypeAlias = Literal[
    "common",
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neutral_high",
    "neutral_low",
    "missing",
    "none",
]

VARIATIONS: tuple[Variation, ...] = (
    "common",
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neutral_high",
    "neutral_low",
    "missing",
    "none",
)
MISSING = VARIATIONS.index("missing")
# Special causes that are neither high nor low: above the centre, and on it or below.
NEITHER = VARIATIONS.index("neutral_high"), VARIATIONS.index("neutral_low")
# By the direction that is improvement: what a high and what a low special cause is.
MEANING: dict[str, tuple[Variation, Variation]] = {
    "increase": ("improvement_high", "concern_low"),
    "decrease": ("concern_high", "improvement_low"),
    "neutral": ("neutral_high", "neutral_low"),
}

# The same as positions in VARIATIONS, to be indexed by +1, 0 and -1.
CODES: dict[str, NDArray[np.int8]] = {
    name: np.array([0, VARIATIONS.index(high), VARIATIONS.index(low)], dtype=np.int8)
    for name, (high, low) in MEANING.items()
}


@dataclass(frozen=True, slots=True)
class Signal:
    """One pattern found by one rule.

    `first` and `last` are the pattern's first and last point, `points` those it marks (none for a statement about a
    whole phase), all as indices into the series; `phase` counts from 0.
    """

    rule: str
    direction: Side
    first: int
    last: int
    points: tuple[int, ...]
    phase: int
    words: str
    variation: Variation


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase in numbers. `first` and `last` are indices into the series, `number` counts from 0.

    `runs_signal` says that the longest run or the crossings are more than chance explains. `n` counts its points, `n_useful` those with a value off the centre line, `baseline_n` those behind the limits. None
    stands for what cannot be said: `sigma`, `lower` and `upper` where they vary by point or there are no limits.
    """

    number: int
    first: int
    last: int
    n: int
    n_useful: int
    centre: float | None
    sigma: float | None
    lower: float | None
    upper: float | None
    longest_run: int | None
    longest_run_limit: int | None
    crossings: int | None
    crossings_limit: int | None
    runs_signal: bool
    trial: bool
    baseline_n: int


@dataclass(frozen=True)
class Points:
    """Columns with one entry a point: read-only float arrays, NaN where there is nothing.

    `direction` is +1 for a special cause on the high side, -1 on the low side, 0 for none; `variation` says the same in
    words, with the direction that is improvement taken into account.
    """

    x: tuple[Period, ...]
    value: FloatArray
    numerator: FloatArray | None
    denominator: FloatArray | None
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    lower_2s: FloatArray
    upper_2s: FloatArray
    target: FloatArray
    phase: NDArray[np.intp]
    included: BoolArray
    direction: Signs
    codes: NDArray[np.int8]
    marks: tuple[tuple[str, Signs], ...]
    # Upper and lower sum of a CUSUM chart.
    sums: tuple[FloatArray, FloatArray] | None = None
    second_target: FloatArray | None = None

    def __len__(self) -> int:
        """Count the points, missing ones included."""
        return len(self.value)

    @cached_property
    def variation(self) -> tuple[Variation, ...]:
        """Word for each point's variation: "common", "improvement_high", ..., "missing"."""
        return tuple(VARIATIONS[code] for code in self.codes.tolist())

    @cached_property
    def signals(self) -> tuple[tuple[str, ...], ...]:
        """Names of the rules that marked each point, in the profile's order."""
        names: list[tuple[str, ...]] = [()] * len(self.value)
        for rule, mark in self.marks:
            for row in mark.nonzero()[0].tolist():
                names[row] += (rule,)
        return tuple(names)
