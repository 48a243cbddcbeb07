"""Reports as their teams see them: the report on its way, and the lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qiplatform.accounts.models import User
from qiplatform.errors import Mistake, Refusal
from qiplatform.learning.models import Report, ReportChange, ReportMove, ReportStatus
from qiplatform.learning.pages.adopters import NOTE_WORDS
from qiplatform.learning.pages.public import Section, paragraphs
from qiplatform.learning.pages.series import ChartBlock
from qiplatform.learning.queries import Answered, OpenConcern, ReportLine, SeenReport, WaitingNote
from qiplatform.learning.rules import (
    MOVES,
    PARTS,
    RESULT_WORDS,
    SECTIONS,
    STATUS_WORDS,
    TIDIER,
    WRITING,
    needs_two,
)
from qiplatform.organisations.rules import Right, Role, may
from qiplatform.web.forms import Sent


@dataclass(frozen=True, slots=True)
class PartBlock:
    """One part of a report: its sections that say something, and the headings of those that wait."""

    heading: str
    edit: str
    sections: tuple[Section, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One described change: how much of it is said, and where it is written."""

    name: str
    said: str
    edit: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report on its way, with what the reader may do next."""

    title: str
    where: tuple[tuple[str, str], ...]
    href: str
    status: str
    published: str
    result: str
    told: str
    hidden: bool
    two: str
    parts: tuple[PartBlock, ...]
    changes: tuple[ChangeLine, ...]
    charts: tuple[ChartBlock, ...]
    authors: tuple[str, ...]
    signed: bool
    can_edit: bool
    can_sign: bool
    can_submit: bool
    submit_refused: str
    can_check: bool
    can_withdraw: bool
    can_correct: bool
    can_keep: bool
    questions: str
    history: tuple[tuple[str, str], ...]
    reason: str = ""
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A report, a concern or an answer in a list."""

    title: str
    href: str
    project: str
    status: str
    when: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer that waits for a curator."""

    title: str
    question: str
    answer: str
    action: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What waits to be checked, and the reader's own."""

    checks: bool
    waiting: tuple[Line, ...]
    concerns: tuple[Line, ...]
    answers: tuple[AnswerLine, ...]
    mine: tuple[Line, ...]
    title: str = "Reports"


