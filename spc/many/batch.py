"""What `analyse_many` gives back: columns for all series, verdicts as codes, and words for any one of them on demand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from spc.analysis.points import VARIATIONS, Variation
from spc.assurance import Result, analyse
from spc.many.block import Block, block_of
from spc.many.lines import LINES, Lines
from spc.profiles import Profile
from spc.series import BoolArray, FloatArray, Series
from spc.signals.found import Signs

ASSURANCES = ("pass", "fail", "hit_or_miss", "none")


@dataclass(frozen=True)
class Batch:
    """Many series charted; arrays are read-only. m series of n points each.

    `measured` or `numerator` and `denominator` are the numbers given (m, n). `value` and the lines have the same shape, NaN
    where there is nothing; they are drawn when first asked for. `marks` holds, by rule, +1 for a point marked high and -1 for
    low (int8, m by n) where any series has one, `whole` the signals of rules that speak of a whole series (bool, m).
    `counts` (m) counts the values of each, `trial` (m) says that the limits are trial limits. `variation_codes` and
    `assurance_codes` (int8, m) are the verdict's two words as positions in `VARIATIONS` and `ASSURANCES`. `runs` holds,
    where the profile has rules on runs, n_useful, longest_run, longest_run_limit, crossings and crossings_limit (m), -1 for none.
    """

    chart: str
    conventions: Profile
    directions: tuple[str, ...]
    target: FloatArray
    measured: FloatArray | None
    numerator: FloatArray | None
    denominator: FloatArray | None
    marks: Mapping[str, Signs]
    whole: Mapping[str, BoolArray]
    runs: Mapping[str, NDArray[np.intp]]
    counts: NDArray[np.intp]
    trial: BoolArray
    variation_codes: NDArray[np.int8]
    assurance_codes: NDArray[np.int8]

    @cached_property
    def _block(self) -> Block:
        """All series as one block."""
        return block_of(self.measured, self.numerator, self.denominator)

    @cached_property
    def _lines(self) -> Lines:
        """Centre and limits of all series."""
        return LINES[self.chart](self._block, self.conventions)

    def _drawn(self, line: FloatArray) -> FloatArray:
        """One line as (series, points), read-only; a straight one is the same number at every point."""
        line.setflags(write=False)
        return np.broadcast_to(line, self._block.value.shape).T

    @property
    def value(self) -> FloatArray:
        """Values plotted (m, n)."""
        return self._drawn(self._block.value)

    @property
    def centre(self) -> FloatArray:
        """Centre line (m, n)."""
        return self._drawn(self._lines.centre)

    @property
    def lower(self) -> FloatArray:
        """Lower limit (m, n)."""
        return self._drawn(self._lines.lower)

    @property
    def upper(self) -> FloatArray:
        """Upper limit (m, n)."""
        return self._drawn(self._lines.upper)

    @property
    def lower_2s(self) -> FloatArray:
        """Lower line at two standard deviations (m, n)."""
        return self._drawn(self._lines.lower_2s)

    @property
    def upper_2s(self) -> FloatArray:
        """Upper line at two standard deviations (m, n)."""
        return self._drawn(self._lines.upper_2s)

    def __len__(self) -> int:
        """Count the series."""
        return len(self.counts)

    @property
    def variation(self) -> tuple[Variation, ...]:
        """Word for the variation of each series' latest point, as `Verdict.variation`."""
        return tuple(VARIATIONS[code] for code in self.variation_codes.tolist())

    @property
    def assurance(self) -> tuple[str, ...]:
        """Word for each series' latest target, as `Verdict.assurance`."""
        return tuple(ASSURANCES[code] for code in self.assurance_codes.tolist())

    def result(self, number: int) -> Result:
        """Chart one of the series with words, as `analyse` does; IndexError for one there is not.

        >>> from spc import analyse_many
        >>> batch = analyse_many([[52, 48, 50, 51, 49, 50, 53]], direction="increase")
        >>> batch.result(0).verdict.words
        'Nothing unusual yet: ordinary variation, 7 points, trial limits.'
        """
        if self.numerator is not None and self.denominator is not None:
            series = Series(numerator=self.numerator[number], denominator=self.denominator[number])
        else:
            series = Series(value=self.measured[number] if self.measured is not None else [])
        target = float(self.target[number])
        return analyse(
            series,
            chart=self.chart,
            profile=self.conventions,
            direction=self.directions[number],
            target=None if np.isnan(target) else target,
        )
