"""The page on where the known tools disagree, question by question, with a series that shows each."""

import re

import spc
from docs.manual.played import played, run
from docs.manual.worked import table
from tests.spc.disagreements import TOOLS, Row
from tests.spc.disagreements.limits import ROWS as LIMITS
from tests.spc.disagreements.signals import ROWS as SIGNALS

_TOLD = """# Where the tools disagree and what we do

Four tools that are much used give different charts of the same data: qicharts2 0.8.1, NHSRplotthedots 0.2.2, PowerBI-SPC 1.7.4.28
and qcc 3.0. None of them is wrong; each answers questions that the books leave open. So that a chart can be checked, its
[profile](README.md#profiles) stands on it, and this page says what each answer is.

Below every question stands what the tools do, what our default profile (`mdc`) does and why, and a tiny series that shows it. The
numbers are those the engine gives with the profile of each tool; a test holds every one of them, and the tools' own recorded runs
are replayed by another.
"""
_PROFILES = {
    "mdc": "our default, `mdc`",
    "qicharts2": "qicharts2",
    "nhsr_plotthedots": "NHSRplotthedots",
    "powerbi_spc": "PowerBI-SPC",
    "qcc_western_electric": "qcc, Western Electric",
    "qcc_nelson": "qcc, Nelson",
}


def page() -> str:
    """Write the page."""
    parts = [_TOLD, "## In short\n", f"{short()}\n"]
    for title, rows in (("Centre and limits", LIMITS), ("Signals and verdict", SIGNALS)):
        parts += [f"## {title}\n", *(f"{section(row)}\n" for row in rows)]
    return "\n".join(parts)


def short() -> str:
    """List every question with our answer."""
    return table(
        ["question", *TOOLS, "our default"],
        [[f"[{row.question}](#{anchor(row.question)})", *row.tools, row.ours] for row in (*LIMITS, *SIGNALS)],
    )


def anchor(heading: str) -> str:
    """Return what a heading is linked by.

    >>> anchor("By how many steps, XmR?")
    'by-how-many-steps-xmr'
    """
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def section(row: Row) -> str:
    """Write one question."""
    numbers = [
        [words, f"`{run(row.statements(profile))[-1][1].strip()}`"]
        for profile, words in _PROFILES.items()
        if profile in row.gives
    ]
    return "\n\n".join(
        [
            f"### {row.question}",
            f"**We:** {row.ours} {row.why}",
            table(["tool", "what it does"], zip(TOOLS, row.tools, strict=True)),
            f"To see it. {row.shows}:",
            table(["profile", "gives"], numbers),
            played(row.statements(spc.PROFILES["mdc"].name)),
        ]
    )
