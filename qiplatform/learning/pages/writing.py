"""The forms of a report: its essentials, the other parts, and each change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qiplatform.errors import Mistake, Refusal
from qiplatform.learning.models import ReportChange, ReportResult
from qiplatform.learning.queries import Draft, SeenReport
from qiplatform.learning.rules import PARTS, REGIONS, RESULT_WORDS, SECTIONS, TIDIER
from qiplatform.measures.models import Measure
from qiplatform.projects.models import Project
from qiplatform.store.base import new_id
from qiplatform.web.forms import Sent

ESSENTIALS = "essentials"
HINTS: Mapping[str, str] = {
    "summary": "A few sentences that a patient, a carer or a new colleague would understand.",
    "problem": "What was wrong, for whom, and how you knew.",
    "known": "What others had tried or written about it.",
    "rationale": "The idea behind your changes: why they should work here.",
    "context": "What about your place, people and timing matters for what happened.",
    "did": "The changes you tested, as another team would need to know them to try the same.",
    "studied": "What you measured, how you knew that the change made the difference, and how you read the charts.",
    "involvement": "How patients, carers and staff took part. Leave it empty if they did not.",
    "ethics": "Who approved the work or why no approval was needed, and how you looked after people.",
    "happened": "What changed and what did not. Nothing changed? That is worth as much to the next team: say why you think so.",
    "meaning": "How it compares with what you expected and with what others found.",
    "limits": "What else could explain it, and where it might not work.",
    "differently": "What you would tell a friend who begins tomorrow.",
    "sustaining": "Who looks after it now, what could undo it, and what comes next.",
    "cost": "Time and money to begin and to keep going, and what was saved.",
    "funding": "Who paid, and whether they had a say.",
}
_ROWS = {"did": 10, "happened": 7}


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a form."""

    name: str
    label: str
    hint: str
    value: str
    rows: int


@dataclass(frozen=True, slots=True)
class ReportFormPage:
    """The form of a report, or of one of its parts."""

    title: str
    under: str
    where: tuple[tuple[str, str], ...]
    action: str
    back: str
    whole: bool
    """Whether the essentials are on it; the other parts have sections only."""
    name: str
    result: str
    results: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    measures: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    region: str
    regions: tuple[tuple[str, str], ...]
    contact: str
    sensitive: tuple[str, ...]
    version: int
    once: str
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class ChangeFormPage:
    """The form of one change."""

    title: str
    under: str
    where: tuple[tuple[str, str], ...]
    action: str
    back: str
    remove: str
    name: str
    fields: tuple[Field, ...]
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


def new(
    project: Project, measures: Sequence[Measure], filled: Draft, sent: Sent | None, refusal: Refusal | None
) -> ReportFormPage:
    """Return the form of a new report, filled from the record or as it was typed."""
    typed = {"title": filled.title, **filled.sections}
    return _form(
        title="Write the report",
        under="It is filled from your record: the essentials first, the rest stands ready on the next page. Change every word you like; nothing is public until a person outside the team has checked it.",
        where=(("Projects", "/projects"), (project.title, f"/projects/{project.id}")),
        action=f"/projects/{project.id}/report/new",
        back=f"/projects/{project.id}",
        part=ESSENTIALS,
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
    *,
    part: str = ESSENTIALS,
) -> ReportFormPage:
    """Return the form of one part of a report that exists."""
    report = seen.report
    typed = {
        "title": report.title,
        "result": report.result.value,
        "region": report.region,
        "contact": report.contact,
        "sensitive": "true" if report.sensitive else "",
        **{name: getattr(report, name) for name in SECTIONS},
    }
    whole = part == ESSENTIALS
    return _form(
        title="Change the report" if whole else PARTS[part].heading,
        under=report.title if whole else PARTS[part].under,
        where=_where(seen),
        action=f"/reports/{report.id}/edit{'' if whole else '/' + part}",
        back=f"/reports/{report.id}",
        part=part,
        typed=dict(sent.text) if sent else typed,
        chosen=sent.lists.get("measures", ()) if sent else tuple(chosen),
        measures=measures,
        version=int(sent.get("version")) if sent and sent.get("version").isdecimal() else report.version,
        once="",
        refusal=refusal,
    )


def change(
    seen: SeenReport, row: ReportChange | None, sent: Sent | None, refusal: Refusal | None
) -> ChangeFormPage:
    """Return the form of one change; none yet for a new one."""
    here = f"/reports/{seen.report.id}"
    known = {"name": row.name, **row.items} if row is not None else {}
    typed = dict(sent.text) if sent else known
    return ChangeFormPage(
        title="Describe a change" if row is None else row.name,
        under="What another team would need to know to do the same. Fill in what you know; nothing has to be complete.",
        where=(*_where(seen), (seen.report.title, here)),
        action=f"{here}/changes/{row.id if row is not None else 'new'}",
        back=here,
        remove=f"{here}/changes/{row.id}/remove" if row is not None else "",
        name=typed.get("name", ""),
        fields=tuple(
            Field(name, heading, hint, typed.get(name, ""), 4) for name, (heading, hint) in TIDIER.items()
        ),
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _where(seen: SeenReport) -> tuple[tuple[str, str], ...]:
    return (("Projects", "/projects"), (seen.project.title, f"/projects/{seen.project.id}"))


def _form(  # the parts of one page, named
    *,
    title: str,
    under: str,
    where: tuple[tuple[str, str], ...],
    action: str,
    back: str,
    part: str,
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
        where=where,
        action=action,
        back=back,
        whole=part == ESSENTIALS,
        name=typed.get("title", ""),
        result=typed.get("result", ""),
        results=tuple((result.value, RESULT_WORDS[result]) for result in ReportResult),
        fields=tuple(
            Field(name, SECTIONS[name], HINTS[name], typed.get(name, ""), _ROWS.get(name, 5))
            for name in PARTS[part].sections
        ),
        measures=tuple((one.id, f"{one.name} ({one.type.value})") for one in measures),
        chosen=tuple(chosen),
        region=typed.get("region", ""),
        regions=(("", "Not said"), *((one, one) for one in REGIONS)),
        contact=typed.get("contact", ""),
        sensitive=("true",) if typed.get("sensitive") == "true" else (),
        version=version,
        once=once,
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )
