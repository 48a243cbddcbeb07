"""What is asked of reports by the people who write and check them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound
from qiplatform.learning.models import (
    Adoption,
    Gone,
    Publication,
    PublishedVersion,
    Report,
    ReportApproval,
    ReportAuthor,
    ReportChange,
    ReportMeasure,
    ReportMove,
    ReportStatus,
    Tombstone,
)
from qiplatform.organisations.rules import Right, Role, may
from qiplatform.projects import queries as projects
from qiplatform.projects.models import Project

OPEN_TO_CURATORS = (
    *(ReportStatus.SUBMITTED, ReportStatus.PUBLISHED),
    *(ReportStatus.CORRECTING, ReportStatus.WITHDRAWN),
)
"""A draft is the team's own; a curator sees what the team has sent, and what is public."""


@dataclass(frozen=True, slots=True)
class SeenReport:
    """A report as one person may see it: its project, what the person is to it, and who has a part in it."""

    report: Report
    project: Project
    roles: AbstractSet[Role]
    team: AbstractSet[str]
    involved: AbstractSet[str]
    public: bool
    """Whether a version of it is public, hidden for the moment or not."""
    hidden: bool = False

    @property
    def of_team(self) -> bool:
        """Whether the person may see the project itself."""
        return may(Right.SEE_PROJECT, self.roles)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list."""

    report: Report
    project_title: str


def visible_to(user: User) -> Select[Report]:
    """Select the reports of the projects a person sees; a curator sees also what was sent to be checked."""
    mine = Report.project_id.in_(projects.visible_to(user).with_only_columns(Project.id))
    open_to_curators = Report.status.in_(OPEN_TO_CURATORS)
    return select(Report).where(or_(mine, open_to_curators) if user.is_curator else mine)


def get(db: Session, user: User, report_id: str) -> SeenReport:
    """Return a report this person may see, or raise `NotFound`."""
    found = db.execute(
        visible_to(user)
        .join(Project, Project.id == Report.project_id)
        .add_columns(Project)
        .where(Report.id == report_id)
    ).first()
    if found is None:
        raise NotFound
    report, project = found
    roles = projects.roles_of(db, user, project)
    team = projects.team_ids(db, project.id)
    senders = select(ReportMove.by_id).where(
        ReportMove.report_id == report_id, ReportMove.after == ReportStatus.SUBMITTED
    )
    named = select(ReportAuthor.user_id).where(ReportAuthor.report_id == report_id)
    involved = {report.written_by_id, *db.scalars(senders.union(named))}
    gone = select(Tombstone.kind).where(Tombstone.report_id == report_id).scalar_subquery()
    stands = select(Publication.report_id).where(Publication.report_id == report_id).exists()
    public, kind = db.execute(select(stands, gone)).one()
    hidden = kind == Gone.HIDDEN
    return SeenReport(report, project, roles, team, involved, public or hidden, hidden)


def waiting(db: Session) -> list[ReportLine]:
    """Return the reports that wait to be checked, the longest waiting first."""
    query = select(Report, Project.title).join(Project, Project.id == Report.project_id)
    rows = db.execute(
        query.where(Report.status == ReportStatus.SUBMITTED).order_by(Report.submitted_at, Report.id)
    )
    return [ReportLine(report, title) for report, title in rows]


def mine(db: Session, user: User) -> list[ReportLine]:
    """Return the reports of a person's projects, newest first."""
    in_mine = Report.project_id.in_(projects.visible_to(user).with_only_columns(Project.id))
    query = select(Report, Project.title).join(Project, Project.id == Report.project_id).where(in_mine)
    return [
        ReportLine(report, title) for report, title in db.execute(query.order_by(Report.id.desc()).limit(100))
    ]


def of_project(db: Session, project_id: str) -> list[Report]:
    """Return a project's reports, newest first."""
    return list(db.scalars(select(Report).where(Report.project_id == project_id).order_by(Report.id.desc())))


def chosen(db: Session, report_id: str) -> list[str]:
    """Return the ids of the measures chosen for a report, in their order."""
    query = select(ReportMeasure.measure_id).where(ReportMeasure.report_id == report_id)
    return list(db.scalars(query.order_by(ReportMeasure.position)))


def authors(db: Session, report_id: str) -> list[str]:
    """Return the ids of those who agreed to be named, in the order they agreed."""
    query = select(ReportAuthor.user_id).where(ReportAuthor.report_id == report_id)
    return list(db.scalars(query.order_by(ReportAuthor.agreed_at, ReportAuthor.user_id)))


def described(db: Session, report_id: str) -> list[ReportChange]:
    """Return the changes a report describes one by one, in their order."""
    query = select(ReportChange).where(ReportChange.report_id == report_id)
    return list(db.scalars(query.order_by(ReportChange.position, ReportChange.id)))


def approvals(db: Session, report_id: str) -> list[ReportApproval]:
    """Return who agreed so far, in the order they did."""
    query = select(ReportApproval).where(ReportApproval.report_id == report_id)
    return list(db.scalars(query.order_by(ReportApproval.at)))


def moves(db: Session, report_id: str) -> Sequence[ReportMove]:
    """Return a report's way so far, newest first."""
    return list(
        db.scalars(select(ReportMove).where(ReportMove.report_id == report_id).order_by(ReportMove.id.desc()))
    )


def begun_with(db: Session, project_id: str) -> Mapping[str, Any]:
    """Return the published content a project was begun with, or raise `NotFound` where it began on its own."""
    query = select(PublishedVersion.content).join(Adoption, Adoption.version_id == PublishedVersion.id)
    content: Mapping[str, Any] | None = db.scalar(query.where(Adoption.project_id == project_id))
    if content is None:
        raise NotFound
    return content


def first_plan(content: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the plan of the first published test, without its prediction: that is for each team to make."""
    for cycle in content["cycles"][:1]:
        return {name: cycle[name] for name in ("change_idea", "questions", "plan", "data_plan")}
    return None
