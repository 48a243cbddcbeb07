"""What to mind about the data on any chart, in sentences for a team."""

from spc.advice.evidence import FEW_EVENTS, FEWEST_STEPS, HALF, LARGE, SKEWED, Facts
from spc.constants import TRIAL_BELOW
from spc.series import Series

_MARKED_P = 0.01


def cautions_of(series: Series, kind: str, facts: Facts, *, described: bool) -> tuple[str, ...]:
    """Return every caution that holds, the most consequential first."""
    return (
        *_about_points(series, facts),
        *_about_chance(kind, facts, described=described),
        *_about_values(series, kind, facts),
    )


def _about_points(series: Series, facts: Facts) -> list[str]:
    """How many points there are, and in what order."""
    found = []
    if not facts.n:
        found.append("There are no values yet; the advice rests on nothing but what was described.")
    elif facts.n < TRIAL_BELOW:
        found.append(
            f"There are {facts.n} points, fewer than {TRIAL_BELOW}: limits drawn now are trial limits and will move."
        )
    if facts.missing and facts.n:
        found.append(
            f"{facts.missing} of {facts.missing + facts.n} values are missing: ask whether those periods were unlike the others."
        )
    if not series.ordered:
        found.append(
            "The points have no order in time, so runs and trends mean nothing; only single points are judged."
        )
    elif series.first_repeated() is not None:
        found.append(
            "Two values share a period: gather them to one point a period first, or most charts refuse them."
        )
    return found


def _about_chance(kind: str, facts: Facts, *, described: bool) -> list[str]:
    """Whether the spread is that of chance, and whether there is enough to count."""
    found = []
    if kind == "proportion" and not described:
        found.append(
            "Read as a proportion, so many cases out of all. If one case can have several events, such as falls per bed"
            " day, it is a rate: a u chart."
        )
    if facts.expected is not None and facts.expected < FEW_EVENTS and not facts.rare:
        found.append(
            f"About {facts.expected:.2g} events are expected at a point, fewer than {FEW_EVENTS:g}: limits are rough and the"
            " lower one may be zero. Longer periods, or a chart of the time or cases between events (t, g), show more."
        )
    if facts.rare:
        found.append(
            "Events are rare here: most points are near zero, and the time or cases between events say more (t, g)."
        )
    # Of rare events neither the spread of chance nor the shape of the values says more than that they are rare.
    if facts.rare:
        return found
    if facts.above and facts.sigma_z is not None:
        found.append(
            f"The spread is {facts.sigma_z:.1f} times that of chance alone: p, u and c charts would raise false signals."
            " Ask what differs between periods."
        )
    elif facts.below and facts.sigma_z is not None:
        found.append(
            f"The spread is only {facts.sigma_z:.2g} times that of chance alone: ask whether the denominator is right, or"
            " whether different groups are mixed in fixed shares."
        )
    elif facts.p_value is not None and facts.p_value < _MARKED_P:
        found.append(
            "The values wander more than chance allows although neighbours agree: look for a change of level."
        )
    if facts.size is not None and facts.size > LARGE and kind in ("proportion", "rate"):
        found.append(
            f"With about {facts.size:,.0f} cases a point, limits of chance alone are very narrow; small differences of no"
            " importance may show as signals."
        )
    return found


def _about_values(series: Series, kind: str, facts: Facts) -> list[str]:
    """What the values themselves look like."""
    found = []
    if facts.constant and facts.n > 1:
        found.append(
            "All values are the same: there is no variation to describe. Does the measure still tell anything?"
        )
    if facts.neighbours is not None and facts.neighbours > facts.bound:
        found.append(
            f"Neighbouring values are alike (correlation {facts.neighbours:.2f}): a drift, a season or a change of level, or"
            " points too close in time. Limits from the steps between them are then too narrow."
        )
    elif facts.neighbours is not None and facts.neighbours < -facts.bound:
        found.append(
            f"Values go up and down in turn (correlation {facts.neighbours:.2f}): two processes may be mixed, such as weekdays"
            " and weekends."
        )
    if facts.rare:
        return found
    between = kind in ("time_between", "opportunities_between")
    if not between and facts.skewness is not None and abs(facts.skewness) > SKEWED and not facts.constant:
        side = "high" if facts.skewness > 0 else "low"
        found.append(
            f"A few {side} values stretch far out: expect somewhat more single points outside the limits by chance."
        )
    if facts.steps is not None and facts.steps < FEWEST_STEPS:
        found.append(
            f"The values move in steps too large for their variation (only {facts.steps} possible within the limits of the"
            " moving range): record with one more digit, or count over longer periods."
        )
    if not between and facts.zeros >= HALF and not facts.constant and not facts.rare:
        found.append(
            "Half of the values or more are zero: if they count events, record the time between events (t chart)."
        )
    if facts.on_median > HALF and not facts.constant:
        found.append("More than half of the values lie on the median: a run chart can hardly show anything.")
    if kind == "value" and series.denominator is None and facts.n >= TRIAL_BELOW and _outcomes(series):
        found.append(
            "All values are 0 or 1: if each point is one case, count cases by week or month (p chart), or follow them one by"
            " one (bernoulli_cusum)."
        )
    return found


def _outcomes(series: Series) -> bool:
    """Whether every value is 0 or 1, and both occur."""
    return {0.0, 1.0} == {entry for entry in series.value.tolist() if entry == entry}  # noqa: PLR0124 - NaN is not itself
