"""The pages that need no record: every component living, and what the service is for."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from markupsafe import Markup

import spc
from qiplatform import charts

# Type 1 attendances and four-hour breaches of one provider (ODS code RDD), monthly from April 2016, as published
# by NHS England under the Open Government Licence v3.0: a real series, so that the charts shown are real ones.
_ATTENDED = (
    (10967, 2450), (11812, 2089), (11187, 2169), (11719, 1832), (10678, 1272), (11182, 1080),
    (11582, 1334), (11284, 789), (11910, 1316), (11165, 1385), (10152, 847), (11981, 1075),
    (11249, 886), (12315, 1042), (11910, 1232), (12107, 1429), (11388, 862), (11470, 995),
    (12369, 1216), (12303, 1758), (12032, 1978), (12093, 1933), (11200, 1874), (12757, 2433),
    (12239, 1504), (13381, 1654), (12776, 511), (13447, 510), (12181, 447), (12338, 399),
    (13169, 726), (13182, 651), (13078, 666), (14053, 1234), (10802, 1137), (11905, 516),
)  # fmt: skip
_TITLE, _UNIT = "Seen within four hours", "%"
_BANDS = (
    charts.Band(date(2017, 10, 2), date(2017, 12, 15), "1", "An example of a PDSA cycle"),
    charts.Band(date(2018, 5, 1), date(2018, 6, 12), "2", "The next cycle of the ramp"),
)
_FLAGS = (charts.Flag(date(2018, 1, 1), 1, "An example of a note"),)


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What the service is for."""

    title: str = "About qiplatform"


@dataclass(frozen=True, slots=True)
class ComponentsPage:
    """One measure in every form in which a chart is shown."""

    chart: charts.Figure
    chart_url: str
    small: Markup
    spark: Markup
    verdict: spc.Verdict
    title: str = "Components"


@cache
def _result() -> spc.Result:
    periods = [date(2016 + (month + 3) // 12, (month + 3) % 12 + 1, 1) for month in range(len(_ATTENDED))]
    values = [100 * (came - late) / came for came, late in _ATTENDED]
    return spc.analyse(
        spc.Series(x=periods, value=values),
        chart="xmr",
        profile="mdc",
        direction="increase",
        target=95.0,
        unit=_UNIT,
    )


def components(palette: str) -> ComponentsPage:
    """Return the page; a palette there is none of is the usual one."""
    result, wanted = _result(), "contrast" if palette == "contrast" else "nhs"
    return ComponentsPage(
        chart=charts.figure(result, title=_TITLE, unit=_UNIT, bands=_BANDS, flags=_FLAGS, palette=wanted),
        chart_url=f"/components/figure.json?palette={wanted}",
        small=charts.drawing(result, title=_TITLE, unit=_UNIT, size="small"),
        spark=charts.drawing(result, title=_TITLE, unit=_UNIT, size="spark"),
        verdict=result.verdict,
    )


def figure(palette: str, shape: str) -> dict[str, Any]:
    """Return the live chart's data."""
    wanted = "contrast" if palette == "contrast" else "nhs"
    return charts.figure_json(
        _result(), title=_TITLE, unit=_UNIT, bands=_BANDS, flags=_FLAGS, palette=wanted, shape=shape
    )
