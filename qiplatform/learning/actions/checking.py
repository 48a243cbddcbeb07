"""Reports sent, checked, published and withdrawn: the only way to the public."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, Mistake, NotNow
from qiplatform.learning import queries, rules
from qiplatform.learning.actions import standing
from qiplatform.learning.actions.standing import move
from qiplatform.learning.models import (
    ProtectedPoint,
    ProtectedSeries,
    PublishedVersion,
    Report,
    ReportApproval,
    ReportStatus,
)
from qiplatform.learning.queries import Prepared, SeenReport
from qiplatform.notices import actions as notices
from qiplatform.organisations.rules import Right, check_may
from qiplatform.store import audit


def submit(db: Session, *, by: User, at: datetime, seen: SeenReport) -> Report:
    """Send a report to the checkers; its lead asks."""
    check_may(Right.LEAD_PROJECT, seen.roles)
    report = seen.report
    rules.check_move(report.status, ReportStatus.SUBMITTED)
    rules.check_complete({name: getattr(report, name) for name in rules.SECTIONS})
    ready = queries.ready(db, report).series
    rules.check_no_identifiers(queries.texts(queries.content(db, report, seen.project, ready), ready))
    report.submitted_at = at
    # Whoever agreed before agreed to other words.
    db.execute(delete(ReportApproval).where(ReportApproval.report_id == report.id))
    move(db, by=by, at=at, report=report, to=ReportStatus.SUBMITTED)
    return report


def approve(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenReport,
    cleared: bool = False,
    digest: str = "",
    ask_another: bool = False,
) -> PublishedVersion | None:
    """Publish a report: write its words and its protected table as a version that never changes.

    `cleared` says that the checker looked at every phrase that needs a second look; `digest` is the mark of what they
    looked at, where they say. Sensitive reports, and those where a checker asks for another (`ask_another`), need two:
    the first agreement is kept, and nothing is published yet (None).
    """
    report = seen.report
    _check_checker(by, seen)
    rules.check_waiting(report.status)
    guarded = queries.ready(db, report)
    if guarded.outcome.leaks:
        raise NotNow(
            "Small numbers could be worked out from what would be published. Return the report, and ask the team to leave a measure out."
        )
    ready = guarded.series
    content = queries.content(db, report, seen.project, ready)
    _check_texts(queries.texts(content, ready), cleared=cleared)
    mark = queries.digest(content, ready)
    if digest and digest != mark:
        raise NotNow(
            "The team's numbers or words changed while you were reading. Look at them again: nothing was published."
        )
    report.sensitive = report.sensitive or ask_another
    if not _all_agree(db, by=by, at=at, seen=seen, mark=mark):
        return None
    before = select(func.max(PublishedVersion.number)).where(PublishedVersion.report_id == report.id)
    version = PublishedVersion(
        report_id=report.id,
        number=(db.scalar(before) or 0) + 1,
        published_at=at,
        approved_by_id=by.id,
        reason=report.correction,
        content=content,
    )
    db.add(version)
    db.flush()
    _write(db, version, ready)
    standing.put(db, at=at, version=version)
    report.correction = ""
    move(db, by=by, at=at, report=report, to=ReportStatus.PUBLISHED)
    notices.tell(
        db,
        at=at,
        user_ids=seen.team,
        text=f"“{report.title}” is published.",
        href=f"/published/{report.id}",
        key=f"published:{version.id}",
    )
    return version


def _check_texts(texts: Mapping[str, tuple[str, str]], *, cleared: bool) -> None:
    rules.check_no_identifiers(texts)
    found = rules.concerns({at: text for at, (_, text) in texts.items()})
    if found and not cleared:
        said = [Mistake("cleared", f"“{one.phrase}” in {texts[one.at][0]}: {one.why}.") for one in found]
        raise Invalid("Look at these phrases, then say that none of them tells of a person.", *said)


def _all_agree(db: Session, *, by: User, at: datetime, seen: SeenReport, mark: str) -> bool:
    """Count a checker's agreement; return whether all that are needed agree to exactly this."""
    needed = 2 if rules.needs_two(seen.project.topics, said=seen.report.sensitive) else 1
    others = {one.by_id for one in queries.approvals(db, seen.report.id) if one.digest == mark}
    if by.id in others:
        raise NotNow("You have agreed already. Another checker decides too; nothing more is needed from you.")
    if len(others) + 1 >= needed:
        return True
    db.merge(ReportApproval(report_id=seen.report.id, by_id=by.id, at=at, digest=mark))
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.agree", subject=seen.report.id)
    return False


def give_back(db: Session, *, by: User, at: datetime, seen: SeenReport, reason: str) -> Report:
    """Return a report to its team with the reason."""
    _check_checker(by, seen)
    rules.check_move(seen.report.status, ReportStatus.RETURNED)
    reason = rules.check_reason(reason)
    moved = move(db, by=by, at=at, report=seen.report, to=ReportStatus.RETURNED, reason=reason)
    notices.tell(
        db,
        at=at,
        user_ids=seen.team,
        text=f"“{seen.report.title}” was returned: {reason}",
        href=f"/reports/{seen.report.id}",
        key=f"returned:{moved.id}",
    )
    return seen.report


def _check_checker(by: User, seen: SeenReport) -> None:
    rules.check_can_check(is_curator=by.is_curator, user_id=by.id, team=seen.team, involved=seen.involved)


def _write(db: Session, version: PublishedVersion, ready: Iterable[Prepared]) -> None:
    for place, one in enumerate(ready):
        series = ProtectedSeries(
            version_id=version.id,
            measure_id=one.measure.id,
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
