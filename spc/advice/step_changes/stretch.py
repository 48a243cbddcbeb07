"""What is looked at for steps: the points of one phase that count, comparable with one another, and its run signals."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from spc.advice.step_changes.fit import FEWEST
from spc.advice.step_changes.size import Scale, magnitude
from spc.analysis.compute import Analysis
from spc.constants import T_EXPONENT
from spc.run_limits import longest_run_limit
from spc.series import FloatArray
from spc.signals.found import Rows, runs_of

# Rules that find a run on one side of the centre line.
RUNS = ("shift", "longest_run", "ihi_shift")
# Rules that find too few changes of side in a whole phase, wherever the level changed.
FEW_CHANGES = ("crossings", "number_of_runs")
# Points by which the best fit may move a step away from where a run begins or ends.
MOVES = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a step may lie: before point `place` of a stretch, or anywhere if that is None; up, down or either (+1, -1, 0).

    A run `begins` there, or it has ended there.
    """

    rule: str
    place: int | None
    side: int
    begins: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """The counted points of one phase: their rows in the series, and one value and weight each.

    A value's variance goes with one over its weight: the denominator, or the size of the subgroup, where these vary.
    """

    phase: int
    rows: Rows
    value: FloatArray
    weight: FloatArray
    scale: Scale
    signalled: tuple[Candidate, ...]

    def __len__(self) -> int:
        """Count the points."""
        return len(self.rows)

    def standardised(self, first: int, stop: int) -> FloatArray:
        """Values from `first` until before `stop` as departures from their weighted mean, all with the same variance."""
        value, weight = self.value[first:stop], self.weight[first:stop]
        value = value / magnitude(value)
        weight = weight / float(weight.max())
        if (weight == weight[0]).all():
            return np.asarray(value - value.mean())
        return np.asarray((value - (value @ weight) / weight.sum()) * np.sqrt(weight))

    def candidates(self, first: int, stop: int, departure: FloatArray) -> list[Candidate]:
        """Where a step may lie between two points, as places counted from `first`.

        Without a run signal of the profile inside (it has no such rule, the centre was fixed beforehand, or a larger step
        hides it), runs about the stretch's own mean that are longer than chance explains (Anhoj & Olesen 2014).
        """
        found = [
            candidate
            if candidate.place is None
            else Candidate(candidate.rule, candidate.place - first, candidate.side, candidate.begins)
            for candidate in self.signalled
        ]
        length = stop - first
        inside = [entry for entry in found if entry.place is None or 0 < entry.place < length]
        return inside or list(_own_runs(departure))


def stretches(analysis: Analysis) -> list[Stretch]:
    """Return the phases of a chart in which a step can be looked for; none where points do not follow each other."""
    kind, points = analysis.kind, analysis.points
    counts = kind.needs == "proportion" and kind.plots_other
    if kind.ranges or kind.across_units or not analysis.series.ordered or (kind.plots_other and not counts):
        return []
    weight, times = _weights(analysis), analysis.question.multiplier
    # What a g chart counts is, like the times of a t chart, nearly normal after the root.
    rooted = kind.name in ("g", "t")
    value = points.value / times
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        value = value / weight if counts else value
        usable = points.included & np.isfinite(value) & np.isfinite(weight) & (weight > 0)
        usable &= (value >= 0) | (not rooted)
    made = []
    for number, part in enumerate(analysis.parts):
        rows = np.flatnonzero(usable[part.first : part.stop]) + part.first
        if len(rows) < 2 * FEWEST:
            continue
        scale = Scale(
            power=T_EXPONENT if rooted else 1.0,
            unit=times * (float(weight[rows].mean()) if counts else 1.0),
            floor=-math.inf if kind.needs in ("value", "subgroups") else 0.0,
            ceiling=1.0 if kind.needs == "proportion" else math.inf,
        )
        signalled = tuple(_signalled(analysis, number, rows))
        made.append(Stretch(number, rows, value[rows], weight[rows], scale, signalled))
    return made


def _weights(analysis: Analysis) -> FloatArray:
    """What each point's value rests on; ones where the chart takes all points alike."""
    series, kind = analysis.series, analysis.kind
    weight = None
    if kind.needs in ("proportion", "rate"):
        weight = series.denominator
    elif kind.name == "i_prime":
        weight = series.denominator if series.denominator is not None else series.size
    elif kind.needs == "subgroups":
        weight = series.size
    return np.ones(len(series)) if weight is None else weight


def _signalled(analysis: Analysis, phase: int, rows: Rows) -> Iterator[Candidate]:
    """Make candidates of a phase's run signals: a new level begins where a run begins, and after it ends."""
    for signal in analysis.signals:
        if signal.phase != phase:
            continue
        if signal.rule in FEW_CHANGES and _few(analysis, phase):
            yield Candidate(signal.rule, None, 0)
        if signal.rule in RUNS:
            side = 1 if signal.direction == "high" else -1
            yield Candidate(signal.rule, int(np.searchsorted(rows, signal.first)), side)
            yield Candidate(
                signal.rule, int(np.searchsorted(rows, signal.last, side="right")), -side, begins=False
            )


def _few(analysis: Analysis, phase: int) -> bool:
    """Whether the line changes sides less often than half of the times it could."""
    counted = analysis.phases[phase]
    return counted.crossings is not None and 2 * counted.crossings < counted.n_useful - 1


def _own_runs(departure: FloatArray) -> Iterator[Candidate]:
    """Make candidates of unusually long runs about the mean."""
    side = np.sign(departure).astype(np.int8)
    useful = np.flatnonzero(side)
    limit = longest_run_limit(len(useful))
    first, length = runs_of(side[useful])
    for start, run in zip(first.tolist(), length.tolist(), strict=True):
        if limit is not None and run > limit:
            sign = int(side[useful[start]])
            yield Candidate("longest_run", int(useful[start]), sign)
            yield Candidate("longest_run", int(useful[start + run - 1]) + 1, -sign, begins=False)
