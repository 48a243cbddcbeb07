"""Phases: where a chart's centre and limits start anew, and which points stand behind them."""

import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from spc.errors import OutOfRange
from spc.series import BoolArray, FloatArray, Series
from spc.sums import mean
from spc.told import told

Baseline: TypeAlias = int | tuple[int, int] | list[int] | None
# Positions in the series: a slice where they are all of a stretch, which costs no copy.
Rows: TypeAlias = slice | NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Span:
    """One phase as a chart sees it: its rows in order, without those that take no part.

    Arrays have one entry for each row of the phase; `rows` are the positions of these in the series. `base` marks the
    rows behind the centre and the limits. `given` is a centre decided beforehand: a number, or one for each row.
    """

    number: int
    rows: Rows
    value: FloatArray
    numerator: FloatArray | None
    denominator: FloatArray | None
    base: BoolArray | None
    given: float | FloatArray | None = None
    # Subgroup charts: how many measurements stand behind each row, their standard deviation and their range.
    size: FloatArray | None = None
    deviation: FloatArray | None = None
    spread: FloatArray | None = None
    # Whether the rows follow each other in time; categories do not.
    ordered: bool = True
    # Numbers set for the chart, such as the weight of an EWMA.
    settings: Mapping[str, float] = field(default_factory=dict)
    # Rows that are not excluded, or None when none is.
    kept: BoolArray | None = None

    def of_base(self, column: FloatArray) -> FloatArray:
        """Entries of a column that stand behind the limits."""
        return column if self.base is None else column[self.base]

    def given_once(self) -> float:
        """Return the centre decided beforehand as one number, the mean where it varies by row; NaN for none."""
        if isinstance(self.given, np.ndarray):
            return mean(self.given)
        return math.nan if self.given is None else self.given

    def counts(self, place: int) -> bool:
        """Whether a row of the phase is not excluded."""
        return self.kept is None or bool(self.kept[place])


def split(n: int, phases: Sequence[int]) -> list[tuple[int, int]]:
    """Return (first, stop) for each phase from the index of the first point of every later phase; OutOfRange if impossible.

    >>> split(10, [4])
    [(0, 4), (4, 10)]
    """
    starts = [_whole("phases", start, "phase") for start in phases]
    for before, start in pairwise([0, *starts]):
        if not before < start < n:
            allowed = "phases start after the first point, inside the series, each after the one before"
            raise OutOfRange(field="phases", found=start, allowed=allowed, called="phase")
    edges = [0, *starts, n]
    return list(pairwise(edges))


def kept(n: int, excluded: Sequence[int]) -> BoolArray | None:
    """Mark the points that count, or None when all do; OutOfRange if an excluded index is not in the series."""
    if not len(excluded):
        return None
    mask = np.ones(n, dtype=np.bool_)
    for entry in excluded:
        row = _whole("excluded", entry, "excluded point")
        if not 0 <= row < n:
            allowed = f"the series has {n} points, counted from 0"
            raise OutOfRange(field="excluded", found=row, allowed=allowed, called="excluded point")
        mask[row] = False
    return mask


def in_baseline(baseline: Baseline, rows: NDArray[np.intp], n: int) -> BoolArray | None:
    """Mark the rows of a phase that stand behind its limits, or None when all do.

    A number k takes the first k rows of every phase; (first, last), both included, takes those points of the series
    and leaves phases that hold none of them on their own points.
    """
    if baseline is None:
        return None
    if isinstance(baseline, (tuple, list)):
        if len(baseline) != 2:  # noqa: PLR2004 - the first and the last
            allowed = "it is a number of points, or the first and the last point"
            raise OutOfRange(field="baseline", found=told(baseline), allowed=allowed)
        low, high = (_whole("baseline", end) for end in baseline)
        if not 0 <= low <= high < max(n, 1):
            allowed = f"first and last lie between 0 and {n - 1}"
            raise OutOfRange(field="baseline", found=(low, high), allowed=allowed)
        mask: BoolArray = (rows >= low) & (rows <= high)
        return mask if mask.any() else None
    points = _whole("baseline", baseline)
    if points < 1:
        raise OutOfRange(field="baseline", found=points, allowed="a baseline has at least one point")
    return np.arange(len(rows)) < min(points, len(rows))


def listed(name: str, rows: Sequence[int]) -> tuple[int, ...]:
    """Return several rows as they were given; OutOfRange for what is no list."""
    try:
        return tuple(rows)
    except TypeError:
        raise OutOfRange(field=name, found=told(rows), allowed="they are a list of points") from None


def _whole(name: str, found: object, called: str = "") -> int:
    """Return a whole number as one; OutOfRange for anything else, yes and no included."""
    try:
        if not isinstance(found, bool):
            return int(operator.index(found))  # type: ignore[arg-type]  # refused below if it has none
    except TypeError:
        pass
    allowed = "points are counted in whole numbers"
    raise OutOfRange(field=name, found=told(found), allowed=allowed, called=called)


def spans(
    series: Series,
    edges: Sequence[tuple[int, int]],
    *,
    value: FloatArray,
    removed: BoolArray | None,
    keep: BoolArray | None,
    baseline: Baseline,
    centre: float | FloatArray | None,
    settings: Mapping[str, float],
) -> list[Span]:
    """Cut a series into phases; `removed` rows are taken out altogether, so that their neighbours meet."""
    cut = []
    top, bottom = series.numerator, series.denominator
    for number, (first, stop) in enumerate(edges):
        rows: Rows = slice(first, stop)
        if removed is not None and removed[first:stop].any():
            rows = np.flatnonzero(~removed[first:stop]) + first
        base = None
        if baseline is not None:
            base = in_baseline(
                baseline, np.arange(first, stop) if isinstance(rows, slice) else rows, len(series)
            )
        if keep is not None:
            base = keep[rows] if base is None else base & keep[rows]
        cut.append(
            Span(
                number=number,
                rows=rows,
                value=value[rows],
                numerator=None if top is None else top[rows],
                denominator=None if bottom is None else bottom[rows],
                base=base,
                given=centre[rows] if isinstance(centre, np.ndarray) else centre,
                size=None if series.size is None else series.size[rows],
                deviation=None if series.deviation is None else series.deviation[rows],
                spread=None if series.spread is None else series.spread[rows],
                ordered=series.ordered,
                settings=settings,
                kept=None if keep is None else keep[rows],
            )
        )
    return cut
