"""Cycles planned, plans changed, and how the next cycle of a ramp begins."""

import hashlib
from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.cycles import queries, rules
from qiplatform.cycles.actions.keeping import checked, done, watch
from qiplatform.cycles.models import Act, Cycle, Objective
from qiplatform.cycles.queries import SeenCycle
from qiplatform.cycles.rules import Plan
from qiplatform.errors import Invalid
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects import queries as projects_asked
from qiplatform.projects.models import Project
from qiplatform.projects.queries import Seen
from qiplatform.store import audit, idempotency


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
    once: str = "",
) -> Cycle:
    """Plan a cycle. Without a question and a prediction it is refused.

    `once` names the form or request it came from: the same plan sent twice by it makes one cycle.
    """
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    project_id = seen.project.id
    # One at a time: two people who plan at once get two numbers.
    db.execute(select(Project.id).where(Project.id == project_id).with_for_update())
    sent = repr((project_id, plan, starts_on, ends_on, sorted(measure_ids), follows and follows.id))
    digest = hashlib.sha256(sent.encode()).hexdigest()
    key = f"cycles.plan:{once}:{digest[:32]}"
    if once and (answer := idempotency.earlier_answer(db, by=by.id, key=key, digest=digest)) is not None:
        return db.get_one(Cycle, answer["id"])
    plan = _on_diagram(db, seen, plan)
    rules.check_plan(plan)
    rules.check_dates(starts_on, ends_on)
    before = queries.of_project(db, project_id)
    rules.check_follows(follows, project_id)
    rules.check_can_plan(seen.project.status, plan, before)
    cycle = Cycle(
        project_id=project_id,
        number=max((one.number for one in before), default=0) + 1,
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
    watch(db, cycle, seen, measure_ids)
    audit.record(
        db,
        at=at,
        by=by.id,
        action="cycles.plan",
        subject=cycle.id,
        project=project_id,
        number=cycle.number,
    )
    if once:
        idempotency.keep_answer(db, at=at, by=by.id, key=key, digest=digest, answer={"id": cycle.id})
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
    cycle = checked(seen, version)
    rules.check_can_change_plan(cycle.status)
    plan = _on_diagram(db, seen.seen, plan)
    rules.check_plan(plan)
    rules.check_dates(starts_on, ends_on)
    for name, value in asdict(plan).items():
        setattr(cycle, name, value)
    cycle.starts_on, cycle.ends_on = starts_on, ends_on
    watch(db, cycle, seen.seen, measure_ids)
    return done(db, by=by, at=at, cycle=cycle, verb="change_plan")


def next_plan(seen: SeenCycle) -> Plan:
    """Return the plan that the next cycle of the ramp begins with: everything but the prediction, which is made anew."""
    cycle = seen.cycle
    rules.check_can_plan_next(cycle.status, cycle.act)
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
