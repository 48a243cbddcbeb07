"""Where the marks of a geometry stand in pixels: the still chart draws these, the live one the same in data's numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from qiplatform.charts.geometry import Geometry
from qiplatform.charts.rows import Lane

Scale = Callable[[float], float]
_INSIDE = 4
"""Pixels between the edge of a band and its words."""
_LETTER = 0.58


@dataclass(frozen=True, slots=True)
class Box:
    """A mark's rectangle in pixels, from the top left, and as much of its label as fits."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    lane: Lane


def scales(geometry: Geometry) -> tuple[Scale, Scale]:
    """Return how data's numbers become pixels, across and down."""
    left, top, right, bottom = geometry.plot
    (x0, x1), (y0, y1) = geometry.x_range, geometry.y_range
    across, down = (right - left) / (x1 - x0), (bottom - top) / (y1 - y0)
    return (lambda at: left + (at - x0) * across), (lambda at: bottom - (at - y0) * down)


def back(geometry: Geometry) -> Scale:
    """Return how pixels from the top become data's numbers."""
    _, top, _, bottom = geometry.plot
    low, high = geometry.y_range
    per_pixel = (high - low) / (bottom - top)
    return lambda at: low + (bottom - at) * per_pixel


def band_boxes(geometry: Geometry) -> tuple[Box, ...]:
    """Return the bands at the foot of the plot; where there are many, rows are thinner and have no words."""
    bottom, font, row = geometry.plot[3], geometry.shape.font, geometry.band_row
    x, _ = scales(geometry)
    gap = min(2.0, row / 4)
    found = []
    for lane in geometry.bands:
        left, right, foot = x(lane.x0), x(lane.x1), bottom - gap - lane.row * row
        room = right - left - _INSIDE - 1 if row - gap >= font else 0
        found.append(Box(left, foot - row + gap, right, foot, fitting(lane.label, room, font), lane))
    return tuple(found)


def flag_boxes(geometry: Geometry) -> tuple[Box, ...]:
    """Return the flags at the head of the plot."""
    top, shape = geometry.plot[1], geometry.shape
    x, _ = scales(geometry)
    heads = [top + 1 + lane.row * shape.flag for lane in geometry.flags]
    return tuple(
        Box(x(lane.x0), head, x(lane.x1), head + shape.font * 1.4, lane.label, lane)
        for lane, head in zip(geometry.flags, heads, strict=True)
    )


def fitting(label: str, room: float, font: float) -> str:
    """Return as much of a band's label as fits: all of it, its last word (the number), or nothing.

    >>> fitting("PDSA 3", 80, 14), fitting("PDSA 3", 20, 14), fitting("PDSA 3", 5, 14)
    ('PDSA 3', '3', '')
    """
    for text in (label, label.rpartition(" ")[2]):
        if len(text) * font * _LETTER <= room:
            return text
    return ""
