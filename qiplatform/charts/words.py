"""A chart in words: what it says to those who do not see it, its caption, and what stands in its corner."""

import math

from qiplatform.charts.scales import as_given, decimals_for, written
from spc import Result

_ONE, _PERCENT = 1, 100.0


def _proportion(result: Result) -> bool:
    """Return whether what is drawn is a proportion; an np chart draws the count."""
    return result.kind.needs == "proportion" and not result.kind.plots_other


def factor(result: Result) -> float:
    """Return by what values are multiplied to be read: a proportion is read in percent, unless the analysis scaled it."""
    return _PERCENT if _proportion(result) and result.question.multiplier == _ONE else 1.0


def unit_of(result: Result, unit: str) -> str:
    """Return the unit written beside numbers: a proportion is in percent, unless the analysis scaled it otherwise."""
    return "%" if _proportion(result) and result.question.multiplier in {_ONE, _PERCENT} else unit


def centre_word(result: Result) -> str:
    """Return what the centre line is called: "Mean", "Median", or "Zero line" where sums are drawn."""
    return result.kind.centre_word.capitalize()


def useful(result: Result) -> int:
    """Count the points with a value."""
    return sum(one != "missing" for one in result.points.variation)


def of_units(result: Result) -> bool:
    """Return whether points are units, such as hospitals, that do not follow each other in time."""
    return result.kind.across_units or not result.series.ordered


def counted(result: Result) -> str:
    """Return in words how many points have a value, or units where points are units."""
    count = useful(result)
    if not of_units(result):
        return points_in_words(count)
    return f"{count} unit" if count == _ONE else f"{count} units"


def points_in_words(count: int) -> str:
    """Return a count of points.

    >>> points_in_words(1), points_in_words(36)
    ('1 point', '36 points')
    """
    return f"{count} point" if count == _ONE else f"{count} points"


def corner(result: Result) -> str:
    """Return what stands in the chart's corner: by which conventions it was read, on how many points, and that limits are on trial."""
    across = " by size" if result.kind.across_units else ""
    trial = (
        " · trial limits" if len(result.series) and result.phases[-1].number in trial_phases(result) else ""
    )
    return f"{result.conventions.title} · {counted(result)}{across}{trial}"


def trial_phases(result: Result) -> frozenset[int]:
    """Return the numbers of the phases whose limits are trial limits: they stand on few points and may still move."""
    if not result.kind.has_limits or of_units(result):
        return frozenset()
    return frozenset(phase.number for phase in result.phases if phase.trial)


def foot(result: Result) -> str:
    """Return the line under the caption: profile, chart, points, and since when the present limits hold."""
    parts = [result.conventions.title, result.kind.title, counted(result)]
    if useful(result) and not of_units(result):
        phase = result.phases[-1]
        since = result.series.period(phase.first)
        parts.append(f"{'limits' if result.kind.has_limits else 'median'} since {since}")
        if phase.number in trial_phases(result):
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
    said = [f"{result.kind.title} of {title}, {counted(result)}"]
    if useful(result) and not of_units(result):
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
    if of_units(result):
        # Units have no latest, and their limits differ.
        value = lower = upper = math.nan
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
    if points.second_target is not None and not math.isnan(other := float(points.second_target[-1])):
        said.append(f"Second target {as_given(other * times, sign)}.")
    return said
