"""A geometry -> a Bokeh plot. The only module that imports Bokeh; it takes a second, so it is itself imported late."""

from typing import Any

from bokeh.core.properties import value
from bokeh.models import (
    ColumnDataSource,
    FixedTicker,
    Grid,
    HoverTool,
    LinearAxis,
    LinearScale,
    MultiLine,
    Plot,
    Range1d,
    Scatter,
    Text,
    Toolbar,
)
from bokeh.models.annotations import Title

from qiplatform.charts.bokeh_marks import FONT, add_bands, add_flags
from qiplatform.charts.geometry import Geometry
from qiplatform.charts.palette import FAINT, INK, LIMIT, PAPER, QUIET, Palette

_MARKERS = {
    ("common", ""): "circle",
    ("improvement", "high"): "triangle",
    ("improvement", "low"): "inverted_triangle",
    ("concern", "high"): "triangle",
    ("concern", "low"): "inverted_triangle",
    ("neutral", "high"): "diamond",
    ("neutral", "low"): "diamond",
}
_LINES: dict[str, dict[str, Any]] = {
    "upper": {"line_color": LIMIT, "line_width": 1.5},
    "lower": {"line_color": LIMIT, "line_width": 1.5},
    "centre": {"line_color": INK, "line_width": 1.5},
    "target": {"line_color": INK, "line_width": 1.5, "line_dash": [7, 4]},
}


def plot_of(geometry: Geometry, palette: Palette, told: dict[str, list[str]]) -> Plot:
    """Return the Bokeh plot of a geometry."""
    font = f"{geometry.shape.font:g}px"
    plot = Plot(
        x_range=Range1d(start=geometry.x_range[0], end=geometry.x_range[1]),
        y_range=Range1d(start=geometry.y_range[0], end=geometry.y_range[1]),
        x_scale=LinearScale(),
        y_scale=LinearScale(),
        sizing_mode="stretch_both",
        min_border_left=round(geometry.left),
        min_border_right=round(geometry.right),
        outline_line_color=None,
        background_fill_color=PAPER,
        border_fill_color=PAPER,
        toolbar=Toolbar(logo=None, autohide=True),
        toolbar_location=None,
        name=geometry.title,
    )
    plot.add_layout(
        Title(
            text=geometry.corner,
            align="right",
            text_color=QUIET,
            text_font=FONT,
            text_font_size=font,
            text_font_style="normal",
        ),
        "above",
    )
    axis: dict[str, Any] = {
        "axis_line_color": None,
        "major_tick_line_color": None,
        "minor_tick_line_color": None,
        "major_label_text_color": QUIET,
        "major_label_text_font": FONT,
        "major_label_text_font_size": font,
    }
    across = {**axis, "axis_line_color": QUIET, "major_tick_line_color": QUIET, "major_tick_in": 0}
    # The names of the lines are the labels of an axis on the right: they cannot be cut off by the plot.
    names = tuple((end.at, end.text) for end in geometry.ends)
    for place, ticks, look in (
        ("below", geometry.x_ticks, across),
        ("left", geometry.y_ticks, axis),
        ("right", names, axis),
    ):
        labels: dict[str, Any] = {
            "ticker": FixedTicker(ticks=[at for at, _ in ticks]),
            "major_label_overrides": dict(ticks),
        }
        getattr(plot, place).append(LinearAxis(**labels, **look))
    _add_ground(plot, geometry)
    add_flags(plot, geometry)
    add_bands(plot, geometry)
    _add_lines(plot, geometry, palette)
    _add_points(plot, geometry, palette, told)
    return plot


def _add_ground(plot: Plot, geometry: Geometry) -> None:

    ticks = FixedTicker(ticks=[at for at, _ in geometry.y_ticks])
    plot.add_layout(Grid(dimension=1, ticker=ticks, grid_line_color=FAINT))


def _add_lines(plot: Plot, geometry: Geometry, palette: Palette) -> None:

    values = {"line_color": palette.line, "line_width": 1.5, "line_join": "round"}
    for role, look in (*_LINES.items(), ("values", values)):
        paths = getattr(geometry, role)
        if paths:
            source = ColumnDataSource(
                {
                    "xs": [[a for a, _ in path] for path in paths],
                    "ys": [[b for _, b in path] for path in paths],
                }
            )
            plot.add_glyph(source, MultiLine(xs="xs", ys="ys", **look), name=role)


def _add_points(plot: Plot, geometry: Geometry, palette: Palette, told: dict[str, list[str]]) -> None:

    dots = geometry.dots
    radius = geometry.shape.point
    font = f"{geometry.shape.font:g}px"
    source = ColumnDataSource(
        {
            "x": [dot.x for dot in dots],
            "y": [dot.y for dot in dots],
            "marker": [_MARKERS[dot.kind, dot.side] if dot.included else "x" for dot in dots],
            "fill": [palette.fill(dot.kind) for dot in dots],
            "size": [radius * (2 if dot.kind == "common" else 2.9) for dot in dots],
            **{name: [column[dot.row] for dot in dots] for name, column in told.items()},
        }
    )
    drawn = plot.add_glyph(
        source,
        Scatter(x="x", y="y", marker="marker", size="size", fill_color="fill", line_color=INK),
        name="points",
    )
    ringed = [dot for dot in dots if dot.kind == "concern" and dot.included]
    if ringed:
        rings = ColumnDataSource({"x": [dot.x for dot in ringed], "y": [dot.y for dot in ringed]})
        plot.add_glyph(
            rings, Scatter(x="x", y="y", size=radius * 0.84, fill_color=PAPER, line_color=None), name="rings"
        )
    lettered = [dot for dot in dots if dot.letter]
    if lettered:
        letters = ColumnDataSource(
            {
                "x": [dot.x for dot in lettered],
                "y": [dot.y for dot in lettered],
                "text": [dot.letter for dot in lettered],
                "away": [
                    -radius - 3 if dot.side == "high" else radius + geometry.shape.font + 3
                    for dot in lettered
                ],
            }
        )
        plot.add_glyph(
            letters,
            Text(
                x="x",
                y="y",
                text="text",
                y_offset="away",
                text_align="center",
                text_font=value(FONT),
                text_font_size=font,
                text_font_style="bold",
                text_color=INK,
            ),
            name="letters",
        )
    shown = [("Period", "@period"), ("Value", "@said_value"), ("Limits", "@said_limits"), ("Says", "@said")]
    if any(one != "-" for one in told["note"]):
        shown.append(("Note", "@note"))
    plot.add_tools(
        HoverTool(
            renderers=[drawn],
            tooltips=shown,
            mode="vline",
            point_policy="snap_to_data",
            attachment="horizontal",
        )
    )
