"""A project's cycles, ramp by ramp."""

from collections.abc import Iterable
from dataclasses import dataclass

from qiplatform.cycles import rules
from qiplatform.cycles.models import Cycle, CycleStatus
from qiplatform.cycles.pages.words import ACTS, next_href
from qiplatform.cycles.queries import Ramp
from qiplatform.organisations.rules import Right
from qiplatform.projects.pages import address
from qiplatform.projects.queries import Seen


@dataclass(frozen=True, slots=True)
class Step:
    """One cycle on a ramp."""

    number: int
    href: str
    state: str
    kind: str
    prediction: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Climb:
    """One ramp: the cycles on one change idea."""

    change_idea: str
    steps: tuple[Step, ...]
    next_href: str
    why_not_next: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The cycles of a project, ramp by ramp."""

    project: str
    href: str
    ramps: tuple[Climb, ...]
    may_plan: bool
    why_not_plan: str
    title: str = "PDSA cycles"


def listed(seen: Seen, ramps: Iterable[Ramp]) -> ListPage:
    """Return the ramps of a project."""
    may = seen.may(Right.WORK_ON_PROJECT)
    closed = rules.refused(rules.check_open, seen.project.status)
    climbs = tuple(
        Climb(
            ramp.change_idea or "Not on the driver diagram",
            tuple(map(step, ramp.cycles)),
            next_href(ramp.cycles[-1]) if may and not closed else "",
            closed or rules.refused(rules.check_can_plan_next, ramp.cycles[-1].status, ramp.cycles[-1].act),
        )
        for ramp in ramps
    )
    return ListPage(seen.project.title, address(seen.project), climbs, may, closed)


def step(cycle: Cycle) -> Step:
    """Return a cycle as it stands on its ramp."""
    kind = "done" if cycle.status is CycleStatus.DONE else "active"
    outcome = f"{ACTS[cycle.act]}. {cycle.learned or cycle.act_reason}".strip() if cycle.act else ""
    state = ACTS[cycle.act] if cycle.act else rules.WORDS[cycle.status].capitalize()
    return Step(cycle.number, f"/cycles/{cycle.id}", state, kind, cycle.prediction, outcome)
