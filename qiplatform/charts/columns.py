"""The columns of the live chart: all that differs from one chart to the next of the same build. No Bokeh here."""

from collections.abc import Mapping
from typing import Any

from qiplatform.charts.geometry import Dot, Geometry
from qiplatform.charts.palette import Palette
from qiplatform.charts.rows import Lane
from qiplatform.charts.svg import fitting

Columns = dict[str, dict[str, list[Any]]]
LINES = ("upper", "lower", "centre", "target", "values")
NO_NOTE = "-"
_REACH = (12.0, 48.0)
"""How near the pointer must come to a point's place in time, in pixels: its share of the width, within these."""
_MARKERS = {
    ("common", ""): "circle",
    ("improvement", "high"): "triangle",
    ("improvement", "low"): "inverted_triangle",
    ("concern", "high"): "triangle",
    ("concern", "low"): "inverted_triangle",
    ("neutral", "high"): "diamond",
    ("neutral", "low"): "diamond",
}


def columns_of(geometry: Geometry, palette: Palette, told: Mapping[str, list[str]]) -> Columns:
    """Return the columns of each layer by its name; a layer with nothing to draw is left out.

    `told` are the words about each point, row for row.
    """
    found: Columns = {}
    if geometry.bands:
        found["bands"] = _bands(geometry)
    if geometry.flags:
        found["flags"] = _flags(geometry)
    for role in LINES:
        if paths := getattr(geometry, role):
            found[role] = {
                "xs": [[a for a, _ in path] for path in paths],
                "ys": [[b for _, b in path] for path in paths],
            }
    found["points"] = _points(geometry, palette, told)
    if ringed := [dot for dot in geometry.dots if dot.kind == "concern" and dot.included]:
        found["rings"] = _places(ringed)
    if lettered := [dot for dot in geometry.dots if dot.letter]:
        above, below = -geometry.shape.point - 3, geometry.shape.point + geometry.shape.font + 3
        found["letters"] = {
            **_places(lettered),
            "text": [dot.letter for dot in lettered],
            "away": [above if dot.side == "high" else below for dot in lettered],
        }
    return found


def has_notes(columns: Columns) -> bool:
    """Return whether anybody wrote to a single point."""
    return any(one != NO_NOTE for one in columns["points"]["note"])


def _places(dots: list[Dot]) -> dict[str, list[Any]]:
    return {"x": [dot.x for dot in dots], "y": [dot.y for dot in dots]}


def _points(geometry: Geometry, palette: Palette, told: Mapping[str, list[str]]) -> dict[str, list[Any]]:
    dots, radius = geometry.dots, geometry.shape.point
    left, _, right, _ = geometry.plot
    reach = min(max((right - left) / max(len(dots), 1), _REACH[0]), _REACH[1])
    return {
        **_places(list(dots)),
        "marker": [_MARKERS[dot.kind, dot.side] if dot.included else "x" for dot in dots],
        "fill": [palette.fill(dot.kind) for dot in dots],
        "size": [radius * (2 if dot.kind == "common" else 2.9) for dot in dots],
        "reach": [reach for _ in dots],
        **{name: [column[dot.row] for dot in dots] for name, column in told.items()},
    }


def _bands(geometry: Geometry) -> dict[str, list[Any]]:
    lanes = geometry.bands
    boxes = [band_box(geometry, lane) for lane in lanes]
    across = (geometry.plot[2] - geometry.plot[0]) / (geometry.x_range[1] - geometry.x_range[0])
    return {
        "left": [lane.x0 for lane in lanes],
        "right": [lane.x1 for lane in lanes],
        "bottom": [low for low, _ in boxes],
        "top": [high for _, high in boxes],
        "middle": [(low + high) / 2 for low, high in boxes],
        "label": [lane.label for lane in lanes],
        "short": [
            fitting(lane.label, (lane.x1 - lane.x0) * across - 4, geometry.shape.font) for lane in lanes
        ],
        "detail": [lane.detail or NO_NOTE for lane in lanes],
        "dash": ["dashed" if lane.open else "solid" for lane in lanes],
    }


def band_box(geometry: Geometry, lane: Lane) -> tuple[float, float]:
    """Return where the foot and the head of a band stand, in data's numbers."""
    per_pixel = _per_pixel(geometry)
    foot = geometry.y_range[0] + (2 + lane.row * (geometry.shape.band + 2)) * per_pixel
    return foot, foot + geometry.shape.band * per_pixel


def _flags(geometry: Geometry) -> dict[str, list[Any]]:
    lanes, (low, high) = geometry.flags, geometry.y_range
    per_pixel, half = _per_pixel(geometry), geometry.shape.font * 0.7
    return {
        "x": [(lane.x0 + lane.x1) / 2 for lane in lanes],
        "y": [high - (half + lane.row * geometry.shape.flag) * per_pixel for lane in lanes],
        "foot": [low for _ in lanes],
        "label": [lane.label for lane in lanes],
        "detail": [lane.detail for lane in lanes],
    }


def _per_pixel(geometry: Geometry) -> float:
    _, top, _, bottom = geometry.plot
    return (geometry.y_range[1] - geometry.y_range[0]) / (bottom - top)
