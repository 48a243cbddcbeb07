"""Who used an idea: the tree of it, charts side by side, and what adopters say."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from qiplatform.errors import Mistake, Refusal
from qiplatform.learning.models import AdopterNote, NoteResult, PublicNote
from qiplatform.learning.pages.series import change_words, headline_drawing
from qiplatform.learning.queries import Branch, PublishedReport
from qiplatform.learning.rules import RESULT_WORDS
from qiplatform.projects.models import Project
from qiplatform.web.forms import Sent
from qiplatform.web.rendering import day

NOTE_WORDS: Mapping[NoteResult, str] = {
    NoteResult.IMPROVED: "Improved",
    NoteResult.NO_CHANGE: "No change",
    NoteResult.WORSE: "Worse",
    NoteResult.STOPPED: "Stopped",
    NoteResult.TOO_EARLY: "Too early to say",
}


@dataclass(frozen=True, slots=True)
class Note:
    """An adopter's note."""

    place: str
    result: str
    text: str
    when: str


@dataclass(frozen=True, slots=True)
class Node:
    """One report of the tree with what began with it."""

    title: str
    href: str
    place: str
    result: str
    change: str
    notes: tuple[Note, ...]
    silent: str
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Small:
    """One report's headline chart, small."""

    title: str
    href: str
    place: str
    result: str
    chart: Markup | None
    words: str


@dataclass(frozen=True, slots=True)
class AdoptersPage:
    """Everything the page prints."""

    title: str
    under: str
    where: tuple[tuple[str, str], ...]
    summary: str
    tree: Node
    charts: tuple[Small, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class NotePage:
    """The form in which a team comes back."""

    title: str
    under: str
    where: tuple[tuple[str, str], ...]
    action: str
    results: tuple[tuple[str, str], ...]
    result: str
    text: str
    named: tuple[str, ...]
    state: str
    remove: str
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


def adopters(tree: Branch) -> AdoptersPage:
    """Return the page of everything that began with a report."""
    root, every = tree.report, tree.every()
    here = f"/published/{root.report_id}"
    return AdoptersPage(
        title="Who used this idea",
        under=root.title,
        where=(("Search learning", "/published"), (root.title, here)),
        summary=_summary(every),
        tree=_node(tree),
        charts=tuple(_small(one.report) for one in every),
        evidence=f"{here}/evidence" if len(every) > 1 else "",
    )


def _summary(every: list[Branch]) -> str:
    told, notes, silent = (
        len(every) - 1,
        sum(len(one.notes) for one in every),
        sum(one.silent for one in every),
    )
    if not told + notes + silent:
        return "No project here has begun with this idea yet."
    many = told + notes + silent
    parts = [
        f"{many} {'project' if many == 1 else 'projects'} here began with this idea.",
        f"{told} published {'its' if told == 1 else 'their'} own report." if told else "",
        f"{notes} came back with a note." if notes else "",
        f"{silent} {'has' if silent == 1 else 'have'} not told yet how it went." if silent else "",
    ]
    return " ".join(part for part in parts if part)


def _node(branch: Branch) -> Node:
    report = branch.report
    silent = branch.silent
    return Node(
        title=report.title,
        href=f"/published/{report.report_id}",
        place=_place(report),
        result=RESULT_WORDS[report.result],
        change=change_words(report),
        notes=tuple(_note(one) for one in branch.notes),
        silent=f"{silent} more {'project' if silent == 1 else 'projects'} began with it" if silent else "",
        children=tuple(_node(one) for one in branch.children),
    )


def _note(one: PublicNote) -> Note:
    return Note(one.organisation or "A team that is not named", NOTE_WORDS[one.result], one.text, day(one.at))


def _small(report: PublishedReport) -> Small:
    drawn = headline_drawing(report)
    return Small(
        report.title,
        f"/published/{report.report_id}",
        _place(report),
        RESULT_WORDS[report.result],
        drawn[0] if drawn else None,
        drawn[1] if drawn else "No chart is published.",
    )


def _place(report: PublishedReport) -> str:
    parts = (report.content["organisation"], report.content["setting"], str(report.published_at.year))
    return " · ".join(part for part in parts if part)


def note(
    project: Project, row: AdopterNote | None, sent: Sent | None = None, refusal: Refusal | None = None
) -> NotePage:
    """Return the form of a team's note."""
    here = f"/projects/{project.id}"
    typed = (
        {name: sent.get(name) for name in ("result", "text", "named")}
        if sent
        else {"result": row.result.value, "text": row.text, "named": "true" if row.named else ""}
        if row
        else {"result": "", "text": "", "named": ""}
    )
    state = (
        ""
        if row is None
        else "A curator has looked at your note."
        if row.settled_at
        else "Your note waits for a curator."
    )
    return NotePage(
        title="How did it go here?",
        under=project.credit_words,
        where=(("Projects", "/projects"), (project.title, here)),
        action=f"{here}/note",
        results=tuple((one.value, words) for one, words in NOTE_WORDS.items()),
        result=typed["result"],
        text=typed["text"],
        named=("true",) if typed["named"] == "true" else (),
        state=state,
        remove=f"{here}/note/remove" if row is not None else "",
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )
