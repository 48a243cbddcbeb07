"""The verdict: variation of the latest point, assurance against the latest target."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from spc.analysis import Analysis, Phase, Signal, Variation
from spc.analysis.points import MEANING
from spc.assurance import sureness, words
from spc.signals import RULES

Assurance: TypeAlias = Literal["pass", "fail", "hit_or_miss", "none"]

# Values a phase needs before anything can be said of its variation.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one reading of a chart that everything shown of it comes from.

    `variation` is that of the latest point ("none" while nothing can be said), `assurance` that of the latest target. Units
    compared with one another have no latest: their variation is that of those outside the limits, a concern before an
    improvement, the more frequent side where no direction is better; they have no assurance, `row` or `since`.
    `letter` is "H" or "L" for a special cause on the high or low side. `signals` are those behind the variation, `since`
    the row where the earliest of them begins, `earlier` the number of other signals in the last phase. `n` counts the
    points with a value that count in the last phase; `trial` says that its limits are trial limits. `how_sure` says how often
    chance alone would give such a verdict, `not_to_conclude` what it does not say.
    """

    variation: Variation
    assurance: Assurance
    words: str
    assurance_words: str
    how_sure: str
    not_to_conclude: str
    letter: Literal["H", "L", ""]
    row: int | None
    since: int | None
    signals: tuple[Signal, ...]
    earlier: int
    n: int
    trial: bool
    target: float | None
    lower: float | None
    upper: float | None
    second_target: float | None = None
    second_assurance: Assurance = "none"


def judge(analysis: Analysis) -> Verdict:
    """Read the verdict from a finished analysis."""
    if analysis.kind.across_units or not analysis.series.ordered:
        return _across(analysis)
    points, conventions = analysis.points, analysis.conventions
    row = analysis.last_valued
    if conventions.reads == "last_row" and len(points):
        row = len(points) - 1
    phase = analysis.phases[-1] if row is None else analysis.phases[int(points.phase[row])]
    n = _counted(analysis, phase)
    variation: Variation = "none"
    behind: tuple[Signal, ...] = ()
    if row is not None:
        variation, behind = _variation(analysis, row, phase)
        if variation == "common" and not _can_say(analysis, phase, n):
            variation = "none"
    others = sum(signal.phase == phase.number and signal not in behind for signal in analysis.signals)
    target, lower, upper = _last(points.target), _last(points.lower), _last(points.upper)
    second = None if points.second_target is None else _last(points.second_target)
    assurance, other = (_assurance(analysis, aim, lower, upper) for aim in (target, second))
    trial = phase.trial and analysis.kind.has_limits
    if variation == "none":
        told = words.too_early(analysis, n, _steady(analysis, phase) if analysis.kind.has_limits else None)
    elif variation == "common":
        told = words.ordinary(analysis, n, others=others, trial=trial, steady=_steady(analysis, phase))
    else:
        told = words.special(variation, behind, trial=trial)
    since = min((signal.first for signal in behind), default=None)
    return Verdict(
        variation=variation,
        assurance=assurance,
        words=told,
        assurance_words=words.both(
            words.assurance(analysis, assurance, target, trial=trial),
            words.assurance(analysis, other, second, trial=trial, which="second target"),
        ),
        how_sure=sureness.how_sure(analysis, variation, behind, n, trial=trial),
        not_to_conclude=sureness.not_to_conclude(analysis, variation),
        letter="H" if variation.endswith("_high") else "L" if variation.endswith("_low") else "",
        row=row,
        since=since,
        signals=behind,
        earlier=others,
        n=n,
        trial=trial,
        target=target,
        lower=lower,
        upper=upper,
        second_target=second,
        second_assurance=other,
    )


def _across(analysis: Analysis) -> Verdict:
    """Read the verdict on units, which do not follow each other in time: how many are outside, and on which side."""
    points, phases = analysis.points, analysis.phases
    outside = [found for found in points.variation if found not in ("common", "missing")]
    n = int((points.included & ~np.isnan(points.value)).sum())
    high = 2 * sum(found.endswith("_high") for found in outside) >= len(outside)
    chosen = sorted(
        outside, key=lambda found: (not found.startswith("concern"), found.endswith("_high") != high)
    )
    variation: Variation = "none"
    if chosen:
        variation = chosen[0]
    elif any(_can_say(analysis, phase, _counted(analysis, phase)) for phase in phases):
        variation = "common"
    trial = phases[-1].trial and analysis.kind.has_limits and not analysis.kind.across_units
    targets = set(points.target[np.isfinite(points.target)].tolist())
    target = targets.pop() if len(targets) == 1 else None
    return Verdict(
        variation=variation,
        assurance="none",
        words=words.across(analysis, n, outside, said=variation != "none", trial=trial),
        assurance_words=words.assurance(analysis, "none", target, trial=trial),
        how_sure=sureness.how_sure(analysis, variation, analysis.signals, n, trial=trial),
        not_to_conclude=sureness.not_to_conclude(analysis, variation),
        letter="H" if variation.endswith("_high") else "L" if variation.endswith("_low") else "",
        row=None,
        since=None,
        signals=analysis.signals,
        earlier=0,
        n=n,
        trial=trial,
        target=target,
        lower=None,
        upper=None,
    )


def _variation(analysis: Analysis, row: int, phase: Phase) -> tuple[Variation, tuple[Signal, ...]]:
    """Variation of the latest point, or of the whole last phase where the profile reads that, and the signals behind it."""
    points = analysis.points
    here = points.variation[row]
    if here == "missing":
        return "common", ()
    marking = tuple(signal for signal in analysis.signals if row in signal.points)
    if here != "common":
        agreeing = tuple(signal for signal in marking if signal.variation == here)
        return here, agreeing or marking
    if analysis.conventions.reads != "last_phase":
        return "common", ()
    pattern = tuple(
        signal
        for signal in analysis.signals
        if signal.phase == phase.number and signal.rule in ("longest_run", "crossings", "number_of_runs")
    )
    if not pattern:
        return "common", ()
    useful = analysis.parts[phase.number].view
    last_side = int(useful.side[useful.useful[-1]])
    return MEANING["neutral"][0 if last_side > 0 else 1], pattern


def _can_say(analysis: Analysis, phase: Phase, n: int) -> bool:
    """Whether the phase has points enough for its limits, or for the shortest pattern of the profile's rules."""
    if n < FEWEST:
        return False
    if analysis.kind.has_limits:
        return bool(np.isfinite(analysis.points.upper[phase.first : phase.last + 1]).any())
    needed = min(
        (
            max(use.n, RULES[use.rule].fewest)
            for use in analysis.conventions.rules
            if use.rule != "outside_limits"
        ),
        default=FEWEST,
    )
    return n >= needed


def _counted(analysis: Analysis, phase: Phase) -> int:
    """Points of a phase that count and have a value."""
    rows = slice(phase.first, phase.last + 1)
    return int((analysis.points.included[rows] & ~np.isnan(analysis.points.value[rows])).sum())


def _steady(analysis: Analysis, phase: Phase) -> float | None:
    """Return the one value that every point of a phase has, or None."""
    rows = slice(phase.first, phase.last + 1)
    values = analysis.points.value[rows][analysis.points.included[rows]]
    values = values[~np.isnan(values)]
    return float(values[0]) if len(values) and (values == values[0]).all() else None


def _assurance(
    analysis: Analysis, target: float | None, lower: float | None, upper: float | None
) -> Assurance:
    """Compare the latest target with the latest limits; a target on a limit may be hit or missed.

    Constant data have limits equal to the centre: a target met exactly by them passes.
    """
    if target is None or analysis.direction == "neutral" or not analysis.kind.judges_targets:
        return "none"
    if lower is None and upper is None:
        return analysis.conventions.assurance_without_limits
    increase = analysis.direction == "increase"
    if lower is not None and upper is not None and lower == upper == target:
        return "pass"
    if upper is not None and target > upper:
        return "fail" if increase else "pass"
    if lower is not None and target < lower:
        return "pass" if increase else "fail"
    return "hit_or_miss"


def _last(column: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float | None:
    """Last entry of a column, None where there is nothing."""
    return float(column[-1]) if len(column) and np.isfinite(column[-1]) else None
