"""All a project's measures on one page: small charts that can be read one under the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

import spc
from qiplatform import charts
from qiplatform.measures.models import Measure, MeasureType
from qiplatform.measures.pages.kept import Kept
from qiplatform.measures.pages.measure import PALETTES
from qiplatform.measures.pages.words import FREQUENCIES, TYPE_REASONS, TYPES
from qiplatform.measures.queries import Defined
from qiplatform.measures.rules import Record, analyse, periods
from qiplatform.organisations.rules import Right
from qiplatform.projects.queries import Seen

_MOST_CHARTS, _MOST_DRAWINGS = 512, 1024


@dataclass(frozen=True, slots=True)
class Charted:
    """What one measure's small chart says, and where everything in it stands; none of it while there is no number."""

    verdict: spc.Verdict | None
    facet: charts.Facet | None
    facts: str
    empty: bool = False
    """Whether nothing was typed yet; periods without cases have no value either."""


@dataclass(frozen=True, slots=True)
class Small:
    """One measure, small."""

    name: str
    href: str
    icons: tuple[str, str]
    """Variation and assurance; empty where there is nothing to say."""
    direction: str
    words: str
    assurance: str
    drawing: Markup | None
    facts: str
    empty: bool
    """Whether nothing was typed yet."""


@dataclass(frozen=True, slots=True)
class Group:
    """The measures of one type."""

    title: str
    why: str
    measures: tuple[Small, ...]


Choice = tuple[str, str, bool]
"""Words, address, and whether it is what is shown now."""


@dataclass(frozen=True, slots=True)
class ManyPage:
    """Everything on the page."""

    title: str
    under: str
    project: str
    project_href: str
    groups: tuple[Group, ...]
    variations: tuple[str, ...]
    assurances: tuple[tuple[str, str], ...]
    """The icons the page needs, each once: making one costs more time than printing it."""
    axes: tuple[Choice, ...]
    palettes: tuple[Choice, ...]
    may_define: bool


CHARTED: Kept[tuple[str, int], Charted] = Kept(_MOST_CHARTS)
"""Small charts by measure and data version."""
DRAWINGS: Kept[tuple[str, int, str, charts.Frame | None], Markup] = Kept(_MOST_DRAWINGS)
"""Their drawings, by palette and the frame they share too."""


def held(defined: Sequence[Defined]) -> dict[str, Charted]:
    """Return what is kept of these measures as they are now, by id; the others are to be charted."""
    found = ((one.measure.id, CHARTED.find(_key(one.measure))) for one in defined)
    return {id_: charted for id_, charted in found if charted is not None}


def many(
    seen: Seen,
    defined: Sequence[Defined],
    known: Mapping[str, Charted],
    records: Mapping[str, Record],
    *,
    same_axis: bool = True,
    palette: str = "nhs",
) -> ManyPage:
    """Return the page: charts that are `known` as they are, the others from their records."""
    # What stands in an address may be anything; it must not become a key.
    palette = next((name for _, name in PALETTES if name == palette), PALETTES[0][1])
    measures = [one.measure for one in defined]
    charted = {one.id: known[one.id] if one.id in known else _kept(one, records[one.id]) for one in measures}
    facets = [one.facet for one in charted.values() if one.facet is not None]
    frame = charts.frame(facets) if same_axis else None
    shown = [
        (one, small(one, charted[one.id], _drawing(one, charted[one.id], frame, palette))) for one in measures
    ]
    variations, assurances = icons(each for _, each in shown)
    href = f"/projects/{seen.project.id}"
    numbers = f"{len(measures)} measure{'' if len(measures) == 1 else 's'}"
    return ManyPage(
        title="All charts",
        under=f"{seen.project.title}: {numbers} on one page",
        project=seen.project.title,
        project_href=href,
        groups=tuple(
            Group(f"{TYPES[kind]} measures", TYPE_REASONS[kind], found)
            for kind in MeasureType
            if (found := tuple(each for one, each in shown if one.type is kind))
        ),
        variations=variations,
        assurances=assurances,
        axes=tuple(
            (words, _address(href, same, palette), same == same_axis)
            for words, same in (("the same for all", True), ("each its own", False))
        ),
        palettes=tuple((words, _address(href, same_axis, name), name == palette) for words, name in PALETTES),
        may_define=seen.may(Right.WORK_ON_PROJECT),
    )


def _address(href: str, same_axis: bool, palette: str) -> str:  # noqa: FBT001 - one of two addresses
    asked = {"axis": "" if same_axis else "own", "palette": "" if palette == "nhs" else palette}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{href}/measures?{query}" if query else f"{href}/measures"


def _key(measure: Measure) -> tuple[str, int]:
    return measure.id, measure.data_version


def _kept(measure: Measure, record: Record) -> Charted:
    made = read(record)
    CHARTED.keep(_key(measure), made)
    return made


def read(record: Record, *, title: str = "", y_range: tuple[float, float] | None = None) -> Charted:
    """Chart one measure among several: under its own name and on its own scale, or on the one given."""
    measure = record.measure
    result = analyse(record)
    days = [
        on
        for on, said in zip(result.series.x, result.points.variation, strict=True)
        if said != "missing" and isinstance(on, date)
    ]
    if not days:
        typed = any(point.value or point.numerator or point.denominator for point in record.points)
        return Charted(None, None, FREQUENCIES[measure.frequency], empty=not typed)
    count, latest = len(days), periods.short_label(measure.frequency, days[-1])
    return Charted(
        result.verdict,
        charts.facet(result, title=title or measure.name, unit=measure.unit, y_range=y_range),
        f"{count} point{'' if count == 1 else 's'}, last {latest}",
    )


def small(measure: Measure, charted: Charted, drawing: Markup | None, *, name: str = "") -> Small:
    """Return one measure as a page of many shows it, under its own name or that of its team."""
    verdict = charted.verdict
    compared = verdict is not None and verdict.assurance != "none"
    return Small(
        name=name or measure.name,
        href=f"/measures/{measure.id}",
        icons=(verdict.variation, verdict.assurance if compared else "") if verdict else ("", ""),
        direction=measure.direction.value,
        words=verdict.words
        if verdict
        else "No numbers yet."
        if charted.empty
        else "No cases in any period so far.",
        assurance=verdict.assurance_words if verdict and compared else "",
        drawing=drawing,
        facts=charted.facts,
        empty=charted.empty,
    )


def icons(shown: Iterable[Small]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return each variation, and each assurance with its direction, that a page has an icon of."""
    every = tuple(shown)
    return (
        tuple(dict.fromkeys(one.icons[0] for one in every if one.icons[0])),
        tuple(dict.fromkeys((one.icons[1], one.direction) for one in every if one.icons[1])),
    )


def _drawing(measure: Measure, charted: Charted, frame: charts.Frame | None, palette: str) -> Markup | None:
    if charted.facet is None:
        return None
    key = (*_key(measure), palette, frame)
    drawing = DRAWINGS.find(key)
    if drawing is None:
        drawing = charts.drawn(charted.facet, frame, palette=palette)
        DRAWINGS.keep(key, drawing)
    return drawing
