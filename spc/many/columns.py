"""The columns of a batch while they are being filled, block by block."""

from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np

from spc.charts import Chart
from spc.constants import TRIAL_BELOW
from spc.many import runs, verdicts
from spc.many.batch import Batch
from spc.many.block import Block
from spc.many.given import Tables
from spc.many.lines import LINES, Lines
from spc.many.rules import MARKS, Seen, seen
from spc.profiles import Profile, Use
from spc.series import BoolArray, FloatArray
from spc.signals.found import Signs

ON_RUNS = ("longest_run", "crossings")
_WANTED = {"increase": 1, "decrease": -1, "neutral": 0}


@dataclass(frozen=True, slots=True)
class Asked:
    """By which chart, profile and rules; which direction and target each series has."""

    kind: Chart
    profile: Profile
    uses: tuple[Use, ...]
    directions: tuple[str, ...]
    wanted: Signs
    target: FloatArray


def asked_of(kind: Chart, profile: Profile, directions: tuple[str, ...], target: FloatArray) -> Asked:
    """Put together what was asked; +1, -1 and 0 stand for increase, decrease and neutral."""
    if len(set(directions)) == 1:
        wanted = np.full(len(directions), _WANTED[directions[0]], dtype=np.int8)
    else:
        wanted = np.array([_WANTED[word] for word in directions], dtype=np.int8)
    return Asked(kind, profile, profile.rules_for(kind.name), directions, wanted, target)


class Columns:
    """What was found of m series of n points each. Time runs down, so that blocks are written whole."""

    def __init__(self, given: Tables, asked: Asked) -> None:
        """Begin with empty columns."""
        self.given, self.asked = given, asked
        self.m, self.n = given.shape
        self.lines: dict[str, FloatArray] = {}
        self.marks: dict[str, Signs] = {}
        self.whole: dict[str, BoolArray] = {}
        self.counted: dict[str, runs.Counts] = {}
        self.counts = np.zeros(self.m, dtype=np.intp)
        self.trial = np.zeros(self.m, dtype=np.bool_)
        self.variation, self.assurance = np.zeros((2, self.m), dtype=np.int8)

    def add(self, part: slice, block: Block) -> None:
        """Chart one block and write what was found into the columns."""
        kind, profile, uses = self.asked.kind, self.asked.profile, self.asked.uses
        wanted, target = self.asked.wanted[part], self.asked.target[part]
        lines = LINES[kind.name](block, profile)
        view = seen(block, lines)
        self._draw(part, block, lines)
        marks = {
            use.rule: mark
            for use in uses
            if use.rule in MARKS and (mark := MARKS[use.rule](view, use)) is not None
        }
        found, whole = self._runs(part, view, marks)
        self.counts[part] = block.n
        self.trial[part] = (block.n < TRIAL_BELOW) & kind.has_limits
        latest = verdicts.latest(
            view, profile, [marks[use.rule] for use in uses if use.rule in marks], wanted
        )
        pattern = verdicts.pattern(profile, found, whole)
        said = verdicts.can_say(view, kind, profile)
        self.variation[part] = verdicts.variation(latest, wanted, pattern, said)
        self.assurance[part] = verdicts.assurance(view, kind, profile, wanted, target)
        for rule, mark in marks.items():
            if rule not in self.marks:
                self.marks[rule] = np.zeros((self.n, self.m), dtype=np.int8)
            self.marks[rule][:, part] = mark

    def _draw(self, part: slice, block: Block, lines: Lines) -> None:
        """Write values and lines into the columns."""
        drawn = {field.name: getattr(lines, field.name) for field in fields(lines)}
        if self.given.measured is None:
            drawn["value"] = block.value
        if not self.lines:
            # One piece of memory for all: the system hands out a large one faster than several smaller ones.
            tables = [name for name, line in drawn.items() if line.ndim > 1]
            room = np.empty((len(tables), self.n, self.m))
            self.lines = {name: np.empty(self.m) for name in drawn} | dict(zip(tables, room, strict=True))
        for name, line in drawn.items():
            self.lines[name][..., part] = line

    def _runs(
        self, part: slice, view: Seen, marks: dict[str, Signs]
    ) -> tuple[runs.Runs | None, dict[str, BoolArray]]:
        """Analyse runs where the profile has a rule on them."""
        rules = {use.rule for use in self.asked.uses}
        if not rules & set(ON_RUNS):
            return None, {}
        found, whole = runs.runs_of(view, self.asked.profile.run_limits), {}
        if "longest_run" in rules:
            whole["longest_run"] = found.too_long
            mark = runs.long_runs(view, found)
            if mark is not None:
                marks["longest_run"] = mark
        if "crossings" in rules:
            whole["crossings"] = found.too_few
        for rule, signal in whole.items():
            self.whole.setdefault(rule, np.zeros(self.m, dtype=np.bool_))[part] = signal
        for name, column in (
            ("n_useful", found.n_useful),
            ("longest_run", found.longest),
            ("longest_run_limit", found.longest_limit),
            ("crossings", found.crossings),
            ("crossings_limit", found.crossings_limit),
        ):
            self.counted.setdefault(name, np.full(self.m, -1, dtype=np.intp))[part] = column
        return found, whole

    def batch(self) -> Batch:
        """Put the columns together, closed against writing."""
        shape = (self.m, self.n)
        codes = (self.counts, self.trial, self.variation, self.assurance)
        for found in (self.lines, self.marks, self.whole, self.counted):
            for column in found.values():
                column.setflags(write=False)
        for column in codes:
            column.setflags(write=False)
        columns = {name: np.broadcast_to(line, shape[::-1]).T for name, line in self.lines.items()}
        if self.given.measured is not None:
            columns["value"] = self.given.measured
        nothing = np.broadcast_to(np.int8(0), shape)
        marking = [use.rule for use in self.asked.uses if use.rule in MARKS or use.rule == "longest_run"]
        return Batch(
            chart=self.asked.kind.name,
            conventions=self.asked.profile,
            directions=self.asked.directions,
            target=self.asked.target,
            given=self.given,
            **columns,
            marks=MappingProxyType(
                {rule: self.marks[rule].T if rule in self.marks else nothing for rule in marking}
            ),
            whole=MappingProxyType(self.whole),
            runs=MappingProxyType(self.counted),
            n=self.counts,
            trial=self.trial,
            variation_codes=self.variation,
            assurance_codes=self.assurance,
        )
