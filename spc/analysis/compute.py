"""The computation: phase by phase the chart's limits, then the profile's rules, put together as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from spc.analysis import reading
from spc.analysis.admission import admitted
from spc.analysis.points import CODES, MISSING, NEITHER, Phase, Points, Signal
from spc.analysis.question import Centre, Question
from spc.analysis.sheet import Part, Sheet
from spc.analysis.targets import target_column
from spc.charts import Chart, chart_of
from spc.errors import LengthsDiffer
from spc.phases import kept, spans, split
from spc.profiles import Profile, Use, profile_of
from spc.series import FloatArray, Series
from spc.signals.found import ASIDE, Signs


@dataclass(frozen=True)
class Analysis:
    """A series charted: columns, phases and signals; frozen. The base of `spc.Result`."""

    series: Series
    question: Question
    kind: Chart
    conventions: Profile
    points: Points
    parts: tuple[Part, ...]

    @property
    def chart(self) -> str:
        """Name of the chart."""
        return self.kind.name

    @property
    def profile(self) -> str:
        """Name of the profile."""
        return self.conventions.name

    @property
    def direction(self) -> str:
        """The direction that is improvement: "increase", "decrease" or "neutral"."""
        return self.question.direction

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """Every pattern found, phase by phase in the profile's order of rules."""
        return reading.signals(self)

    @cached_property
    def last_valued(self) -> int | None:
        """Row of the last point that counts and has a value, or None."""
        return reading.last_valued(self)

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """Every phase in numbers."""
        return reading.phases(self)


def compute(series: Series, question: Question) -> Analysis:
    """Chart a series as a settled question asks; a typed SpcError says what cannot be done and why."""
    kind, profile = chart_of(question.chart), profile_of(question.profile)
    value, removed = admitted(series, kind, profile)
    n = len(series)
    keep = kept(n, question.excluded)
    edges = split(n, question.phases)
    uses = profile.rules_for(kind.name)
    if not series.ordered or kind.across_units or (kind.ranges and not profile.rules_on_ranges):
        uses = tuple(use for use in uses if use.rule == "outside_limits")
    sheet = Sheet(value, kind, profile, keep, question)
    cut = spans(
        series,
        edges,
        value=value,
        removed=removed,
        keep=keep,
        baseline=question.baseline,
        centre=_given(question.centre, n),
        settings={**kind.settings, **(question.settings or {})},
    )
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        parts = tuple(sheet.part(span, edge, uses) for span, edge in zip(cut, edges, strict=True))
    direction, codes = _judge(sheet, uses, question.direction)
    phase = np.zeros(n, dtype=np.intp)
    for number, (first, stop) in enumerate(edges[1:], start=1):
        phase[first:stop] = number
    included = keep if keep is not None else np.ones(n, dtype=np.bool_)
    target = target_column(series, question.target)
    second = (
        None
        if question.second_target is None
        else target_column(series, question.second_target, "second_target")
    )
    if second is not None:
        second.setflags(write=False)
    for column in (
        sheet.lines,
        sheet.value,
        direction,
        codes,
        phase,
        included,
        target,
        *sheet.marks.values(),
        *(sheet.sums or ()),
    ):
        column.setflags(write=False)
    centre, lower, upper, lower_2s, upper_2s = sheet.lines
    points = Points(
        x=series.x,
        value=sheet.value,
        numerator=series.numerator,
        denominator=series.denominator,
        centre=centre,
        lower=lower,
        upper=upper,
        lower_2s=lower_2s,
        upper_2s=upper_2s,
        target=target,
        phase=phase,
        included=included,
        direction=direction,
        codes=codes,
        marks=tuple((use.rule, sheet.marks[use.rule]) for use in uses if use.rule in sheet.marks),
        sums=sheet.sums,
        second_target=second,
    )
    return Analysis(series, question, kind, profile, points, parts)


def _given(centre: Centre, n: int) -> float | FloatArray | None:
    """Return a centre decided beforehand as a number, or as a column of the series' length."""
    if centre is None or isinstance(centre, (int, float)):
        return centre
    column = np.asarray(centre, dtype=np.float64)
    if len(column) != n:
        raise LengthsDiffer(field="centre", length=len(column), expected=n)
    return column


def _judge(sheet: Sheet, uses: Sequence[Use], improvement: str) -> tuple[Signs, NDArray[np.int8]]:
    """Give each point one direction, by the first rule that marks it or by improvement, and one meaning."""
    wanted = {"increase": 1, "decrease": -1, "neutral": 0}[improvement]
    marks = [sheet.marks[use.rule] for use in uses if use.rule in sheet.marks]
    direction = marks[-1].copy() if marks else np.zeros(len(sheet.value), dtype=np.int8)
    for mark in reversed(marks[:-1]):
        np.copyto(direction, mark, where=mark.view(np.bool_))
    contested = wanted and len(marks) > 1 and sheet.profile.both == "improvement"
    if contested and np.count_nonzero((direction != 0) & (direction != wanted)):
        for mark in marks:
            np.copyto(direction, mark, where=mark == wanted)
    neither = _only_aside(direction)
    codes = CODES[improvement].take(direction, mode="wrap")
    if neither is not None:
        codes[neither] = np.where(sheet.value > sheet.lines[0], *NEITHER)[neither]
    missing = np.isnan(sheet.value)
    if np.count_nonzero(missing):
        codes[missing] = MISSING
    return direction, codes


def _only_aside(direction: Signs) -> NDArray[np.bool_] | None:
    """Take the sign from points that are neither high nor low, and return which they are; None for none."""
    aside: NDArray[np.bool_] = direction == ASIDE
    if not np.count_nonzero(aside):
        return None
    direction[aside] = 0
    return aside
