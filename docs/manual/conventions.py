"""The conventions of a profile in words: one question for each field, and what each answer means."""

from collections.abc import Mapping
from types import MappingProxyType

import spc
from spc.constants import D2_OF_TWO

# Field -> the question it answers, and words for its answers where it has few.
QUESTIONS: Mapping[str, tuple[str, Mapping[object, str]]] = MappingProxyType(
    {
        "limit_factor": ("How many mean moving ranges from the centre are the limits of an XmR chart?", {}),
        "screened": (
            "Are very large steps (3.267 times the mean step or more) left out before limits are drawn?",
            {False: "no, every step counts", True: "yes, once"},
        ),
        "spread_from": (
            "What is the spread of single values found from?",
            {
                "moving_range": "the steps between neighbours",
                "standard_deviation": "the standard deviation of all",
            },
        ),
        "missing": (
            "What does a missing value do?",
            {
                "break": "it leaves a gap, and breaks steps, runs and trends",
                "bridge": "it is taken out, and its neighbours meet",
            },
        ),
        "excluded_can_signal": (
            "Can an excluded point be outside the limits?",
            {False: "no, it counts nowhere", True: "yes, it is still compared with the limits"},
        ),
        "fewest_for_limits": ("How many points does a phase need before it has limits?", {}),
        "both": (
            "A point has signals in both directions: which decides?",
            {"first_rule": "the first rule in the order below", "improvement": "the improvement"},
        ),
        "reads": (
            "What does the verdict on variation read?",
            {
                "last_value": "the latest point that has a value",
                "last_row": "the last row, even if its value is missing",
                "last_phase": "the latest point, and signals about the whole last phase",
            },
        ),
        "assurance_without_limits": (
            "What is said of a target while there are no limits?",
            {"none": "nothing yet", "hit_or_miss": "hit or miss"},
        ),
        "rules_on_ranges": (
            "Are runs and trends read on charts whose neighbouring points share data (moving ranges, sums)?",
            {False: "no, only single points", True: "yes"},
        ),
        "t_inner_below_zero": (
            "The lower inner line of a t chart would be below zero: what is drawn?",
            {"zero": "a line at zero", "missing": "no inner line"},
        ),
        "t_refuses_zero": ("Is a time of zero refused?", {False: "no", True: "yes"}),
        "impossible": (
            "A count below zero, or more events than cases: what happens?",
            {
                "refuse": "it is refused, and the row is named",
                "missing": "it is taken as missing",
                "compute": "it is computed as it stands",
            },
        ),
        "events_without_cases": (
            "Events where there were no cases (a denominator of zero): what is their value?",
            {"missing": "there is none", "infinite": "infinite"},
        ),
        "zero_denominator": (
            "Where are the limits of a point without cases?",
            {"missing": "there are none", "widest": "as wide as can be"},
        ),
        "equal_subgroups": (
            "The centre of an s chart when all subgroups have one size?",
            {"mean_sd": "the mean of the standard deviations", "pooled_sd": "the pooled standard deviation"},
        ),
        "subgroup_spread": (
            "What is the spread within subgroups found from?",
            {
                "deviation": "the average or pooled standard deviation",
                "UWAVE-R": "the mean of range / d2",
                "UWAVE-SD": "the mean of standard deviation / c4",
                "MVLUE-R": "a weighted mean of range / d2",
                "MVLUE-SD": "a weighted mean of standard deviation / c4",
                "RMSDF": "the pooled standard deviation / c4",
            },
        ),
        "run_limits": (
            "Where do the limits of the longest run and of the crossings come from?",
            {
                "anhoej": "the Anhøj rules",
                "bestbox": "the best box for 10 to 100 points",
                "cutbox": "the best box with its corners cut off, for 10 to 100 points",
            },
        ),
        "deviation_below_zero": (
            "Can the lower limit of an s chart be below zero?",
            {False: "no", True: "yes"},
        ),
    }
)

# Fields that are told elsewhere on the page: the names, the rules.
ELSEWHERE = frozenset({"name", "title", "words", "rules", "chart_rules"})


def answer(profile: spc.Profile, field: str) -> str:
    """Say what a profile does, in words where there are some.

    >>> answer(spc.PROFILES["mdc"], "screened"), answer(spc.PROFILES["mdc"], "limit_factor")
    ('no, every step counts', '2.66')
    """
    given = getattr(profile, field)
    words = QUESTIONS[field][1]
    if words:
        return words[given]
    told = f"{given:.4f}".rstrip("0").rstrip(".")
    return f"{told}, which is 3 / {D2_OF_TWO}" if given == 3 / D2_OF_TWO else told


def rule_in_words(use: spc.Use) -> str:
    """Say how a profile uses a rule, beyond its length.

    >>> rule_in_words(spc.Use("shift", 8, mark="completing"))
    'marks the point that completes the pattern, and those after it'
    """
    told = []
    if use.rule in {"two_in_three", "four_in_five"}:
        told.append(
            {
                "same_side": "all points of the window on one side of the centre",
                "cancels": "a point beyond the opposite line takes one away",
                "free": "the other points may lie anywhere",
            }[use.third]
        )
        told.append(
            "points outside the limits count as close"
            if use.beyond_counts
            else "points outside the limits do not count"
        )
        if use.lines == "last":
            told.append("compared with the lines of the last point of the window")
    if use.mark == "beyond":
        told.append("marks only the points beyond the line")
    if use.mark == "completing":
        told.append("marks the point that completes the pattern, and those after it")
    if use.next_step:
        told.append("a point shared by a rise and a fall takes the direction of the next step")
    return "; ".join(told)
