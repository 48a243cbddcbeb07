"""The published page: built from a published version and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qiplatform.learning.models import PublicAnswer
from qiplatform.learning.pages import citing
from qiplatform.learning.pages.citing import licence
from qiplatform.learning.pages.series import ChartBlock, block, change_words
from qiplatform.learning.queries import PublishedReport
from qiplatform.learning.rules import RESULT_WORDS, SECTIONS, STRENGTH_WORDS, TIDIER
from qiplatform.store.base import new_id
from qiplatform.web.rendering import day

_FIRST_WORDS = 280
_ACTS = {"adopt": "Adopted", "adapt": "Adapted", "abandon": "Abandoned", None: "Not decided"}
_KINDS = {"primary": "primary", "secondary": "secondary", "change_idea": "idea"}
_STATES = {
    "untried": "Not tried yet",
    "testing": "Being tested",
    "adopted": "Adopted",
    "abandoned": "Abandoned",
    None: "",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: its heading and paragraphs."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeBlock:
    """One change, described item by item."""

    id: str
    name: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A reader's question with the team's answer."""

    question: str
    answer: str
    when: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: its address, and why it was written."""

    words: str
    href: str
    reason: str


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the driver diagram, as the component draws it."""

    kind: str
    text: str
    state: str
    children: tuple["Box", ...]


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Everything the public page prints."""

    title: str
    address: str
    byline: str
    facts: tuple[tuple[str, str], ...]
    result: str
    topics: tuple[str, ...]
    brief: tuple[tuple[str, str], ...]
    change: str
    charts: tuple[ChartBlock, ...]
    sections: tuple[Section, ...]
    changes: tuple[ChangeBlock, ...]
    answers: tuple[Answer, ...]
    versions: tuple[VersionLine, ...]
    reason: str
    contact: tuple[str, str]
    aim: str
    drivers: tuple[Box, ...]
    cycles: tuple[tuple[str, ...], ...]
    credit: tuple[str, str] | None
    cite: str
    cite_links: tuple[tuple[str, str], ...]
    json_ld: Mapping[str, Any]
    licence: tuple[str, str]
    downloads: tuple[tuple[str, str], ...]
    used: str
    older: str
    once: str
    sign_in: str


def public(
    report: PublishedReport,
    *,
    base: str,
    adoptions: int,
    versions: Sequence[tuple[int, datetime, str]] = (),
    answers: Sequence[PublicAnswer] = (),
) -> PublishedPage:
    """Return the page of one version."""
    content = report.content
    address = f"/published/{report.report_id}"
    versioned = f"{address}/v/{report.number}"
    here = address if report.number == report.newest else versioned
    on = report.published_at
    return PublishedPage(
        title=report.title,
        address=address,
        byline=" · ".join(part for part in (citing.byline(report), content["organisation"]) if part),
        facts=(
            ("Setting", content["setting"]),
            ("Region", content.get("region", "")),
            ("Evidence", STRENGTH_WORDS[report.strength]),
            ("Published", f"{day(on)}, version {report.number}"),
        ),
        result=RESULT_WORDS[report.result],
        topics=tuple(content["topics"]),
        brief=tuple(
            (heading, words)
            for heading, name in (
                ("Problem", "problem"),
                ("What we did", "did"),
                ("What happened", "happened"),
                ("What we would do differently", "differently"),
            )
            if (words := first_words(report.section(name)))
        ),
        change=change_words(report),
        charts=tuple(block(one, here) for one in report.series),
        sections=sections({name: report.section(name) for name in SECTIONS}),
        changes=change_blocks(content),
        answers=tuple(Answer(one.question, one.answer, day(one.answered_at)) for one in answers),
        versions=tuple(
            VersionLine(f"Version {number}, {day(at)}", f"{address}/v/{number}", reason)
            for number, at, reason in versions
        ),
        reason=report.reason,
        contact=_contact(content.get("contact", "")),
        aim=content["aim"],
        drivers=boxes(content["drivers"]),
        cycles=cycle_rows(content),
        credit=(content["credit"]["words"], f"/published/{content['credit']['report_id']}")
        if content["credit"]
        else None,
        cite=citing.as_text(report, base),
        cite_links=tuple((words, f"{versioned}/cite.{ending}") for words, ending in citing.FORMATS),
        json_ld=citing.as_json_ld(report, base),
        licence=licence,
        downloads=(("Data (CSV)", f"{here}/data.csv"), ("Data (Excel)", f"{here}/data.xlsx"))
        if report.series
        else (),
        used=_used(adoptions),
        older="" if report.number == report.newest else address,
        once=new_id(),
        sign_in=f"/sign-in?next={address}",
    )


def change_blocks(content: Mapping[str, Any]) -> tuple[ChangeBlock, ...]:
    """Return the changes that were described one by one."""
    return tuple(
        ChangeBlock(
            f"change-{place}",
            one["name"],
            tuple((heading, one["items"].get(name, "")) for name, (heading, _) in TIDIER.items()),
        )
        for place, one in enumerate(content.get("changes", ()), start=1)
    )


def _contact(text: str) -> tuple[str, str]:
    """Return how to reach the team, and a link where it is an address of a mailbox or a page."""
    if text.startswith(("https://", "http://")):
        return text, text
    return text, f"mailto:{text}" if "@" in text and " " not in text else ""


def sections(texts: Mapping[str, str]) -> tuple[Section, ...]:
    """Return the sections that say something, in the order they are read."""
    return tuple(
        Section(name, heading, paragraphs(texts[name]))
        for name, heading in SECTIONS.items()
        if texts[name].strip()
    )


def first_words(text: str, most: int = _FIRST_WORDS) -> str:
    """Return the first paragraph of a text, cut at a word where it is long.

    >>> first_words("One two three. Four.", 9)
    'One two…'
    """
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return (
        first
        if len(first) <= most
        else first[: first.rfind(" ", 0, most) if " " in first[:most] else most] + "…"
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text; browsers send lines that end in CR LF."""
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())


def boxes(nodes: Iterable[Mapping[str, Any]]) -> tuple[Box, ...]:
    """Return the driver diagram below its aim."""
    return tuple(
        Box(_KINDS[one["kind"]], one["text"], _STATES[one["state"]], boxes(one["children"])) for one in nodes
    )


def cycle_rows(content: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return a row for each PDSA cycle."""
    return tuple(_cycle(one) for one in content["cycles"])


def _cycle(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        f"PDSA {one['number']}",
        one["change_idea"],
        one["prediction"],
        one["learned"] or one["did"],
        _ACTS[one["act"]],
    )


def _used(adoptions: int) -> str:
    match adoptions:
        case 0:
            return "No project here has begun with this idea yet."
        case 1:
            return "One project here began with this idea."
        case many:
            return f"{many} projects here began with this idea."
