"""Profiles: the named, frozen sets of conventions by which a chart is computed and read. Part of every result."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from spc.constants import D2_OF_TWO, NHS_LIMIT_FACTOR
from spc.errors import NotFound
from spc.run_limits import Method


@dataclass(frozen=True, slots=True)
class Use:
    """A rule as one profile uses it: its name, its length, and its form where tools differ.

    `n` is the number of points of the pattern (0 where the rule has none). The other fields are read only by the
    rules whose docstrings name them.
    """

    rule: str
    n: int = 0
    # two_in_three, four_in_five: all points of the window on one side of the centre line; or one beyond the opposite
    # line takes one away; or the others may do anything.
    third: Literal["same_side", "cancels", "free"] = "same_side"
    # two_in_three: points beyond the three-sigma limits count as beyond the two-sigma lines.
    beyond_counts: bool = False
    # What is marked: the whole pattern, only the points beyond the line, or every point that completes a pattern.
    mark: Literal["pattern", "beyond", "completing"] = "pattern"
    # two_in_three, four_in_five: points are compared with their own lines, or with those of the window's last point.
    lines: Literal["own", "last"] = "own"
    # trend: a point shared by two trends takes the direction of the step to the next point, a tie reads as falling.
    next_step: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One set of conventions. Values are frozen; make your own with `dataclasses.replace`.

    >>> PROFILES["mdc"].limit_factor
    2.66
    """

    name: str
    title: str
    words: str
    rules: tuple[Use, ...]
    # Half-width of XmR limits in mean moving ranges.
    limit_factor: float = 3 / D2_OF_TWO
    # Moving ranges of 3.267 times their mean or more are dropped once before the limits are computed.
    screened: bool = False
    # What the spread of single values is estimated from.
    spread_from: Literal["moving_range", "standard_deviation"] = "moving_range"
    # A missing value breaks moving ranges, runs and trends, or is taken out so that its neighbours meet.
    missing: Literal["break", "bridge"] = "break"
    # An excluded point may still be outside the limits.
    excluded_can_signal: bool = False
    # Points a phase needs before it has limits.
    fewest_for_limits: int = 3
    # A point with an improvement and a concern: the first rule decides, or the improvement does.
    both: Literal["first_rule", "improvement"] = "first_rule"
    # What the verdict on variation reads.
    reads: Literal["last_value", "last_row", "last_phase"] = "last_value"
    # The verdict on a target when there are no limits.
    assurance_without_limits: Literal["none", "hit_or_miss"] = "none"
    # Rules other than outside_limits on a chart of moving ranges, which are not independent of each other.
    rules_on_ranges: bool = False
    # Lower limits of a t chart that fall below zero before the root is undone: drawn at zero, or the inner one missing.
    t_inner_below_zero: Literal["zero", "missing"] = "zero"
    # A g or t chart refuses times of zero.
    t_refuses_zero: bool = False
    # A count below zero or more events than chances: refused, taken as missing, or computed as it stands.
    impossible: Literal["refuse", "missing", "compute"] = "refuse"
    # Events where there were no cases: no value, or an infinite one.
    events_without_cases: Literal["missing", "infinite"] = "missing"
    # Limits at a point whose denominator is zero.
    zero_denominator: Literal["missing", "widest"] = "missing"
    # Centre and spread of the standard-deviation charts when all subgroups have one size.
    equal_subgroups: Literal["mean_sd", "pooled_sd"] = "mean_sd"
    # Spread within subgroups: average or pooled standard deviation, or one of the estimators qcc names.
    subgroup_spread: Literal["deviation", "UWAVE-R", "UWAVE-SD", "MVLUE-R", "MVLUE-SD", "RMSDF"] = "deviation"
    # Limits of run analysis: the longest run and the fewest crossings that chance explains.
    run_limits: Method = "anhoej"
    # The lower limit of an s chart may fall below zero.
    deviation_below_zero: bool = False
    # Rules that replace `rules` on one kind of chart: (("run", (...)),).
    chart_rules: tuple[tuple[str, tuple[Use, ...]], ...] = ()

    def rules_for(self, chart: str) -> tuple[Use, ...]:
        """Rules used on the named chart, in order of priority."""
        return dict(self.chart_rules).get(chart, self.rules)


