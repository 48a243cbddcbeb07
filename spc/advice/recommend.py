"""Which chart to use, and why: from the data, from a description, or from both."""

import numpy as np

from spc.advice.cautions import cautions_of
from spc.advice.choice import Measure, choose
from spc.advice.description import Alternative, Description, Evidence, Recommendation
from spc.advice.evidence import FEW_EVENTS, RARE_EVENTS, SKEWED, Facts, evidence, facts_of
from spc.constants import TRIAL_BELOW
from spc.errors import OutOfRange
from spc.series import Series


def recommend(about: Series | Description, description: Description | None = None) -> Recommendation:
    """Recommend a chart for a series, for a measure described before there are data, or for both together.

    Given a series, the chart recommended can be drawn from it as it is (unless two values share a period), and what other
    data would allow stands among the alternatives. The order of questions:

    1. units without an order: funnel plot (Spiegelhalter 2005, Stat Med 24:1185);
    2. fewer than 12 points: run chart, which assumes nothing (Perla, Provost & Murray 2011, BMJ Qual Saf 20:46);
    3. time or cases between rare events: t or g chart from the first point on (Benneyan 2001, Health Care Manag Sci 4:305;
       Provost & Murray, The Health Care Data Guide); several measurements a point: x-bar chart;
    4. hardly one event a point: the same charts of rare events, once the events are recorded one by one;
    5. spread beyond chance (sigma z): XmR, or p' and u' where denominators differ (Laney 2002, Quality Engineering 14:531);
    6. denominators that differ: p or u chart; counts that vary as chance does: c chart (Montgomery, Introduction to
       Statistical Quality Control; Mohammed, Worthington & Woodall 2008, Qual Saf Health Care 17:137);
    7. everything else: XmR, which serves nearly any measure (Wheeler, Understanding Variation).

    Never raises on a Series; OutOfRange (description) if two descriptions are given.

    >>> recommend(Description("proportion", denominators_vary=True, denominator=80, typical=0.3)).chart
    'p'
    >>> recommend(Series(value=[3, 5, 4])).chart
    'run'
    """
    if isinstance(about, Description):
        if description is not None:
            raise OutOfRange(
                field="description", found=description, allowed="the first argument is a description already"
            )
        measure, reasons = _described(about), _said(about)
        cautions: tuple[str, ...] = ()
    else:
        kind, why_not = _kind(about, description)
        facts = facts_of(about, kind)
        measure, reasons = _observed(about, kind, facts, description), evidence(facts)
        cautions = (*why_not, *cautions_of(about, kind, facts, described=description is not None))
    choice = choose(measure)
    profile = "anhoej" if choice.chart == "run" else "mdc"
    return Recommendation(
        chart=choice.chart,
        profile=profile,
        words=choice.words,
        reasons=reasons,
        alternatives=tuple(Alternative(*other) for other in choice.alternatives),
        cautions=cautions,
    )


def _kind(series: Series, description: Description | None) -> tuple[str, tuple[str, ...]]:
    """Kind of number: as described where the data are of that kind, else as they look; and a sentence where they are not."""
    seen = _seen(series)
    if description is None:
        return seen, ()
    asked = "subgroups" if description.subgroups and series.size is not None else description.kind
    if asked == "value" and seen == "subgroups":
        return seen, ()
    with np.errstate(invalid="ignore"):
        whole = series.numerator is None and not (series.value < 0).any()
    fits = {
        "proportion": seen == "proportion",
        "rate": seen in ("proportion", "rate"),
        "subgroups": seen == "subgroups",
        "value": True,
    }.get(asked, whole and seen == "value")
    if fits:
        return asked, ()
    wants = {
        "proportion": "numerators that are whole numbers, none above its denominator",
        "rate": "whole numbers of events, each with its opportunity",
    }.get(asked, "plain numbers, none below zero")
    return seen, (
        f"This was described as a {asked.replace('_', ' ')}, which needs {wants}; these data are read as they look.",
    )


def _seen(series: Series) -> str:
    """Kind of number a series looks like."""
    if series.size is not None and (series.size > 1).any():
        return "subgroups"
    top, bottom = series.numerator, series.denominator
    if top is None or bottom is None:
        return "value"
    counted = ~np.isnan(top)
    events, cases = top[counted], bottom[counted]
    if (events < 0).any() or (events != np.rint(events)).any():
        return "value"
    return "rate" if (events > cases).any() or (cases != np.rint(cases)).any() else "proportion"


def _observed(series: Series, kind: str, facts: Facts, description: Description | None) -> Measure:
    """Put together what the data say; what they cannot say comes from the description."""
    counts = facts_of(series, "count") if kind == "value" and series.denominator is None else None
    there = series.value[~np.isnan(series.value)]
    whole = counts is not None and bool(((there >= 0) & (there == np.rint(there))).all())
    alike = counts is not None and counts.sigma_z is not None and not counts.above and not counts.below
    return Measure(
        kind=kind,
        drawn=True,
        n=facts.n if facts.n or description is None else description.points or 0,
        ordered=series.ordered,
        vary=facts.vary,
        expected=facts.expected,
        rare=facts.rare,
        size=facts.size,
        over=facts.above if facts.sigma_z is not None else None,
        like_counts=whole and alike,
        skewed=facts.skewness is not None and abs(facts.skewness) > SKEWED,
    )


def _described(description: Description) -> Measure:
    """What a description alone says."""
    expected = description.expected
    return Measure(
        kind="subgroups" if description.subgroups and description.kind == "value" else description.kind,
        drawn=False,
        n=description.points,
        vary=description.denominators_vary,
        expected=expected,
        rare=bool(description.rare) or (expected is not None and expected < RARE_EVENTS),
        size=description.denominator,
    )


def _said(description: Description) -> tuple[Evidence, ...]:
    """Write out what was described, as far as it decides."""
    found = [
        Evidence(
            f"described as {description.kind.replace('_', ' ')}", None, "decides which charts are possible"
        )
    ]
    if description.points is not None:
        enough = (
            "enough for limits" if description.points >= TRIAL_BELOW else f"limits want {TRIAL_BELOW} or more"
        )
        found.append(Evidence("points there will be", description.points, enough))
    if description.expected is not None:
        means = "few: a point is mostly chance" if description.expected < FEW_EVENTS else "enough for limits"
        found.append(
            Evidence("events expected at a typical point, or cases without one", description.expected, means)
        )
    if description.denominators_vary is not None:
        means = (
            "limits differ from point to point"
            if description.denominators_vary
            else "one pair of limits serves"
        )
        found.append(Evidence("denominators that differ", None, means))
    return tuple(found)
