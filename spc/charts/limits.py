"""What every chart gives back for one phase: a centre and lines at so many standard deviations; and how to estimate them."""

import math
from dataclasses import dataclass

import numpy as np

from spc.constants import D4_OF_TWO
from spc.series import FloatArray
from spc.sums import mean


@dataclass(frozen=True, slots=True)
class Limits:
    """Centre and spread of one phase. Numbers where one value serves every row, arrays with one entry a row otherwise.

    `sigma` is NaN where nothing can be said. `around` is the middle of the limits where it is not the centre that is
    drawn; `value` the plotted values where they are not the measured ones; `power` undoes a transformation.
    """

    centre: float | FloatArray
    sigma: float | FloatArray = math.nan
    around: float | FloatArray | None = None
    floor: float | None = None
    ceiling: float | None = None
    # Three sigma where it is known more exactly than 3 * sigma.
    three: float | None = None
    power: float = 1.0
    inner_below_zero: str = "zero"
    value: FloatArray | None = None
    # Upper and lower sum of a CUSUM, of which the larger is plotted.
    sums: tuple[FloatArray, FloatArray] | None = None

    def at(self, k: float) -> tuple[float | FloatArray, float | FloatArray]:
        """Lower and upper line at k standard deviations, inside floor and ceiling; NaN where there is none."""
        middle = self.centre if self.around is None else self.around
        reach = self.three * (k / 3) if self.three is not None else k * self.sigma
        if isinstance(middle, float) and isinstance(reach, float):
            return self._at_number(middle, reach, k)
        with np.errstate(over="ignore", invalid="ignore"):
            lower, upper = np.asarray(middle - reach), np.asarray(middle + reach)
        if self.floor is not None:
            lower = np.maximum(lower, self.floor)
        if self.ceiling is not None:
            upper = np.minimum(upper, self.ceiling)
        return np.where(np.isfinite(lower), lower, np.nan), np.where(np.isfinite(upper), upper, np.nan)

    def _at_number(self, middle: float, reach: float, k: float) -> tuple[float, float]:
        """Do the same for a phase whose lines are straight."""
        lower, upper = middle - reach, middle + reach
        if self.power != 1:
            below = math.nan if self.inner_below_zero == "missing" and k < 3 else 0.0  # noqa: PLR2004 - three sigma
            lower = raised(lower, self.power) if lower >= 0 else (math.nan if math.isnan(lower) else below)
            upper = raised(upper, self.power) if upper >= 0 else math.nan
        if self.floor is not None and lower < self.floor:
            lower = self.floor
        if self.ceiling is not None and upper > self.ceiling:
            upper = self.ceiling
        return (lower if math.isfinite(lower) else math.nan), (upper if math.isfinite(upper) else math.nan)


def raised(root: float, power: float) -> float:
    """Raise a number to a power; NaN where the result is too large to be a number."""
    try:
        return float(root**power)
    except OverflowError:
        return math.nan


def present(column: FloatArray) -> list[float]:
    """Entries that are not missing, as a list."""
    found: list[float] = column.tolist()
    if np.isnan(column).any():
        return [entry for entry in found if entry == entry]  # noqa: PLR0124 - NaN is the one number unlike itself
    return found


def moving_ranges(column: FloatArray) -> list[float]:
    """Absolute steps between neighbours; a missing value takes both of its steps away."""
    with np.errstate(over="ignore", invalid="ignore"):
        return present(np.abs(column[1:] - column[:-1]))


def mean_range(ranges: list[float], *, screened: bool, bound: float = D4_OF_TWO) -> float:
    """Mean of moving ranges; screened, those of `bound` times their mean or more are dropped once. NaN of nothing.

    >>> mean_range([1.0, 1.0, 1.0, 1.0, 20.0], screened=True)
    1.0
    """
    average = mean(ranges)
    if not screened:
        return average
    return mean([moved for moved in ranges if moved < bound * average])
