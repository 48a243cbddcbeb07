"""The columns of an analysis while they are being filled, phase by phase."""

from dataclasses import dataclass, replace

import numpy as np

from spc.analysis.question import Question
from spc.charts import Chart
from spc.charts.limits import Limits
from spc.phases import Rows, Span
from spc.profiles import Profile, Use
from spc.series import BoolArray, FloatArray
from spc.signals import RULES
from spc.signals.found import Found, Signs, View


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one rule found in one phase, and which rows of the series its points are."""

    use: Use
    found: Found
    rows: Rows


@dataclass(frozen=True, slots=True)
class Part:
    """One phase computed: where it lies, its limits, what the rules were shown and what they found."""

    first: int
    stop: int
    limits: Limits
    view: View
    rows: Rows
    patterns: tuple[Pattern, ...]
    baseline_n: int


class Sheet:
    """Columns to be filled: plotted values, five lines, and the marks of each rule."""

    def __init__(
        self, value: FloatArray, kind: Chart, profile: Profile, keep: BoolArray | None, question: Question
    ) -> None:
        """Begin with empty lines; the values are those measured unless the chart plots others."""
        n = len(value)
        self.kind, self.profile, self.keep = kind, profile, keep
        self.multiplier, self.floor = question.multiplier, question.floor
        self.value = np.full(n, np.nan) if kind.plots_other or self.multiplier != 1 else value
        self.lines = np.full((5, n), np.nan)
        self.marks: dict[str, Signs] = {}
        # Upper and lower sum of a CUSUM chart.
        self.sums: tuple[FloatArray, FloatArray] | None = None

    def part(self, span: Span, edge: tuple[int, int], uses: tuple[Use, ...]) -> Part:
        """Compute one phase: draw its lines, show its points to the rules, keep what they mark."""
        limits = self.kind.limits(span, self.profile)
        behind = span.of_base(span.value)
        baseline_n = len(behind) - int(np.count_nonzero(np.isnan(behind)))
        if baseline_n < self.profile.fewest_for_limits:
            limits = replace(limits, sigma=np.nan, three=None)
        self._draw(span, limits)
        counted = None if self.keep is None else self.keep[span.rows]
        view, rows = self._view(span.rows, limits, counted)
        patterns = []
        for use in uses:
            shown, place = view, rows
            if use.rule == "outside_limits" and self.profile.excluded_can_signal:
                shown, place = self._view(span.rows, limits, None)
            found = RULES[use.rule].find(shown, use)
            if found:
                patterns.append(Pattern(use, found, place))
                if use.rule not in self.marks:
                    self.marks[use.rule] = np.zeros(len(self.value), dtype=np.int8)
                self.marks[use.rule][place] = found.mark
        return Part(*edge, limits, view, rows, tuple(patterns), baseline_n)

    def _draw(self, span: Span, limits: Limits) -> None:
        """Write a phase's values and lines into the columns."""
        rows, times = span.rows, self.multiplier
        if self.value.flags.writeable:
            measured = span.value if limits.value is None else limits.value
            scaled = measured * times
            scaled[np.isinf(scaled) & np.isfinite(measured)] = np.nan
            self.value[rows] = scaled
        drawn = (limits.centre, *limits.at(3), *limits.at(2)) if self.kind.has_limits else (limits.centre,)
        for line, entries in zip(self.lines, drawn, strict=False):
            line[rows] = entries if times == 1 else entries * times
        if limits.sums is not None:
            if self.sums is None:
                self.sums = np.full(len(self.value), np.nan), np.full(len(self.value), np.nan)
            for column, entries in zip(self.sums, limits.sums, strict=True):
                column[rows] = entries
        if times != 1:
            self.lines[np.isinf(self.lines)] = np.nan
        if self.floor is not None:
            self.lines[1::2] = np.maximum(self.lines[1::2], self.floor)

    def _view(self, rows: Rows, limits: Limits, counted: BoolArray | None) -> tuple[View, Rows]:
        """Show the points of a phase that count, and say which rows of the series they are."""
        if counted is not None and not counted.all():
            every = np.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows
            rows = every[counted]
        else:
            counted = None
        value = self.value[rows]
        centre, lower, upper, lower_2s, upper_2s = self.lines[:, rows]
        side = (value > centre).view(np.int8) - (value < centre).view(np.int8)
        return View(
            value,
            centre,
            lower,
            upper,
            lower_2s,
            upper_2s,
            side,
            limits,
            counted,
            self.multiplier,
            self.profile.run_limits,
        ), rows