_MDC = (
    Use("outside_limits"),
    Use("trend", 7),
    Use("two_in_three", 3, mark="beyond"),
    Use("shift", 7),
)
_NHSR = (
    Use("outside_limits"),
    Use("trend", 7, next_step=True),
    Use("two_in_three", 3, mark="beyond"),
    Use("shift", 7),
)
_WE_ZONES = (
    Use("two_in_three", 3, third="free", beyond_counts=True, mark="completing", lines="last"),
    Use("four_in_five", 5, third="free", beyond_counts=True, mark="completing", lines="last"),
)
_ANHOEJ = (Use("longest_run"), Use("crossings"))

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile(
                name="mdc",
                title="Making Data Count",
                words="The NHS rules: a point outside the limits, 7 rising or falling, 2 of 3 close to a limit, 7 on one side."
                " Limits are 2.66 mean moving ranges from the mean; no moving range is left out.",
                rules=_MDC,
                limit_factor=NHS_LIMIT_FACTOR,
                both="improvement",
            ),
            Profile(
                name="nhsr_plotthedots",
                title="NHSRplotthedots",
                words="Making Data Count as the R package NHSRplotthedots computes it:"
                " very large moving ranges are left out before the limits are drawn.",
                rules=_NHSR,
                limit_factor=NHS_LIMIT_FACTOR,
                screened=True,
                fewest_for_limits=1,
                reads="last_row",
                assurance_without_limits="hit_or_miss",
            ),
            Profile(
                name="ihi_run",
                title="IHI run chart rules",
                words="The run chart rules of the Institute for Healthcare Improvement: 6 on one side of the median,"
                " 5 rising or falling, too few or too many runs, and a point so far out that it asks to be looked at.",
                rules=(
                    Use("ihi_shift", 6),
                    Use("ihi_trend", 5),
                    Use("number_of_runs"),
                    Use("astronomical"),
                ),
                reads="last_phase",
            ),
            Profile(
                name="anhoej",
                title="Anhøj rules",
                words="Two tests whose limits grow with the number of points: an unusually long run on one side,"
                " and unusually few crossings of the centre line.",
                rules=(Use("outside_limits"), *_ANHOEJ),
                reads="last_phase",
            ),
            Profile(
                name="qicharts2",
                title="qicharts2",
                words="The conventions of the R package qicharts2: Anhøj rules, very large moving ranges left out.",
                rules=(Use("outside_limits"), *_ANHOEJ),
                screened=True,
                excluded_can_signal=True,
                fewest_for_limits=1,
                reads="last_phase",
                impossible="compute",
                events_without_cases="infinite",
                t_inner_below_zero="missing",
                t_refuses_zero=True,
            ),
            Profile(
                name="powerbi_spc",
                title="PowerBI-SPC",
                words="The conventions of the Power BI visual PowerBI-SPC with all four rules on:"
                " missing values are taken out, a trend is 5 points, beyond the limits counts as close to them.",
                rules=(
                    Use("outside_limits"),
                    Use("two_in_three", 3, third="cancels", beyond_counts=True, mark="beyond"),
                    Use("trend", 5),
                    Use("shift", 7),
                ),
                screened=True,
                missing="bridge",
                fewest_for_limits=1,
                reads="last_row",
                assurance_without_limits="hit_or_miss",
                rules_on_ranges=True,
                impossible="missing",
                events_without_cases="infinite",
                zero_denominator="widest",
                equal_subgroups="pooled_sd",
                deviation_below_zero=True,
            ),
            Profile(
                name="qcc_western_electric",
                title="Western Electric (qcc)",
                words="The four Western Electric rules as the R package qcc computes them:"
                " only the point that completes a pattern is marked, and those after it.",
                rules=(Use("outside_limits"), *_WE_ZONES, Use("shift", 8, mark="completing")),
                fewest_for_limits=1,
                events_without_cases="infinite",
                impossible="compute",
                subgroup_spread="UWAVE-SD",
            ),
            Profile(
                name="qcc_nelson",
                title="Nelson (qcc)",
                words="The eight rules of Nelson as the R package qcc computes them:"
                " only the point that completes a pattern is marked, and those after it.",
                rules=(
                    Use("outside_limits"),
                    Use("shift", 9, mark="completing"),
                    Use("trend", 6, mark="completing"),
                    Use("alternating", 14, mark="completing"),
                    *_WE_ZONES,
                    Use("within_one_sigma", 15, mark="completing"),
                    Use("outside_one_sigma", 8, mark="completing"),
                ),
                fewest_for_limits=1,
                events_without_cases="infinite",
                impossible="compute",
                subgroup_spread="UWAVE-SD",
            ),
        )
    }
)


def profile_of(asked: str | Profile) -> Profile:
    """Return the profile of that name, or the profile itself; NotFound otherwise.

    >>> profile_of("ihi_run").title
    'IHI run chart rules'
    """
    if isinstance(asked, Profile):
        return asked
    found = PROFILES.get(asked)
    if found is None:
        raise NotFound(field="profile", asked=asked, known=PROFILES)
    return found
