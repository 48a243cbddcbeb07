"""Questions on which the known tools disagree: what each does, what we do and why, and a tiny series that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

TOOLS = ("qicharts2", "NHSRplotthedots", "PowerBI-SPC", "qcc")


@dataclass(frozen=True)
class Row:
    """One question.

    `tools` says what each tool does, in the order of TOOLS; `code` are statements of which the last prints what `shows`
    names, with PROFILE where the name of a profile stands; `gives` is what they print, by profile.
    """

    question: str
    tools: tuple[str, str, str, str]
    ours: str
    why: str
    shows: str
    code: tuple[str, ...]
    gives: Mapping[str, str]

    def statements(self, profile: str) -> list[str]:
        """Return the statements for one profile."""
        return ["import spc", *(line.replace("PROFILE", f'"{profile}"') for line in self.code)]
