"""Room inside the plot: bands at its foot, flags at its head, and points with their letters between, none over another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qiplatform.charts.paths import XY
from qiplatform.charts.rows import Lane
from qiplatform.charts.shapes import Shape

_MOST_FOOT, _MOST_HEAD = 0.35, 0.25
"""The most of the plot's height that bands and flags take."""
_REACH = 1.6
"""How far a special point reaches from its middle, in radii."""
_ROUNDS = 60


class _Seen(Protocol):
    """What is asked of a point."""

    @property
    def y(self) -> float: ...
    @property
    def letter(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Room:
    """The range of the plot with its margins for marks, what a pixel is worth, and how high a row of bands is."""

    low: float
    high: float
    per_pixel: float
    band_row: float
    foot: float
    """Pixels at the foot of the plot that belong to bands."""


def most_flag_rows(shape: Shape) -> int:
    """Return in how many rows flags may stand."""
    if not shape.marks:
        return 0
    return max(1, int(_MOST_HEAD * (shape.height - shape.top - shape.bottom) / shape.flag))


def with_room(
    span: XY, shape: Shape, *, bands: Sequence[Lane], flags: Sequence[Lane], dots: Sequence[_Seen]
) -> Room:
    """Make room: where there are many bands their rows become thinner, so that points always keep the middle."""
    tall = shape.height - shape.top - shape.bottom
    rows, heads = (max((one.row for one in lanes), default=-1) + 1 for lanes in (bands, flags))
    row = min(shape.band + 2, _MOST_FOOT * tall / rows) if rows else shape.band + 2
    foot = rows * row + (2 if rows else 0)
    head = heads * shape.flag
    low, high = _around(span, tall - foot - head, tuple(_needs(dots, shape)))
    per_pixel = (high - low) / (tall - foot - head)
    return Room(low - foot * per_pixel, high + head * per_pixel, per_pixel, row, foot)


def _needs(dots: Sequence[_Seen], shape: Shape) -> Iterator[tuple[float, float, float]]:
    """Give where a point stands and how many pixels it takes below and above."""
    reach, letter = shape.point * _REACH, shape.point + shape.font + 4
    for dot in dots:
        yield dot.y, letter if dot.letter == "L" else reach, letter if dot.letter == "H" else reach


def _around(span: XY, tall: float, needs: Sequence[tuple[float, float, float]]) -> XY:
    """Widen a range until every point has its pixels; each round is worth less than the one before."""
    low, high = span
    for _ in range(_ROUNDS if needs else 0):
        per_pixel = (high - low) / tall
        wider = (
            min(low, *(y - below * per_pixel for y, below, _ in needs)),
            max(high, *(y + above * per_pixel for y, _, above in needs)),
        )
        if wider == (low, high):
            break
        low, high = wider
    return low, high
