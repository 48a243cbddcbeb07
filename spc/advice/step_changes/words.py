"""Sentences about a suggested step: what, since when, how large, how sure. They blame nobody and claim no cause."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from spc.analysis.reading import when
from spc.assurance.words import number, points, rounded

if TYPE_CHECKING:
    from spc.advice.step_changes.suggest import StepChange
    from spc.analysis.compute import Analysis

# From so many charts on, one in so many is said in two figures.
_TWO_FIGURES = 100


def often(chance: float, n: int, *, never: bool = False) -> str:
    """Say how many charts of noise alone show a step this clear; `never` if none that was simulated did.

    >>> often(0.0049, 36)
    'about 1 in 200 charts of 36 points with nothing going on'
    """
    charts = 1 / chance
    if charts >= _TWO_FIGURES:
        unit = 10.0 ** (math.floor(math.log10(charts)) - 1)
        charts = round(charts / unit) * unit
    about = "fewer than" if never else "about"
    return f"{about} 1 in {round(charts):,} charts of {n} points with nothing going on"


def sentence(analysis: Analysis, change: StepChange) -> str:
    """Say what changed and since when, by how much, how sure that is, and that it came after, not because of."""
    kind = "Possible" if change.firm else "Provisional"
    side = "up" if change.direction == "high" else "down"
    meaning = "" if change.variation == "neutral" else f" ({change.variation})"
    since = when(analysis, change.row, change.last)
    period = analysis.series.period
    if change.earliest != change.latest:
        since += f", give or take {period(change.earliest)} to {period(change.latest)}"
    levels = f"from {number(change.before, analysis)} to {number(change.after, analysis)}"
    interval = f"{_amount(change.lower, analysis)} to {_amount(change.upper, analysis)}"
    counted = "" if change.firm else f", with {points(change.n_before)} before and {change.n_after} after"
    return (
        f"{kind} step {side}{meaning}{since}: {levels} ({_amount(change.size, analysis)}{_points(analysis)}, 95% interval"
        f" {interval}){counted}. Noise alone would show one this clear in {change.chance_words}; it came after what was"
        f" done before it, not necessarily because of it."
    )


def _amount(size: float, analysis: Analysis) -> str:
    """Words for a difference in three figures, with its sign."""
    size = size * 100 if _shares(analysis) else size
    return f"{'-' if size < 0 else '+'}{rounded(abs(float(f'{size:.3g}')))}"


def _points(analysis: Analysis) -> str:
    """Say that a difference of percentages counts percentage points."""
    return " percentage points" if _shares(analysis) or analysis.question.unit == "%" else ""


def _shares(analysis: Analysis) -> bool:
    """Whether the chart's proportions are written as percentages."""
    plots_share = analysis.kind.needs == "proportion" and not analysis.kind.plots_other
    return plots_share and analysis.question.multiplier == 1
