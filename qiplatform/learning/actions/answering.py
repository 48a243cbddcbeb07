"""What readers say, and what is done about it: concerns looked at, questions answered and shown."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, NotFound, NotNow
from qiplatform.learning import queries, rules
from qiplatform.learning.actions import standing
from qiplatform.learning.models import (
    ConcernKind,
    ConcernReport,
    Gone,
    PublicAnswer,
    PublishedVersion,
    Question,
    Report,
    RetiredVersion,
    Tombstone,
)
from qiplatform.learning.queries import SeenReport
from qiplatform.notices import actions as notices
from qiplatform.organisations.rules import Right, check_may
from qiplatform.store import audit

HIDE_AT_MOST = 5
"""Reports hidden within an hour by readers' concerns: beyond it somebody is playing, and a curator decides first."""
SENT_AT_MOST = 60
"""Concerns and questions taken within an hour."""
_HOUR = timedelta(hours=1)


def report_concern(
    db: Session, *, at: datetime, report_id: str, kind: ConcernKind, text: str
) -> ConcernReport:
    """Take a reader's concern; where somebody may be recognised, hide the report at once until a curator has looked.

    A version that a curator has looked at for the same reason is not hidden a second time without a curator.
    """
    report = queries.published(db, report_id)
    _check_pace(db, at, ConcernReport)
    text = _said(text, "Say in a sentence what you are concerned about.")
    hides = kind is ConcernKind.PERSON and _may_hide(db, at, report.version_id)
    row = ConcernReport(
        report_id=report_id, version_id=report.version_id, at=at, kind=kind, text=text, hid=hides
    )
    db.add(row)
    db.flush()
    if hides:
        standing.take_back(db, at=at, report_id=report_id, kind=Gone.HIDDEN)
    audit.record(db, at=at, by=None, action="learning.concern", subject=report_id, hid=hides)
    said = (
        "A reader thinks that somebody can be recognised"
        if kind is ConcernKind.PERSON
        else "A reader has a concern"
    )
    notices.tell(
        db,
        at=at,
        user_ids=queries.curators(db),
        text=f"{said} in “{report.title}”.{' It is hidden until you have looked.' if hides else ''}",
        href=f"/concerns/{row.id}",
        key=f"concern:{row.id}",
    )
    if hides:
        notices.tell(
            db,
            at=at,
            user_ids=queries.team_of(db, report_id),
            text=f"“{report.title}” is not shown for the moment: a reader thinks that somebody can be recognised in it. A curator is looking.",
            href=f"/reports/{report_id}",
            key=f"hidden:{row.id}",
        )
    return row


def settle(
    db: Session, *, by: User, at: datetime, concern_id: str, show: bool, outcome: str
) -> ConcernReport:
    """Write down what came of a concern.

    `show` lets a hidden report stand in public again; without it the version that was hidden is not shown any more, and
    the report comes back with its next version.
    """
    row = _open_concern(db, by, concern_id)
    outcome = rules.check_reason(outcome)
    row.settled_at, row.settled_by_id, row.outcome = at, by.id, outcome
    db.flush()
    stone = db.get(Tombstone, row.report_id)
    if show and stone is not None and stone.kind is Gone.HIDDEN:
        standing.put(db, at=at, version=db.get_one(PublishedVersion, stone.version_id))
    elif row.hid and db.get(RetiredVersion, row.version_id) is None:
        db.add(RetiredVersion(version_id=row.version_id, at=at))
    audit.record(db, at=at, by=by.id, action="learning.settle", subject=row.report_id, shown=show)
    title = db.get_one(Report, row.report_id).title
    notices.tell(
        db,
        at=at,
        user_ids=queries.team_of(db, row.report_id),
        text=f"A curator looked at a reader's concern about “{title}”: {outcome}",
        href=f"/reports/{row.report_id}",
        key=f"settled:{row.id}",
    )
    return row


def ask(db: Session, *, at: datetime, report_id: str, text: str) -> Question:
    """Take a reader's question to the team of a published report."""
    report = queries.published(db, report_id)
    _check_pace(db, at, Question)
    row = Question(report_id=report_id, at=at, text=_said(text, "Write your question."))
    db.add(row)
    db.flush()
    audit.record(db, at=at, by=None, action="learning.ask", subject=report_id)
    notices.tell(
        db,
        at=at,
        user_ids=queries.team_of(db, report_id),
        text=f"A reader asks about “{report.title}”.",
        href=f"/reports/{report_id}/questions",
        key=f"question:{row.id}",
    )
    return row


def answer(db: Session, *, by: User, at: datetime, seen: SeenReport, question_id: str, text: str) -> Question:
    """Answer a reader's question; it becomes public once a curator agreed."""
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    row = db.get(Question, question_id)
    if row is None or row.report_id != seen.report.id:
        raise NotFound
    row.answer = _said(text, "Write your answer.", at="answer")
    row.answered_at, row.answered_by_id = at, by.id
    row.settled_at, row.settled_by_id, row.shown = None, None, False
    if (public := db.get(PublicAnswer, question_id)) is not None:
        db.delete(public)
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.answer", subject=seen.report.id)
    notices.tell(
        db,
        at=at,
        user_ids=queries.curators(db) - seen.team,
        text=f"An answer about “{seen.report.title}” waits to be checked.",
        href="/reports",
        key=f"answer:{row.id}:{at.isoformat()}",
    )
    return row


def show_answer(db: Session, *, by: User, at: datetime, row: Question, show: bool) -> Question:
    """Decide as a curator outside the team whether a question and its answer are public."""
    seen = queries.get(db, by, row.report_id)
    rules.check_can_check(is_curator=by.is_curator, user_id=by.id, team=seen.team, involved=seen.involved)
    row.settled_at, row.settled_by_id, row.shown = at, by.id, show
    public = db.get(PublicAnswer, row.id)
    if show and public is None and seen.public and not seen.hidden:
        db.add(standing.as_public(row))
    elif not show and public is not None:
        db.delete(public)
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.show_answer", subject=row.report_id, shown=show)
    return row


def _open_concern(db: Session, by: User, concern_id: str) -> ConcernReport:
    row = db.get(ConcernReport, concern_id)
    if row is None or not by.is_curator:
        raise NotFound
    seen = queries.get(db, by, row.report_id)
    rules.check_can_check(is_curator=by.is_curator, user_id=by.id, team=seen.team, involved=seen.involved)
    if row.settled_at is not None:
        raise NotNow("This concern was settled already.")
    return row


def _may_hide(db: Session, at: datetime, version_id: str) -> bool:
    cleared = select(ConcernReport.id).where(
        ConcernReport.version_id == version_id, ConcernReport.settled_at.is_not(None), ConcernReport.hid
    )
    lately = select(func.count()).where(ConcernReport.hid, ConcernReport.at > at - _HOUR)
    return db.scalar(cleared.limit(1)) is None and (db.scalar(lately) or 0) < HIDE_AT_MOST


def _check_pace(db: Session, at: datetime, kind: type[ConcernReport | Question]) -> None:
    lately = db.scalar(select(func.count()).select_from(kind).where(kind.at > at - _HOUR)) or 0
    if lately >= SENT_AT_MOST:
        raise NotNow(
            "Very many messages came in within the last hour. Your words are below: please send them again a little later."
        )


def _said(text: str, missing: str, at: str = "text") -> str:
    text = text.strip()
    if not text:
        raise Invalid.one(at, missing)
    rules.check_no_identifiers({at: ("your text", text)})
    return text
