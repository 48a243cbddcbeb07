"""What is done with cycles: plan, start, do, study, act, and the next one of the ramp."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from textwrap import shorten

from sqlalchemy import delete
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.cycles import queries, rules
from qiplatform.cycles.models import Act, Cycle, CycleMeasure, CycleStatus, Held, Objective
from qiplatform.cycles.queries import SeenCycle
from qiplatform.cycles.rules import Plan
from qiplatform.errors import Invalid, Stale
from qiplatform.measures import actions as measures
from qiplatform.measures import queries as measures_asked
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects import actions as projects
from qiplatform.projects import queries as projects_asked
from qiplatform.projects.models import IdeaState
from qiplatform.projects.queries import Seen
from qiplatform.store import audit

_IDEA_STATE = {Act.ADOPT: IdeaState.ADOPTED, Act.ADAPT: IdeaState.TESTING, Act.ABANDON: IdeaState.ABANDONED}
_STALE = "Somebody else changed this cycle while you were typing. Your words are still below: compare, then save again."


def plan(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: Seen,
    plan: Plan,
    starts_on: date | None = None,
    ends_on: date | None = None,
    measure_ids: Collection[str] = (),
    follows: Cycle | None = None,
) -> Cycle:
    """Plan a cycle. Without a question and a prediction it is refused."""
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    plan = _on_diagram(db, seen, plan)
    rules.check_plan(plan)
    rules.check_dates(starts_on, ends_on)
    cycle = Cycle(
        project_id=seen.project.id,
        number=queries.next_number(db, seen.project.id),
        starts_on=starts_on,
        ends_on=ends_on,
        follows_id=follows.id if follows else None,
        planned_by_id=by.id,
        planned_at=at,
        moved_at=at,
        **asdict(plan),
    )
    db.add(cycle)
    db.flush()
    _watch(db, cycle, seen, measure_ids)
    audit.record(
        db,
        at=at,
        by=by.id,
        action="cycles.plan",
        subject=cycle.id,
        project=seen.project.id,
        number=cycle.number,
    )
    return cycle


def change_plan(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    plan: Plan,
    starts_on: date | None = None,
    ends_on: date | None = None,
    measure_ids: Collection[str] = (),
    version: int | None = None,
) -> Cycle:
    """Rewrite a plan whose test has not started."""
    cycle = _checked(seen, version)
    rules.check_can_change_plan(cycle.status)
    plan = _on_diagram(db, seen.seen, plan)
    rules.check_plan(plan)
    rules.check_dates(starts_on, ends_on)
    for name, value in asdict(plan).items():
        setattr(cycle, name, value)
    cycle.starts_on, cycle.ends_on = starts_on, ends_on
    _watch(db, cycle, seen.seen, measure_ids)
    return _done(db, by=by, at=at, cycle=cycle, verb="change_plan")


def start(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    starts_on: date | None = None,
    version: int | None = None,
) -> Cycle:
    """Start the test; today unless another first day is given."""
    cycle = _checked(seen, version)
    rules.check_can(CycleStatus.DOING, cycle.status)
    cycle.starts_on = starts_on or cycle.starts_on or at.date()
    rules.check_dates(cycle.starts_on, cycle.ends_on)
    _move(db, cycle, CycleStatus.DOING, at=at)
    _mark(db, cycle, IdeaState.TESTING)
    _show(db, cycle, seen.measure_ids)
    return _done(db, by=by, at=at, cycle=cycle, verb="start")


def do(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    did: str,
    problems: str = "",
    ends_on: date | None = None,
    version: int | None = None,
) -> Cycle:
    """Write what happened; the cycle then waits to be studied."""
    cycle = _checked(seen, version)
    rules.check_can(CycleStatus.STUDYING, cycle.status)
    if not did.strip():
        raise Invalid.one("did", "Write what happened, in a sentence or two.")
    cycle.did, cycle.problems = did, problems
    cycle.ends_on = ends_on or cycle.ends_on or at.date()
    rules.check_dates(cycle.starts_on, cycle.ends_on)
    _move(db, cycle, CycleStatus.STUDYING, at=at)
    _show(db, cycle, seen.measure_ids)
    return _done(db, by=by, at=at, cycle=cycle, verb="do")


def study(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    prediction_held: Held | None,
    studied: str,
    learned: str = "",
    version: int | None = None,
) -> Cycle:
    """Compare the result with the prediction."""
    cycle = _checked(seen, version)
    rules.check_study(cycle.status, studied, prediction_held)
    cycle.prediction_held, cycle.studied, cycle.learned = prediction_held, studied, learned
    return _done(db, by=by, at=at, cycle=cycle, verb="study")


def act(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    act: Act,
    reason: str = "",
    version: int | None = None,
) -> Cycle:
    """Adopt, adapt or abandon the change; the cycle is done."""
    cycle = _checked(seen, version)
    rules.check_act(cycle.status, act, cycle.prediction_held, reason)
    cycle.act, cycle.act_reason = act, reason
    _move(db, cycle, CycleStatus.DONE, at=at)
    _mark(db, cycle, _IDEA_STATE[act])
    return _done(db, by=by, at=at, cycle=cycle, verb="act")


def advance(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    starts_on: date | None = None,
    ends_on: date | None = None,
    did: str | None = None,
    problems: str = "",
    studied: str | None = None,
    learned: str = "",
    prediction_held: Held | None = None,
    decided: Act | None = None,
    reason: str = "",
    version: int | None = None,
) -> Cycle:
    """Take several steps at once, in their order; what was not sent is not done. One refused step refuses all."""
    cycle = _checked(seen, version)
    if cycle.status is CycleStatus.PLANNED and (starts_on is not None or did is not None):
        start(db, by=by, at=at, seen=seen, starts_on=starts_on)
    if did is not None:
        do(db, by=by, at=at, seen=seen, did=did, problems=problems, ends_on=ends_on)
    if studied is not None or prediction_held is not None:
        held = prediction_held or cycle.prediction_held
        study(
            db,
            by=by,
            at=at,
            seen=seen,
            prediction_held=held,
            studied=studied or cycle.studied,
            learned=learned,
        )
    if decided is not None:
        act(db, by=by, at=at, seen=seen, act=decided, reason=reason)
    return cycle


def next_plan(seen: SeenCycle) -> Plan:
    """Return the plan that the next cycle of the ramp begins with: everything but the prediction, which is made anew."""
    cycle = seen.cycle
    rules.check_can_plan_next(cycle.status)
    objective = Objective.IMPLEMENT if cycle.act is Act.ADOPT else Objective.TEST
    return Plan(
        questions=cycle.questions,
        prediction="",
        change_idea=cycle.change_idea,
        change_idea_id=cycle.change_idea_id,
        objective=objective,
        plan=cycle.plan,
        data_plan=cycle.data_plan,
    )


def _checked(seen: SeenCycle, version: int | None) -> Cycle:
    check_may(Right.WORK_ON_PROJECT, seen.seen.roles)
    if version is not None and version != seen.cycle.version:
        raise Stale(_STALE)
    return seen.cycle


def _on_diagram(db: Session, seen: Seen, plan: Plan) -> Plan:
    """Tie the change idea to its box on the diagram, by id or by its words."""
    ideas = projects_asked.change_ideas_of(db, seen.project.id)
    wanted = plan.change_idea.strip().casefold()
    for idea in ideas:
        if idea.id in {plan.change_idea_id, plan.change_idea.strip()} or (
            wanted and idea.text.casefold() == wanted
        ):
            return Plan(**{**asdict(plan), "change_idea": idea.text, "change_idea_id": idea.id})
    if plan.change_idea_id:
        raise Invalid.one("change_idea", "Choose a change idea of this project's driver diagram.")
    return Plan(**{**asdict(plan), "change_idea": plan.change_idea.strip(), "change_idea_id": None})


def _watch(db: Session, cycle: Cycle, seen: Seen, measure_ids: Collection[str]) -> None:
    asked = dict.fromkeys(measure_ids)
    rules.check_measures(asked, [one.id for one in measures_asked.of_project(db, seen.project.id)])
    before = queries.measures_of(db, [cycle.id]).get(cycle.id, [])
    db.execute(delete(CycleMeasure).where(CycleMeasure.cycle_id == cycle.id))
    for measure_id in set(before) - set(asked):
        measures.hide_band(db, measure_id=measure_id, key=f"cycle:{cycle.id}")
    db.add_all([CycleMeasure(cycle_id=cycle.id, measure_id=measure_id) for measure_id in asked])
    db.flush()
    _show(db, cycle, tuple(asked))


def _show(db: Session, cycle: Cycle, measure_ids: Collection[str]) -> None:
    """Draw the test on the charts it watches, as soon as it has a first day."""
    if cycle.starts_on is None:
        return
    for measure_id in measure_ids:
        measures.show_band(
            db,
            measure_id=measure_id,
            key=f"cycle:{cycle.id}",
            starts_on=cycle.starts_on,
            ends_on=cycle.ends_on,
            label=f"PDSA {cycle.number}",
            detail=shorten(cycle.change_idea or cycle.questions, 300, placeholder=" ..."),
            href=f"/cycles/{cycle.id}",
        )


def _mark(db: Session, cycle: Cycle, state: IdeaState) -> None:
    if cycle.change_idea_id:
        projects.mark_idea(db, project_id=cycle.project_id, driver_id=cycle.change_idea_id, state=state)


def _move(db: Session, cycle: Cycle, to: CycleStatus, *, at: datetime) -> None:
    cycle.status, cycle.moved_at = to, at
    db.flush()


def _done(db: Session, *, by: User, at: datetime, cycle: Cycle, verb: str) -> Cycle:
    db.flush()
    audit.record(
        db,
        at=at,
        by=by.id,
        action=f"cycles.{verb}",
        subject=cycle.id,
        project=cycle.project_id,
        number=cycle.number,
    )
    return cycle
