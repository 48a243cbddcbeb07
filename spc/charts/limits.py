"""What every chart gives back for one phase: a centre and lines at so many standard deviations; and how to estimate them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from spc.constants import D4_OF_TWO
from spc.errors import OutOfRange
from spc.phases import Span
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
    ceiling: float | FloatArray | None = None
    # Three sigma where it is known more exactly than 3 * sigma.
    three: float | None = None
    power: float = 1.0
    inner_below_zero: str = "zero"
    value: FloatArray | None = None
    # Upper and lower sum of a CUSUM, of which the larger is plotted.
    sums: tuple[FloatArray, FloatArray] | None = None
    # Lower and upper line by the k that asks for it, where they are not so many sigma from the middle.
    lines: Mapping[float, tuple[FloatArray, FloatArray]] | None = None
    # A point on a limit is outside.
    closed: bool = False

    def at(self, k: float) -> tuple[float | FloatArray, float | FloatArray]:
        """Lower and upper line at k standard deviations, inside floor and ceiling; NaN where there is none."""
        if self.lines is not None and k in self.lines:
            lower, upper = (np.where(np.isnan(self.sigma), np.nan, line) for line in self.lines[k])
            return np.where(np.isfinite(lower), lower, np.nan), np.where(np.isfinite(upper), upper, np.nan)
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
        if isinstance(self.ceiling, float) and upper > self.ceiling:
            upper = self.ceiling
        return (lower if math.isfinite(lower) else math.nan), (upper if math.isfinite(upper) else math.nan)


def raised(root: float, power: float) -> float:
    """Raise a number to a power; NaN where the result is too large to be a number.

    >>> raised(2.0, 3.0), raised(1e200, 3.6)
    (8.0, nan)
    """
    try:
        return float(root**power)
    except OverflowError:
        return math.nan


def sigma_given(span: Span) -> float:
    """Return the setting sigma, a standard deviation decided beforehand; NaN where there is none, OutOfRange below zero.

    >>> sigma_given(Span(0, slice(0, 1), np.zeros(1), None, None, None, settings={"sigma": 2.0}))
    2.0
    """
    sigma = span.settings.get("sigma", math.nan)
    if sigma <= 0:
        raise OutOfRange(field="sigma", found=sigma, allowed="a standard deviation is above zero")
    return sigma


def row_of(span: Span, place: int) -> int:
    """Row of the series at which the row of a phase stands.

    >>> row_of(Span(1, slice(10, 13), np.zeros(3), None, None, None), 2)
    12
    """
    return place + span.rows.start if isinstance(span.rows, slice) else int(span.rows[place])


def present(column: FloatArray) -> FloatArray:
    """Entries that are not missing.

    >>> [float(entry) for entry in present(np.array([1.0, np.nan, 3.0]))]
    [1.0, 3.0]
    """
    missing = np.isnan(column)
    return column[~missing] if np.count_nonzero(missing) else column


def moving_ranges(column: FloatArray) -> FloatArray:
    """Absolute steps between neighbours; a missing value takes both of its steps away.

    >>> [float(step) for step in moving_ranges(np.array([4.0, 6.0, np.nan, 5.0, 2.0]))]
    [2.0, 3.0]
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return present(np.abs(column[1:] - column[:-1]))


def mean_range(ranges: FloatArray, *, screened: bool, bound: float = D4_OF_TWO) -> float:
    """Mean of moving ranges; screened, those of `bound` times their mean or more are dropped once. NaN of nothing.

    >>> mean_range(np.array([1.0, 1.0, 1.0, 1.0, 20.0]), screened=True)
    1.0
    """
    average = mean(ranges)
    return mean(ranges[ranges < bound * average]) if screened else average
