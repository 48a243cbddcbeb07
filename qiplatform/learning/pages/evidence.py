"""What one idea did at several places, pooled: forest plot, table, and what it means in words."""

import math
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from qiplatform import charts
from qiplatform.learning.queries import Branch, PublishedReport
from qiplatform.learning.rules import RESULT_WORDS
from qiplatform.learning.rules.effects import Effect, alike, began_on, effect_of
from qiplatform.learning.rules.pooling import FEW, Pooled, pool
from qiplatform.measures.rules import in_percent

_95 = 1.959964
_POINTS = " percentage points"


@dataclass(frozen=True, slots=True)
class Site:
    """One place: its report, and its effect, or why there is none."""

    report: PublishedReport
    effect: Effect | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The places, and what they show together (None where fewer than two can be pooled)."""

    name: str
    unit: str
    direction: str
    sites: tuple[Site, ...]
    untold: int
    pooled: Pooled | None

    @property
    def used(self) -> tuple[tuple[Site, Effect], ...]:
        """The places that are in the figure."""
        return tuple((one, one.effect) for one in self.sites if one.effect is not None)


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Everything the page prints."""

    title: str
    under: str
    where: tuple[tuple[str, str], ...]
    sentence: str
    plot: tuple[Markup, Markup] | None
    columns: tuple[str | tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]
    cautions: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    download: str
    adopters: str


def evidence(tree: Branch) -> Evidence:
    """Work out what every report of a lineage says of its headline measure, those that stopped or saw no change included."""
    every = tree.every()
    first = tree.report.series[0] if tree.report.series else None
    sites = tuple(_site(one.report, first.definition if first else None) for one in every)
    used = [one.effect for one in sites if one.effect is not None]
    return Evidence(
        name=first.name if first else "",
        unit=("%" if in_percent(first.definition["chart"]) else first.definition["unit"]) if first else "",
        direction=first.definition["direction"] if first else "neutral",
        sites=sites,
        untold=sum(len(one.notes) + one.silent for one in every),
        pooled=pool([one.change for one in used], [one.variance for one in used]) if len(used) > 1 else None,
    )


def _site(report: PublishedReport, measure: Any) -> Site:
    series = next(
        (one for one in report.series if measure is not None and alike(one.definition, measure)), None
    )
    if series is None:
        return Site(report, None, "does not publish this measure")
    result, began = series.result(), began_on(series.setup)
    if result is None:
        return Site(report, None, "does not publish the points of this measure")
    if began is None:
        return Site(report, None, "does not say when the change began")
    effect = effect_of(result, series.definition["chart"], began)
    return Site(report, effect, "" if effect else "has too few points before or after the change")


def evidence_page(found: Evidence, root: PublishedReport) -> EvidencePage:
    """Return the page."""
    here = f"/published/{root.report_id}"
    return EvidencePage(
        title="What it did elsewhere, together",
        under=root.title,
        where=(
            ("Search learning", "/published"),
            (root.title, here),
            ("Who used this idea", f"{here}/adopters"),
        ),
        sentence=sentence(found),
        plot=_plot(found),
        columns=(
            "Place",
            "How it ended",
            ("Before", "number"),
            ("After", "number"),
            ("Change (95% interval)", "number"),
            ("Weight", "number"),
        ),
        rows=tuple(_row(found, place, site, effect) for place, (site, effect) in enumerate(found.used)),
        missing=tuple(f"{_name(one.report)} {one.missing}." for one in found.sites if one.missing),
        cautions=cautions(found),
        figures=_figures(found),
        download=f"{here}/evidence.csv" if found.used else "",
        adopters=f"{here}/adopters",
    )


def sentence(found: Evidence) -> str:
    """Say in plain words what the places show together."""
    pooled = found.pooled
    if pooled is None:
        return "Fewer than two places publish this measure with points before and after the change, so there is nothing to pool yet."
    what = f"“{found.name}”"
    first = f"Together, {what} changed by {_number(found, pooled.mean)} (95% interval {_plain(pooled.low)} to {_plain(pooled.high)})."
    sides = "" if found.direction == "neutral" else _moved(found)
    ahead = (
        f"At one more place the change would probably lie between {_plain(pooled.predicted[0])} and {_number(found, pooled.predicted[1])}."
        if pooled.predicted
        else ""
    )
    sure = "" if pooled.low > 0 or pooled.high < 0 else "That includes no change at all."
    return " ".join(part for part in (sides, first, sure, ahead) if part)


