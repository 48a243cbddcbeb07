"""What people wrote onto a chart, in the live one: bands at its foot, flags at its head."""

from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, HoverTool, Plot, Quad, Scatter, Segment, Text

from qiplatform.charts.geometry import Geometry
from qiplatform.charts.palette import INK, PAPER, QUIET
from qiplatform.charts.rows import Lane
from qiplatform.charts.svg import fitting

FONT = "system-ui, -apple-system, Segoe UI, Roboto, Arial, sans-serif"


def add_bands(plot: Plot, geometry: Geometry) -> None:
    """Draw the bands, each with its words under the pointer."""
    if not geometry.bands:
        return
    boxes = [band_box(geometry, lane) for lane in geometry.bands]
    across = (geometry.plot[2] - geometry.plot[0]) / (geometry.x_range[1] - geometry.x_range[0])
    font = geometry.shape.font
    source = ColumnDataSource(
        {
            "left": [lane.x0 for lane in geometry.bands],
            "right": [lane.x1 for lane in geometry.bands],
            "bottom": [low for low, _ in boxes],
            "top": [high for _, high in boxes],
            "middle": [(low + high) / 2 for low, high in boxes],
            "label": [lane.label for lane in geometry.bands],
            "short": [fitting(lane.label, (lane.x1 - lane.x0) * across - 4, font) for lane in geometry.bands],
            "detail": [lane.detail or "-" for lane in geometry.bands],
            "dash": ["dashed" if lane.open else "solid" for lane in geometry.bands],
        }
    )
    box = Quad(
        left="left",
        right="right",
        bottom="bottom",
        top="top",
        fill_color="#e8edee",
        line_color=QUIET,
        line_dash="dash",
    )
    drawn = plot.add_glyph(source, box, name="bands")
    plot.add_glyph(
        source,
        Text(
            x="left",
            y="middle",
            text="short",
            x_offset=4,
            text_baseline="middle",
            text_font=value(FONT),
            text_font_size=f"{font:g}px",
            text_color=INK,
        ),
        name="band_labels",
    )
    plot.add_tools(HoverTool(renderers=[drawn], tooltips=[("", "@label"), ("", "@detail")]))


def band_box(geometry: Geometry, lane: Lane) -> tuple[float, float]:
    """Return where the foot and the head of a band stand, in data's numbers."""
    _, top, _, bottom = geometry.plot
    low, high = geometry.y_range
    per_pixel = (high - low) / (bottom - top)
    foot = low + (2 + lane.row * (geometry.shape.band + 2)) * per_pixel
    return foot, foot + geometry.shape.band * per_pixel


def add_flags(plot: Plot, geometry: Geometry) -> None:
    """Draw the flags, each with its words under the pointer."""
    if not geometry.flags:
        return
    _, top, _, bottom = geometry.plot
    low, high = geometry.y_range
    font = geometry.shape.font
    per_pixel = (high - low) / (bottom - top)
    source = ColumnDataSource(
        {
            "x": [(lane.x0 + lane.x1) / 2 for lane in geometry.flags],
            "y": [
                high - (font * 0.7 + lane.row * geometry.shape.flag) * per_pixel for lane in geometry.flags
            ],
            "foot": [low for _ in geometry.flags],
            "label": [lane.label for lane in geometry.flags],
            "detail": [lane.detail for lane in geometry.flags],
        }
    )
    plot.add_glyph(
        source,
        Segment(x0="x", x1="x", y0="y", y1="foot", line_color=QUIET, line_dash=[1, 3]),
        name="flag_lines",
    )
    drawn = plot.add_glyph(
        source,
        Scatter(x="x", y="y", marker="square", size=font * 1.4, fill_color=PAPER, line_color=INK),
        name="flags",
    )
    plot.add_glyph(
        source,
        Text(
            x="x",
            y="y",
            text="label",
            text_align="center",
            text_baseline="middle",
            text_font=value(FONT),
            text_font_size=f"{font:g}px",
            text_color=INK,
        ),
        name="flag_numbers",
    )
    plot.add_tools(HoverTool(renderers=[drawn], tooltips=[("Note", "@label"), ("", "@detail")]))
