"""What one published chart says of a change: the mean before and after it began, with how sure that is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import spc
from qiplatform.measures.rules import in_percent

FEWEST = 4
"""Points on each side below which no effect is worked out."""
_OF_RANGE = 1.128
"""Mean moving range of two normal values, in standard deviations (Montgomery, Introduction to Statistical Quality Control, 7th ed., appendix VI)."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The mean after a change began less the mean before, in the measure's unit (percentage points for proportions).

    `variance` is that of the difference: of each side's mean, with the standard deviation from its mean moving range, as an
    XmR chart has it, so that ordinary variation from month to month counts and not only that between people.
    """

    before: float
    after: float
    n_before: int
    n_after: int
    variance: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before


def began_on(setup: Mapping[str, Any]) -> date | None:
    """Return when the first test began; where none was drawn, where the first decided step begins; else None.

    The tests come first because they were dated before the result was known: a step is decided where there was one.
    """
    days = [one["starts_on"] for one in setup["bands"]] or list(setup["phases"])
    return date.fromisoformat(min(days)) if days else None


def effect_of(result: spc.Result, chart: str, began: date) -> Effect | None:
    """Return the effect a chart shows; None where a side has too few points or does not vary at all."""
    scale = 100.0 if in_percent(chart) else 1.0
    sides: tuple[list[float], list[float]] = ([], [])
    for period, value in zip(result.points.x, result.points.value.tolist(), strict=True):
        if isinstance(period, date) and math.isfinite(value):
            sides[period >= began].append(value * scale)
    before, after = sides
    if min(len(before), len(after)) < FEWEST:
        return None
    variance = sum(_spread(one) ** 2 / len(one) for one in sides)
    if variance <= 0:
        return None
    return Effect(sum(before) / len(before), sum(after) / len(after), len(before), len(after), variance)


def alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two measures are one and the same: what they are called, kind of chart, unit and direction."""
    return all(
        str(one[name]).strip().lower() == str(other[name]).strip().lower()
        for name in ("name", "chart", "unit", "direction")
    )


def _spread(values: Sequence[float]) -> float:
    """Return the standard deviation that the mean moving range stands for, shape (n,) with n >= 2."""
    ranges = [abs(other - one) for one, other in pairwise(values)]
    return sum(ranges) / len(ranges) / _OF_RANGE
