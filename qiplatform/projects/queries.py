"""What is asked of projects."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound
from qiplatform.organisations import queries as organisations
from qiplatform.organisations.models import Membership
from qiplatform.organisations.rules import OF_ORGANISATION, Right, Role, may
from qiplatform.projects.models import Driver, DriverKind, Project, StatusMove, TeamMember, TeamRole
from qiplatform.projects.rules import DriverNode

_OF_TEAM = {TeamRole.MEMBER: Role.MEMBER, TeamRole.LEAD: Role.LEAD}


@dataclass(frozen=True, slots=True)
class Seen:
    """A project somebody may see, and what they are to it."""

    project: Project
    roles: frozenset[Role]

    def may(self, right: Right) -> bool:
        """Whether they have this right on it."""
        return may(right, self.roles)


def visible_to(user: User) -> Select[Project]:
    """Select the projects a person may see: their teams', and all of an organisation they coach or run."""
    seeing = [role for role, given in OF_ORGANISATION.items() if given and may(Right.SEE_PROJECT, {given})]
    mine = select(TeamMember.project_id).where(TeamMember.user_id == user.id)
    places = select(Membership.organisation_id).where(
        Membership.user_id == user.id, Membership.role.in_(seeing)
    )
    return select(Project).where(or_(Project.id.in_(mine), Project.organisation_id.in_(places)))


def get(db: Session, user: User, project_id: str) -> Seen:
    """Return a project with the person's roles on it, or `NotFound`: not there and not theirs look the same."""
    row = db.execute(
        select(Project, TeamMember.role)
        .outerjoin(TeamMember, (TeamMember.project_id == Project.id) & (TeamMember.user_id == user.id))
        .where(Project.id == project_id)
    ).first()
    if row is None:
        raise NotFound
    seen = Seen(row[0], _roles(db, user, row[0], row[1]))
    if not seen.may(Right.SEE_PROJECT):
        raise NotFound
    return seen


def roles_of(db: Session, user: User, project: Project) -> frozenset[Role]:
    """Return what a person is to a project."""
    role = db.scalar(
        select(TeamMember.role).where(TeamMember.project_id == project.id, TeamMember.user_id == user.id)
    )
    return _roles(db, user, project, role)


def _roles(db: Session, user: User, project: Project, of_team: TeamRole | None) -> frozenset[Role]:
    of_organisation = organisations.role_in(db, user, project.organisation_id)
    roles = {
        _OF_TEAM[of_team] if of_team else None,
        OF_ORGANISATION[of_organisation] if of_organisation else None,
        Role.CURATOR if user.is_curator else None,
    }
    return frozenset(role for role in roles if role is not None)


def of_ids(db: Session, ids: Iterable[str]) -> dict[str, Project]:
    """Return projects by id, in one query; for code that has checked who asks."""
    return {one.id: one for one in db.scalars(select(Project).where(Project.id.in_(set(ids))))}


def team_of(db: Session, project_id: str) -> list[tuple[User, TeamRole]]:
    """Return a project's people, leads first, then by name."""
    rows = db.execute(
        select(User, TeamMember.role)
        .join(TeamMember, TeamMember.user_id == User.id)
        .where(TeamMember.project_id == project_id)
        .order_by(TeamMember.role, User.name)
    )
    return [(user, role) for user, role in rows]


def team_ids(db: Session, project_id: str) -> set[str]:
    """Return the ids of a project's people."""
    return set(db.scalars(select(TeamMember.user_id).where(TeamMember.project_id == project_id)))


def leads_of(db: Session, project_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of those who lead these projects, by project, in at most one query."""
    wanted = set(project_ids)
    found: dict[str, tuple[str, ...]] = {}
    if wanted:
        rows = (
            select(TeamMember.project_id, User.name)
            .join(User, User.id == TeamMember.user_id)
            .where(TeamMember.project_id.in_(wanted), TeamMember.role == TeamRole.LEAD)
            .order_by(User.name)
        )
        for project_id, name in db.execute(rows):
            found[project_id] = (*found.get(project_id, ()), name)
    return found


def drivers_of(db: Session, project_id: str) -> DriverNode | None:
    """Return the driver diagram as a tree, or None before there is one; one query."""
    rows = list(db.scalars(select(Driver).where(Driver.project_id == project_id).order_by(Driver.position)))
    below: dict[str | None, list[Driver]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def node(row: Driver) -> DriverNode:
        return DriverNode(row.kind, row.text, tuple(map(node, below.get(row.id, ()))), row.id, row.state)

    return next((node(row) for row in below.get(None, ())), None)


def change_ideas_of(db: Session, project_id: str) -> list[Driver]:
    """Return a project's change ideas, top to bottom."""
    ideas = select(Driver).where(Driver.project_id == project_id, Driver.kind == DriverKind.CHANGE_IDEA)
    return list(db.scalars(ideas.order_by(Driver.position)))


def roles_in_teams(db: Session, user: User, project_ids: Iterable[str]) -> dict[str, TeamRole]:
    """Return what a person is in the teams of these projects, by project, in one query."""
    mine = select(TeamMember.project_id, TeamMember.role).where(
        TeamMember.user_id == user.id, TeamMember.project_id.in_(set(project_ids))
    )
    return {row.project_id: row.role for row in db.execute(mine)}


def moves_of(db: Session, project_id: str) -> list[StatusMove]:
    """Return a project's course so far, newest first."""
    return list(
        db.scalars(
            select(StatusMove).where(StatusMove.project_id == project_id).order_by(StatusMove.id.desc())
        )
    )
