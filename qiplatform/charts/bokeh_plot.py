"""A geometry and its columns -> a Bokeh plot.

The only module that imports Bokeh. That takes a second, so it is itself imported late, and only to build the
skeleton of a kind of chart. Each part that differs from chart to chart has a name, by which `skeleton` finds it.
"""

from typing import Any

from bokeh.core.properties import value
from bokeh.embed import json_item
from bokeh.models import (
    ColumnDataSource,
    FixedTicker,
    Grid,
    HoverTool,
    LinearAxis,
    LinearScale,
    MultiLine,
    Plot,
    Quad,
    Range1d,
    Scatter,
    Segment,
    Text,
    Toolbar,
)
from bokeh.models.annotations import Title

from qiplatform.charts.columns import LINES, Columns, has_notes
from qiplatform.charts.geometry import Geometry
from qiplatform.charts.palette import BAND, DASHES, FAINT, INK, LIMIT, PAPER, QUIET, Palette

_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Arial, sans-serif"
_INKS = {"centre": INK, "target": INK, "second_target": INK}
"""Lines in ink; those of limits are lighter."""


def item_of(geometry: Geometry, palette: Palette, columns: Columns) -> dict[str, Any]:
    """Return the chart as `Bokeh.embed.embed_item` takes it."""
    return dict(json_item(plot_of(geometry, palette, columns)))


def plot_of(geometry: Geometry, palette: Palette, columns: Columns) -> Plot:
    """Return the Bokeh plot of a geometry."""
    font = f"{geometry.shape.font:g}px"
    plot = Plot(
        x_range=Range1d(start=geometry.x_range[0], end=geometry.x_range[1], name="x_range"),
        y_range=Range1d(start=geometry.y_range[0], end=geometry.y_range[1], name="y_range"),
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
        name="plot",
    )
    corner = Title(text=geometry.corner, align="right", text_color=QUIET, text_font=_FONT, name="corner")
    corner.update(text_font_size=font, text_font_style="normal")
    plot.add_layout(corner, "above")
    _add_axes(plot, geometry, font)
    _add_marks(plot, columns, geometry.shape.font)
    for role in LINES:
        if role in columns:
            line = MultiLine(xs="xs", ys="ys", line_width=1.5, line_color=_INKS.get(role, LIMIT))
            if role == "values":
                line.update(line_color=palette.line, line_join="round")
            if role in DASHES:
                line.line_dash = list(DASHES[role])
            _add(plot, columns, role, line)
    _add_points(plot, columns, geometry.shape.point, font)
    return plot


def _add(plot: Plot, columns: Columns, layer: str, glyph: Any) -> Any:
    return plot.add_glyph(ColumnDataSource(columns[layer], name=layer), glyph)


def _add_axes(plot: Plot, geometry: Geometry, font: str) -> None:
    axis: dict[str, Any] = {
        "axis_line_color": None,
        "major_tick_line_color": None,
        "minor_tick_line_color": None,
        "major_label_text_color": QUIET,
        "major_label_text_font": _FONT,
        "major_label_text_font_size": font,
    }
    across = {**axis, "axis_line_color": QUIET, "major_tick_line_color": QUIET, "major_tick_in": 0}
    # The names of the lines are the labels of an axis on the right: they cannot be cut off by the plot.
    names = tuple((end.at, end.text) for end in geometry.ends)
    sides = (("below", geometry.x_ticks, across), ("left", geometry.y_ticks, axis), ("right", names, axis))
    for side, ticks, look in sides:
        labels: dict[str, Any] = {
            "ticker": FixedTicker(ticks=[at for at, _ in ticks], name=f"{side}_ticks"),
            "major_label_overrides": dict(ticks),
            "name": side,
        }
        getattr(plot, side).append(LinearAxis(**labels, **look))
    ticker = FixedTicker(ticks=[at for at, _ in geometry.y_ticks], name="grid_ticks")
    plot.add_layout(Grid(dimension=1, ticker=ticker, grid_line_color=FAINT))


def _text(font: str, **places: Any) -> Text:
    return Text(text_font=value(_FONT), text_font_size=font, text_color=INK, **places)


def _add_marks(plot: Plot, columns: Columns, font: float) -> None:
    """Draw what people wrote onto the chart: flags at its head, bands at its foot, each with its words."""
    size = f"{font:g}px"
    for layer, name, text in (("flags", "<b>Note @label</b>", "label"), ("bands", "<b>@label</b>", "short")):
        if layer not in columns:
            continue
        box = Quad(left="left", right="right", bottom="bottom", top="top")
        if layer == "flags":
            line = Segment(x0="at", x1="at", y0="bottom", y1="foot", line_color=QUIET, line_dash=[1, 3])
            source = _add(plot, columns, layer, line).data_source
            box.update(fill_color=PAPER, line_color=INK, border_radius=2)
            words = _text(size, x="x", y="middle", text=text, text_align="center", text_baseline="middle")
        else:
            source = ColumnDataSource(columns[layer], name=layer)
            box.update(fill_color=BAND, line_color=QUIET, line_dash="dash")
            words = _text(size, x="left", y="middle", text=text, x_offset=4, text_baseline="middle")
        drawn = plot.add_glyph(source, box)
        plot.add_glyph(source, words)
        plot.add_tools(HoverTool(renderers=[drawn], tooltips=f"{name}<br>@detail"))


def _add_points(plot: Plot, columns: Columns, radius: float, font: str) -> None:
    dot = Scatter(x="x", y="y", marker="marker", size="size", fill_color="fill", line_color=INK)
    drawn = _add(plot, columns, "points", dot)
    # Not seen, but wide: the pointer need not meet the small point itself.
    felt = plot.add_glyph(drawn.data_source, Scatter(x="x", y="y", size="reach", fill_alpha=0, line_alpha=0))
    if "rings" in columns:
        _add(
            plot,
            columns,
            "rings",
            Scatter(x="x", y="y", size=radius * 0.84, fill_color=PAPER, line_color=None),
        )
    if "letters" in columns:
        letter = _text(
            font, x="x", y="y", text="text", y_offset="away", text_align="center", text_font_style="bold"
        )
        _add(plot, columns, "letters", letter)
    # BokehJS puts column values in as text, never as HTML.
    shown = "<b>@period: @said_value</b><br>Limits: @said_limits<br>@said"
    if has_notes(columns):
        shown += "<br>Note: @note"
    hover = HoverTool(renderers=[felt], tooltips=shown, mode="vline", point_policy="snap_to_data", limit=1)
    hover.attachment = "horizontal"
    plot.add_tools(hover)
