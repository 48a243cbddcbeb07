"""The pictures: the platform's still charts of the worked examples and of the rules' examples, and funnels."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import spc
from docs.manual.funnels import funnel
from docs.manual.made_up import MADE_UP
from qiplatform.charts import drawing
from tests.spc.examples_of_rules import EXAMPLES
from tests.spc.worked.examples import WORKED


def pictures() -> dict[str, str]:
    """Return every picture by the name of its file."""
    found = {}
    for chart in spc.CHARTS.values():
        result, title = _of_chart(chart.name)
        found[f"images/chart-{chart.name}.svg"] = (
            funnel(result, title=title) if chart.across_units else drawn(result, title)
        )
    for rule, fires in EXAMPLES.items():
        result = spc.analyse(fires.series(), chart=fires.chart, profile=fires.profile)
        found[f"images/rule-{rule}.svg"] = drawn(result, spc.RULES[rule].title)
    return found


def drawn(result: spc.Result, title: str) -> str:
    """Return the platform's drawing of a result."""
    if result.chart != "np":
        return f"{drawing(result, title=title)}\n"
    # A drawing reads whatever has a numerator in percent; these are counts, and are drawn as a c chart draws them.
    counts = replace(result, kind=spc.CHARTS["c"])
    return f"{drawing(counts, title=title)}\n".replace(counts.kind.title, result.kind.title)


def _of_chart(name: str) -> tuple[spc.Result, str]:
    """Return what the picture of a chart shows: something made up where the worked example has few points."""
    if name in MADE_UP:
        made = MADE_UP[name]
        return spc.analyse(made.series, chart=name, **made.options), made.title
    example = next(one for one in WORKED if one.chart == name)
    return spc.analyse(example.series(), chart=name, **_named(example.options)), example.title


def _named(options: Mapping[str, Any]) -> dict[str, Any]:
    """Call a profile made for an example by the name of the one it was made from: a drawing knows those."""
    profile = options.get("profile")
    changed = {"profile": replace(profile, name="mdc")} if isinstance(profile, spc.Profile) else {}
    return {**options, **changed}
