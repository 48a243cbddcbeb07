"""Where the manual lies, and what stands in its folder that is written by others."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "spc"
FALSE_ALARMS = "false-alarms.md"
# What the manual writes, and clears away when there is no chart, rule or profile of the name any more.
OURS = ("charts/*.md", "rules/*.md", "profiles/*.md", "images/chart-*.svg", "images/rule-*.svg")


def false_alarms(up: str) -> str:
    """Return the link to where false alarms are counted, a page of the benchmarks; `up` leads to the manual's folder."""
    return f"[how often rules speak by chance alone]({up}{FALSE_ALARMS})"


def lying() -> set[str]:
    """Return the files of the folder that the manual has written, now or before."""
    return {file.relative_to(FOLDER).as_posix() for pattern in OURS for file in FOLDER.glob(pattern)}
