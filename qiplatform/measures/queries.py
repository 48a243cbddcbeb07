"""What is asked of measures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound
from qiplatform.measures.models import (
    Annotation,
    Band,
    BaselineSpan,
    DataPoint,
    Decision,
    Exclusion,
    Measure,
    PhaseStart,
    PointChange,
    StepAwaited,
    StepDeclined,
    Target,
    Why,
)
from qiplatform.measures.rules import Record, alike, sites
from qiplatform.measures.rules.alike import Described
from qiplatform.organisations.models import Organisation
from qiplatform.projects import queries as projects
from qiplatform.projects.models import Project
from qiplatform.projects.queries import Seen

D = TypeVar("D", bound=Decision)
_MOST_COMPARED = 2000


@dataclass(frozen=True, slots=True)
class SeenMeasure:
    """A measure as one person may see it: with its project and what the person is to it."""

    measure: Measure
    project: Seen


@dataclass(frozen=True, slots=True)
class Alike:
    """A measure that is nearly the same as another, and whom to ask about it."""

    score: float
    measure: Measure
    project: Project
    leads: tuple[str, ...]
    """Names."""


def visible_to(user: User) -> Select[Measure]:
    """Select the measures of the projects a person may see."""
    mine = projects.visible_to(user).with_only_columns(Project.id)
    return select(Measure).where(Measure.project_id.in_(mine))


def get(db: Session, user: User, measure_id: str) -> SeenMeasure:
    """Return a measure this person may see, or raise `NotFound`."""
    measure = db.scalar(select(Measure).where(Measure.id == measure_id))
    if measure is None:
        raise NotFound
    return SeenMeasure(measure, projects.get(db, user, measure.project_id))


def of_project(db: Session, project_id: str) -> list[Measure]:
    """Return a project's measures in the order they were defined."""
    return list(db.scalars(select(Measure).where(Measure.project_id == project_id).order_by(Measure.id)))


def of_projects(db: Session, project_ids: Iterable[str]) -> dict[str, list[Measure]]:
    """Return the measures of many projects by project, in the order they were defined, in one query."""
    found: dict[str, list[Measure]] = defaultdict(list)
    wanted = list(project_ids)
    if wanted:
        for measure in db.scalars(select(Measure).where(Measure.project_id.in_(wanted)).order_by(Measure.id)):
            found[measure.project_id].append(measure)
    return dict(found)


def of_ids(db: Session, ids: Iterable[str]) -> list[Measure]:
    """Return measures by their ids, in the order they were defined."""
    wanted = list(ids)
    return (
        list(db.scalars(select(Measure).where(Measure.id.in_(wanted)).order_by(Measure.id))) if wanted else []
    )


def alike_to(
    db: Session, user: User, project: Project, described: Described, *, besides: str = "", most: int = 5
) -> list[Alike]:
    """Return the measures like the one described that a person may see, the most alike first; at most two queries.

    Those of the project's organisation; where it has none, all of theirs. The measure `besides` is left out.
    """
    rows = (
        select(Measure, Project)
        .join(Project, Project.id == Measure.project_id)
        .where(Project.id.in_(projects.visible_to(user).with_only_columns(Project.id)), Measure.id != besides)
    )
    if project.organisation_id is not None:
        rows = rows.where(Project.organisation_id == project.organisation_id)
    others = list(db.execute(rows.order_by(Measure.id.desc()).limit(_MOST_COMPARED)))
    found = alike.alike(described, [row[0] for row in others], most=most)
    leads = projects.leads_of(db, {others[place][1].id for _, place in found})
    return [
        Alike(score, others[place][0], others[place][1], leads.get(others[place][1].id, ()))
        for score, place in found
    ]


def record(db: Session, measure: Measure) -> Record:
    """Return everything one measure's chart is drawn from."""
    return records(db, [measure])[measure.id]


def records(db: Session, measures: Sequence[Measure]) -> dict[str, Record]:
    """Return the same for many measures by id, in four queries however many there are."""
    ids = [measure.id for measure in measures]
    if not ids:
        return {}
    points, decisions = _points(db, ids), _decisions(db, ids)
    targets: dict[str, list[Target]] = defaultdict(list)
    order = Target.from_on.asc().nulls_first()
    for target in db.scalars(select(Target).where(Target.measure_id.in_(ids)).order_by(order, Target.id)):
        targets[target.measure_id].append(target)
    bands: dict[str, list[Band]] = defaultdict(list)
    for band in db.scalars(select(Band).where(Band.measure_id.in_(ids)).order_by(Band.starts_on, Band.key)):
        bands[band.measure_id].append(band)
    return {
        measure.id: _record(
            measure, points[measure.id], targets[measure.id], bands[measure.id], decisions[measure.id]
        )
        for measure in measures
    }


@dataclass(frozen=True, slots=True)
class Defined:
    """A measure as it is defined, with its targets."""

    measure: Measure
    targets: tuple[Target, ...]


def defined_in(db: Session, project_id: str) -> list[Defined]:
    """Return a project's measures with their targets, in the order they were defined, in one query."""
    return _defined(db, Measure.project_id == project_id)


