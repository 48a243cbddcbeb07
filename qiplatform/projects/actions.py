"""What is done to projects."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from itertools import count

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, Stale
from qiplatform.organisations import queries as organisations
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects import queries, rules
from qiplatform.projects.models import (
    Driver,
    DriverKind,
    IdeaState,
    Project,
    ProjectStatus,
    StatusMove,
    TeamMember,
    TeamRole,
)
from qiplatform.projects.queries import Seen
from qiplatform.projects.rules import AimParts, DriverNode
from qiplatform.store import audit, idempotency
from qiplatform.store.base import new_id

_STALE = "Somebody else changed this project while you were typing. Your words are still below: compare, then save again."


def register(
    db: Session,
    *,
    by: User,
    at: datetime,
    title: str,
    problem: str = "",
    organisation_id: str | None = None,
    setting: str = "",
    topics: Sequence[str] = (),
    aim: AimParts | None = None,
    once: str = "",
) -> Project:
    """Register a project; whoever does so leads it. Without an organisation it goes to the person's only one.

    `once` names the form or request it came from: the same project sent twice by it is registered once.
    """
    rules.check_title(title)
    rules.check_no_patient({"title": title, "problem": problem, "setting": setting})
    rules.check_no_patient(asdict(aim or AimParts()))
    digest = hashlib.sha256(
        repr((title, problem, organisation_id, setting, topics, aim)).encode()
    ).hexdigest()
    key = f"projects.register:{once}:{digest[:32]}"
    if once and (answer := idempotency.earlier_answer(db, by=by.id, key=key, digest=digest)) is not None:
        return db.get_one(Project, answer["id"])
    mine = [one.id for one in organisations.of_user(db, by)]
    if organisation_id is None and len(mine) == 1:
        organisation_id = mine[0]
    if organisation_id is not None and organisation_id not in mine:
        raise Invalid.one("organisation", "You do not belong to this organisation.")
    project = Project(
        title=title,
        problem=problem,
        organisation_id=organisation_id,
        setting=setting,
        topics=list(topics),
        registered_by_id=by.id,
        registered_at=at,
        **asdict(aim or AimParts()),
    )
    db.add(project)
    db.flush()
    db.add(TeamMember(project_id=project.id, user_id=by.id, role=TeamRole.LEAD, since=at))
    audit.record(db, at=at, by=by.id, action="projects.register", subject=project.id)
    if once:
        idempotency.keep_answer(db, at=at, by=by.id, key=key, digest=digest, answer={"id": project.id})
    return project


def change(
    db: Session, *, by: User, at: datetime, seen: Seen, version: int | None = None, **parts: object
) -> Project:
    """Change what a project says of itself; `parts` are its columns. A stale version is refused, nothing is overwritten."""
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    project = seen.project
    if version is not None and version != project.version:
        raise Stale(_STALE)
    rules.check_no_patient(parts)
    if "title" in parts:
        rules.check_title(str(parts["title"]))
    changed = {name: value for name, value in parts.items() if getattr(project, name) != value}
    for name, value in changed.items():
        setattr(project, name, value)
    if changed:
        db.flush()
        audit.record(db, at=at, by=by.id, action="projects.change", subject=project.id, parts=sorted(changed))
    return project


def move(
    db: Session, *, by: User, at: datetime, seen: Seen, to: ProjectStatus, reason: str = ""
) -> StatusMove:
    """Take a project along its course."""
    check_may(Right.LEAD_PROJECT, seen.roles)
    project = seen.project
    rules.check_can_move(project.status, to, reason)
    rules.check_no_patient({"reason": reason})
    row = StatusMove(
        project_id=project.id,
        from_status=project.status,
        to_status=to,
        reason=reason.strip(),
        by_id=by.id,
        at=at,
    )
    project.status = to
    db.add(row)
    db.flush()
    audit.record(db, at=at, by=by.id, action="projects.move", subject=project.id, to=to.value)
    return row


def add_member(
    db: Session, *, by: User, at: datetime, seen: Seen, email: str, role: TeamRole = TeamRole.MEMBER
) -> TeamMember:
    """Bring somebody with an account into the team, or change their part in it."""
    check_may(Right.LEAD_PROJECT, seen.roles)
    user = accounts.by_email(db, email)
    if user is None:
        raise Invalid.one(
            "email", f"There is no account for {email}. Ask your organisation's admin to make one."
        )
    row = db.get(TeamMember, (seen.project.id, user.id))
    if row is None:
        row = TeamMember(project_id=seen.project.id, user_id=user.id, role=role, since=at)
        db.add(row)
    elif role is not TeamRole.LEAD:
        rules.check_keeps_a_lead(_leads(db, seen), user.id)
    row.role = role
    db.flush()
    audit.record(
        db,
        at=at,
        by=by.id,
        action="projects.add_member",
        subject=seen.project.id,
        user=user.id,
        role=role.value,
    )
    return row


def remove_member(db: Session, *, by: User, at: datetime, seen: Seen, user_id: str) -> None:
    """Take somebody out of the team; their rights end at once, what they wrote stays."""
    check_may(Right.LEAD_PROJECT, seen.roles)
    rules.check_keeps_a_lead(_leads(db, seen), user_id)
    gone = (TeamMember.project_id == seen.project.id) & (TeamMember.user_id == user_id)
    db.execute(delete(TeamMember).where(gone))
    audit.record(db, at=at, by=by.id, action="projects.remove_member", subject=seen.project.id, user=user_id)


def _leads(db: Session, seen: Seen) -> set[str]:
    leads = select(TeamMember.user_id).where(
        TeamMember.project_id == seen.project.id, TeamMember.role == TeamRole.LEAD
    )
    return set(db.scalars(leads))


def set_drivers(db: Session, *, by: User, at: datetime, seen: Seen, tree: DriverNode) -> DriverNode:
    """Replace the driver diagram; a box that was there before keeps its id (`rules.keep_ids`), an idea its state."""
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    rules.check_tree(tree)
    project_id = seen.project.id
    # One at a time: two people who save at once must not both add the same boxes.
    db.execute(select(Project.id).where(Project.id == project_id).with_for_update())
    old = {row.id: row for row in db.scalars(select(Driver).where(Driver.project_id == project_id))}
    positions = count()

    def put(node: DriverNode, parent_id: str | None) -> DriverNode:
        row = old.get(node.id)
        if row is None:
            row = Driver(id=new_id(), project_id=project_id)
            db.add(row)
        row.parent_id, row.kind, row.text, row.state = parent_id, node.kind, node.text, node.state
        row.position = next(positions)
        db.flush()
        return replace(node, id=row.id, children=tuple(put(child, row.id) for child in node.children))

    saved = put(rules.keep_ids(queries.drivers_of(db, project_id), tree), None)
    kept = rules.ids_of(saved)
    db.execute(delete(Driver).where(Driver.project_id == project_id, Driver.id.not_in(kept)))
    audit.record(db, at=at, by=by.id, action="projects.set_drivers", subject=project_id, boxes=len(kept))
    return saved


def mark_idea(db: Session, *, project_id: str, driver_id: str, state: IdeaState) -> None:
    """Note what became of a change idea; called by the room that tests it."""
    row = db.get(Driver, driver_id)
    if row is not None and row.project_id == project_id and row.kind is DriverKind.CHANGE_IDEA:
        row.state = state
