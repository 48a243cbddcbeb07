"""One measure across sites at one time: a funnel, with the page's own site marked and those outside in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import spc
from qiplatform import charts
from qiplatform.measures.pages import compare
from qiplatform.measures.pages.compare import Asked, Choosing, Place
from qiplatform.measures.pages.many import Choice
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Record, in_percent, periods, sites
from qiplatform.measures.rules.sites import NoFunnel, NotDrawn, Pooled, Site

_WHY_NOT = {
    NotDrawn.NO_NUMBERS: "no numbers yet",
    NotDrawn.NO_CASES: "no cases in these periods, so there is nothing to take a share of",
}
_NO_FUNNEL = {
    NoFunnel.OTHER_CHART: (
        "A funnel needs cases out of how many",
        "It allows small sites more chance than large ones, so it must know how large each is. This measure has one number a period; compare the teams over time.",
    ),
    NoFunnel.TOO_FEW: (
        "Too few sites for a funnel",
        f"A funnel says which sites differ by more than chance, and with fewer than {sites.FEWEST_SITES} there is hardly a middle to differ from. Look at each team over time: that says more.",
    ),
}
_COLUMNS: tuple[charts.Column, ...] = ("Site", ("Periods", "number"), "From", "To")
Row = tuple[charts.Cell | tuple[str, str], ...]
"""Cells, and words with an address."""


@dataclass(frozen=True, slots=True)
class FunnelPage:
    """Everything on the page."""

    title: str
    under: str
    measure: str
    href: str
    project: str
    project_href: str
    direction: str
    share: bool
    """Whether it is a share of cases that is compared, not a rate."""
    views: tuple[Choice, ...]
    choosing: Choosing
    verdict: spc.Verdict | None
    figure: charts.Figure | None
    why: tuple[str, str]
    """Why there is no funnel, as a heading and a sentence; empty where there is one."""
    mine: str
    """What is said of the page's own site."""
    outside_columns: tuple[charts.Column, ...]
    outside: tuple[Row, ...]
    """The sites outside the limits, A to Z, in the words and numbers of the table of all."""
    widths: str
    pooled_columns: tuple[charts.Column, ...]
    pooled: tuple[tuple[charts.Cell, ...], ...]
    not_drawn: tuple[tuple[str, str], ...]
    """Sites that are not in the funnel, and why."""


def funnel(
    seen: SeenMeasure, found: Sequence[Place], records: Mapping[str, Record], wanted: Asked
) -> FunnelPage:
    """Return the page."""
    one, href = seen.measure, f"/measures/{seen.measure.id}"
    order = [place for place in compare.shown(found, wanted) if place.measure_id in records]
    counted = [(place, sites.pooled(records[place.measure_id], wanted.last)) for place in order]
    drawn = [(place, added) for place, added in counted if isinstance(added, Pooled)]
    rows = [Site(_named(place), added) for place, added in drawn]
    result = sites.funnel(one.chart, one.direction, one.unit, rows)
    mine = next((row for row, (place, _) in enumerate(drawn) if place.mine), None)
    figure: charts.Figure | None = None
    said = ""
    outside: tuple[Row, ...] = ()
    if isinstance(result, spc.Result):
        mark = None if mine is None else (mine, drawn[mine][0].name)
        figure = charts.figure(result, title=one.name, unit=one.unit, mine=mark)
        said, outside = _mine(result, counted), _outside(result, figure, drawn)
    return FunnelPage(
        title=f"{one.name}: sites in a funnel",
        under=f"The last {wanted.last} periods of each site added up",
        measure=one.name,
        href=href,
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        direction=one.direction.value,
        share=in_percent(one.chart),
        views=compare.views(href, found, wanted, has_funnel=sites.funnel_chart(one.chart) is not None),
        choosing=compare.choosing(href, found, order, wanted),
        verdict=result.verdict if isinstance(result, spc.Result) else None,
        figure=figure,
        why=_why(result, len(rows)),
        mine=said,
        outside_columns=_outside_columns(figure) if figure else (),
        outside=outside,
        widths=_widths(drawn),
        pooled_columns=_COLUMNS,
        pooled=tuple(_pooled(place, added, records[place.measure_id]) for place, added in drawn),
        not_drawn=tuple(
            (_named(place), _WHY_NOT[added]) for place, added in counted if isinstance(added, NotDrawn)
        ),
    )


def _outside_columns(figure: charts.Figure) -> tuple[charts.Column, ...]:
    _, value, _, denominator, *_ = figure.columns
    return "Site", "What it says", value, ("Limits", "number"), denominator


def _outside(
    result: spc.Result, figure: charts.Figure, drawn: Sequence[tuple[Place, Pooled]]
) -> tuple[Row, ...]:
    """Return the rows of those outside, each with its way to the site."""
    found: list[Row] = []
    for cells, said, (place, _) in zip(figure.rows, result.points.variation, drawn, strict=True):
        if said not in {"common", "missing"}:
            name, value, _, denominator, _, lower, upper, words = cells
            link = (name or "", f"/measures/{place.measure_id}")
            found.append((link, words, value, f"{lower} to {upper}", denominator))
    return tuple(found)


def _named(place: Place) -> str:
    return f"{place.name} (this site)" if place.mine else place.name


def _why(result: spc.Result | NoFunnel, count: int) -> tuple[str, str]:
    if isinstance(result, spc.Result):
        return "", ""
    title, words = _NO_FUNNEL[result]
    if result is NoFunnel.TOO_FEW:
        there = "There is 1 site" if count == 1 else f"There are {count} sites"
        words = f"{there} with cases that you may see. {words}"
    return title, words


def _mine(result: spc.Result, counted: Sequence[tuple[Place, Pooled | NotDrawn]]) -> str:
    place, added = next((place, added) for place, added in counted if place.mine)
    if isinstance(added, NotDrawn):
        return f"{place.name} is not in the funnel: {_WHY_NOT[added]}."
    drawn = [place for place, added in counted if isinstance(added, Pooled)]
    said = result.points.variation[drawn.index(place)]
    where = "inside the limits" if said == "common" else f"outside the limits, {_side(said)}"
    return f"{place.name}, ringed and named in the chart, is {where}."


def _side(variation: str) -> str:
    return "on the high side" if variation.endswith("_high") else "on the low side"


def _pooled(place: Place, added: Pooled, record: Record) -> tuple[charts.Cell, ...]:
    frequency = record.measure.frequency
    first, last = (periods.short_label(frequency, on) for on in (added.periods[0], added.periods[-1]))
    return _named(place), str(len(added.periods)), first, last


def _widths(drawn: Sequence[tuple[Place, Pooled]]) -> str:
    """Say so where sites were not counted over the same time."""
    spans = {(added.periods[0], added.periods[-1], len(added.periods)) for _, added in drawn}
    if len(spans) <= 1:
        return ""
    return "The numbers of the sites are not all from the same time: see below from when each is."