def report(
    seen: SeenReport,
    *,
    reader: User,
    blocks: Iterable[ChartBlock],
    changes: Sequence[ReportChange],
    moves: Sequence[ReportMove],
    names: Mapping[str, str],
    authors: Sequence[str],
    agreed: int = 0,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> ReportPage:
    """Return a report as it stands."""
    row = seen.report
    open_to_team = row.status in WRITING
    works = may(Right.WORK_ON_PROJECT, seen.roles)
    leads = may(Right.LEAD_PROJECT, seen.roles)
    here = f"/reports/{row.id}"
    can_edit = open_to_team and works
    last = moves[0] if moves else None
    return ReportPage(
        title=row.title,
        where=(
            (("Projects", "/projects"), (seen.project.title, f"/projects/{seen.project.id}"))
            if seen.of_team
            else (("Reports", "/reports"),)
        ),
        href=here,
        status=STATUS_WORDS[row.status],
        published=f"/published/{row.id}" if seen.public and not seen.hidden else "",
        result=RESULT_WORDS[row.result],
        told=last.reason if last and last.reason else "",
        hidden=seen.hidden,
        two=_two(seen, agreed),
        parts=tuple(_part(row, name, here if can_edit else "") for name in PARTS),
        changes=tuple(_change(one, here if can_edit else "") for one in changes),
        charts=tuple(blocks),
        authors=tuple(names[one] for one in authors if one in names),
        signed=reader.id in authors,
        can_edit=can_edit,
        can_sign=open_to_team and reader.id in seen.team,
        can_submit=open_to_team and works,
        submit_refused="" if leads else "The project's lead sends the report.",
        can_check=row.status == ReportStatus.SUBMITTED and Role.CURATOR in seen.roles,
        can_withdraw=seen.public
        and ReportStatus.WITHDRAWN in MOVES[row.status]
        and (leads or Role.CURATOR in seen.roles),
        can_correct=leads and row.status is ReportStatus.PUBLISHED,
        can_keep=leads and seen.public and open_to_team,
        questions=f"{here}/questions" if seen.public and works else "",
        history=tuple(
            (f"{STATUS_WORDS[one.after]}{f': {one.reason}' if one.reason else ''}", _when(one.at))
            for one in moves
        ),
        reason=sent.get("reason") if sent else "",
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _two(seen: SeenReport, agreed: int) -> str:
    if not needs_two(seen.project.topics, said=seen.report.sensitive):
        return ""
    if seen.report.status is ReportStatus.SUBMITTED and agreed:
        return (
            "One checker has agreed; a second one decides too, because the report is about a sensitive topic."
        )
    return "Two checkers must agree, because the report is about a sensitive topic."


def _part(row: Report, name: str, here: str) -> PartBlock:
    part = PARTS[name]
    said = [one for one in part.sections if getattr(row, one).strip()]
    suffix = "" if name == "essentials" else f"/{name}"
    return PartBlock(
        part.heading,
        f"{here}/edit{suffix}" if here else "",
        tuple(Section(one, SECTIONS[one], paragraphs(getattr(row, one))) for one in said),
        tuple(SECTIONS[one] for one in part.sections if one not in said),
    )


def _change(row: ReportChange, here: str) -> ChangeLine:
    said = sum(bool(row.items.get(name)) for name in TIDIER) + 1
    words = f"{said} of {len(TIDIER) + 1} items described"
    return ChangeLine(row.name, words, f"{here}/changes/{row.id}" if here else "")


def listed(
    waiting: Iterable[ReportLine],
    mine: Iterable[ReportLine],
    concerns: Iterable[OpenConcern] = (),
    answers: Iterable[Answered] = (),
    notes: Iterable[WaitingNote] = (),
    *,
    checks: bool,
) -> ListPage:
    """Return the page of reports."""
    return ListPage(
        checks,
        tuple(_line(one, f"/reports/{one.report.id}/check") for one in waiting),
        tuple(
            Line(
                one.title,
                f"/concerns/{one.concern.id}",
                "",
                "Hidden until you have looked" if one.concern.hid else "Concern",
                one.concern.at,
            )
            for one in concerns
        ),
        tuple(
            AnswerLine(
                one.title, one.question.text, one.question.answer, f"/questions/{one.question.id}/show"
            )
            for one in answers
        )
        + tuple(
            AnswerLine(
                one.title,
                "What came of the idea you took up?",
                f"{NOTE_WORDS[one.note.result]}. {one.note.text}",
                f"/notes/{one.note.project_id}/show",
            )
            for one in notes
        ),
        tuple(_line(one, f"/reports/{one.report.id}") for one in mine),
    )


def as_report_json(report: Report, base: str) -> dict[str, Any]:
    """Return a report as other machines read it."""
    return {
        "id": report.id,
        "url": f"{base}/reports/{report.id}",
        "status": report.status.value,
        "title": report.title,
        "result": report.result.value,
        "project": report.project_id,
        "summary": report.summary,
        "sections": {name: getattr(report, name) for name in SECTIONS if name != "summary"},
        "region": report.region,
        "contact": report.contact,
        "published_url": f"{base}/published/{report.id}"
        if report.status in {ReportStatus.PUBLISHED, ReportStatus.CORRECTING}
        else None,
    }


def _line(one: ReportLine, href: str) -> Line:
    return Line(
        one.report.title, href, one.project_title, STATUS_WORDS[one.report.status], one.report.submitted_at
    )


def _when(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}, {at:%H:%M}"
