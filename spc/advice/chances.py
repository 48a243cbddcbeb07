"""How often a chart signals by the k-th point after a change: many series simulated and read at once.

A small engine of its own, for one question: limits are frozen at a baseline, and at every new point somebody looks. Rows
are points, columns are simulated series; nothing is computed series by series. `tests/spc/test_plan.py` holds it against
`spc.analyse`, look by look.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spc.advice.process import Process
from spc.charts.limits import Limits
from spc.constants import D4_OF_TWO, c4
from spc.profiles import Profile, Use
from spc.run_limits import Method, number_of_runs_limits, run_limits
from spc.series import BoolArray, FloatArray

# Rules that say nothing about up or down, and the one that is left to a person's judgement, are never a change seen.
UNDIRECTED = frozenset({"alternating", "within_one_sigma", "outside_one_sigma", "astronomical"})
_NEVER = np.iinfo(np.intp).max


@dataclass(frozen=True)
class Table:
    """Simulated points with their lines, turned so that the change sought is always a rise.

    Arrays have the shape (points, series) or broadcast to it; the first `start` rows are the baseline.
    """

    value: FloatArray
    centre: FloatArray
    lines: Mapping[float, tuple[FloatArray, FloatArray]]
    start: int
    # Limits of run analysis. Of a cut box the corners are not cut here, which understates its power a little.
    method: Method = "anhoej"


def drawn(
    process: Process, longest: int, simulations: int, seed: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray | None]:
    """Draw baselines, points after the change, the same number without it, and all denominators.

    Shapes (points, simulations), (longest, simulations) twice, (points + longest, simulations) or None. Values are
    normal, binomial ("p") or Poisson ("u", "c"), and independent; later denominators are drawn from those of the baseline.
    """
    rng = np.random.default_rng(seed)
    n, after = process.points, process.centre + process.change
    if process.chart in ("xmr", "run"):
        noise = rng.standard_normal((n + longest, simulations))
        value = process.centre + process.sigma * noise
        return value[:n], value[n:] + process.change, value[n:], None
    if process.denominators is None:
        shapes = ((process.centre, n), (after, longest), (process.centre, longest))
        base, later, same = (
            rng.poisson(level, (rows, simulations)).astype(np.float64) for level, rows in shapes
        )
        return base, later, same, None
    sizes = np.empty((n + longest, simulations))
    sizes[:n] = process.denominators[:, np.newaxis]
    sizes[n:] = rng.choice(process.denominators, (longest, simulations))

    def rates(rows: slice, level: float) -> FloatArray:
        """Events over opportunity at one level."""
        opportunity = sizes[rows]
        if process.chart == "p":
            return np.asarray(rng.binomial(opportunity.astype(np.int64), level) / opportunity)
        return np.asarray(rng.poisson(opportunity * level) / opportunity)

    base = rates(slice(n), process.centre)
    return base, rates(slice(n, None), after), rates(slice(n, None), process.centre), sizes


def limits_of(chart: str, base: FloatArray, sizes: FloatArray | None, profile: Profile) -> Limits:
    """Centre and sigma of every series from its own baseline, as the chart of that name estimates them.

    `base` has the shape (points, series); the centre is (series,), sigma (series,) or one entry for each of `sizes`.
    """
    if chart == "run":
        centre = np.median(base, axis=0)
        return Limits(centre, sigma=np.full_like(centre, math.nan))
    few = len(base) < profile.fewest_for_limits
    if chart == "xmr":
        centre = base.mean(axis=0)
        sigma = np.full_like(centre, math.nan) if few else _spread(base, profile)
        return Limits(centre, sigma=sigma)
    if sizes is None:
        centre = base.sum(axis=0) / len(base)
        return Limits(centre, sigma=np.sqrt(centre) * (math.nan if few else 1.0), floor=0.0)
    behind = sizes[: len(base)]
    # Rounding gives the counts back exactly, so that a point on the centre stays on it.
    centre = np.rint(base * behind).sum(axis=0) / behind.sum(axis=0)
    one = np.sqrt(centre * (1 - centre)) if chart == "p" else np.sqrt(centre)
    return Limits(
        centre,
        sigma=one * (math.nan if few else 1.0) / np.sqrt(sizes),
        floor=0.0,
        ceiling=1.0 if chart == "p" else None,
    )


def _spread(base: FloatArray, profile: Profile) -> FloatArray:
    """Sigma of single values by the profile: from moving ranges, screened or not, or from the standard deviation."""
    if profile.spread_from == "standard_deviation":
        return np.asarray(base.std(axis=0, ddof=1) / c4(len(base)))
    ranges = np.abs(np.diff(base, axis=0))
    average = ranges.mean(axis=0)
    if profile.screened:
        kept = ranges < D4_OF_TWO * average
        with np.errstate(invalid="ignore"):
            average = (ranges * kept).sum(axis=0) / kept.sum(axis=0)
    return np.asarray(profile.limit_factor * average / 3)


def table_of(
    value: FloatArray, limits: Limits, start: int, *, falling: bool, method: Method = "anhoej"
) -> Table:
    """Put values (points, series) beside their lines; a fall is turned into a rise."""
    sign = -1.0 if falling else 1.0
    lines = {}
    for k in (1.0, 2.0, 3.0):
        lower, upper = (np.asarray(line) for line in limits.at(k))
        lines[k] = (-upper, -lower) if falling else (lower, upper)
    return Table(sign * value, sign * np.asarray(limits.centre), lines, start, method)


def shown(table: Table, uses: Sequence[Use]) -> BoolArray:
    """Whether a rule has signalled a rise by each look; shape (points after the baseline, series), never taken back.

    A rule signals at a look if it marks, as high, a point after the baseline. A statement about the whole phase signals
    if the latest point off the centre line is above it and the baseline alone did not signal.
    """
    seen = np.zeros((len(table.value) - table.start, table.value.shape[1]), dtype=np.bool_)
    for use in uses:
        if use.rule not in UNDIRECTED:
            seen |= _LOOKS[use.rule](table, use)
    return np.asarray(np.logical_or.accumulate(seen, axis=0))


def _since(good: BoolArray, bad: BoolArray) -> NDArray[np.intp]:
    """Count what was good since the last bad, down each column."""
    total = good.cumsum(axis=0)
    return np.asarray(total - np.maximum.accumulate(np.where(bad, total, 0), axis=0))


def _outside_limits(table: Table, _: Use) -> BoolArray:
    upper = np.broadcast_to(table.lines[3.0][1], table.value.shape)
    return np.asarray(table.value[table.start :] > upper[table.start :])


def _shift(table: Table, use: Use) -> BoolArray:
    above = table.value > table.centre
    return np.asarray((_since(above, ~above) >= use.n) & above)[table.start :]


def _trend(table: Table, use: Use) -> BoolArray:
    rise = table.value[1:] > table.value[:-1]
    return np.asarray((_since(rise, ~rise) >= use.n - 1) & rise)[table.start - 1 :]


def _ihi_shift(table: Table, use: Use) -> BoolArray:
    above = table.value > table.centre
    return np.asarray((_since(above, table.value < table.centre) >= use.n) & above)[table.start :]


def _ihi_trend(table: Table, use: Use) -> BoolArray:
    rise, fall = table.value[1:] > table.value[:-1], table.value[1:] < table.value[:-1]
    return np.asarray((_since(rise, fall) >= use.n - 1) & rise)[table.start - 1 :]


def _longest_run(table: Table, _: Use) -> BoolArray:
    above, below = table.value > table.centre, table.value < table.centre
    useful = (above | below).cumsum(axis=0)
    limit = _looked_up(lambda n: run_limits(n, table.method).longest, len(above), _NEVER)[useful]
    return np.asarray((_since(above, below) > limit) & above)[table.start :]


def _crossings(table: Table, _: Use) -> BoolArray:
    useful, turns, high = _turns(table)
    limit = _looked_up(lambda n: run_limits(n, table.method).crossings, len(turns), -1)
    return _new(turns < limit[useful], high, table.start)


def _number_of_runs(table: Table, _: Use) -> BoolArray:
    useful, turns, high = _turns(table)
    fewest, most = (
        _looked_up(partial(_runs_limit, side=side), len(turns), never)[useful]
        for side, never in ((0, -1), (1, _NEVER))
    )
    return _new((turns + 1 < fewest) | (turns + 1 > most), high, table.start)


def _runs_limit(n: int, side: int) -> int | None:
    """One of the two limits of the number of runs."""
    both = number_of_runs_limits(n)
    return None if both is None else both[side]


def _looked_up(limit: Callable[[int], int | None], longest: int, never: int) -> NDArray[np.intp]:
    """A limit for every number of useful points."""
    found = (limit(n) for n in range(longest + 1))
    return np.array([never if entry is None else entry for entry in found], dtype=np.intp)


def _turns(table: Table) -> tuple[NDArray[np.intp], NDArray[np.intp], BoolArray]:
    """Count points off the centre line and crossings so far, and say whether the latest point off it is above."""
    above, below = table.value > table.centre, table.value < table.centre
    place = np.arange(1, len(above) + 1)[:, np.newaxis]
    last_high = np.maximum.accumulate(np.where(above, place, 0), axis=0)
    last_low = np.maximum.accumulate(np.where(below, place, 0), axis=0)
    high = last_high > last_low
    known = (last_high + last_low)[:-1] > 0
    turn = np.zeros(above.shape, dtype=np.bool_)
    turn[1:] = (high[1:] != high[:-1]) & known
    return (above | below).cumsum(axis=0), turn.cumsum(axis=0), high


def _new(signal: BoolArray, high: BoolArray, start: int) -> BoolArray:
    """Keep what the baseline alone did not say."""
    return np.asarray(signal[start:] & high[start:] & ~signal[start - 1])


def _some_of(table: Table, use: Use, *, k: float, needed: int, window: int) -> BoolArray:
    """So many of so many points beyond a line: windows by their last point, read as `spc.signals.zones` does."""
    shape, start, value = table.value.shape, table.start, table.value
    lower, upper = (np.broadcast_to(line, shape) for line in table.lines[k])
    above, below = value > upper, value < lower
    if not use.beyond_counts:
        outer_low, outer_high = table.lines[3.0]
        above &= ~(value > outer_high)
        below &= ~(value < outer_low)

    def back(column: NDArray[Any], by: int) -> NDArray[Any]:
        """Rows that lie so many points before each look."""
        return column[start - by : len(column) - by]

    if use.third == "cancels":
        beyond = above.view(np.int8) - below.view(np.int8)
    elif use.lines == "last":
        line = upper[start:]
        full = np.stack([back(value, by) > line for by in range(window)]).sum(axis=0, dtype=np.int8) >= needed
    else:
        beyond = above.view(np.int8)
    if use.third == "cancels" or use.lines == "own":
        total = sum((back(beyond, by) for by in range(1, window)), start=back(beyond, 0))
        full = np.asarray(total) >= needed
    if use.third == "same_side":
        side = value > table.centre
        for by in range(window):
            full &= back(side, by).astype(np.bool_)
    return _marked(full, above, use, start, window)


def _marked(full: BoolArray, above: BoolArray, use: Use, start: int, window: int) -> BoolArray:
    """Whether a full window marks a point after the baseline: any, the last if beyond, or one of those beyond the line."""
    if use.mark == "pattern":
        return full
    later = above.copy()
    later[:start] = False
    if use.mark == "completing":
        return np.asarray(full & later[start:])
    rows = len(above)
    return np.asarray(full & np.logical_or.reduce([later[start - by : rows - by] for by in range(window)]))


_LOOKS: Mapping[str, Callable[[Table, Use], BoolArray]] = {
    "outside_limits": _outside_limits,
    "shift": _shift,
    "trend": _trend,
    "two_in_three": partial(_some_of, k=2.0, needed=2, window=3),
    "four_in_five": partial(_some_of, k=1.0, needed=4, window=5),
    "ihi_shift": _ihi_shift,
    "ihi_trend": _ihi_trend,
    "longest_run": _longest_run,
    "crossings": _crossings,
    "number_of_runs": _number_of_runs,
}
