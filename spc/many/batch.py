"""What `analyse_many` gives back: columns for all series, verdicts as codes, and words for any one of them on demand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from spc.analysis.points import VARIATIONS, Variation
from spc.assurance import Assurance, Result, analyse
from spc.many.given import Tables, number_of, series_of
from spc.profiles import Profile
from spc.series import BoolArray, FloatArray
from spc.signals.found import Signs

ASSURANCES: tuple[Assurance, ...] = ("pass", "fail", "hit_or_miss", "none")


@dataclass(frozen=True, eq=False)
class Batch:
    """Many series charted; arrays are read-only. m series of n points each, in the units of the values.

    `given` are the numbers as they came. `value` and the lines have the shape (m, n), NaN where there is nothing; straight
    lines are one number a series shown n times. `marks` holds, for each of the profile's rules that mark points, +1 for a
    point marked high and -1 for low (int8, m by n), `whole` the signals of its rules that speak of a whole series (bool, m).
    `n` (m) counts the values of each, `trial` (m) says that the limits are trial limits. `variation_codes` and
    `assurance_codes` (int8, m) are the verdict's two words as positions in `VARIATIONS` and `ASSURANCES`. `runs` holds,
    where the profile has rules on runs, n_useful, longest_run, longest_run_limit, crossings and crossings_limit (m), -1 for none.
    """

    chart: str
    conventions: Profile
    directions: tuple[str, ...]
    target: FloatArray
    given: Tables
    value: FloatArray
    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    lower_2s: FloatArray
    upper_2s: FloatArray
    marks: Mapping[str, Signs]
    whole: Mapping[str, BoolArray]
    runs: Mapping[str, NDArray[np.intp]]
    n: NDArray[np.intp]
    trial: BoolArray
    variation_codes: NDArray[np.int8]
    assurance_codes: NDArray[np.int8]

    def __len__(self) -> int:
        """Count the series."""
        return len(self.n)

    @property
    def profile(self) -> str:
        """Name of the profile."""
        return self.conventions.name

    @cached_property
    def variation(self) -> tuple[Variation, ...]:
        """Word for the variation of each series' latest point, as `Verdict.variation`."""
        return tuple(VARIATIONS[code] for code in self.variation_codes.tolist())

    @cached_property
    def assurance(self) -> tuple[Assurance, ...]:
        """Word for each series' latest target, as `Verdict.assurance`."""
        return tuple(ASSURANCES[code] for code in self.assurance_codes.tolist())

    def result(self, number: int) -> Result:
        """Chart one of the series with words, as `analyse` does; IndexError for one there is not.

        >>> from spc import analyse_many
        >>> batch = analyse_many([[52, 48, 50, 51, 49, 50, 53]], direction="increase")
        >>> batch.result(0).verdict.words
        'Nothing unusual yet: ordinary variation, 7 points, trial limits.'
        """
        return analyse(
            series_of(self.given, number),
            chart=self.chart,
            profile=self.conventions,
            direction=self.directions[number],
            target=number_of(float(self.target[number])),
        )
