"""What is asked of cycles."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.cycles.models import Cycle, CycleMeasure, CycleStatus
from qiplatform.errors import NotFound
from qiplatform.projects import queries as projects
from qiplatform.projects.queries import Seen


@dataclass(frozen=True, slots=True)
class SeenCycle:
    """A cycle somebody may see, with its project and the measures it watches."""

    cycle: Cycle
    seen: Seen
    measure_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ramp:
    """The cycles on one change idea, in order."""

    change_idea: str
    cycles: tuple[Cycle, ...]


def get(db: Session, user: User, cycle_id: str) -> SeenCycle:
    """Return a cycle with its project, or `NotFound`."""
    cycle = db.get(Cycle, cycle_id)
    if cycle is None:
        raise NotFound
    seen = projects.get(db, user, cycle.project_id)
    return SeenCycle(cycle, seen, tuple(measures_of(db, [cycle.id]).get(cycle.id, ())))


def of_project(db: Session, project_id: str) -> list[Cycle]:
    """Return a project's cycles by number."""
    return list(db.scalars(select(Cycle).where(Cycle.project_id == project_id).order_by(Cycle.number)))


def of_projects(db: Session, project_ids: Iterable[str]) -> list[Cycle]:
    """Return the cycles of many projects, by project and number, in one query."""
    chosen = select(Cycle).where(Cycle.project_id.in_(set(project_ids)))
    return list(db.scalars(chosen.order_by(Cycle.project_id, Cycle.number)))


def open_of(db: Session, project_id: str) -> list[Cycle]:
    """Return the cycles that are not done, by number."""
    return [cycle for cycle in of_project(db, project_id) if cycle.status is not CycleStatus.DONE]


def ramps_of(cycles: Iterable[Cycle]) -> list[Ramp]:
    """Group cycles by the change idea they test, in the order in which the ideas were first tested."""
    ramps: dict[str, list[Cycle]] = {}
    for cycle in cycles:
        ramps.setdefault(cycle.change_idea_id or cycle.change_idea.casefold(), []).append(cycle)
    return [Ramp(members[-1].change_idea, tuple(members)) for members in ramps.values()]


def measures_of(db: Session, cycle_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the ids of the measures that each cycle watches, in one query."""
    found: dict[str, list[str]] = {}
    rows = db.execute(
        select(CycleMeasure.cycle_id, CycleMeasure.measure_id)
        .where(CycleMeasure.cycle_id.in_(set(cycle_ids)))
        .order_by(CycleMeasure.cycle_id, CycleMeasure.measure_id)
    )
    for row in rows:
        found.setdefault(row.cycle_id, []).append(row.measure_id)
    return found


def after(db: Session, cycle_id: str) -> Cycle | None:
    """Return the cycle that follows one on its ramp."""
    return db.scalars(
        select(Cycle).where(Cycle.follows_id == cycle_id).order_by(Cycle.number).limit(1)
    ).first()


def get_one(db: Session, cycle_id: str) -> Cycle | None:
    """Return a cycle by its id; for code that has checked who asks."""
    return db.get(Cycle, cycle_id)
