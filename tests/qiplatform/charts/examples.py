"""Series the chart tests are made from: one provider's real months, and small ones with what is being tried."""

import math
from datetime import date
from typing import Any

import spc
from qiplatform.charts import Band, Flag
from qiplatform.demo.attendances import months

BANDS = (
    Band(date(2016, 9, 1), date(2016, 11, 20), "PDSA 1", "A nurse at the door"),
    Band(date(2016, 11, 1), date(2017, 3, 1), "PDSA 2", "The same at night"),
    Band(date(2018, 10, 1), None, "PDSA 3", "Goes on"),
)
FLAGS = (Flag(date(2017, 1, 10), 1, "Influenza"), Flag(date(2018, 3, 1), 2, "A ward was closed"))


def waits(chart: str = "p", **how: Any) -> spc.Result:
    """Analyse the 36 months of the demo's first provider."""
    found = months("RDD")
    periods = [one.period for one in found]
    if chart == "p":
        series = spc.Series(
            x=periods,
            numerator=[one.in_time for one in found],
            denominator=[one.attendances for one in found],
        )
        target = 0.95
    else:
        series = spc.Series(x=periods, value=[100 * one.in_time / one.attendances for one in found])
        target = 95.0
    return spc.analyse(
        series, chart=chart, **{"profile": "mdc", "direction": "increase", "target": target, **how}
    )


def monthly(*values: float | None, chart: str = "xmr", **how: Any) -> spc.Result:
    """Analyse a value a month from January 2024."""
    periods = [date(2024 + month // 12, month % 12 + 1, 1) for month in range(len(values))]
    series = spc.Series(x=periods, value=list(values))
    return spc.analyse(series, chart=chart, **{"profile": "mdc", "direction": "increase", **how})


def every_kind() -> tuple[spc.Result, ...]:
    """Results that differ in everything a chart can have: phases, gaps, an excluded point, no limits, few points, none."""
    return (
        waits("p"),
        waits("xmr"),
        waits("xmr", direction="decrease"),
        waits("xmr", direction="neutral", target=None),
        waits("xmr", phases=[15, 27], excluded=[4]),
        waits("run", profile="ihi_run"),
        monthly(5, 6, None, 7, 5, 6, 8, None, None, 5, 6, 4),
        monthly(*[10.0] * 20),
        monthly(3),
        monthly(None, None),
        monthly(),
        spc.analyse(
            spc.Series(value=[4, 6, 5, 7, 6, 5, 8]), chart="xmr", profile="mdc", direction="increase"
        ),
    )


def is_missing(value: float) -> bool:
    """Return whether there is no number."""
    return math.isnan(value)