def cautions(found: Evidence) -> tuple[str, ...]:
    """Say what keeps the figure from being the whole truth."""
    said = []
    if found.pooled is not None and found.pooled.k < FEW:
        said.append(f"Only {found.pooled.k} places: with fewer than {FEW}, every figure here is a rough one.")
    if found.untold:
        many = found.untold
        said.append(
            f"{many} {'project' if many == 1 else 'projects'} that took the idea up {'is' if many == 1 else 'are'} not in the figure, because nothing was published there. If those went worse, the figure is too good."
        )
    said.append(
        "The places chose themselves, and nobody was kept from changing other things at the same time. This is what came after, not proof of what caused it."
    )
    said.append(
        "Worked out from rounded data where counts of people are published. Numbers that hang together from month to month make the intervals too narrow."
    )
    return tuple(said)


def _figures(found: Evidence) -> tuple[tuple[str, str], ...]:
    one = found.pooled
    if one is None:
        return ()
    return (
        ("Model", f"Random effects, {one.k} places, REML, Hartung and Knapp's interval"),
        (
            "Scatter between places (tau)",
            f"{math.sqrt(one.tau2):.3g} ({math.sqrt(one.tau2_interval[0]):.3g} to {math.sqrt(one.tau2_interval[1]):.3g})",
        ),
        ("Share of the scatter that is not chance (I²)", f"{one.i2 * 100:.0f}%"),
        ("Test of equal effects", f"Q = {one.q:.1f} with {one.k - 1} degrees of freedom, p = {one.p:.2g}"),
        (
            "If all places had one effect",
            f"{_number(found, one.fixed)} (standard error {one.fixed_error:.3g})",
        ),
    )


def _plot(found: Evidence) -> tuple[Markup, Markup] | None:
    one = found.pooled
    if one is None:
        return None
    wanted, unwanted = "moved as wanted", "moved the other way"
    sides = {"increase": (unwanted, wanted), "decrease": (wanted, unwanted)}.get(
        found.direction, ("lower", "higher")
    )
    rows = [
        charts.ForestRow(
            _name(site.report),
            _interval(effect)[0],
            effect.change,
            _interval(effect)[1],
            weight,
        )
        for (site, effect), weight in zip(found.used, one.weights, strict=True)
    ]
    plot = charts.Forest(
        rows,
        (one.low, one.mean, one.high),
        one.predicted,
        found.unit if found.unit == "%" else "",
        *sides,
        alt=f"Forest plot. {sentence(found)}",
    )
    return charts.forest(plot), charts.forest(plot, "narrow")


def _row(found: Evidence, place: int, site: Site, effect: Effect) -> tuple[str, ...]:
    low, high = _interval(effect)
    weight = f"{found.pooled.weights[place] * 100:.0f}%" if found.pooled else ""
    return (
        _name(site.report),
        RESULT_WORDS[site.report.result],
        f"{effect.before:.1f} ({effect.n_before} points)",
        f"{effect.after:.1f} ({effect.n_after} points)",
        f"{_plain(effect.change)} ({_plain(low)} to {_plain(high)})",
        weight,
    )


def _number(found: Evidence, value: float) -> str:
    unit = _POINTS if found.unit == "%" else f" {found.unit}" if found.unit else ""
    return f"{_plain(value)}{unit}"


def _plain(value: float) -> str:
    """Return a change with its sign; a true minus, so that it does not break off at a line's end."""
    return f"{value:+.1f}".replace("-", "\u2212")


def _moved(found: Evidence) -> str:
    """Say in how many places it moved as wanted, and in how many of these it moved at all beyond chance."""
    wanted = 1 if found.direction == "increase" else -1
    better = [effect for _, effect in found.used if effect.change * wanted > 0]
    clear = [effect for effect in better if min(_interval(effect)) > 0 or max(_interval(effect)) < 0]
    sides = f"In {len(better)} of {len(found.used)} places it moved the way that was wanted"
    if not better:
        return f"{sides}."
    return f"{sides}, in {len(clear) or 'none'} of them by more than ordinary variation explains."


def _interval(effect: Effect) -> tuple[float, float]:
    """Return the 95% interval of a place's change."""
    error = _95 * math.sqrt(effect.variance)
    return effect.change - error, effect.change + error


def _name(report: PublishedReport) -> str:
    return str(report.content["organisation"] or report.title)
