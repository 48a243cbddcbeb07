"""Rules: one file each, one function of one shape (view, use) -> Found, and the table that names them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from spc.profiles import Use
from spc.signals import (
    alternating,
    astronomical,
    crossings,
    four_in_five,
    ihi_shift,
    ihi_trend,
    longest_run,
    number_of_runs,
    outside_limits,
    outside_one_sigma,
    shift,
    trend,
    two_in_three,
    within_one_sigma,
)
from spc.signals.found import Found, View


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for special cause: its names, how it is computed, and what one pattern of it is called.

    `high` and `low` describe a pattern in words, with {n} for its points, {points} for "1 point" or "7 points",
    {centre} for mean or median.
    """

    name: str
    title: str
    words: str
    find: Callable[[View, Use], Found]
    high: str
    low: str
    # A statement about the whole phase, with no points of its own.
    whole_phase: bool = False
    # Every point from the first to the last of a pattern belongs to it.
    unbroken: bool = False
    # Shortest pattern, where the profile gives no length.
    fewest: int = 1


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule(
                "outside_limits",
                "Outside the limits",
                "A point above the upper or below the lower process limit.",
                outside_limits.find,
                high="{points} above the upper limit",
                low="{points} below the lower limit",
            ),
            Rule(
                "shift",
                "Shift",
                "Several points in a row on one side of the centre line; a point on the line breaks it.",
                shift.find,
                high="{points} above the {centre}",
                low="{points} below the {centre}",
                unbroken=True,
            ),
            Rule(
                "trend",
                "Trend",
                "Several points in a row, each higher than the one before, or each lower; a tie breaks it.",
                trend.find,
                high="{points} rising",
                low="{points} falling",
                unbroken=True,
            ),
            Rule(
                "two_in_three",
                "Two in three",
                "Two of three points in a row close to one limit.",
                two_in_three.find,
                high="{points} close to the upper limit",
                low="{points} close to the lower limit",
                fewest=3,
            ),
            Rule(
                "four_in_five",
                "Four in five",
                "Four of five points in a row more than one standard deviation from the centre on one side.",
                four_in_five.find,
                high="{points} well above the {centre}",
                low="{points} well below the {centre}",
                fewest=5,
            ),
            Rule(
                "alternating",
                "Alternating",
                "Many points in a row going up and down in turn.",
                alternating.find,
                high="{points} up and down in turn",
                low="{points} up and down in turn",
                unbroken=True,
                fewest=14,
            ),
            Rule(
                "within_one_sigma",
                "Close to the centre",
                "Many points in a row within one standard deviation of the centre.",
                within_one_sigma.find,
                high="{points} unusually close to the {centre}",
                low="{points} unusually close to the {centre}",
                unbroken=True,
                fewest=15,
            ),
            Rule(
                "outside_one_sigma",
                "Away from the centre",
                "Several points in a row more than one standard deviation from the centre, on both sides of it.",
                outside_one_sigma.find,
                high="{points} unusually far from the {centre} on both sides",
                low="{points} unusually far from the {centre} on both sides",
                unbroken=True,
                fewest=8,
            ),
            Rule(
                "longest_run",
                "Unusually long run",
                "A run on one side of the centre line longer than chance explains for this many points.",
                longest_run.find,
                high="an unusually long run, {points} above the {centre}",
                low="an unusually long run, {points} below the {centre}",
                fewest=7,
            ),
            Rule(
                "crossings",
                "Unusually few crossings",
                "The line crosses the centre less often than chance explains for this many points.",
                crossings.find,
                high="unusually few crossings of the {centre}",
                low="unusually few crossings of the {centre}",
                whole_phase=True,
                fewest=6,
            ),
            Rule(
                "ihi_shift",
                "Shift about the median",
                "Several points in a row on one side of the median; points on the median are passed over.",
                ihi_shift.find,
                high="{points} above the {centre}",
                low="{points} below the {centre}",
            ),
            Rule(
                "ihi_trend",
                "Trend on a run chart",
                "Several points in a row all going up or all going down; repeated values are passed over.",
                ihi_trend.find,
                high="{points} rising",
                low="{points} falling",
            ),
            Rule(
                "number_of_runs",
                "Too few or too many runs",
                "The number of runs about the median is not what chance explains for this many points.",
                number_of_runs.find,
                high="an unusual number of runs about the {centre}",
                low="an unusual number of runs about the {centre}",
                whole_phase=True,
                fewest=10,
            ),
            Rule(
                "astronomical",
                "Astronomical point",
                "A point so far from the others that anyone would ask about it; a person decides.",
                astronomical.find,
                high="{points} far above the others, to be looked at",
                low="{points} far below the others, to be looked at",
                fewest=10,
            ),
        )
    }
)
