"""One published measure: its chart with words and table, its small drawing, from where to where it went."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

import spc
from qiplatform import charts
from qiplatform.learning.queries import PublicSeries, PublishedReport
from qiplatform.learning.rules import Change, change_of, rounding_words, shown_as, treatment_words
from qiplatform.measures.rules import Record, in_percent, laid_out

DOWNLOADS = (("SVG", "svg"), ("PNG", "png"), ("Chart file (JSON)", "json"))
"""What can be taken away of one chart."""


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
    live: str = ""
    """Address of the live chart's data; empty where only the drawing is shown."""


def change_words(report: PublishedReport) -> str:
    """Return from where to where the headline measure went ("62% to 81%"), where its chart has a step; else nothing."""
    for series in report.series[:1]:
        result = series.result()
        change = change_of(result) if result is not None else None
        if change is not None:
            return f"{series.name}: {_change(series, change)}"
    return ""


def _change(series: PublicSeries, change: Change) -> str:
    went = f"{_figure(series, change.before)} to {_figure(series, change.after)}"
    months = change.months
    held = f", held {months} month{'' if months == 1 else 's'}" if months else ""
    return f"{went} since {change.since:%B %Y}{held}"


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
        if star or single or math.isnan(value):
            shown.append(star or single)
        else:
            shown.append(f"{value * 100:.1f}" if in_percent(record.measure.chart) else f"{value:.4g}")
    return tuple(shown)


def block(series: PublicSeries, here: str = "") -> ChartBlock:
    """Return one measure with its chart; `here` is the address of the version whose files it links to."""
    definition = series.definition
    place = f"{here}/charts/{series.position}"
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
            ("Left out", definition.get("exclusion_words", "")),
            ("Sample", definition.get("sampling", "")),
            ("Source", definition["source"]),
            ("Why it was collected", definition["why"]),
        ),
        downloads=tuple((words, f"{place}.{ending}") for words, ending in DOWNLOADS) if made and here else (),
        live=f"{place}/figure.json" if made and here else "",
    )


def _figure(series: PublicSeries, value: float) -> str:
    if in_percent(series.definition["chart"]):
        return f"{value * 100:.0f}%"
    unit = series.definition["unit"]
    return f"{value:.3g}{unit if unit == '%' else ' ' + unit if unit else ''}"