def defined_of(db: Session, ids: Iterable[str]) -> list[Defined]:
    """Return measures by their ids with their targets, in the order they were defined, in one query."""
    wanted = list(ids)
    return _defined(db, Measure.id.in_(wanted)) if wanted else []


@dataclass(frozen=True, slots=True)
class SamePlace:
    """Where a measure is counted too."""

    measure_id: str
    project: str
    organisation: str
    """Empty for a project without one."""


def same_elsewhere(db: Session, user: User, measure: Measure) -> list[SamePlace]:
    """Return where the same measure is counted, in projects a person may see, itself among them, in one query.

    The same are those of the same name, chart, unit and direction.
    """
    same = (
        visible_to(user)
        .where(
            Measure.chart == measure.chart,
            Measure.unit == measure.unit,
            Measure.direction == measure.direction,
        )
        .join(Project, Project.id == Measure.project_id)
        .outerjoin(Organisation, Organisation.id == Project.organisation_id)
        .with_only_columns(Measure.id, Measure.name, Project.title, Organisation.name)
        .order_by(Measure.id)
    )
    wanted = sites.key(measure.name)
    return [
        SamePlace(measure_id, project, organisation or "")
        for measure_id, name, project, organisation in db.execute(same)
        if sites.key(name) == wanted
    ]


def small_records(db: Session, wanted: Sequence[Defined]) -> dict[str, Record]:
    """Return by id what small charts are drawn from, in two queries however many there are.

    Bands are not read: small charts have no room for them.
    """
    ids = [one.measure.id for one in wanted]
    if not ids:
        return {}
    points, decisions = _plain_points(db, ids), _decisions(db, ids)
    return {
        one.measure.id: _record(
            one.measure, points[one.measure.id], list(one.targets), [], decisions[one.measure.id]
        )
        for one in wanted
    }


def _defined(db: Session, which: ColumnElement[bool]) -> list[Defined]:
    rows = db.execute(
        select(Measure, Target)
        .outerjoin(Target, Target.measure_id == Measure.id)
        .where(which)
        .order_by(Measure.id, Target.from_on.asc().nulls_first(), Target.id)
    )
    measures: dict[str, Measure] = {}
    targets: dict[str, list[Target]] = defaultdict(list)
    for measure, target in rows:
        measures[measure.id] = measure
        if target is not None:
            targets[measure.id].append(target)
    return [Defined(one, tuple(targets[one.id])) for one in measures.values()]


def _points(db: Session, ids: list[str]) -> dict[str, list[DataPoint]]:
    found: dict[str, list[DataPoint]] = defaultdict(list)
    for point in db.scalars(
        select(DataPoint).where(DataPoint.measure_id.in_(ids)).order_by(DataPoint.period)
    ):
        found[point.measure_id].append(point)
    return found


def _plain_points(db: Session, ids: list[str]) -> dict[str, list[DataPoint]]:
    """Return the same as plain rows with the same names, to be read only: a third of the time where there are thousands."""
    found: dict[str, list[DataPoint]] = defaultdict(list)
    table = DataPoint.__table__
    for row in db.execute(select(table).where(table.c.measure_id.in_(ids)).order_by(table.c.period)):
        found[row.measure_id].append(cast("DataPoint", row))
    return found


def _decisions(db: Session, ids: list[str]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = defaultdict(list)
    made = select(Decision).where(Decision.measure_id.in_(ids)).order_by(Decision.from_on, Decision.id)
    for decision in db.scalars(made):
        found[decision.measure_id].append(decision)
    return found


def changes(db: Session, measure_id: str, *, most: int) -> list[PointChange]:
    """Return what was added and changed, newest first."""
    rows = select(PointChange).where(PointChange.measure_id == measure_id)
    return list(db.scalars(rows.order_by(PointChange.id.desc()).limit(most)))


def periods_of(db: Session, measure_id: str) -> list[date]:
    """Return the periods there are rows for, in order."""
    rows = select(DataPoint.period).where(DataPoint.measure_id == measure_id)
    return list(db.scalars(rows.order_by(DataPoint.period)))


def _record(
    measure: Measure,
    points: list[DataPoint],
    targets: list[Target],
    bands: list[Band],
    decisions: list[Decision],
) -> Record:
    held = [one for one in decisions if one.removed_at is None]
    baselines = _of(held, BaselineSpan)
    return Record(
        measure=measure,
        points=tuple(points),
        targets=tuple(targets),
        phases=_of(held, PhaseStart),
        exclusions=_of(held, Exclusion),
        annotations=_of(held, Annotation),
        baseline=baselines[-1] if baselines else None,
        whys=_of(held, Why),
        declined=_of(held, StepDeclined),
        awaited=_of(held, StepAwaited),
        bands=tuple(bands),
        taken_back=tuple(one for one in decisions if one.removed_at is not None),
    )


def _of(decisions: list[Decision], kind: type[D]) -> tuple[D, ...]:
    return tuple(one for one in decisions if isinstance(one, kind))
