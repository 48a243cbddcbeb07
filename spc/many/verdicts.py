"""Verdicts of a block of series as codes: the same reading as `spc.assurance.verdict`, for all series at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from spc.analysis.points import VARIATIONS
from spc.assurance.verdict import FEWEST
from spc.charts import Chart
from spc.many.batch import ASSURANCES
from spc.many.rules import Seen
from spc.many.runs import Runs
from spc.profiles import Profile
from spc.series import BoolArray, FloatArray
from spc.signals import RULES
from spc.signals.found import Signs

Codes = NDArray[np.int8]
_COMMON, _NONE = VARIATIONS.index("common"), VARIATIONS.index("none")
# A point that is high or low by the direction that is improvement: increase, neither, decrease.
_HIGH = np.array(
    [VARIATIONS.index(f"{word}_high") for word in ("improvement", "neutral", "concern")], dtype=np.int8
)
_LOW = np.array(
    [VARIATIONS.index(f"{word}_low") for word in ("concern", "neutral", "improvement")], dtype=np.int8
)


def latest(view: Seen, profile: Profile, marks: Sequence[Signs], wanted: Signs) -> Signs:
    """Give the latest point of every series one direction, by the first rule that marks it or by improvement.

    `marks` are in the profile's order of rules, `wanted` is +1, -1 or 0 by series, for increase, decrease and neutral.
    """
    points, series = view.block.value.shape
    found = np.zeros(series, dtype=np.int8)
    if not points:
        return found
    columns = np.arange(series)
    row = np.full(series, points - 1)
    if view.block.missing is not None and profile.reads != "last_row":
        row -= view.block.missing[::-1].argmin(axis=0)
    here = [mark[row, columns] for mark in marks]
    for mark in reversed(here):
        np.copyto(found, mark, where=mark != 0)
    if profile.both == "improvement":
        for mark in here:
            np.copyto(found, wanted, where=(mark == wanted) & (wanted != 0))
    found[view.block.n == 0] = 0
    return found


def pattern(profile: Profile, runs: Runs | None, whole: Mapping[str, BoolArray]) -> Signs | None:
    """Give the side on which a series stands whose whole phase is unusual, 0 for one that is not; None where none is read."""
    if profile.reads != "last_phase" or runs is None or not whole:
        return None
    return np.where(np.logical_or.reduce(list(whole.values())), runs.last_side, 0).astype(np.int8)


def variation(found: Signs, wanted: Signs, whole: Signs | None, said: BoolArray) -> Codes:
    """Read each series from the direction of its latest point, or from its whole phase; `said` where anything can be."""
    codes = np.full(len(found), _COMMON, dtype=np.int8)
    high, low = found > 0, found < 0
    codes[high], codes[low] = _HIGH[1 - wanted[high]], _LOW[1 - wanted[low]]
    if whole is not None:
        codes[(found == 0) & (whole > 0)] = VARIATIONS.index("neutral_high")
        codes[(found == 0) & (whole < 0)] = VARIATIONS.index("neutral_low")
    codes[(codes == _COMMON) & ~said] = _NONE
    return codes


def can_say(view: Seen, kind: Chart, profile: Profile) -> BoolArray:
    """Whether a series has points enough for its limits, or for the shortest pattern of the profile's rules."""
    enough = view.block.n >= FEWEST
    if kind.has_limits:
        upper = np.isfinite(view.lines.upper)
        return np.asarray(enough & (upper if upper.ndim == 1 else upper.any(axis=0)))
    needed = min(
        (max(use.n, RULES[use.rule].fewest) for use in profile.rules if use.rule != "outside_limits"),
        default=FEWEST,
    )
    return np.asarray(enough & (view.block.n >= needed))


def assurance(view: Seen, kind: Chart, profile: Profile, wanted: Signs, target: FloatArray) -> Codes:
    """Compare every series' target with its limits at the last row; a target on a limit may be hit or missed."""
    series = len(target)
    codes = np.full(series, ASSURANCES.index("none"), dtype=np.int8)
    if not kind.judges_targets or not len(view.block.value) or np.isnan(target).all():
        return codes
    lower, upper = (line if line.ndim == 1 else line[-1] for line in (view.lines.lower, view.lines.upper))
    judged = ~np.isnan(target) & (wanted != 0)
    drawn = np.isfinite(lower) | np.isfinite(upper)
    codes[judged & drawn] = ASSURANCES.index("hit_or_miss")
    codes[judged & ~drawn] = ASSURANCES.index(profile.assurance_without_limits)
    easy = np.where(wanted > 0, target < lower, target > upper)
    hard = np.where(wanted > 0, target > upper, target < lower)
    codes[judged & hard] = ASSURANCES.index("fail")
    codes[judged & (easy | ((lower == upper) & (lower == target)))] = ASSURANCES.index("pass")
    return codes
