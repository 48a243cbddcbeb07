"""Reports begun, changed and signed by their team."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, NotAllowed, Stale
from qiplatform.learning import queries, rules
from qiplatform.learning.models import Report, ReportAuthor, ReportMeasure, ReportResult
from qiplatform.learning.queries import SeenReport
from qiplatform.measures import queries as measures
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects.queries import Seen
from qiplatform.store import audit, idempotency


@dataclass(frozen=True, slots=True)
class Words:
    """A report as typed; sections that are None are filled from the record, and so are measures."""

    title: str
    result: ReportResult
    sections: Mapping[str, str | None] = field(default_factory=dict)
    measure_ids: Sequence[str] | None = None


def begin(db: Session, *, by: User, at: datetime, seen: Seen, words: Words, once: str = "") -> Report:
    """Begin a report of a project; what was not typed comes from the record.

    `once` names the form or request it came from: sent twice, it makes one report.
    """
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    digest = hashlib.sha256(repr((seen.project.id, words)).encode()).hexdigest()
    key = f"report:{once}"
    if once and (answer := idempotency.earlier_answer(db, by=by.id, key=key, digest=digest)) is not None:
        return db.get_one(Report, answer["id"])
    filled = queries.draft(db, seen.project)
    sections = {
        name: text if (text := words.sections.get(name)) is not None else filled.sections[name]
        for name in rules.SECTIONS
    }
    report = Report(
        project_id=seen.project.id,
        title=words.title,
        result=words.result,
        written_by_id=by.id,
        begun_at=at,
        **sections,
    )
    _check_words(report)
    db.add(report)
    db.flush()
    _choose(db, report, filled.measure_ids if words.measure_ids is None else words.measure_ids)
    audit.record(db, at=at, by=by.id, action="learning.begin", subject=report.id, project=seen.project.id)
    if once:
        idempotency.keep_answer(db, at=at, by=by.id, key=key, digest=digest, answer={"id": report.id})
    return report


def change(db: Session, *, by: User, at: datetime, seen: SeenReport, words: Words, version: int) -> Report:
    """Change a report's words and measures while it is in its team's hands; refuse a stale copy."""
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    report = seen.report
    rules.check_can_edit(report.status)
    if report.version != version:
        raise Stale(
            "Somebody else changed this report while you were writing. Your words are below; reload in another tab to compare."
        )
    report.title, report.result = words.title, words.result
    for name in rules.SECTIONS:
        setattr(report, name, words.sections.get(name) or "")
    _check_words(report)
    if words.measure_ids is not None:
        _choose(db, report, words.measure_ids)
    db.flush()
    audit.record(db, at=at, by=by.id, action="learning.change", subject=report.id)
    return report


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
    rules.check_no_identifiers({"title": ("the title", report.title), **texts})


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
