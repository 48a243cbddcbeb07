"""One PDSA cycle of the demo, lived through as a team would: planned, started, done, studied, acted on."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.cycles import actions, queries
from qiplatform.cycles.models import Act, Cycle, Held, Objective
from qiplatform.cycles.rules import Plan
from qiplatform.demo.measured import instant
from qiplatform.projects.queries import Seen

MARK = "(Invented for the demonstration around real data.)"


@dataclass(frozen=True, slots=True)
class Studied:
    """How a cycle ended."""

    held: Held
    studied: str
    learned: str
    act: Act
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """A cycle as it is told."""

    change_idea: str
    questions: str
    prediction: str
    plan: str
    data_plan: str
    starts_on: date
    ends_on: date
    did: str
    problems: str = ""
    objective: Objective = Objective.TEST
    study: Studied | None = None
    """None while it waits to be studied."""


def live(
    db: Session, *, by: User, project: Seen, measure_ids: list[str], told: Told, follows: Cycle | None = None
) -> Cycle:
    """Take a cycle through its course, each step on its day."""
    plan = Plan(
        questions=told.questions,
        prediction=told.prediction,
        change_idea=told.change_idea,
        objective=told.objective,
        plan=f"{told.plan} {MARK}",
        data_plan=told.data_plan,
    )
    cycle = actions.plan(
        db,
        by=by,
        at=instant(told.starts_on - timedelta(days=6)),
        seen=project,
        plan=plan,
        starts_on=told.starts_on,
        ends_on=told.ends_on,
        measure_ids=measure_ids,
        follows=follows,
    )
    seen = queries.get(db, by, cycle.id)
    actions.start(db, by=by, at=instant(told.starts_on), seen=seen)
    done = instant(told.ends_on + timedelta(days=3))
    actions.do(db, by=by, at=done, seen=seen, did=told.did, problems=told.problems, ends_on=told.ends_on)
    if told.study is not None:
        at, end = instant(told.ends_on + timedelta(days=10)), told.study
        actions.study(
            db, by=by, at=at, seen=seen, prediction_held=end.held, studied=end.studied, learned=end.learned
        )
        actions.act(db, by=by, at=at, seen=seen, act=end.act, reason=end.reason)
    return cycle
