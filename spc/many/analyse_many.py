"""Many series of one length charted at once, block by block."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

import numpy as np

from spc.analysis.points import MEANING
from spc.assurance import analyse
from spc.charts import Chart, chart_of
from spc.constants import TRIAL_BELOW
from spc.errors import LengthsDiffer, NotANumber, NotFound, NoValues, OutOfRange, SpcError
from spc.many import runs, verdicts
from spc.many.batch import Batch
from spc.many.block import WIDTH, Block, block_of
from spc.many.lines import LINES
from spc.many.rules import MARKS, Seen, seen
from spc.profiles import Profile, Use, profile_of
from spc.series import BoolArray, FloatArray, Series
from spc.signals.found import Signs

# A table of numbers has series down and points across.
_TABLE = 2
_ON_RUNS = ("longest_run", "crossings")
# Values, numerators and denominators of a block, as they were given.
Cut: TypeAlias = tuple[FloatArray | None, FloatArray | None, FloatArray | None]
_WANTED = {"increase": 1, "decrease": -1, "neutral": 0}


def analyse_many(
    value: Sequence[Sequence[float | None]] | FloatArray | None = None,
    *,
    numerator: Sequence[Sequence[float | None]] | FloatArray | None = None,
    denominator: Sequence[Sequence[float | None]] | FloatArray | None = None,
    chart: str = "xmr",
    profile: str | Profile = "mdc",
    direction: str | Sequence[str] = "neutral",
    target: float | Sequence[float | None] | FloatArray | None = None,
) -> Batch:
    """Chart many series of the same length at once, each as `analyse` would.

    `value` has the shape (m series, n points), NaN or None for missing; p and u charts take `numerator` and `denominator`
    of that shape. Charts: xmr, p, u, c and run. `direction` and `target` are one for all or one for each series. Profiles
    whose rules are outside_limits, shift, trend, two_in_three (Making Data Count's form), longest_run and crossings, and in
    which a missing value breaks what it interrupts: mdc, anhoej, and those made from them.

    Raises NotFound or OutOfRange for a chart, profile or direction it does not do, and what Series and analyse raise,
    with the series named.

    >>> batch = analyse_many(
    ...     [[5, 5, 6, 5, 4, 5, 9], [1, 2, None, 3, 1, 2, 2]], direction="increase", target=[4, None]
    ... )
    >>> batch.variation, batch.centre[:, 0].tolist()
    (('common', 'common'), [5.571428571428571, 1.8333333333333333])
    """
    kind, conventions = _known(chart, profile)
    measured = top = bottom = None
    if kind.needs in ("proportion", "rate"):
        top, bottom = _table("numerator", numerator), _table("denominator", denominator)
        if top.shape != bottom.shape:
            raise LengthsDiffer(field="numerator", length=top.size, expected=bottom.size)
    else:
        measured = _table("value", value)
    m, n = (top if measured is None else measured).shape  # type: ignore[union-attr]  # one of them is there
    words, aims = _words(direction, m), _targets(target, m)
    asked = _Asked(kind, conventions, conventions.rules_for(chart))
    wanted = np.array([_WANTED[word] for word in words], dtype=np.int8)
    made = _Made(m, n)
    for first in range(0, m, WIDTH):
        part = slice(first, min(first + WIDTH, m))
        cut = (_rows(measured, part), _rows(top, part), _rows(bottom, part))
        _check(asked, cut, first)
        made.add(part, block_of(*cut), asked, wanted[part], aims[part])
    return made.batch(
        chart=chart,
        conventions=conventions,
        directions=words,
        target=aims,
        measured=measured,
        numerator=top,
        denominator=bottom,
    )


def _rows(table: FloatArray | None, part: slice) -> FloatArray | None:
    """Some series of a table that may not be there."""
    return None if table is None else table[part]


@dataclass(frozen=True, slots=True)
class _Asked:
    """By which chart, profile and rules."""

    kind: Chart
    profile: Profile
    uses: tuple[Use, ...]


class _Made:
    """The columns of a batch while they are being filled; time runs down, so that blocks are written whole."""

    def __init__(self, m: int, n: int) -> None:
        """Begin with empty columns."""
        self.m, self.n = m, n
        self.marks: dict[str, Signs] = {}
        self.whole: dict[str, BoolArray] = {}
        self.counted: dict[str, runs.Counts] = {}
        self.counts = np.zeros(m, dtype=np.intp)
        self.trial = np.zeros(m, dtype=np.bool_)
        self.variation, self.assurance = np.zeros((2, m), dtype=np.int8)

    def add(self, part: slice, cut: Block, asked: _Asked, wanted: Signs, target: FloatArray) -> None:
        """Chart one block and write what was found into the columns."""
        kind, profile, uses = asked.kind, asked.profile, asked.uses
        view = seen(cut, LINES[kind.name](cut, profile))
        marks = {
            use.rule: mark
            for use in uses
            if use.rule in MARKS and (mark := MARKS[use.rule](view, use)) is not None
        }
        found, whole = self._runs(part, view, asked, marks)
        self.counts[part] = cut.n
        self.trial[part] = (cut.n < TRIAL_BELOW) & kind.has_limits
        latest = verdicts.latest(
            view, profile, [marks[use.rule] for use in uses if use.rule in marks], wanted
        )
        pattern = verdicts.pattern(profile, found, whole)
        self.variation[part] = verdicts.variation(
            latest, wanted, pattern, verdicts.can_say(view, kind, profile)
        )
        self.assurance[part] = verdicts.assurance(view, kind, profile, wanted, target)
        for rule, mark in marks.items():
            if rule not in self.marks:
                self.marks[rule] = np.zeros((self.n, self.m), dtype=np.int8)
            self.marks[rule][:, part] = mark

    def _runs(
        self, part: slice, view: Seen, asked: _Asked, marks: dict[str, Signs]
    ) -> tuple[runs.Runs | None, dict[str, BoolArray]]:
        """Analyse runs where the profile has a rule on them."""
        rules = {use.rule for use in asked.uses}
        if not rules & set(_ON_RUNS):
            return None, {}
        found, whole = runs.runs_of(view, asked.profile.run_limits), {}
        if "longest_run" in rules:
            whole["longest_run"] = found.too_long
            mark = runs.long_runs(view, found)
            if mark is not None:
                marks["longest_run"] = mark
        if "crossings" in rules:
            whole["crossings"] = found.too_few
        for rule, signal in whole.items():
            self.whole.setdefault(rule, np.zeros(self.m, dtype=np.bool_))[part] = signal
        self._count(part, found)
        return found, whole

    def _count(self, part: slice, found: runs.Runs) -> None:
        """Keep the counts of runs."""
        for name, column in (
            ("n_useful", found.n_useful),
            ("longest_run", found.longest),
            ("longest_run_limit", found.longest_limit),
            ("crossings", found.crossings),
            ("crossings_limit", found.crossings_limit),
        ):
            self.counted.setdefault(name, np.full(self.m, -1, dtype=np.intp))[part] = column

    def batch(self, **asked: Any) -> Batch:
        """Put the columns together."""
        codes = (self.counts, self.trial, self.variation, self.assurance)
        for column in (*codes, *self.marks.values(), *self.whole.values(), *self.counted.values()):
            column.setflags(write=False)
        return Batch(
            marks=MappingProxyType({rule: mark.T for rule, mark in self.marks.items()}),
            whole=MappingProxyType(self.whole),
            runs=MappingProxyType(self.counted),
            counts=self.counts,
            trial=self.trial,
            variation_codes=self.variation,
            assurance_codes=self.assurance,
            **asked,
        )


def _known(chart: str, profile: str | Profile) -> tuple[Chart, Profile]:
    """Return chart and profile, or say kindly which can be asked for."""
    kind, conventions = chart_of(chart), profile_of(profile)
    if chart not in LINES:
        raise NotFound(field="chart for many series at once", asked=chart, known=LINES)
    done = conventions.missing == "break" and conventions.spread_from == "moving_range"
    done = done and conventions.impossible == "refuse" and conventions.events_without_cases == "missing"
    done = done and conventions.zero_denominator == "missing"
    if not done or not all(_does(use) for use in conventions.rules_for(chart)):
        allowed = "many series at once are read by mdc, anhoej and profiles made from them; chart the others one by one"
        raise OutOfRange(field="profile", found=conventions.name, allowed=allowed)
    return kind, conventions


def _does(use: Use) -> bool:
    """Whether a rule is done here in the form the profile has."""
    if use.rule in _ON_RUNS or use.rule == "outside_limits":
        return True
    if use.rule == "two_in_three":
        return (use.third, use.mark, use.lines, use.n) == ("same_side", "beyond", "own", 3)
    return use.rule in MARKS and use.mark == "pattern" and not use.next_step and use.n > 1


def _table(name: str, entries: object) -> FloatArray:
    """Return a table of numbers; the first series that has something else raises what Series raises."""
    if entries is None or not hasattr(entries, "__len__"):
        raise NoValues(field=name)
    try:
        table = np.array(entries, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        table = None
    if table is None or (table.ndim != _TABLE and table.size):
        lengths = set()
        for number, row in enumerate(entries):  # type: ignore[var-annotated, arg-type]  # it has a length
            if not hasattr(row, "__len__"):
                raise NotANumber(field=name, row=number, found=row)
            try:
                lengths.add(len(Series(value=row)))
            except SpcError as error:
                raise error.of_series(number) from None
        raise LengthsDiffer(field=name, length=min(lengths), expected=max(lengths))
    if table.ndim != _TABLE:
        table = table.reshape(len(table), 0)
    table.setflags(write=False)
    return table


def _words(direction: str | Sequence[str], m: int) -> tuple[str, ...]:
    """Return the direction of each series, checked."""
    words = (direction,) * m if isinstance(direction, str) else tuple(direction)
    for word in dict.fromkeys(words):
        if word not in MEANING:
            raise NotFound(field="direction", asked=word, known=MEANING)
    if len(words) != m:
        raise LengthsDiffer(field="direction", length=len(words), expected=m)
    return words


def _targets(target: float | Sequence[float | None] | FloatArray | None, m: int) -> FloatArray:
    """Return the target of each series, NaN for none."""
    if target is None or isinstance(target, (int, float, np.number)):
        entry = math.nan if target is None else float(Series(value=[target]).value[0])
        return np.full(m, entry)
    column = Series(value=target).value
    if len(column) != m:
        raise LengthsDiffer(field="target", length=len(column), expected=m)
    return column


def _check(asked: _Asked, cut: Cut, first: int) -> None:
    """Refuse what `analyse` refuses, naming the series."""
    value, top, bottom = cut
    measured = top if value is None else value
    if measured is None:
        return
    with np.errstate(invalid="ignore"):
        bad = np.isinf(measured)
        if asked.kind.needs != "value":
            bad |= measured < 0
        if bottom is not None:
            bad |= np.isinf(bottom) | (bottom < 0)
        if asked.kind.needs == "proportion" and bottom is not None:
            bad |= measured > bottom
    if bad.any():
        number = int(np.flatnonzero(bad.any(axis=1))[0])
        _refuse(asked, first + number, measured[number], None if bottom is None else bottom[number])


def _refuse(asked: _Asked, number: int, measured: FloatArray, bottom: FloatArray | None) -> NoReturn:
    """Raise what `analyse` says of one series."""
    try:
        made = Series(value=measured) if bottom is None else Series(numerator=measured, denominator=bottom)
        analyse(made, chart=asked.kind.name, profile=asked.profile)
    except SpcError as error:
        raise error.of_series(number) from None
    message = "a series was refused that can be charted"
    raise AssertionError(message)
