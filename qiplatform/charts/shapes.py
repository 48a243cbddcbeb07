"""The sizes a chart is drawn in. A phone gets proportions of its own, not a shrunken sheet."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing's size and what fits into it; lengths in pixels of the drawing's own grid."""

    name: str
    width: float
    height: float
    font: float
    point: float
    """Radius of a point."""
    x_ticks: int
    y_ticks: int
    top: float
    bottom: float
    words: bool
    """Whether axes, labels, bands and flags are drawn; a spark has none."""
    marks: bool
    """Whether bands and flags are drawn."""
    last: int = 0
    """How many of the latest points are drawn; 0 for all."""

    @property
    def band(self) -> float:
        """Height of one row of bands."""
        return self.font + 6

    @property
    def flag(self) -> float:
        """Height of one row of flags."""
        return self.font * 1.6


SHAPES = MappingProxyType(
    {
        "wide": Shape("wide", 960, 400, 14, 4.5, 12, 6, 30, 46, words=True, marks=True),
        "narrow": Shape("narrow", 390, 325, 13, 3.6, 4, 5, 40, 44, words=True, marks=True),
        "small": Shape("small", 360, 200, 12, 3.2, 4, 4, 10, 40, words=True, marks=False),
        "spark": Shape("spark", 120, 32, 0, 2.2, 0, 0, 4, 4, words=False, marks=False, last=12),
    }
)
