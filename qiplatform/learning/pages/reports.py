"""Reports as their teams see them: the form, the report on its way, the lists, the landing of a taken-up idea."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qiplatform.accounts.models import User
from qiplatform.errors import Mistake, Refusal
from qiplatform.learning.models import Report, ReportMove, ReportResult, ReportStatus
from qiplatform.learning.pages.public import ChartBlock, Section, sections
from qiplatform.learning.queries import Draft, ReportLine, SeenReport
from qiplatform.learning.rules import MOVES, RESULT_WORDS, SECTIONS, STATUS_WORDS
from qiplatform.measures.models import Measure
from qiplatform.organisations.rules import Right, Role, may
from qiplatform.projects.models import Project
from qiplatform.store.base import new_id
from qiplatform.web.forms import Sent

HINTS: Mapping[str, str] = {
    "summary": "A few sentences that a patient, a carer or a new colleague would understand.",
    "problem": "What was wrong, for whom, and how you knew.",
    "did": "The changes you tested, as another team would need to know them to try the same.",
    "happened": "What changed and what did not. Nothing changed? That is worth as much to the next team: say why you think so.",
    "differently": "What you would tell a friend who begins tomorrow.",
    "involvement": "How patients, carers and staff took part. Leave it empty if they did not.",
}
_ROWS = {"did": 10, "happened": 7}


@dataclass(frozen=True, slots=True)
class Field:
    """One section of the form."""

    name: str
    label: str
    hint: str
    value: str
    rows: int


@dataclass(frozen=True, slots=True)
class ReportFormPage:
    """The form of a report."""

    title: str
    under: str
    where: tuple[tuple[str, str], ...]
    action: str
    back: str
    name: str
    result: str
    results: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    measures: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    version: int
    once: str
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


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
    sections: tuple[Section, ...]
    charts: tuple[ChartBlock, ...]
    authors: tuple[str, ...]
    signed: bool
    can_edit: bool
    can_sign: bool
    can_submit: bool
    submit_refused: str
    can_check: bool
    can_withdraw: bool
    history: tuple[tuple[str, str], ...]
    reason: str = ""
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A report in a list."""

    title: str
    href: str
    project: str
    status: str
    when: datetime | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """What waits to be checked, and the reader's own."""

    checks: bool
    waiting: tuple[Line, ...]
    mine: tuple[Line, ...]
    title: str = "Reports"


def new(
    project: Project, measures: Sequence[Measure], filled: Draft, sent: Sent | None, refusal: Refusal | None
) -> ReportFormPage:
    """Return the form of a new report, filled from the record or as it was typed."""
    typed = {"title": filled.title, **filled.sections}
    return _form(
        title="Write the report",
        under="It is filled from your record. Change every word you like; nothing is public until a person outside the team has checked it.",
        project=project,
        action=f"/projects/{project.id}/report/new",
        back=f"/projects/{project.id}",
        typed=dict(sent.text) if sent else typed,
        chosen=sent.lists.get("measures", ()) if sent else filled.measure_ids,
        measures=measures,
        version=0,
        once=sent.get("once") if sent else new_id(),
        refusal=refusal,
    )


def edit(
    seen: SeenReport,
    measures: Sequence[Measure],
    chosen: Sequence[str],
    sent: Sent | None,
    refusal: Refusal | None,
) -> ReportFormPage:
    """Return the form of a report that exists."""
    report = seen.report
    typed = {
        "title": report.title,
        "result": report.result.value,
        **{name: getattr(report, name) for name in SECTIONS},
    }
    return _form(
        title="Change the report",
        under=report.title,
        project=seen.project,
        action=f"/reports/{report.id}/edit",
        back=f"/reports/{report.id}",
        typed=dict(sent.text) if sent else typed,
        chosen=sent.lists.get("measures", ()) if sent else tuple(chosen),
        measures=measures,
        version=int(sent.get("version")) if sent and sent.get("version").isdecimal() else report.version,
        once="",
        refusal=refusal,
    )


def _form(  # the parts of one page, named
    *,
    title: str,
    under: str,
    project: Project,
    action: str,
    back: str,
    typed: Mapping[str, str],
    chosen: Sequence[str],
    measures: Sequence[Measure],
    version: int,
    once: str,
    refusal: Refusal | None,
) -> ReportFormPage:
    return ReportFormPage(
        title=title,
        under=under,
        where=(("Projects", "/projects"), (project.title, f"/projects/{project.id}")),
        action=action,
        back=back,
        name=typed.get("title", ""),
        result=typed.get("result", ""),
        results=tuple((result.value, RESULT_WORDS[result]) for result in ReportResult),
        fields=tuple(
            Field(name, heading, HINTS[name], typed.get(name, ""), _ROWS.get(name, 5))
            for name, heading in SECTIONS.items()
        ),
        measures=tuple((one.id, f"{one.name} ({one.type.value})") for one in measures),
        chosen=tuple(chosen),
        version=version,
        once=once,
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def report(
    seen: SeenReport,
    *,
    reader: User,
    blocks: Iterable[ChartBlock],
    moves: Sequence[ReportMove],
    names: Mapping[str, str],
    authors: Sequence[str],
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> ReportPage:
    """Return a report as it stands."""
    row = seen.report
    open_to_team = row.status in {ReportStatus.DRAFT, ReportStatus.RETURNED}
    works = may(Right.WORK_ON_PROJECT, seen.roles)
    leads = may(Right.LEAD_PROJECT, seen.roles)
    last = moves[0] if moves else None
    return ReportPage(
        title=row.title,
        where=(
            (("Projects", "/projects"), (seen.project.title, f"/projects/{seen.project.id}"))
            if seen.of_team
            else (("Reports", "/reports"),)
        ),
        href=f"/reports/{row.id}",
        status=STATUS_WORDS[row.status],
        published=f"/published/{row.id}" if row.status == ReportStatus.PUBLISHED else "",
        result=RESULT_WORDS[row.result],
        told=last.reason if last and last.reason else "",
        sections=sections({name: getattr(row, name) for name in SECTIONS}),
        charts=tuple(blocks),
        authors=tuple(names[one] for one in authors if one in names),
        signed=reader.id in authors,
        can_edit=open_to_team and works,
        can_sign=open_to_team and reader.id in seen.team,
        can_submit=open_to_team and works,
        submit_refused="" if leads else "The project's lead sends the report.",
        can_check=row.status == ReportStatus.SUBMITTED and Role.CURATOR in seen.roles,
        can_withdraw=ReportStatus.WITHDRAWN in MOVES[row.status] and (leads or Role.CURATOR in seen.roles),
        history=tuple(
            (f"{STATUS_WORDS[one.after]}{f': {one.reason}' if one.reason else ''}", _when(one.at))
            for one in moves
        ),
        reason=sent.get("reason") if sent else "",
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def listed(waiting: Iterable[ReportLine], mine: Iterable[ReportLine], *, checks: bool) -> ListPage:
    """Return the page of reports."""
    return ListPage(
        checks,
        tuple(_line(one, f"/reports/{one.report.id}/check") for one in waiting),
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
        "published_url": f"{base}/published/{report.id}" if report.status == ReportStatus.PUBLISHED else None,
    }


def _line(one: ReportLine, href: str) -> Line:
    return Line(
        one.report.title, href, one.project_title, STATUS_WORDS[one.report.status], one.report.submitted_at
    )


def _when(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}, {at:%H:%M}"
