"""What is asked across the rooms, each page in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.models import User
from qiplatform.cycles import queries as cycles
from qiplatform.cycles.models import Cycle, CycleStatus
from qiplatform.learning import queries as learning
from qiplatform.learning.models import Report, ReportResult
from qiplatform.learning.queries import ReportLine
from qiplatform.measures import queries as measures
from qiplatform.measures.models import Measure, MeasureType
from qiplatform.measures.rules import Record
from qiplatform.notices import queries as notices
from qiplatform.notices.models import Notice
from qiplatform.organisations import queries as organisations
from qiplatform.projects import queries as projects
from qiplatform.projects.models import Project, TeamRole
from qiplatform.projects.queries import Seen
from qiplatform.projects.rules import DriverNode
from qiplatform.search import queries as search
from qiplatform.search.models import Facet, SearchDocument, SearchFacet
from qiplatform.store.audit import AuditEvent

MOST_PROJECTS = 12
"""As many of a person's projects as fit a page; the rest are one link away."""
MOST_WAITING = 7
MOST_NOTICES = 5
LONGEST_DIARY = 40
NEWEST = 3
MOST_TOPICS = 30
NOT_WORKED = tuple(
    one.value for one in (ReportResult.NO_CHANGE, ReportResult.WORSE, ReportResult.STOPPED_EARLY)
)


@dataclass(frozen=True, slots=True)
class Work:
    """What a person's day here begins with."""

    projects: Sequence[Project]
    total: int
    organisations: Mapping[str, str]
    outcomes: Mapping[str, Record]
    """The record of each project's first outcome measure, by project."""
    waiting: Sequence[Cycle]
    """Cycles whose results stand to be compared with their predictions, the longest waiting first."""
    checks: Sequence[ReportLine]
    """Reports that wait for a checker; none for those who are not."""
    notices: Sequence[Notice]
    unseen: int


@dataclass(frozen=True, slots=True)
class Front:
    """What a visitor is shown."""

    newest: Sequence[str]
    """Ids of reports, as `not_worked`."""
    not_worked: Sequence[str]
    present: Mapping[str, search.Present]
    """What is public now of each."""
    topics: Sequence[tuple[str, int]]
    """Topics with the number of reports, the most frequent first."""
    total: int


@dataclass(frozen=True, slots=True)
class Whole:
    """One project with everything its page tells."""

    seen: Seen
    organisation: str
    team: Sequence[tuple[User, TeamRole]]
    drivers: DriverNode | None
    records: Sequence[Record]
    cycles: Sequence[Cycle]
    reports: Sequence[Report]
    diary: Sequence[AuditEvent]
    names: Mapping[str, str]


def my_work(db: Session, user: User) -> Work:
    """Return what waits for a person: cycles to study, their projects with their outcome, and what is new."""
    mine = projects.visible_to(user)
    found = list(db.scalars(mine.order_by(Project.id.desc()).limit(MOST_PROJECTS)))
    total = len(found)
    if total == MOST_PROJECTS:
        total = db.scalar(select(func.count()).select_from(mine.subquery())) or 0
    defined = measures.of_projects(db, [one.id for one in found])
    first = {place: one for place, several in defined.items() if (one := _outcome(several)) is not None}
    records = measures.records(db, list(first.values()))
    studying = select(Cycle).where(
        Cycle.status == CycleStatus.STUDYING, Cycle.project_id.in_(mine.with_only_columns(Project.id))
    )
    return Work(
        projects=found,
        total=total,
        organisations=organisations.names(db, {one.organisation_id for one in found if one.organisation_id}),
        outcomes={place: records[measure.id] for place, measure in first.items()},
        waiting=list(db.scalars(studying.order_by(Cycle.moved_at, Cycle.id).limit(MOST_WAITING))),
        checks=learning.waiting(db) if user.is_curator else (),
        notices=notices.unseen_of(db, user, most=MOST_NOTICES),
        unseen=notices.count_unseen(db, user),
    )


def _outcome(several: Sequence[Measure]) -> Measure | None:
    return next((one for one in several if one.type is MeasureType.OUTCOME), None)


def whole(db: Session, seen: Seen) -> Whole:
    """Return a project with its team, drivers, measures, cycles and diary."""
    project = seen.project
    team = projects.team_of(db, project.id)
    defined = measures.of_project(db, project.id)
    tested = cycles.of_project(db, project.id)
    subjects = [project.id, *(one.id for one in defined), *(one.id for one in tested)]
    diary = list(
        db.scalars(
            select(AuditEvent)
            .where(AuditEvent.subject_id.in_(subjects))
            .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
            .limit(LONGEST_DIARY)
        )
    )
    people = {one.by_id for one in diary if one.by_id} | {
        str(one.details.get("user", "")) for one in diary
    } - {""}
    records = measures.records(db, defined)
    places = organisations.names(db, {project.organisation_id} if project.organisation_id else set())
    return Whole(
        seen=seen,
        organisation=places.get(project.organisation_id or "", ""),
        team=team,
        drivers=projects.drivers_of(db, project.id),
        records=[records[one.id] for one in defined],
        cycles=tested,
        reports=learning.of_project(db, project.id),
        diary=diary,
        names=accounts.names(db, people),
    )


def front(db: Session) -> Front:
    """Return what a visitor is shown: the newest learning, the newest of what did not work, and the topics."""
    every = search.find(db)
    ids = select(func.coalesce(SearchDocument.report_id, SearchDocument.harvested_id))
    ids = ids.join(SearchFacet, SearchFacet.number == SearchDocument.number).where(
        SearchFacet.facet == Facet.RESULT, SearchFacet.value.in_(NOT_WORKED)
    )
    order = SearchDocument.published_at.desc(), SearchDocument.number.desc()
    newest, not_worked = every.items[:NEWEST], list(db.scalars(ids.order_by(*order).limit(NEWEST)))
    return Front(
        newest=newest,
        not_worked=not_worked,
        present=search.present(db, [*newest, *not_worked]),
        topics=[(one.value, one.count) for one in every.facets[Facet.TOPIC][:MOST_TOPICS]],
        total=every.total,
    )
