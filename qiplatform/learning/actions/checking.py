"""Reports sent, checked, published and withdrawn: the only way to the public."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, Mistake
from qiplatform.learning import queries, rules
from qiplatform.learning.models import (
    ProtectedPoint,
    ProtectedSeries,
    Publication,
    PublishedVersion,
    Report,
    ReportMove,
    ReportStatus,
)
from qiplatform.learning.queries import Prepared, SeenReport
from qiplatform.notices import actions as notices
from qiplatform.organisations.rules import Right, Role, check_may
from qiplatform.store import audit
from qiplatform.store.jobs import Job, enqueue


def submit(db: Session, *, by: User, at: datetime, seen: SeenReport) -> Report:
    """Send a report to the checkers; its lead asks."""
    check_may(Right.LEAD_PROJECT, seen.roles)
    report = seen.report
    rules.check_move(report.status, ReportStatus.SUBMITTED)
    rules.check_complete({name: getattr(report, name) for name in rules.SECTIONS})
    ready = queries.prepared(db, queries.chosen(db, report))
    rules.check_no_identifiers(queries.texts(queries.content(db, report, seen.project, ready), ready))
    report.submitted_at = at
    _move(db, by=by, at=at, report=report, to=ReportStatus.SUBMITTED)
    return report


def approve(
    db: Session, *, by: User, at: datetime, seen: SeenReport, cleared: bool = False
) -> PublishedVersion:
    """Publish a report: write its words and its protected table as a version that never changes.

    `cleared` says that the checker looked at every phrase that needs a second look.
    """
    report = seen.report
    _check_checker(by, seen)
    rules.check_move(report.status, ReportStatus.PUBLISHED)
    ready = queries.prepared(db, queries.chosen(db, report))
    content = queries.content(db, report, seen.project, ready)
    texts = queries.texts(content, ready)
    rules.check_no_identifiers(texts)
    found = rules.concerns({at_: text for at_, (_, text) in texts.items()})
    if found and not cleared:
        said = [Mistake("cleared", f"“{one.phrase}” in {texts[one.at][0]}: {one.why}.") for one in found]
        raise Invalid("Look at these phrases, then say that none of them tells of a person.", *said)
    before = select(func.max(PublishedVersion.number)).where(PublishedVersion.report_id == report.id)
    version = PublishedVersion(
        report_id=report.id,
        number=(db.scalar(before) or 0) + 1,
        published_at=at,
        approved_by_id=by.id,
        content=content,
    )
    db.add(version)
    db.flush()
    _write(db, version, ready)
    db.merge(Publication(report_id=report.id, version_id=version.id))
    _move(db, by=by, at=at, report=report, to=ReportStatus.PUBLISHED)
    enqueue(db, Job.INDEX_REPORT, at=at, report_id=report.id)
    notices.tell(
        db,
        at=at,
        user_ids=seen.team,
        text=f"“{report.title}” is published.",
        href=f"/published/{report.id}",
        key=f"published:{version.id}",
    )
    return version


def give_back(db: Session, *, by: User, at: datetime, seen: SeenReport, reason: str) -> Report:
    """Return a report to its team with the reason."""
    _check_checker(by, seen)
    rules.check_move(seen.report.status, ReportStatus.RETURNED)
    reason = rules.check_reason(reason)
    move = _move(db, by=by, at=at, report=seen.report, to=ReportStatus.RETURNED, reason=reason)
    notices.tell(
        db,
        at=at,
        user_ids=seen.team,
        text=f"“{seen.report.title}” was returned: {reason}",
        href=f"/reports/{seen.report.id}",
        key=f"returned:{move.id}",
    )
    return seen.report


def withdraw(db: Session, *, by: User, at: datetime, seen: SeenReport, reason: str) -> Report:
    """Take a published report back: its pages become a tombstone with the reason, and nothing of it is found any more."""
    if Role.CURATOR not in seen.roles:
        check_may(Right.LEAD_PROJECT, seen.roles)
    rules.check_move(seen.report.status, ReportStatus.WITHDRAWN)
    reason = rules.check_reason(reason)
    rules.check_no_identifiers({"reason": ("the reason", reason)})
    row = db.get_one(Publication, seen.report.id)
    # The database takes what hangs on it (the search row) in the same transaction.
    db.delete(row)
    move = _move(db, by=by, at=at, report=seen.report, to=ReportStatus.WITHDRAWN, reason=reason)
    notices.tell(
        db,
        at=at,
        user_ids=seen.team,
        text=f"“{seen.report.title}” was withdrawn: {reason}",
        href=f"/reports/{seen.report.id}",
        key=f"withdrawn:{move.id}",
    )
    return seen.report


def _check_checker(by: User, seen: SeenReport) -> None:
    rules.check_can_check(is_curator=by.is_curator, user_id=by.id, team=seen.team, involved=seen.involved)


def _move(
    db: Session, *, by: User, at: datetime, report: Report, to: ReportStatus, reason: str = ""
) -> ReportMove:
    row = ReportMove(report_id=report.id, before=report.status, after=to, by_id=by.id, at=at, reason=reason)
    report.status = to
    db.add(row)
    db.flush()
    audit.record(db, at=at, by=by.id, action=f"learning.{to.value}", subject=report.id)
    return row


def _write(db: Session, version: PublishedVersion, ready: Iterable[Prepared]) -> None:
    for place, one in enumerate(ready):
        series = ProtectedSeries(
            version_id=version.id,
            position=place,
            treatment=one.protected.treatment,
            definition=dict(one.definition),
            setup=dict(one.setup),
        )
        db.add(series)
        db.flush()
        db.add_all(
            ProtectedPoint(
                series_id=series.id,
                period=row.period,
                value=row.value,
                numerator=row.numerator,
                denominator=row.denominator,
            )
            for row in one.protected.rows
        )
    db.flush()
