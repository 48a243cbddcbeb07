"""The published page: built from a published version and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

import spc
from qiplatform import charts
from qiplatform.learning.queries import PublicSeries, PublishedReport
from qiplatform.learning.rules import RESULT_WORDS, SECTIONS, rounding_words, shown_as, treatment_words
from qiplatform.measures.rules import Record, in_percent, laid_out
from qiplatform.store.base import new_id

licence = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
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
class ChartBlock:
    """One measure on the page: its chart with words and table, or why there is none."""

    id: str
    name: str
    figure: charts.Figure | None
    treatment: str
    starred: bool
    facts: tuple[tuple[str, str], ...]
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: its heading and paragraphs."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]


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
    aim: str
    drivers: tuple[Box, ...]
    cycles: tuple[tuple[str, ...], ...]
    credit: tuple[str, str] | None
    cite: str
    licence: tuple[str, str]
    downloads: tuple[tuple[str, str], ...]
    used: str
    older: str
    once: str
    sign_in: str


def public(report: PublishedReport, *, base: str, adoptions: int) -> PublishedPage:
    """Return the page of one version."""
    content = report.content
    address = f"/published/{report.report_id}"
    here = address if report.number == report.newest else f"{address}/v/{report.number}"
    authors = ", ".join(content["authors"]) or "The project team"
    on = report.published_at
    return PublishedPage(
        title=report.title,
        address=address,
        byline=" · ".join(part for part in (authors, content["organisation"]) if part),
        facts=(
            ("Setting", content["setting"]),
            ("Published", f"{on.day} {on:%B %Y}, version {report.number}"),
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
        aim=content["aim"],
        drivers=boxes(content["drivers"]),
        cycles=cycle_rows(content),
        credit=(content["credit"]["words"], f"/published/{content['credit']['report_id']}")
        if content["credit"]
        else None,
        cite=f"{authors}{', ' + content['organisation'] if content['organisation'] else ''}. {report.title}. qiplatform, version {report.number}, "
        f"{on.day} {on:%B %Y}. {base}{address}/v/{report.number}",
        licence=licence,
        downloads=(("Data (CSV)", f"{here}/data.csv"),) if report.series else (),
        used=_used(adoptions),
        older="" if report.number == report.newest else address,
        once=new_id(),
        sign_in=f"/sign-in?next={address}",
    )


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


def change_words(report: PublishedReport) -> str:
    """Return from where to where the headline measure went ("62% to 81%"), where its chart has a step; else nothing."""
    for series in report.series[:1]:
        result = series.result()
        if result is None:
            return ""
        means = [phase.centre for phase in result.phases if phase.centre is not None]
        if len(means) > 1:
            return f"{series.name}: {_figure(series, means[0])} to {_figure(series, means[-1])}"
    return ""


def headline_drawing(report: PublishedReport) -> tuple[Markup, str] | None:
    """Return the small chart of the headline measure with its sentence; none where no point is published."""
    series = report.series[0] if report.series else None
    result = series.result() if series else None
    if series is None or result is None:
        return None
    made = charts.drawing(result, title=series.name, unit=series.definition["unit"], size="small")
    return made, f"{series.name}: {result.verdict.words} {rounding_words(series.treatment)}".strip()


def figure(series: PublicSeries) -> charts.Figure | None:
    """Return a published chart with words and table; its caption says when the data are rounded."""
    result = series.result()
    if result is None:
        return None
    record = series.record
    made = charts.figure(
        result,
        title=series.name,
        unit=series.definition["unit"],
        bands=bands(series),
        typed=_typed(record, result, shown_as(record, series.rows)),
    )
    return replace(made, caption=f"{made.caption} {rounding_words(series.treatment)}".strip())


def bands(series: PublicSeries) -> tuple[charts.Band, ...]:
    """Return the PDSA cycles that are part of what was published."""
    return tuple(
        charts.Band(
            date.fromisoformat(one["starts_on"]),
            date.fromisoformat(one["ends_on"]) if one["ends_on"] else None,
            one["label"],
            one["detail"],
        )
        for one in series.setup["bands"]
    )


def _typed(record: Record, result: spc.Result, stars: Sequence[str]) -> tuple[str, ...]:
    """Return the value of each row of the table: a star where a number was too small, else the figure drawn."""
    held = {point.period: point for point in record.points}
    shown = []
    for star, (on, _), value in zip(stars, laid_out(record), result.points.value.tolist(), strict=True):
        single = held[on].value if on in held else ""
        if star or single or value != value:  # noqa: PLR0124 - NaN is not itself
            shown.append(star or single)
        else:
            shown.append(f"{value * 100:.1f}" if in_percent(record.measure.chart) else f"{value:.4g}")
    return tuple(shown)


def block(series: PublicSeries, here: str = "") -> ChartBlock:
    """Return one measure with its chart; `here` is the address of the version whose files it links to."""
    definition = series.definition
    place = f"{here}/charts/{series.position}.svg"
    made = figure(series)
    return ChartBlock(
        id=f"chart-{series.position}",
        name=series.name,
        figure=made,
        treatment=treatment_words(series.treatment),
        starred=any("*" in {row.value, row.numerator, row.denominator} for row in series.rows),
        facts=(
            ("Type", f"{definition['type'].capitalize()} measure"),
            ("How it is measured", definition["operational_definition"]),
            ("Numerator", definition["numerator_words"]),
            ("Denominator", definition["denominator_words"]),
            ("Source", definition["source"]),
            ("Why it was collected", definition["why"]),
        ),
        downloads=(("Chart (SVG)", place), ("Data (CSV)", f"{here}/data.csv")) if made and here else (),
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


def _figure(series: PublicSeries, value: float) -> str:
    if in_percent(series.definition["chart"]):
        return f"{value * 100:.0f}%"
    unit = series.definition["unit"]
    return f"{value:.3g}{unit if unit == '%' else ' ' + unit if unit else ''}"


def _used(adoptions: int) -> str:
    match adoptions:
        case 0:
            return "No project here has begun with this idea yet."
        case 1:
            return "One project here began with this idea."
        case many:
            return f"{many} projects here began with this idea."
