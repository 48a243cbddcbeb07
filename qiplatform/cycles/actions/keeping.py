"""What every step shares: the version, the charts, the diagram, the record."""

from collections.abc import Collection
from datetime import datetime
from textwrap import shorten

from sqlalchemy import delete
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.cycles import queries, rules
from qiplatform.cycles.models import Cycle, CycleMeasure
from qiplatform.cycles.queries import SeenCycle
from qiplatform.errors import Stale
from qiplatform.measures import actions as measures
from qiplatform.measures import queries as measures_asked
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects import actions as projects
from qiplatform.projects.models import IdeaState
from qiplatform.projects.queries import Seen
from qiplatform.store import audit

STALE = "Somebody else changed this cycle while you were typing. Your words are still below: compare, then save again."


def checked(seen: SeenCycle, version: int | None) -> Cycle:
    """Return the cycle, refused to who may not work on it and to a form that was opened on an older version."""
    check_may(Right.WORK_ON_PROJECT, seen.seen.roles)
    if version is not None and version != seen.cycle.version:
        raise Stale(STALE)
    return seen.cycle


def watch(db: Session, cycle: Cycle, seen: Seen, measure_ids: Collection[str]) -> None:
    """Keep the measures a cycle should show on, and draw it there and nowhere else."""
    asked = dict.fromkeys(measure_ids)
    rules.check_measures(asked, [one.id for one in measures_asked.of_project(db, seen.project.id)])
    before = queries.measures_of(db, [cycle.id]).get(cycle.id, [])
    db.execute(delete(CycleMeasure).where(CycleMeasure.cycle_id == cycle.id))
    for measure_id in set(before) - set(asked):
        measures.hide_band(db, measure_id=measure_id, key=f"cycle:{cycle.id}")
    db.add_all([CycleMeasure(cycle_id=cycle.id, measure_id=measure_id) for measure_id in asked])
    db.flush()
    show(db, cycle, tuple(asked))


def show(db: Session, cycle: Cycle, measure_ids: Collection[str]) -> None:
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


def mark(db: Session, cycle: Cycle, state: IdeaState) -> None:
    """Note in the driver diagram what became of the change idea."""
    if cycle.change_idea_id:
        projects.mark_idea(db, project_id=cycle.project_id, driver_id=cycle.change_idea_id, state=state)


def done(db: Session, *, by: User, at: datetime, cycle: Cycle, verb: str) -> Cycle:
    """Write the step into the record."""
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
