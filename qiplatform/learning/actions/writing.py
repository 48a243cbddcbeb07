"""Reports begun, changed and signed by their team."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, NotAllowed, NotFound, NotNow, Stale
from qiplatform.learning import queries, rules
from qiplatform.learning.models import Report, ReportAuthor, ReportChange, ReportMeasure, ReportResult
from qiplatform.learning.queries import SeenReport
from qiplatform.measures import queries as measures
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects.queries import Seen
from qiplatform.store import audit, idempotency

MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class Words:
    """A report as typed. What is None is left as it is, or filled from the record where the report begins."""

    title: str | None = None
    result: ReportResult | None = None
    sections: Mapping[str, str | None] = field(default_factory=dict)
    measure_ids: Sequence[str] | None = None
    region: str | None = None
    contact: str | None = None
    sensitive: bool | None = None


def begin(db: Session, *, by: User, at: datetime, seen: Seen, words: Words, once: str = "") -> Report:
    """Begin a report of a project; what was not typed comes from the record.

    `once` names the form or request it came from: sent twice, it makes one report.
    """
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    digest = hashlib.sha256(repr((seen.project.id, words)).encode()).hexdigest()
    key = f"report:{once}"
    if once and (answer := idempotency.earlier_answer(db, by=by.id, key=key, digest=digest)) is not None:
        return db.get_one(Report, answer["id"])
    if words.result is None:
        raise Invalid.one("result", "Choose how the work ended.")
    filled = queries.draft(db, seen.project)
    report = Report(
        project_id=seen.project.id,
        title=words.title or filled.title,
        result=words.result,
        written_by_id=by.id,
        begun_at=at,
        **filled.sections,
    )
    _write(report, words)
    db.add(report)
    db.flush()
    _choose(db, report, filled.measure_ids if words.measure_ids is None else words.measure_ids)
    db.add_all(
        ReportChange(report_id=report.id, position=place, name=name, items=dict(items))
        for place, (name, items) in enumerate(filled.changes)
    )
    audit.record(db, at=at, by=by.id, action="learning.begin", subject=report.id, project=seen.project.id)
    if once:
        idempotency.keep_answer(db, at=at, by=by.id, key=key, digest=digest, answer={"id": report.id})
    return report


def change(db: Session, *, by: User, at: datetime, seen: SeenReport, words: Words, version: int) -> Report:
    """Change a report's words and measures while it is in its team's hands; refuse a stale copy."""
    report = _mine(seen, version)
    _write(report, words)
    if words.measure_ids is not None:
        _choose(db, report, words.measure_ids)
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.change", subject=report.id)
    return report


def describe(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenReport,
    name: str,
    items: Mapping[str, str],
    change_id: str = "",
) -> ReportChange:
    """Describe one change so that others can try the same: a new one, or one that is there (`change_id`)."""
    report = _mine(seen)
    kept = {item: items[item].strip() for item in rules.TIDIER if items.get(item, "").strip()}
    texts = {item: (f"“{rules.TIDIER[item][0]}”", text) for item, text in kept.items()}
    rules.check_no_identifiers({"name": ("the name", name), **texts})
    row = _change_of(db, report, change_id) if change_id else None
    if row is None:
        known = len(queries.described(db, report.id))
        if known >= MOST_CHANGES:
            words = f"A report describes at most {MOST_CHANGES} changes."
            raise NotNow(words)
        row = ReportChange(report_id=report.id, position=known, name=name, items=kept)
        db.add(row)
    else:
        row.name, row.items = name, kept
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.describe", subject=report.id)
    return row


def leave_out(db: Session, *, by: User, at: datetime, seen: SeenReport, change_id: str) -> None:
    """Take a described change out of the report."""
    report = _mine(seen)
    db.delete(_change_of(db, report, change_id))
    db.flush()
    for place, one in enumerate(queries.described(db, report.id)):
        one.position = place
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.leave_out", subject=report.id)


def _mine(seen: SeenReport, version: int | None = None) -> Report:
    """Return the report where this person may write it now, in the version they saw."""
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    rules.check_can_edit(seen.report.status)
    if version is not None and seen.report.version != version:
        raise Stale(
            "Somebody else changed this report while you were writing. Your words are below; reload in another tab to compare."
        )
    return seen.report


def _change_of(db: Session, report: Report, change_id: str) -> ReportChange:
    row = db.get(ReportChange, change_id)
    if row is None or row.report_id != report.id:
        raise NotFound
    return row


def _write(report: Report, words: Words) -> None:
    report.title = words.title or report.title
    report.result = words.result or report.result
    for name in rules.SECTIONS:
        if (text := words.sections.get(name)) is not None:
            setattr(report, name, text)
    for name in ("region", "contact", "sensitive"):
        if (given := getattr(words, name)) is not None:
            setattr(report, name, given)
    if report.region and report.region not in rules.REGIONS:
        raise Invalid.one("region", "Choose the region from the list.")
    _check_words(report)


def sign(db: Session, *, by: User, at: datetime, seen: SeenReport, agree: bool) -> None:
    """Put one's own name on a report of one's team, or take it off; nobody signs for another."""
    rules.check_can_edit(seen.report.status)
    if by.id not in seen.team:
        raise NotAllowed("You cannot put your name on this report: only its team is named.")
    row = db.get(ReportAuthor, (seen.report.id, by.id))
    if agree and row is None:
        db.add(ReportAuthor(report_id=seen.report.id, user_id=by.id, agreed_at=at))
    elif not agree and row is not None:
        db.delete(row)
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.sign", subject=seen.report.id, agreed=agree)


def _check_words(report: Report) -> None:
    texts = {name: (f"“{heading}”", getattr(report, name)) for name, heading in rules.SECTIONS.items()}
    rules.check_no_identifiers(
        {"title": ("the title", report.title), "contact": ("how to reach you", report.contact or ""), **texts}
    )


def _choose(db: Session, report: Report, measure_ids: Sequence[str]) -> None:
    known = {one.id for one in measures.of_project(db, report.project_id)}
    wanted = list(dict.fromkeys(measure_ids))
    if not known.issuperset(wanted):
        raise Invalid.one("measures", "Choose measures of this project.")
    db.execute(delete(ReportMeasure).where(ReportMeasure.report_id == report.id))
    db.add_all(
        ReportMeasure(report_id=report.id, measure_id=one, position=place) for place, one in enumerate(wanted)
    )
    db.flush()
