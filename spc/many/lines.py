"""Centre and limits of a block of series, by the formulas of the charts of the same names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from spc.constants import D4_OF_TWO
from spc.many.block import Block, means, medians, totals
from spc.profiles import Profile
from spc.series import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Lines:
    """Centre (series,) and lower and upper lines at three and two standard deviations.

    Lines have the shape (series,) where they are straight, (points, series) where they follow the denominators; NaN for none.
    """

    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    lower_2s: FloatArray
    upper_2s: FloatArray


def of_values(block: Block, profile: Profile) -> Lines:
    """XmR: the mean and `limit_factor` mean moving ranges, as in `spc.charts.xmr`."""
    centre = means(block.value, block.missing)
    with np.errstate(over="ignore", invalid="ignore"):
        ranges = np.abs(block.value[1:] - block.value[:-1])
    gone = None if block.missing is None else block.missing[1:] | block.missing[:-1]
    average = means(ranges, gone)
    if profile.screened:
        with np.errstate(over="ignore", invalid="ignore"):
            dropped = ~(ranges < D4_OF_TWO * average)
        average = means(np.where(dropped, np.nan, ranges), dropped)
    with np.errstate(over="ignore"):
        three = profile.limit_factor * average
    three[block.n < profile.fewest_for_limits] = np.nan
    return _around(centre, three * (3 / 3), three * (2 / 3))


def of_counts(block: Block, profile: Profile) -> Lines:
    """Make a c chart: the mean and the root of it, not below zero."""
    centre = means(block.value, block.missing)
    sigma = np.sqrt(centre)
    sigma[block.n < profile.fewest_for_limits] = np.nan
    return _around(centre, 3 * sigma, 2 * sigma, floor=0.0)


def of_proportions(block: Block, profile: Profile) -> Lines:
    """Make a p chart: all events over all cases, binomial limits inside 0 and 1."""
    centre = _pooled(block)
    return _by_row(block, profile, centre, np.sqrt(centre * (1 - centre)), ceiling=1.0)


def of_rates(block: Block, profile: Profile) -> Lines:
    """Make a u chart: all events over all opportunity, Poisson limits not below 0."""
    centre = _pooled(block)
    return _by_row(block, profile, centre, np.sqrt(centre))


def of_run(block: Block, _: Profile) -> Lines:
    """Run chart: the median and no limits."""
    none = np.full(block.value.shape[1], np.nan)
    return Lines(medians(block), none, none, none, none)


LINES: Mapping[str, Callable[[Block, Profile], Lines]] = MappingProxyType(
    {"xmr": of_values, "c": of_counts, "p": of_proportions, "u": of_rates, "run": of_run}
)


def _pooled(block: Block) -> FloatArray:
    """Sum of numerators over sum of denominators; NaN without cases."""
    if block.top is None or block.bottom is None:  # the charts that ask have both
        return np.full(block.value.shape[1], np.nan)
    # A value is missing without cases too: its numerator and denominator still count.
    gone = None if block.missing is None else np.isnan(block.bottom)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = totals(block.top, gone) / totals(block.bottom, gone)
    share[~np.isfinite(share)] = np.nan
    return share


def _by_row(
    block: Block, profile: Profile, centre: FloatArray, spread: FloatArray, *, ceiling: float | None = None
) -> Lines:
    """Divide the spread by the root of each row's denominator; no cases, no limit."""
    spread = np.where(block.n < profile.fewest_for_limits, np.nan, spread)
    bottom = block.bottom if block.bottom is not None else block.value
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sigma = spread / np.sqrt(bottom)
    sigma[bottom == 0] = np.nan
    return _around(centre, 3 * sigma, 2 * sigma, floor=0.0, ceiling=ceiling)


def _around(
    centre: FloatArray,
    three: FloatArray,
    two: FloatArray,
    *,
    floor: float | None = None,
    ceiling: float | None = None,
) -> Lines:
    """Draw lines on both sides, inside floor and ceiling."""
    lines = []
    with np.errstate(over="ignore", invalid="ignore"):
        for reach in (three, two):
            lower = centre - reach
            upper = np.add(centre, reach, out=reach)
            lines += [_inside(lower, np.maximum, floor), _inside(upper, np.minimum, ceiling)]
    return Lines(centre, *lines)


def _inside(line: FloatArray, nearest: np.ufunc, end: float | None) -> FloatArray:
    """Keep a line within its end; without one, take away what is beyond the range of a double."""
    if end is not None:
        nearest(line, end, out=line)
        return line
    beyond: BoolArray = np.isinf(line)
    if beyond.any():
        line[beyond] = np.nan
    return line
