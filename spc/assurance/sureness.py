"""How sure a verdict is, and what it does not say: the chances of each rule where nothing changed, and the limits of reading."""

import math
from collections.abc import Callable, Mapping

from spc.analysis import Analysis, Signal, Variation
from spc.profiles import Use

# Charts whose points hold those before them: single points are not independent there.
_SUMS = ("ewma", "cusum", "bernoulli_cusum")
# Of a normal distribution: within one standard deviation; beyond two; between two and three.
_WITHIN_1, _BEYOND_2, _BETWEEN_2_AND_3 = 0.682689, 0.022750, 0.021400


def odds(chance: float) -> str:
    """Write a chance as one in so many, to two digits.

    >>> odds(1 / 64), odds(1 / 2520)
    ('1 in 64', '1 in 2,500')
    """
    many = 1 / chance
    digits = max(math.floor(math.log10(many)) - 1, 0)
    return f"1 in {round(many / 10**digits) * 10**digits:,}"


def _of_two_in_three(use: Use) -> float:
    """Chance that two of three normal values lie beyond two standard deviations, in the form the profile has."""
    p, other = (_BEYOND_2, 1 - _BEYOND_2) if use.beyond_counts else (_BETWEEN_2_AND_3, 0.5 - _BETWEEN_2_AND_3)
    return 2 * (3 * p**2 * other + p**3)


def _of_four_in_five(_: Use) -> float:
    """Chance that four of five normal values lie beyond one standard deviation on one side."""
    p = (1 - _WITHIN_1) / 2
    return 2 * (5 * p**4 * (1 - p) + p**5)


# How often so many points in a row do it if nothing changes, each point is drawn alone and the limits are right.
_CHANCES: Mapping[str, Callable[[Use], float]] = {
    "shift": lambda use: 2 * 0.5**use.n,
    "ihi_shift": lambda use: 2 * 0.5**use.n,
    "trend": lambda use: 2 / math.factorial(use.n),
    "ihi_trend": lambda use: 2 / math.factorial(use.n),
    "two_in_three": _of_two_in_three,
    "four_in_five": _of_four_in_five,
    "within_one_sigma": lambda use: _WITHIN_1**use.n,
    "outside_one_sigma": lambda use: (1 - _WITHIN_1) ** use.n,
    # Alternating permutations: the n-th zigzag number over n!, to within a millionth for ten points and more.
    "alternating": lambda use: 4 * (2 / math.pi) ** (use.n + 1),
}
_WHOLE_PHASE = {
    "longest_run": "fewer than 1 chart in 10 has so long a run",
    "crossings": "at most 1 chart in 20 crosses the line so seldom",
    "number_of_runs": "about 1 chart in 20 has so few or so many runs",
}


def how_sure(analysis: Analysis, found: Variation, behind: tuple[Signal, ...], n: int, *, trial: bool) -> str:
    """Say how often chance alone would give the verdict, and on how many points it rests."""
    if found == "none":
        return ""
    if found == "common":
        return _of_nothing(analysis, n, trial=trial)
    rules = tuple(dict.fromkeys(signal.rule for signal in behind))
    told = _by_chance(analysis, rules[0]) if rules else ""
    if len(rules) > 1:
        told += " More than one rule says so, which makes chance less likely."
    if trial:
        told += f" The limits are trial limits, from {n} points: take it as a first hint."
    return told.strip()


def _of_nothing(analysis: Analysis, n: int, *, trial: bool) -> str:
    """Say what may be hidden where nothing was found."""
    if analysis.kind.across_units or not analysis.series.ordered:
        return "A difference smaller than the limits can still be there."
    if trial:
        return f"The limits are trial limits, from {n} points: a change can be there that so few points do not show yet."
    if not analysis.kind.has_limits:
        return "A run chart shows changes that last; of a single point it can say little."
    return "A small or a slow change can still be hidden in the ordinary variation."


def _by_chance(analysis: Analysis, rule: str) -> str:
    """Say how often the rule signals where nothing changed."""
    if analysis.kind.name in _SUMS:
        return "If nothing had changed, such a signal would still come about once in several hundred points."
    if rule == "outside_limits":
        outside = "unit" if analysis.kind.across_units or not analysis.series.ordered else "point"
        return f"If nothing had changed, about 3 {outside}s in 1,000 would lie outside the limits."
    if rule in _WHOLE_PHASE:
        return f"If nothing had changed: {_WHOLE_PHASE[rule]}."
    use = next((use for use in analysis.conventions.rules_for(analysis.chart) if use.rule == rule), None)
    if use is None or rule not in _CHANCES:
        return "How unusual the point is, is a matter of judgement: the rule only says that it is far from the others."
    return f"If nothing had changed, about {odds(_CHANCES[rule](use))} stretches of {use.n} points would look like this."


def not_to_conclude(analysis: Analysis, found: Variation) -> str:
    """Say what the verdict does not say."""
    if analysis.kind.across_units or not analysis.series.ordered:
        if found in ("none", "common"):
            return "This does not say that all units are equally good, nor which is best: their order is mostly chance."
        return "This does not say that a unit is better or worse: ask first about its data and the people it cares for."
    if found == "none":
        return "Ups and downs of so few points mean nothing yet."
    if found == "common":
        return (
            "This does not say that the level is good enough, nor that a change did nothing;"
            " single ups and downs need no explanation of their own."
        )
    return "This does not say why, nor that a change of yours did it: ask what happened about then."
