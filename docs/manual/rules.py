"""The page of a rule."""

from importlib import import_module

import spc
from docs.manual.conventions import rule_in_words
from docs.manual.elsewhere import false_alarms
from docs.manual.paragraphs import RULE_LABELS, labelled
from docs.manual.played import analyse_call, played, series_call
from docs.manual.worked import table
from tests.spc.examples_of_rules import EXAMPLES, Fires

SECTIONS = (
    "The pattern",
    "Why it matters",
    "How many points",
    "What is marked",
    "Ties and missing values",
    "An example",
    "False alarms",
    "What not to conclude",
    "Source",
)


def said(name: str) -> dict[str, str]:
    """Return what the rule's module says of it, by label."""
    return labelled(import_module(f"spc.signals.{name}"), RULE_LABELS)


def page(rule: spc.Rule) -> str:
    """Write the page."""
    told = said(rule.name)
    parts = {
        "The pattern": told["Pattern"],
        "Why it matters": told["Why it matters"],
        "How many points": lengths(rule),
        "What is marked": told["Marked"],
        "Ties and missing values": told["Ties and gaps"],
        "An example": example(EXAMPLES[rule.name]),
        "False alarms": FALSE_ALARMS.format(false_alarms("../")),
        "What not to conclude": f"Do not conclude: {told['Do not conclude'][0].lower()}{told['Do not conclude'][1:]}",
        "Source": told["Source"],
    }
    body = "\n\n".join(f"## {title}\n\n{parts[title]}" for title in SECTIONS)
    return f"# {rule.title}\n\n{rule.words} [All rules](../README.md#rules)\n\n{body}\n"


FALSE_ALARMS = (
    "Any rule speaks now and then although nothing changed, and the more rules you use and the longer the chart, the more"
    " often one of them does. So a signal is a reason to look, not a proof. Before you choose your rules, know {}."
)


def lengths(rule: spc.Rule) -> str:
    """Tell the length and the form of the rule in every profile that uses it."""
    rows = []
    for profile in spc.PROFILES.values():
        for use in profile.rules:
            if use.rule == rule.name:
                n = str(use.n) if use.n else "by the length of the chart" if rule.fewest > 1 else "1"
                link = f"[{profile.title}](../profiles/{profile.name}.md)"
                rows.append([link, n if rule.name != "astronomical" else "1", rule_in_words(use)])
    return table(["profile", "points", "its form"], rows)


def example(fires: Fires) -> str:
    """Write the example with its picture, its call and its sentence."""
    code = played(
        [
            "import spc",
            series_call(fires.series(), ()),
            analyse_call(fires.chart, {"profile": fires.profile}),
            "[(signal.rule, signal.words) for signal in result.signals]",
        ]
    )
    where = (
        f"It marks point{'' if len(fires.marked) == 1 else 's'} {_numbers(fires.marked)}."
        if fires.marked
        else "It marks no point; it speaks of the whole phase."
    )
    return f"{fires.words} {where}\n\n![{fires.words}](../images/rule-{fires.rule}.svg)\n\n{code}"


def _numbers(points: tuple[int, ...]) -> str:
    """Write the numbers of points, "4 to 10" where they follow one another."""
    if len(points) > 2 and points[-1] - points[0] == len(points) - 1:  # noqa: PLR2004 - two are "1, 2"
        return f"{points[0]} to {points[-1]}"
    return ", ".join(str(point) for point in points)
