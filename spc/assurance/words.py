"""Sentences of the verdict: what was seen, since when, by which rule. They blame nobody and claim no cause."""

import math
from collections.abc import Sequence

import numpy as np

from spc.analysis import Analysis, Signal, Variation

THOUSAND = 1000.0
# Up to so many equal values may be equal by chance.
_FEW = 2


def number(value: float, analysis: Analysis) -> str:
    """Words for a value of this chart: percent for proportions, the unit where there is one."""
    unit = analysis.question.unit
    plots_share = analysis.kind.needs == "proportion" and not analysis.kind.plots_other
    if plots_share and analysis.question.multiplier == 1 and math.isfinite(value * 100):
        return f"{rounded(value * 100)}%"
    text = rounded(value)
    if unit == "%":
        return f"{text}%"
    return f"{text} {unit}" if unit else text


def rounded(value: float) -> str:
    """Four significant figures, without exponents for everyday numbers.

    >>> rounded(95.0), rounded(0.83512), rounded(12345.6), rounded(-0.5)
    ('95', '0.8351', '12,346', '-0.5')
    """
    if abs(value) >= 1e15:  # noqa: PLR2004 - beyond this nobody reads digits
        return f"{value:.3g}"
    if abs(value) >= THOUSAND:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def points(n: int) -> str:
    """Count points in words."""
    return f"{n} point{'' if n == 1 else 's'}"


def ordinary(analysis: Analysis, n: int, *, others: int, trial: bool, steady: float | None) -> str:
    """Say that nothing is unusual at the latest point of n, and whether something was earlier in the phase."""
    so_far = f"{points(n)}{', trial limits' if trial else ''}"
    if others:
        earlier = "was one signal" if others == 1 else f"were {others} signals"
        return f"Ordinary variation at the latest point, {so_far}. Earlier there {earlier}."
    if steady is not None:
        every = f"all {points(n)} are {number(steady, analysis)}"
        return f"No variation: {every}{', trial limits' if trial else ''}."
    return f"Nothing unusual{' yet' if trial else ''}: ordinary variation, {so_far}."


def special(found: Variation, behind: Sequence[Signal], *, trial: bool) -> str:
    """Say by which signals the latest point is unusual and, where a direction is improvement, what it means."""
    kind = found.split("_", maxsplit=1)[0]
    opening = "Special cause" if kind == "neutral" else f"Special cause, {kind}"
    told = dict.fromkeys(signal.words for signal in behind)
    return f"{opening}: {'; '.join(told)}{' (trial limits)' if trial else ''}."


def across(analysis: Analysis, n: int, outside: Sequence[Variation], *, said: bool, trial: bool) -> str:
    """Say how many of n units are outside the limits, on which side, and what that means where a direction is improvement."""
    units = f"{n} unit{'' if n == 1 else 's'}"
    ending = " (trial limits)" if trial else ""
    if not said:
        return too_early(analysis, n) if n <= 1 else f"{units.capitalize()} so far: too few to compare."
    if not analysis.kind.has_limits:
        return f"{units.capitalize()} side by side: this chart has no limits to compare them with."
    if not outside:
        return f"Nothing unusual: all {units} are inside the limits{ending}."
    parts = []
    for side, line in (("_high", "above the upper"), ("_low", "below the lower")):
        there = [found for found in outside if found.endswith(side)]
        if there:
            kind = there[0].removesuffix(side)
            meaning = "" if kind == "neutral" else f", {kind}"
            parts.append(f"{len(there)} {line} limit{meaning}")
    are = "is" if len(outside) == 1 else "are"
    return f"{len(outside)} of {units} {are} outside the limits: {'; '.join(parts)}{ending}."


def too_early(analysis: Analysis, n: int, steady: float | None = None) -> str:
    """Say kindly what cannot be said yet."""
    if not len(analysis.points):
        return "No points yet: the chart begins with the first one."
    if not np.isfinite(analysis.series.value).any():
        return "No values yet: the chart begins with the first one."
    if n <= 1:
        return "One point so far: a start. Variation can be described once there are more."
    if steady is not None and n > _FEW:
        return (
            f"No variation: all {points(n)} are {number(steady, analysis)}; there are no limits to tell by."
        )
    return f"{points(n).capitalize()} so far: too few to tell ordinary from unusual variation."


def both(first: str, second: str) -> str:
    """Join what is said of two targets."""
    return f"{first} {second}".strip()


def assurance(
    analysis: Analysis, found: str, target: float | None, *, trial: bool, which: str = "target"
) -> str:
    """Say in one sentence what may be expected of the target while the process stays as it is."""
    if target is None:
        return ""
    aim = number(target, analysis)
    if found == "none":
        return f"The {which} is {aim}; {_not_judged(analysis)}."
    told = {
        "pass": f"As it is now, the process can be expected to meet the {which} of {aim} every time",
        "fail": f"As it is now, the process cannot be expected to meet the {which} of {aim}; it would have to change",
        "hit_or_miss": f"As it is now, the process will sometimes meet the {which} of {aim} and sometimes not, by chance",
    }[found]
    return f"{told} (trial limits)." if trial else f"{told}."


def _not_judged(analysis: Analysis) -> str:
    """Say why a target is not judged."""
    if analysis.kind.across_units or not analysis.series.ordered:
        return "where units are compared with one another it is not judged"
    if analysis.direction == "neutral":
        return "no direction is improvement here, so it is not judged"
    if not analysis.kind.has_limits:
        return "a run chart has no limits to compare it with"
    if not analysis.kind.judges_targets:
        return "this chart does not show the values it is set for, so it is not judged"
    return "there are no limits to compare it with yet"
