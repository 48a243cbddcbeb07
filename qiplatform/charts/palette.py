"""Colours of points and lines: the NHS look, and one of high contrast.

Blue and orange of the NHS look are under 3:1 on white, so every point has a dark outline, and colour is
never alone: shape, ring, letter and words say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

INK = "#212b32"
QUIET = "#4c6272"
FAINT = "#d8dde0"
LIMIT = "#768692"
PAPER = "#ffffff"
BAND = "#e8edee"
DASHES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"target": (7, 4), "second_target": (12, 4, 2, 4), "trial_upper": (2, 3), "trial_lower": (2, 3)}
)
"""Lines that are not solid: strokes and gaps in pixels. Trial limits are finer than any target."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour for each kind of point; `line` joins the points."""

    name: str
    title: str
    common: str
    improvement: str
    concern: str
    neutral: str
    line: str

    def fill(self, kind: str) -> str:
        """Return the colour of a kind of point; what is not special is drawn as ordinary.

        >>> PALETTES["nhs"].fill("improvement")
        '#00b0f0'
        """
        match kind:
            case "improvement":
                return self.improvement
            case "concern":
                return self.concern
            case "neutral":
                return self.neutral
            case _:
                return self.common


PALETTES = MappingProxyType(
    {
        "nhs": Palette("nhs", "NHS", "#a6a6a6", "#00b0f0", "#e46c0a", "#490092", "#768692"),
        "contrast": Palette(
            "contrast", "High contrast", "#4c6272", "#003087", "#9a3b00", "#490092", "#212b32"
        ),
    }
)


def palette(name: str) -> Palette:
    """Return a palette by its name, and the NHS look for a name that is unknown (it comes from an address)."""
    return PALETTES.get(name, PALETTES["nhs"])
