"""Signals and phases written out from a computed analysis; done only when somebody asks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from spc.analysis.points import MEANING, Phase, Side, Signal
from spc.constants import TRIAL_BELOW
from spc.run_limits import number_of_runs_limits
from spc.signals import RULES
from spc.signals.found import ASIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spc.analysis.compute import Analysis
    from spc.analysis.sheet import Part, Pattern

SIDES: dict[int, Side] = {1: "high", -1: "low", 0: "none"}


def signals(analysis: Analysis) -> tuple[Signal, ...]:
    """Return every pattern found, phase by phase in the profile's order of rules."""
    return tuple(
        signal
        for number, part in enumerate(analysis.parts)
        for pattern in part.patterns
        for signal in _signals(analysis, number, part, pattern)
    )


def last_valued(analysis: Analysis) -> int | None:
    """Row of the last point that counts and has a value, or None."""
    points = analysis.points
    rows = (points.included & ~np.isnan(points.value)).nonzero()[0]
    return int(rows[-1]) if len(rows) else None


def when(analysis: Analysis, first: int, last: int) -> str:
    """Words for a stretch of points: "since March 2018", ", March 2018", ", March 2018 to May 2018"; units by name: ", Ash, Elm"."""
    period = analysis.series.period
    if analysis.kind.across_units or not analysis.series.ordered:
        named = [period(row) for row in range(first, last + 1) if analysis.points.included[row]]
        return f", {', '.join(named)}"
    if first == last:
        return f", {period(first)}"
    if last == analysis.last_valued:
        return f" since {period(first)}"
    return f", {period(first)} to {period(last)}"


def _signals(analysis: Analysis, number: int, part: Part, pattern: Pattern) -> Iterator[Signal]:
    """Write out one rule's patterns in one phase."""
    rule = RULES[pattern.use.rule]
    found = pattern.found
    rows = (
        np.arange(pattern.rows.start, pattern.rows.stop) if isinstance(pattern.rows, slice) else pattern.rows
    )
    high, low = MEANING[analysis.direction]
    for start, stop, sign in zip(
        found.first.tolist(), found.last.tolist(), found.direction.tolist(), strict=True
    ):
        first, last = int(rows[start]), int(rows[stop])
        marked = found.mark[start : stop + 1] == (sign or ASIDE)
        if rule.whole_phase:
            marked = np.zeros(0, dtype=np.intp)
        elif rule.unbroken and pattern.use.mark == "pattern":
            marked = np.ones(stop + 1 - start, dtype=np.bool_)
        points = tuple(rows[start : stop + 1][marked].tolist()) if len(marked) else ()
        n = stop + 1 - start if rule.unbroken else len(points)
        words = (rule.low if sign < 0 else rule.high).format(
            points=f"{n} point{'' if n == 1 else 's'}", centre=analysis.kind.centre_word
        )
        if rule.whole_phase:
            words += _counted(analysis, number, pattern.use.rule)
            side = int(part.view.side[part.view.useful[-1]])
            meaning = MEANING["neutral"][0 if side > 0 else 1]
        else:
            words += when(analysis, first, last)
            meaning = high if sign > 0 else low
            if not sign:
                meaning = MEANING["neutral"][
                    0 if analysis.points.value[last] > analysis.points.centre[last] else 1
                ]
        yield Signal(rule.name, SIDES[sign], first, last, points, number, words, meaning)


def _counted(analysis: Analysis, number: int, rule: str) -> str:
    """Say how many there were and how many chance explains."""
    phase = analysis.phases[number]
    if rule == "crossings":
        if phase.crossings == phase.crossings_limit:
            return f": {phase.crossings}, the fewest expected by chance, together with a run of {phase.longest_run}"
        return f": {phase.crossings} where at least {phase.crossings_limit} are expected by chance"
    runs = (phase.crossings or 0) + 1
    expected = number_of_runs_limits(phase.n_useful)
    between = "" if expected is None else f" where {expected[0]} to {expected[1]} are expected by chance"
    return f": {runs}{between}"


def phases(analysis: Analysis) -> tuple[Phase, ...]:
    """Return every phase in numbers."""
    return tuple(_phase(analysis, number, part) for number, part in enumerate(analysis.parts))


def _phase(analysis: Analysis, number: int, part: Part) -> Phase:
    """Count one phase's runs and crossings and read its lines."""
    points, view = analysis.points, part.view
    useful = len(view.useful)
    limits = view.run_limits
    rows = slice(part.first, part.stop)
    sigma = part.limits.sigma
    constant = isinstance(sigma, float) and math.isfinite(sigma) and analysis.kind.has_limits
    plain = constant and part.limits.power == 1
    return Phase(
        number=number,
        first=part.first,
        last=part.stop - 1,
        n=part.stop - part.first,
        n_useful=useful,
        centre=_one(points.centre[rows]),
        sigma=_finite(sigma * analysis.question.multiplier) if plain and isinstance(sigma, float) else None,
        lower=_one(points.lower[rows]) if constant else None,
        upper=_one(points.upper[rows]) if constant else None,
        longest_run=view.longest_run if useful else None,
        longest_run_limit=limits.longest,
        crossings=view.crossings if useful else None,
        crossings_limit=limits.crossings,
        runs_signal=useful > 0
        and (
            limits.too_long(view.longest_run, view.crossings)
            or limits.too_few(view.crossings, view.longest_run)
        ),
        trial=part.baseline_n < TRIAL_BELOW,
        baseline_n=part.baseline_n,
    )


def _one(line: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float | None:
    """Return the one value of a straight line, or None where it varies or is not there."""
    there = line[np.isfinite(line)]
    return float(there[0]) if len(there) and (there == there[0]).all() else None


def _finite(number: float) -> float | None:
    """Return a number that can be written, or None."""
    return number if math.isfinite(number) else None
