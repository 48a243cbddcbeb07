"""What is said beside the form of a definition: the suggested chart with its reason, and measures like it."""

from collections.abc import Sequence
from dataclasses import dataclass

import spc
from qiplatform.errors import Refusal
from qiplatform.measures.pages import words
from qiplatform.measures.queries import Alike, SeenMeasure
from qiplatform.measures.rules import Record, alike, takes_two
from qiplatform.measures.rules.choosing import LIMITS_FROM, Answers, suggest


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A measure like this one, and whom to ask for it."""

    name: str
    href: str
    project: str
    project_href: str
    how: str
    """How alike, in words."""
    ask: str
    """Whom to ask; nobody in one's own project."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The suggested chart and the measures like it."""

    chart: str
    """Title of the suggested chart; empty before there is one."""
    words: str
    """Why, or what to answer first."""
    notes: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Title and when it serves."""
    alike: tuple[AlikeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AlikePage:
    """A measure that was defined, and those like it."""

    measure: str
    href: str
    project: str
    project_href: str
    lines: tuple[AlikeLine, ...]
    title: str = "Somebody may count this already"


NONE_YET = Advice("", "Answer the questions above, and a chart is suggested here with its reason.")


def advice(
    answers: Answers, near: Sequence[Alike] = (), record: Record | None = None, *, project: str = ""
) -> Advice:
    """Return what there is to say to the answers so far; `project` is the one the form belongs to."""
    lines = _lines(near, project)
    found = suggest(answers, record)
    if found is None:
        said = "Say which numbers there will be, and a chart is suggested here with its reason."
        return Advice("", said, alike=lines)
    notes = []
    title = spc.CHARTS[found.chart].title
    if found.instead_of:
        notes.append(
            f"A {found.instead_of} would suit best and is not drawn here yet. The {title} shows the same numbers."
        )
    if found.one_of_two and record is not None and record.points and takes_two(record.measure.chart):
        notes.append(
            "There are two numbers for each period here already, and they stay. To see them on this chart as well,"
            " define another measure for the share or rate worked out from them."
        )
    elif found.one_of_two:
        notes.append(
            f"The {title} takes one number for each period: type the share or rate worked out from the two."
            " The charts named below that take two numbers work it out for you."
        )
    if spc.CHARTS[found.chart].has_limits:
        notes.append(
            f"{words.TWELVE[answers.frequency]} {LIMITS_FROM} points, enough for firm limits. Until then they are trial limits."
        )
    return Advice(
        chart=title,
        words=found.words,
        notes=(*notes, *found.cautions),
        others=tuple((spc.CHARTS[name].title, when) for name, when in found.others),
        alike=lines,
    )


def refused(refusal: Refusal) -> Advice:
    """Return what stands there when the answers cannot be read: each mistake in its sentence."""
    return Advice("", " ".join(one.message for one in refusal.mistakes) or refusal.words)


def alike_page(seen: SeenMeasure, near: Sequence[Alike]) -> AlikePage:
    """Return the page about the measures like one that was defined."""
    one = seen.measure
    return AlikePage(
        measure=one.name,
        href=f"/measures/{one.id}",
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        lines=_lines(near, one.project_id),
    )


def _lines(near: Sequence[Alike], own: str) -> tuple[AlikeLine, ...]:
    return tuple(
        AlikeLine(
            name=one.measure.name,
            href=f"/measures/{one.measure.id}",
            project=one.project.title,
            project_href=f"/projects/{one.project.id}",
            how=alike.in_words(one.score),
            ask="" if one.project.id == own else " or ".join(one.leads),
        )
        for one in near
    )
