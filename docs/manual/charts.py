"""The page of a chart."""

from importlib import import_module
from typing import Any

import numpy as np

import spc
from docs.manual.made_up import MADE_UP
from docs.manual.paragraphs import CHART_LABELS, labelled, printed
from docs.manual.worked import more, section, table
from spc.constants import TRIAL_BELOW
from tests.spc.worked.examples import WORKED

SECTIONS = (
    "What it shows",
    "When to use it",
    "When another is better",
    "What data it needs",
    "Formula",
    "Settings",
    "A worked example",
    "How it is read",
    "Rules that apply",
    "Source",
)


def said(name: str) -> dict[str, str]:
    """Return what the chart's module says of it, by label."""
    return labelled(import_module(f"spc.charts.{name}"), CHART_LABELS)


def page(chart: spc.Chart) -> str:
    """Write the page."""
    told = said(chart.name)
    examples = [example for example in WORKED if example.chart == chart.name]
    made_up = MADE_UP.get(chart.name)
    seen = examples[0].title if made_up is None else made_up.title
    picture = f"![{chart.title}: {seen}](../images/chart-{chart.name}.svg)"
    shown = "" if made_up is None else f"\n\n{picture}\n\n*Made-up data. {made_up.words}*"
    parts = {
        "What it shows": f"{told['Shows']}{shown}",
        "When to use it": told["When to use"],
        "When another is better": told["When another is better"],
        "What data it needs": told["Data"],
        "Formula": f"```\n{printed(told['Formula'])}\n```",
        "Settings": settings(chart, told.get("Settings", "")),
        "A worked example": section(examples[0], "" if made_up else picture),
        "How it is read": reading(chart, told["Missing values"]),
        "Rules that apply": rules(chart),
        "Source": told["Source"],
    }
    if len(examples) > 1:
        parts["A worked example"] += f"\n\n### More examples\n\n{more(examples[1:])}"
    body = "\n\n".join(f"## {title}\n\n{parts[title]}" for title in SECTIONS)
    head = f"# {chart.title}\n\n{chart.words}\n\nIn Python and on the command line it is `{chart.name}`."
    return f"{head} [All charts](../README.md#charts)\n\n{body}\n"


def settings(chart: spc.Chart, told: str) -> str:
    """Tell the settings of the chart's own, with their usual numbers."""
    every = "What every chart takes is told [on the first page](../README.md#what-you-can-set)."
    if not chart.settings:
        return f"It has none of its own. {every}"
    words = dict(line.split(": ", 1) for line in told.splitlines())
    rows = [
        [f"`{name}`", "from the data" if usual != usual else f"{usual:g}", words[name]]  # noqa: PLR0124 - NaN
        for name, usual in chart.settings.items()
    ]
    lead = "Given as `settings={...}`."
    return f"{lead} {every}\n\n{table(['setting', 'usually', 'what it is'], rows)}"


def reading(chart: spc.Chart, missing: str) -> str:
    """Say how the default profile reads the chart at its edges."""
    profile = spc.PROFILES["mdc"]
    lines = [f"By our default profile, [{profile.title}](../profiles/mdc.md):", ""]
    if chart.name == "bernoulli_cusum":
        lines.append("- **A point on the decision limit** signals: the limit is a decision, not an estimate.")
    elif chart.has_limits:
        lines.append("- **A point exactly on a limit** is inside.")
    if not (chart.ranges or chart.across_units):
        lines.append(
            f"- **A point exactly on the {chart.centre_word}** is on neither side and breaks a shift."
        )
    lines.append(f"- **Missing values.** {missing}")
    if chart.across_units:
        lines += [
            f"- **Few units.** Lines are drawn from {fewest(chart)} units on. With few of them each pulls the centre towards itself.",
            "- **Targets** are not judged where units are compared with one another.",
        ]
        return "\n".join(lines)
    first = fewest(chart)
    if first is None:
        lines.append(
            "- **Few points.** It is drawn from the first point on; its rules need a few: a shift or a trend needs seven."
        )
        lines.append("- **Targets** are drawn and not judged: that would need limits.")
        return "\n".join(lines)
    moving = "they may still move. A chart is never refused for being short."
    if chart.name.endswith("cusum"):
        moving = (
            "the decision limit is a number you choose, but the centre, unless you give it, may still move."
        )
    lines.append(
        f"- **Few points.** Limits are drawn from {first} points on. With fewer than {TRIAL_BELOW} behind them they are called"
        f" trial limits: {moving}"
    )
    if chart.plots_other and chart.needs != "proportion":
        lines.append(
            "- **A target** belongs to what was measured, not to what is plotted here: leave it to the other chart."
        )
    else:
        lines.append(
            "- **A target** is compared with the latest limits once you say which direction is improvement: beyond them it is"
            " met or missed every time as things are, between them sometimes."
        )
    return "\n".join(lines)


def fewest(chart: spc.Chart) -> int | None:
    """Return how many points the chart needs before the default profile draws limits; None if it never does.

    >>> fewest(spc.CHARTS["xmr"]), fewest(spc.CHARTS["run"])
    (3, None)
    """
    if not chart.has_limits:
        return None
    example = next(one for one in WORKED if one.chart == chart.name)
    given = {name: option for name, option in example.options.items() if name in {"settings", "centre"}}
    series = example.series()
    for n in range(1, len(series) + 1):
        points = spc.analyse(cut(series, n), chart=chart.name, **given).points
        if np.isfinite(points.upper).any():
            return n
    return None


def cut(series: spc.Series, n: int) -> spc.Series:
    """Return the first points of a series."""
    names = [
        "value" if series.numerator is None else "numerator",
        "denominator",
        "size",
        "deviation",
        "spread",
    ]
    columns: dict[str, Any] = {
        name: column[:n] for name in names if (column := getattr(series, name)) is not None
    }
    return spc.Series(series.x[:n], **columns, ordered=series.ordered)


def rules(chart: spc.Chart) -> str:
    """List the rules of the default profile that are asked on this chart, and say which profiles others add."""
    uses = applying(chart, spc.PROFILES["mdc"])
    rows = [
        [
            f"[{spc.RULES[use.rule].title}](../rules/{use.rule}.md)",
            str(use.n or "1"),
            spc.RULES[use.rule].words,
        ]
        for use in uses
    ]
    lead = ""
    if chart.across_units:
        lead = "Units do not follow each other in time, so only single units are judged.\n\n"
    elif chart.ranges:
        lead = "Neighbouring points share data, so runs and trends mean nothing here and only single points are judged.\n\n"
    elif not chart.has_limits:
        lead = (
            "Rules that need limits never speak here. The rules made for run charts are in the profiles"
            " [ihi_run](../profiles/ihi_run.md) and [anhoej](../profiles/anhoej.md).\n\n"
        )
    return f"{lead}{table(['rule', 'points', 'in short'], rows)}"


def applying(chart: spc.Chart, profile: spc.Profile) -> list[spc.Use]:
    """Return the rules that can fire on a chart under a profile."""
    uses = list(profile.rules_for(chart.name))
    if chart.across_units or (chart.ranges and not profile.rules_on_ranges):
        uses = [use for use in uses if use.rule == "outside_limits"]
    if not chart.has_limits:
        needs = {"outside_limits", "two_in_three", "four_in_five", "within_one_sigma", "outside_one_sigma"}
        uses = [use for use in uses if use.rule not in needs]
    return uses
