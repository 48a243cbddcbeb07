"""The columns of the live chart: all that differs from one chart to the next of the same build. No Bokeh here."""

from collections.abc import Mapping, Sequence
from typing import Any

from qiplatform.charts.boxes import Box, back, band_boxes, flag_boxes
from qiplatform.charts.geometry import Dot, Geometry
from qiplatform.charts.palette import Palette

Columns = dict[str, dict[str, list[Any]]]
LINES = ("upper", "lower", "trial_upper", "trial_lower", "centre", "target", "second_target", "values")
NO_NOTE = "-"
_REACH = (6.0, 48.0)
"""How near the pointer must come to a point's place in time, in pixels: its share of the width, within these."""
_SHARED = 1.25
"""A chart is drawn wider than its own grid on a wide page: no gap may be left between the reach of neighbours."""
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
    reach = min(max(_SHARED * (right - left) / max(len(dots), 1), _REACH[0]), _REACH[1])
    return {
        **_places(list(dots)),
        "marker": [_MARKERS[dot.kind, dot.side] if dot.included else "x" for dot in dots],
        "fill": [palette.fill(dot.kind) for dot in dots],
        "size": [radius * (2 if dot.kind == "common" else 2.9) for dot in dots],
        "reach": [reach for _ in dots],
        **{name: [column[dot.row] for dot in dots] for name, column in told.items()},
    }


def _bands(geometry: Geometry) -> dict[str, list[Any]]:
    boxes = band_boxes(geometry)
    return {
        **_sides(geometry, boxes),
        "label": [box.lane.label for box in boxes],
        "short": [box.text for box in boxes],
        "detail": [box.lane.detail or NO_NOTE for box in boxes],
        "dash": ["dashed" if box.lane.open else "solid" for box in boxes],
    }


def _flags(geometry: Geometry) -> dict[str, list[Any]]:
    boxes, foot = flag_boxes(geometry), back(geometry)(geometry.foot)
    return {
        **_sides(geometry, boxes),
        "x": [(box.lane.x0 + box.lane.x1) / 2 for box in boxes],
        "at": [box.lane.at for box in boxes],
        "foot": [foot for _ in boxes],
        "label": [box.text for box in boxes],
        "detail": [box.lane.detail for box in boxes],
    }


def _sides(geometry: Geometry, boxes: Sequence[Box]) -> dict[str, list[Any]]:
    """Return the four sides of boxes and their middles in data's numbers."""
    y = back(geometry)
    return {
        "left": [box.lane.x0 for box in boxes],
        "right": [box.lane.x1 for box in boxes],
        "bottom": [y(box.bottom) for box in boxes],
        "top": [y(box.top) for box in boxes],
        "middle": [y((box.bottom + box.top) / 2) for box in boxes],
    }
