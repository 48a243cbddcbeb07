"""The page of a profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import spc
from docs.manual.conventions import QUESTIONS, answer, rule_in_words
from docs.manual.played import played
from docs.manual.worked import table

SECTIONS = (
    "Who uses it",
    "Its rules, in order",
    "Its conventions",
    "How it differs from our default",
    "What it was checked against",
    "Make your own from it",
)
RUNS = 762
# Rules whose length can be chosen freely.
_GROWS = frozenset({"shift", "trend", "ihi_shift", "ihi_trend"})


@dataclass(frozen=True)
class Known:
    """What the code cannot say of a profile: who uses it, what it was checked against."""

    users: str
    checked: str


_RECORDED = (
    f"The {RUNS} recorded runs of four tools, on real and on crafted data, are replayed through the engine by the tests;"
    " every number, flag and label must be the same."
)

KNOWN: Mapping[str, Known] = MappingProxyType(
    {
        "mdc": Known(
            "Teams and boards in the NHS in England who learned SPC from Making Data Count. It is our default: use it unless"
            " your organisation has agreed on something else.",
            "The rules and icons are those of NHSRplotthedots 0.2.2 with the screening of large steps switched off, as in the"
            f" NHS spreadsheets. {_RECORDED} Where a phase is very short, or a point has signals in both directions, we chose"
            " for ourselves: see [disagreements](../disagreements.md).",
        ),
        "nhsr_plotthedots": Known(
            "People who make their charts in R with NHSRplotthedots and want the same picture here.",
            f"NHSRplotthedots 0.2.2. {_RECORDED} A programming error by which the package stops at some missing values was"
            " not copied.",
        ),
        "ihi_run": Known(
            "Improvement teams who were taught run charts by the Institute for Healthcare Improvement, anywhere in the world."
            " Use it with the run chart.",
            "No tool: the four rules are those of Perla, Provost & Murray 2011, tested on data worked out by hand. The limits"
            " for the number of runs are computed from the exact distribution, not read from a printed table.",
        ),
        "anhoej": Known(
            "Teams, many of them in Scandinavia, who look for lasting changes of level and want false alarms to stay"
            " as rare on long charts as on short ones.",
            f"The two tests are those of qicharts2 0.8.1, without its screening of large steps. {_RECORDED}",
        ),
        "qicharts2": Known(
            "People who make their charts in R with qicharts2 and want the same numbers here.",
            f"qicharts2 0.8.1, attached with `library`, which is what switches its screening on. {_RECORDED}",
        ),
        "powerbi_spc": Known(
            "People who use the visual PowerBI-SPC in Power BI reports and want the same flags here.",
            f"PowerBI-SPC 1.7.4.28 with all four rules on. {_RECORDED}",
        ),
        "qcc_western_electric": Known(
            "People who were taught the Western Electric rules, mostly in industry, or use the R package qcc.",
            f"qcc 3.0. {_RECORDED}",
        ),
        "qcc_nelson": Known(
            "People who were taught the eight tests of Nelson, mostly in industry and laboratories, or use the R package qcc.",
            f"qcc 3.0. {_RECORDED}",
        ),
    }
)


def page(profile: spc.Profile) -> str:
    """Write the page."""
    known = KNOWN[profile.name]
    parts = {
        "Who uses it": known.users,
        "Its rules, in order": rules(profile),
        "Its conventions": table(
            ["question", "answer"],
            [[asked, answer(profile, field)] for field, (asked, _) in QUESTIONS.items()],
        ),
        "How it differs from our default": differences(profile),
        "What it was checked against": known.checked,
        "Make your own from it": own(profile),
    }
    body = "\n\n".join(f"## {title}\n\n{parts[title]}" for title in SECTIONS)
    head = f"# {profile.title}\n\n{profile.words}\n\nIts name is `{profile.name}`."
    return f"{head} [All profiles](../README.md#profiles)\n\n{body}\n"


def rules(profile: spc.Profile) -> str:
    """List its rules in their order of priority."""
    rows = [
        [
            str(place),
            f"[{spc.RULES[use.rule].title}](../rules/{use.rule}.md)",
            str(use.n) if use.n else "",
            rule_in_words(use),
        ]
        for place, use in enumerate(profile.rules, start=1)
    ]
    lead = "Every rule is asked on every chart where it means something. The order says which is named first."
    return f"{lead}\n\n{table(['', 'rule', 'points', 'its form'], rows)}"


def differences(profile: spc.Profile) -> str:
    """Compare with the default profile, field by field and rule by rule."""
    base = spc.PROFILES["mdc"]
    if profile is base:
        return "It is our default."
    rows = [
        [asked, answer(base, field), answer(profile, field)]
        for field, (asked, _) in QUESTIONS.items()
        if getattr(base, field) != getattr(profile, field)
    ]
    before, after = ({use.rule: use for use in one.rules} for one in (base, profile))
    rows += [
        [
            f"The rule [{spc.RULES[name].title}](../rules/{name}.md)",
            _used(before.get(name)),
            _used(after.get(name)),
        ]
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]
    return table(["question", "Making Data Count (`mdc`)", "here"], rows)


def _used(use: spc.Use | None) -> str:
    """Say how a rule is used, if it is."""
    if use is None:
        return "not used"
    parts = [f"{use.n} points" if use.n else "used", rule_in_words(use)]
    return "; ".join(part for part in parts if part)


def own(profile: spc.Profile) -> str:
    """Show how an organisation makes its own profile from this one."""
    first = next((use for use in profile.rules if use.rule in _GROWS), None)
    lead = (
        "Agree on your conventions once, give them a name, and keep the name on every chart. A profile is a frozen value:"
        " copy it with what you want otherwise."
    )
    statements = ["from dataclasses import replace", "import spc", f'base = spc.PROFILES["{profile.name}"]']
    if first is None:
        statements.append('rules = (*base.rules, spc.Use("shift", 8))')
    else:
        statements.append(
            f'rules = tuple(replace(use, n={first.n + 1}) if use.rule == "{first.rule}" else use for use in base.rules)'
        )
    statements += [
        'ours = replace(base, name="our_trust", title="Our trust", rules=rules)',
        "[(use.rule, use.n) for use in ours.rules]",
        "result = spc.analyse(spc.Series(value=[52, 48, 50, 51, 49, 50, 52, 47, 51, 50, 49, 62]), profile=ours)",
        "result.profile",
        "print(result.verdict.words)",
    ]
    return f"{lead}\n\n{played(statements)}"
