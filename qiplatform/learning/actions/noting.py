"""What an adopter's team comes back with: a note that a curator shows, and the team takes back at will."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, NotFound
from qiplatform.learning import queries, rules
from qiplatform.learning.models import AdopterNote, Adoption, NoteResult, PublicNote
from qiplatform.notices import actions as notices
from qiplatform.organisations import queries as organisations
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects import queries as projects
from qiplatform.projects.models import Project
from qiplatform.projects.queries import Seen
from qiplatform.store import audit


def write_note(
    db: Session, *, by: User, at: datetime, seen: Seen, result: NoteResult, text: str, named: bool
) -> AdopterNote:
    """Write or change what the team says of the idea it began with; it is public once a curator agreed."""
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    project = seen.project
    if db.get(Adoption, project.id) is None:
        raise NotFound
    if not text.strip():
        raise Invalid.one("text", "Say in a sentence what you did differently, or why you stopped.")
    rules.check_no_identifiers({"text": ("your note", text)})
    row = db.get(AdopterNote, project.id) or AdopterNote(project_id=project.id)
    row.result, row.text, row.named = result, text.strip(), named
    row.written_at, row.written_by_id, row.settled_at, row.settled_by_id = at, by.id, None, None
    db.add(row)
    _hide(db, project.id)
    audit.record(db, at=at, by=by.id, action="learning.note", subject=project.id)
    notices.tell(
        db,
        at=at,
        user_ids=queries.curators(db) - {by.id},
        text=f"A note about an idea taken up in “{project.title}” waits to be checked.",
        href="/reports",
        key=f"note:{project.id}:{at.isoformat()}",
    )
    return row


def take_note_back(db: Session, *, by: User, at: datetime, seen: Seen) -> None:
    """Take the team's note back, from the public page too, at once."""
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    row = db.get(AdopterNote, seen.project.id)
    if row is None:
        raise NotFound
    db.delete(row)
    _hide(db, seen.project.id)
    audit.record(db, at=at, by=by.id, action="learning.note_back", subject=seen.project.id)


def show_note(db: Session, *, by: User, at: datetime, row: AdopterNote, show: bool) -> None:
    """Decide as a curator outside the team whether a note is public."""
    project = db.get_one(Project, row.project_id)
    team = projects.team_ids(db, project.id)
    rules.check_can_check(is_curator=by.is_curator, user_id=by.id, team=team, involved={row.written_by_id})
    row.settled_at, row.settled_by_id = at, by.id
    _hide(db, project.id)
    if show:
        place = organisations.names(db, {project.organisation_id} if project.organisation_id else set())
        db.add(
            PublicNote(
                project_id=project.id,
                report_id=db.get_one(Adoption, project.id).report_id,
                result=row.result,
                text=row.text,
                organisation=place.get(project.organisation_id or "", "") if row.named else "",
                at=row.written_at,
            )
        )
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.show_note", subject=project.id, shown=show)


def _hide(db: Session, project_id: str) -> None:
    db.execute(delete(PublicNote).where(PublicNote.project_id == project_id))
    db.flush()
