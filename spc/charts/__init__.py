"""Charts: one file each, one function of one shape (span, profile) -> Limits, and the table that names them."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from spc.charts import (
    bernoulli_cusum,
    c,
    cusum,
    ewma,
    funnel,
    funnel_p,
    funnel_u,
    g,
    i_median,
    i_median_range,
    i_prime,
    mr,
    np,
    p,
    p_prime,
    r,
    run,
    s,
    t,
    u,
    u_prime,
    xbar,
    xmr,
)
from spc.charts.limits import Limits
from spc.errors import NotFound
from spc.phases import Span
from spc.profiles import Profile
from spc.told import told


@dataclass(frozen=True, slots=True)
class Chart:
    """A kind of chart: its names, what it needs and how it is computed.

    `needs`: "value" for plain numbers, "proportion" for a numerator out of a denominator, "rate" for events over an
    area of opportunity, "count" and "time" for plain numbers that cannot be below zero, "outcome" for 0 or 1, one case a point,
    "subgroups" for means with their size and standard deviation or range.
    """

    name: str
    title: str
    words: str
    needs: Literal["value", "proportion", "rate", "count", "time", "outcome", "subgroups"]
    limits: Callable[[Span, Profile], Limits]
    centre_word: str = "mean"
    has_limits: bool = True
    # Neighbouring points share a measurement, so patterns of several points mean nothing.
    ranges: bool = False
    # What is plotted is not the measured value: a moving range, a standard deviation.
    plots_other: bool = False
    # Two events in one period are two points.
    repeats: bool = False
    # Points are units compared with one another, such as hospitals, and not periods: only single points are judged.
    across_units: bool = False
    # What can be set on this chart, with the usual numbers.
    settings: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def judges_targets(self) -> bool:
        """Whether its limits are those of the values a target is set for, period by period."""
        spread = self.ranges or (self.plots_other and self.needs == "subgroups")
        return self.has_limits and not spread and not self.across_units


# The standard deviation decided beforehand; not a number where it is estimated.
_SIGMA: Mapping[str, float] = MappingProxyType({"sigma": math.nan})

CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        chart.name: chart
        for chart in (
            Chart(
                "run",
                "Run chart",
                "Values in order of time about their median. Needs no assumption; good from the first points on.",
                "value",
                run.limits,
                centre_word="median",
                has_limits=False,
            ),
            Chart(
                "xmr",
                "XmR chart",
                "Single values about their mean, with limits from the step between neighbours. Serves nearly any measure.",
                "value",
                xmr.limits,
                settings=_SIGMA,
            ),
            Chart(
                "mr",
                "Moving range chart",
                "The size of each step from one value to the next.",
                "value",
                mr.limits,
                ranges=True,
                plots_other=True,
            ),
            Chart(
                "i_prime",
                "I' chart",
                "Single values that rest on denominators of different size, such as mean waits of clinics small and large.",
                "value",
                i_prime.limits,
            ),
            Chart(
                "i_median",
                "Individuals about the median",
                "As XmR, with a centre that a few extreme values do not move.",
                "value",
                i_median.limits,
                centre_word="median",
            ),
            Chart(
                "i_median_range",
                "Individuals about the median, median range",
                "As XmR, with a centre and limits that a few extreme values do not move.",
                "value",
                i_median_range.limits,
                centre_word="median",
            ),
            Chart(
                "p",
                "p chart",
                "Proportions, such as patients seen within four hours out of all who came.",
                "proportion",
                p.limits,
            ),
            Chart(
                "np",
                "np chart",
                "Counts of events out of denominators that stay about the same, such as forms with an error among 50 a week.",
                "proportion",
                np.limits,
                plots_other=True,
            ),
            Chart(
                "p_prime",
                "p' chart",
                "Proportions with very large denominators, whose spread is not chance alone.",
                "proportion",
                p_prime.limits,
            ),
            Chart(
                "u",
                "u chart",
                "Rates, such as falls per 1,000 bed days, where the opportunity varies.",
                "rate",
                u.limits,
            ),
            Chart(
                "u_prime",
                "u' chart",
                "Rates with very large denominators, whose spread is not chance alone.",
                "rate",
                u_prime.limits,
            ),
            Chart(
                "c",
                "c chart",
                "Counts of events where the opportunity stays about the same.",
                "count",
                c.limits,
            ),
            Chart(
                "xbar",
                "x-bar chart",
                "Means of subgroups, such as ten patients a week, with limits from the spread within them.",
                "subgroups",
                xbar.limits,
                settings=_SIGMA,
            ),
            Chart(
                "s",
                "s chart",
                "Standard deviations of subgroups: is the spread steady?",
                "subgroups",
                s.limits,
                plots_other=True,
            ),
            Chart(
                "r",
                "R chart",
                "Ranges of small subgroups: is the spread steady?",
                "subgroups",
                r.limits,
                plots_other=True,
            ),
            Chart(
                "ewma",
                "EWMA chart",
                "A mean that forgets slowly: shows small lasting changes sooner than single values do.",
                "value",
                ewma.limits,
                ranges=True,
                plots_other=True,
                settings=MappingProxyType({"weight": 0.2, "width": 3.0, "sigma": math.nan}),
            ),
            Chart(
                "cusum",
                "CUSUM chart",
                "How far the values have drifted from the centre in all, beyond a slack.",
                "value",
                cusum.limits,
                centre_word="zero line",
                ranges=True,
                plots_other=True,
                settings=MappingProxyType(
                    {"shift": 1.0, "interval": 5.0, "head_start": 0.0, "sigma": math.nan}
                ),
            ),
            Chart(
                "bernoulli_cusum",
                "Bernoulli CUSUM",
                "Outcomes case by case, such as deaths after operations: has the chance of an event risen or fallen?",
                "outcome",
                bernoulli_cusum.limits,
                centre_word="zero line",
                ranges=True,
                plots_other=True,
                settings=MappingProxyType({"odds_ratio": 2.0, "interval": 3.5, "p0": math.nan}),
            ),
            Chart(
                "g",
                "g chart",
                "Cases between rare events, one point an event.",
                "count",
                g.limits,
                centre_word="median",
                repeats=True,
            ),
            Chart(
                "t",
                "t chart",
                "Time between rare events, one point an event.",
                "time",
                t.limits,
                repeats=True,
            ),
            Chart(
                "funnel_p",
                "Funnel plot of proportions",
                "Units compared with one another by a proportion, such as hospitals by readmissions; the smaller the unit,"
                " the more chance explains.",
                "proportion",
                funnel_p.limits,
                across_units=True,
                settings=funnel.SETTINGS,
            ),
            Chart(
                "funnel_u",
                "Funnel plot of rates",
                "Units compared with one another by a rate, such as wards by falls per 1,000 bed days; the smaller the unit,"
                " the more chance explains.",
                "rate",
                funnel_u.limits,
                across_units=True,
                settings=funnel.SETTINGS,
            ),
        )
    }
)


def chart_of(asked: object) -> Chart:
    """Return the chart of that name; NotFound otherwise.

    >>> chart_of("xmr").title
    'XmR chart'
    """
    found = CHARTS.get(asked) if isinstance(asked, str) else None
    if found is None:
        raise NotFound(field="chart", asked=told(asked), known=CHARTS)
    return found
