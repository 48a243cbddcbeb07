"""A measure's page: verdict, chart, numbers, what has happened, how it is measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import spc
from qiplatform import charts
from qiplatform.accounts.models import User
from qiplatform.errors import Mistake, Refusal
from qiplatform.measures import rules
from qiplatform.measures.models import DecisionKind, PointChange
from qiplatform.measures.pages import drawing, entry, signals, steps, story
from qiplatform.measures.pages.words import (
    COUNTS,
    DIRECTIONS,
    FREQUENCIES,
    PURPOSES,
    TYPES,
    local,
    minutes_in_words,
    targets_in_words,
)
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Record, decisions
from qiplatform.organisations.rules import Right
from qiplatform.web.forms import Sent

_JUST_NOW = timedelta(hours=1)
PALETTES = (("NHS", "nhs"), ("High contrast", "contrast"))


@dataclass(frozen=True, slots=True)
class Deciding:
    """A button that leads to a decision, or why it is off."""

    words: str
    href: str
    refused: str


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Everything on the page."""

    title: str
    under: str
    project: str
    project_href: str
    href: str
    verdict: spc.Verdict
    direction: str
    after: signals.After | None
    """What came before the signal of the verdict."""
    figure: charts.Figure
    figure_url: str
    steps: tuple[steps.Suggested, ...]
    palettes: tuple[tuple[str, str, bool], ...]
    downloads: tuple[tuple[str, str], ...]
    has_points: bool
    grid: entry.Grid | None
    refused: str
    """Why the reader may not type numbers; empty for those who may."""
    add_words: str
    signals: tuple[signals.SignalLine, ...]
    signals_shown: int
    """How many of them are seen at once."""
    story: tuple[story.Line, ...]
    deciding: tuple[Deciding, ...]
    facts: tuple[tuple[str, str], ...]
    many: bool
    """Whether the older rows are shown too."""
    focus: str
    """Where the reader goes on after the page's inside was replaced: "save", or the box to put right; empty on a new page."""
    saved: str
    saved_until: datetime | None
    """When it stops saying that; none where it says nothing."""
    mistakes: tuple[Mistake, ...]
    words: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Every change of a measure's numbers."""

    measure: str
    href: str
    project: str
    project_href: str
    changes: tuple[story.Change, ...]
    more: bool
    title: str = "History of the numbers"


def measure(
    *,
    reader: User,
    now: datetime,
    seen: SeenMeasure,
    record: Record,
    changes: Sequence[PointChange],
    names: Mapping[str, str],
    palette: str = "nhs",
    many: bool = False,
    replacing: bool = False,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> MeasurePage:
    """Return the page; `sent` and `refusal` when the numbers typed were refused.

    `replacing` says that only the inside of the page is replaced, where nothing else leads the keyboard on.
    """
    one, href = seen.measure, f"/measures/{seen.measure.id}"
    result = rules.analyse(record)
    linked = rules.link(record, result)
    refused = decisions.why_not(Right.WORK_ON_PROJECT, seen.project.roles)
    made = None if refused else entry.grid(record, now.date(), many=many, sent=sent, refusal=refusal)
    figure = drawing.figure(record, result, palette)
    saved = "" if refusal else _saved(reader, now, changes)
    return MeasurePage(
        title=one.name,
        under=f"{TYPES[one.type]} measure of {seen.project.project.title}",
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        href=href,
        verdict=result.verdict,
        direction=one.direction.value,
        after=signals.after(result, linked),
        figure=figure,
        figure_url=f"{href}/figure.json?palette={figure.palette}",
        steps=steps.suggested(seen, record, result, linked, names),
        palettes=tuple((words, f"{href}?palette={name}", name == figure.palette) for words, name in PALETTES),
        downloads=tuple((words, f"{href}/{name}") for words, name in _DOWNLOADS),
        has_points=bool(record.points),
        grid=made,
        refused=refused,
        add_words=f"Add this {made.word}'s number" if made else "",
        signals=signals.lines(seen, record, result, linked, names),
        signals_shown=signals.SHOWN,
        story=story.story(seen, record, changes, names),
        deciding=_deciding(seen, href),
        facts=_facts(record),
        many=many,
        focus=_focus(refusal) if replacing else "",
        saved=saved,
        saved_until=changes[0].at + _JUST_NOW if saved else None,
        mistakes=entry.unplaced(refusal.mistakes, made) if refusal and made else (),
        words=refusal.words if refusal else "",
    )


_DOWNLOADS = (
    ("SVG", "chart.svg"),
    ("PNG", "chart.png"),
    ("CSV", "data.csv"),
    ("Excel", "data.xlsx"),
    ("JSON", "chart.json"),
    ("Slide", "slide.pptx"),
)
_BUTTONS = (
    (DecisionKind.ANNOTATION, "Write a note on the chart"),
    (DecisionKind.PHASE, "Start new limits"),
    (DecisionKind.EXCLUSION, "Leave a point out"),
    (DecisionKind.BASELINE, "Fix the baseline"),
)


def history(
    seen: SeenMeasure, record: Record, changes: Sequence[PointChange], names: Mapping[str, str], most: int
) -> HistoryPage:
    """Return the page of every change."""
    one = seen.measure
    lines = story.history(record, changes[:most], names)
    return HistoryPage(
        one.name,
        f"/measures/{one.id}",
        seen.project.project.title,
        f"/projects/{one.project_id}",
        lines,
        len(changes) > most,
    )


def _deciding(seen: SeenMeasure, href: str) -> tuple[Deciding, ...]:
    return tuple(
        Deciding(
            words,
            f"{href}/decide/{kind.value}",
            decisions.why_not(decisions.RIGHTS[kind], seen.project.roles),
        )
        for kind, words in _BUTTONS
    )


def _facts(record: Record) -> tuple[tuple[str, str], ...]:
    one = record.measure
    return (
        ("Operational definition", one.operational_definition),
        ("Numerator", one.numerator_words),
        ("Denominator", one.denominator_words),
        ("What is left out", one.exclusion_words),
        ("Sampling", one.sampling),
        ("What is counted", COUNTS[one.counts]),
        ("How often", FREQUENCIES[one.frequency]),
        ("Which way is better", DIRECTIONS[one.direction]),
        ("Unit", one.unit),
        ("Target", targets_in_words(record)),
        ("Source", one.source),
        ("Who collects it", one.collected_by),
        ("Time it takes", minutes_in_words(one.minutes_a_month)),
        ("Why it is collected", one.why),
        ("Collected for", PURPOSES[one.purpose]),
        ("Chart", f"{spc.CHARTS[one.chart].title}, read by {spc.PROFILES[one.profile].title}"),
    )


def _focus(refusal: Refusal | None) -> str:
    if refusal is None:
        return "save"
    return refusal.mistakes[0].at if refusal.mistakes else "save"


def _saved(reader: User, now: datetime, changes: Sequence[PointChange]) -> str:
    if not changes or changes[0].by_id != reader.id or now - changes[0].at > _JUST_NOW:
        return ""
    return f"Saved {local(changes[0].at):%H:%M}"
