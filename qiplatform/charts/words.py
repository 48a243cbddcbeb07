"""A chart in words: what it says to those who do not see it, its caption, and what stands in its corner."""

import math

from qiplatform.charts.scales import as_given, decimals_for, written
from spc import CHARTS, PROFILES, Result

_PROPORTION = "proportion"
_ONE = 1


def factor(result: Result) -> float:
    """Return by what values are multiplied to be read: a proportion is read in percent."""
    return 100.0 if CHARTS[result.chart].needs == _PROPORTION else 1.0


def unit_of(result: Result, unit: str) -> str:
    """Return the unit written beside numbers: a proportion is always in percent."""
    return "%" if factor(result) > _ONE else unit


def centre_word(result: Result) -> str:
    """Return what the centre line is called: "Mean" or "Median"."""
    return CHARTS[result.chart].centre_word.capitalize()


def useful(result: Result) -> int:
    """Count the points with a value."""
    return sum(one != "missing" for one in result.points.variation)


def points_in_words(count: int) -> str:
    """Return a count of points.

    >>> points_in_words(1), points_in_words(36)
    ('1 point', '36 points')
    """
    return f"{count} point" if count == _ONE else f"{count} points"


def corner(result: Result) -> str:
    """Return what stands in the chart's corner: by which conventions it was read, and on how many points."""
    return f"{PROFILES[result.profile].title} · {points_in_words(useful(result))}"


def foot(result: Result) -> str:
    """Return the line under the caption: profile, chart, points, and since when the present limits hold."""
    parts = [PROFILES[result.profile].title, CHARTS[result.chart].title, points_in_words(useful(result))]
    if useful(result):
        phase = result.phases[-1]
        since = result.series.period(phase.first)
        has_limits = CHARTS[result.chart].has_limits
        parts.append(f"{'limits' if has_limits else 'median'} since {since}")
        if phase.trial and has_limits:
            parts[-1] = f"trial {parts[-1]}"
    return " · ".join(parts)


def caption(result: Result) -> str:
    """Return the sentence under the chart, from its verdict."""
    verdict = result.verdict
    return (
        f"{verdict.words} {verdict.assurance_words}".strip() if verdict.assurance != "none" else verdict.words
    )


def alt(result: Result, title: str, unit: str = "") -> str:
    """Return the text that stands for the picture: what it is, what it says, and the lines as they are now."""
    count = useful(result)
    said = [f"{CHARTS[result.chart].title} of {title}, {points_in_words(count)}"]
    if count:
        rows = [row for row, one in enumerate(result.points.variation) if one != "missing"]
        first, last = result.series.period(rows[0]), result.series.period(rows[-1])
        said[0] += f", {first} to {last}" if first != last else f", {first}"
    said[0] += "."
    said.append(caption(result))
    said.extend(_lines(result, unit))
    return " ".join(said)


def decimals(result: Result) -> int:
    """Return with how many decimals this chart's numbers are written, in drawing, words and table alike."""
    points = result.points
    known = [
        one
        for column in (points.value, points.centre, points.lower, points.upper)
        for one in column.tolist()
        if not math.isnan(one)
    ]
    span = (max(known) - min(known)) * factor(result) if known else 0.0
    return decimals_for(span or abs(known[0] * factor(result)) if known else 1.0)


def _lines(result: Result, unit: str) -> list[str]:
    points = result.points
    if not len(points.value):
        return []
    times, sign, places = factor(result), "%" if unit_of(result, unit) == "%" else "", decimals(result)
    value, centre, lower, upper, target = (
        float(column[-1]) * times
        for column in (points.value, points.centre, points.lower, points.upper, points.target)
    )
    said = []
    if not math.isnan(value):
        said.append(f"Latest value {written(value, places, sign)}.")
    if not math.isnan(centre):
        limits = (
            ""
            if math.isnan(lower + upper)
            else f", limits {written(lower, places, sign)} to {written(upper, places, sign)}"
        )
        said.append(f"{centre_word(result)} {written(centre, places, sign)}{limits}.")
    if not math.isnan(target):
        said.append(f"Target {as_given(target, sign)}.")
    return said
