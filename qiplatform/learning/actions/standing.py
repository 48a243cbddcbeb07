"""What stands in public: a version put there, hidden while somebody looks, shown again, withdrawn, corrected."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.learning import rules
from qiplatform.learning.actions import feeds
from qiplatform.learning.models import (
    Adoption,
    Gone,
    PublicAnswer,
    Publication,
    PublishedVersion,
    Question,
    Report,
    ReportChange,
    ReportMove,
    ReportResult,
    ReportStatus,
    Tombstone,
)
from qiplatform.learning.queries import SeenReport
from qiplatform.notices import actions as notices
from qiplatform.organisations.rules import Right, Role, check_may
from qiplatform.store import audit
from qiplatform.store.jobs import Job, enqueue


def put(db: Session, *, at: datetime, version: PublishedVersion) -> None:
    """Let a version stand in public, in place of whatever stood or was missing there."""
    stone = db.get(Tombstone, version.report_id)
    if stone is not None:
        db.delete(stone)
    db.merge(Publication(report_id=version.report_id, version_id=version.id))
    db.flush()
    if stone is not None:
        # They went with the publication.
        known = select(Question).where(Question.report_id == version.report_id, Question.shown)
        db.add_all(as_public(one) for one in db.scalars(known))
    db.flush()
    feeds.note_published(db, at=at, version=version)
    # Whose idea it began with tells of this report from now on.
    mine = select(Report.project_id).where(Report.id == version.report_id).scalar_subquery()
    db.execute(update(Adoption).where(Adoption.project_id == mine).values(told_by_id=version.report_id))
    enqueue(db, Job.INDEX_REPORT, at=at, report_id=version.report_id)


def as_public(question: Question) -> PublicAnswer:
    """Return an answered question as the public reads it."""
    return PublicAnswer(
        id=question.id,
        report_id=question.report_id,
        question=question.text,
        answer=question.answer,
        answered_at=question.answered_at,
    )


def take_back(db: Session, *, at: datetime, report_id: str, kind: Gone, reason: str = "") -> None:
    """Put a tombstone where a report stands. What hangs on the publication (search, answers) goes with it, in the same transaction."""
    stands = db.get(Publication, report_id)
    stone = db.get(Tombstone, report_id)
    version_id = stands.version_id if stands is not None else stone.version_id if stone is not None else ""
    if stands is not None:
        db.delete(stands)
    if stone is not None:
        stone.kind, stone.at, stone.reason = kind, at, reason
    else:
        db.add(Tombstone(report_id=report_id, kind=kind, at=at, reason=reason, version_id=version_id))
    db.flush()
    feeds.note_withdrawn(db, at=at, report_id=report_id)


def withdraw(db: Session, *, by: User, at: datetime, seen: SeenReport, reason: str) -> Report:
    """Take a published report back: its pages become a tombstone with the reason, and nothing of it is found any more."""
    if Role.CURATOR not in seen.roles:
        check_may(Right.LEAD_PROJECT, seen.roles)
    status = seen.report.status
    rules.check_move(status, ReportStatus.WITHDRAWN)
    rules.check_public(status, public=seen.public, to=ReportStatus.WITHDRAWN)
    reason = rules.check_reason(reason)
    rules.check_no_identifiers({"reason": ("the reason", reason)})
    take_back(db, at=at, report_id=seen.report.id, kind=Gone.WITHDRAWN, reason=reason)
    move_to = move(db, by=by, at=at, report=seen.report, to=ReportStatus.WITHDRAWN, reason=reason)
    notices.tell(
        db,
        at=at,
        user_ids=seen.team,
        text=f"“{seen.report.title}” was withdrawn: {reason}",
        href=f"/reports/{seen.report.id}",
        key=f"withdrawn:{move_to.id}",
    )
    return seen.report


def correct(db: Session, *, by: User, at: datetime, seen: SeenReport, reason: str) -> Report:
    """Begin the next version of a published report, from the words of the present one, which stands meanwhile."""
    check_may(Right.LEAD_PROJECT, seen.roles)
    report = seen.report
    rules.check_move(report.status, ReportStatus.CORRECTING)
    reason = rules.check_reason(reason)
    rules.check_no_identifiers({"reason": ("the reason", reason)})
    _as_published(db, report)
    report.correction = reason
    move(db, by=by, at=at, report=report, to=ReportStatus.CORRECTING, reason=reason)
    return report


def keep(db: Session, *, by: User, at: datetime, seen: SeenReport) -> Report:
    """Give a correction up: what is public stays as it is."""
    check_may(Right.LEAD_PROJECT, seen.roles)
    report = seen.report
    rules.check_can_edit(report.status)
    rules.check_move(report.status, ReportStatus.PUBLISHED)
    rules.check_public(report.status, public=seen.public, to=ReportStatus.PUBLISHED)
    _as_published(db, report)
    report.correction = ""
    move(db, by=by, at=at, report=report, to=ReportStatus.PUBLISHED, reason="The correction was given up.")
    return report


def _as_published(db: Session, report: Report) -> None:
    """Write the words of the newest version into the report's form."""
    newest = select(PublishedVersion).where(PublishedVersion.report_id == report.id)
    version = db.scalars(newest.order_by(PublishedVersion.number.desc()).limit(1)).one()
    content = version.content
    report.title, report.result = content["title"], ReportResult(content["result"])
    report.region, report.contact = content.get("region", ""), content.get("contact", "")
    for name in rules.SECTIONS:
        setattr(report, name, content["sections"].get(name, ""))
    db.execute(delete(ReportChange).where(ReportChange.report_id == report.id))
    db.add_all(
        ReportChange(report_id=report.id, position=place, name=one["name"], items=dict(one["items"]))
        for place, one in enumerate(content.get("changes", ()))
    )
    db.flush()


def move(
    db: Session, *, by: User, at: datetime, report: Report, to: ReportStatus, reason: str = ""
) -> ReportMove:
    """Move a report on its way, and write down who did it."""
    row = ReportMove(report_id=report.id, before=report.status, after=to, by_id=by.id, at=at, reason=reason)
    report.status = to
    db.add(row)
    db.flush()
    audit.record(db, at=at, by=by.id, action=f"learning.{to.value}", subject=report.id)
    return row
