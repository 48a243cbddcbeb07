"""The live chart: the same geometry as the still one, as a document for BokehJS.

Bokeh is imported on first use (it takes a second), never with the command line. No callbacks are used: the
document is data only, so it is drawn under a policy without `unsafe-eval`. Times are milliseconds since 1970, as
BokehJS has them; a `date` in a column would make a blank chart.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qiplatform.charts import table, words
from qiplatform.charts.geometry import Geometry, Path, geometry
from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.palette import FAINT, INK, LIMIT, PAPER, QUIET, Palette
from qiplatform.charts.palette import palette as palette_of
from qiplatform.charts.rows import Lane
from qiplatform.charts.scales import written
from qiplatform.charts.shapes import SHAPES
from qiplatform.charts.svg import fitting
from spc import Result

if TYPE_CHECKING:
    from bokeh.models import Plot

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
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Arial, sans-serif"


def figure_json(
    result: Result,
    *,
    title: str,
    unit: str = "",
    bands: Sequence[Band] = (),
    flags: Sequence[Flag] = (),
    palette: str = "nhs",
    shape: str = "wide",
    notes: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Return what `Bokeh.embed.embed_item` draws: wide, or narrow for a phone (any other `shape` is wide).

    `notes` are people's words to single points, row for row; "" where there is none.
    """
    from bokeh.embed import json_item  # noqa: PLC0415 - slow to load; see the module's words

    sign = words.unit_of(result, unit)
    place = SHAPES[shape if shape in {"wide", "narrow"} else "wide"]
    made = geometry(result, place, title=title, unit=sign, bands=bands, flags=flags)
    plot = figure_of(made, palette_of(palette), hover(result, sign, made.decimals, notes))
    item: dict[str, Any] = json_item(plot)
    return item


def hover(result: Result, unit: str, decimals: int, notes: Sequence[str] | None) -> dict[str, list[str]]:
    """Return what is told of each point: period, value, limits, the rules in words, and its note."""
    points, times = result.points, words.factor(result)
    sign = "%" if unit == "%" else ""
    value, lower, upper = ([one * times for one in column.tolist()] for column in (points.value, points.lower, points.upper))
    count = len(value)
    return {
        "period": [result.series.period(row) for row in range(count)],
        "said_value": [written(one, decimals, unit) if one == one else "" for one in value],  # noqa: PLR0124 - NaN is not itself
        "said_limits": [
            f"{written(low, decimals, sign)} to {written(high, decimals, sign)}" if low == low and high == high else "none"  # noqa: PLR0124 - as above
            for low, high in zip(lower, upper, strict=True)
        ],
        "said": list(table.signals_in_words(result)),
        "note": [one or "-" for one in notes] if notes is not None else ["-"] * count,
    }


def figure_of(geometry: Geometry, palette: Palette, told: dict[str, list[str]]) -> "Plot":
    """Return the Bokeh plot of a geometry."""
    from bokeh.models import FixedTicker, LinearAxis, LinearScale, Plot, Range1d, Title, Toolbar  # noqa: PLC0415 - as above

    font = f"{geometry.shape.font:g}px"
    plot = Plot(
        x_range=Range1d(*geometry.x_range, bounds=geometry.x_range),
        y_range=Range1d(*geometry.y_range),
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
        Title(text=geometry.corner, align="right", text_color=QUIET, text_font=_FONT, text_font_size=font, text_font_style="normal"),
        "above",
    )
    axis = {
        "axis_line_color": None,
        "major_tick_line_color": None,
        "minor_tick_line_color": None,
        "major_label_text_color": QUIET,
        "major_label_text_font": _FONT,
        "major_label_text_font_size": font,
    }
    across = {**axis, "axis_line_color": QUIET, "major_tick_line_color": QUIET, "major_tick_in": 0}
    plot.add_layout(
        LinearAxis(ticker=FixedTicker(ticks=[at for at, _ in geometry.x_ticks]), major_label_overrides=dict(geometry.x_ticks), **across),
        "below",
    )
    plot.add_layout(
        LinearAxis(ticker=FixedTicker(ticks=[at for at, _ in geometry.y_ticks]), major_label_overrides=dict(geometry.y_ticks), **axis),
        "left",
    )
    # The names of the lines are the labels of an axis on the right: they cannot be cut off by the plot.
    plot.add_layout(
        LinearAxis(
            ticker=FixedTicker(ticks=[end.at for end in geometry.ends]),
            major_label_overrides={end.at: end.text for end in geometry.ends},
            **axis,
        ),
        "right",
    )
    _add_ground(plot, geometry)
    _add_bands(plot, geometry)
    _add_flags(plot, geometry)
    _add_lines(plot, geometry, palette)
    _add_points(plot, geometry, palette, told)
    return plot


def _add_ground(plot: "Plot", geometry: Geometry) -> None:
    from bokeh.models import FixedTicker, Grid  # noqa: PLC0415 - as above

    ticks = FixedTicker(ticks=[at for at, _ in geometry.y_ticks])
    plot.add_layout(Grid(dimension=1, ticker=ticks, grid_line_color=FAINT))


def _add_lines(plot: "Plot", geometry: Geometry, palette: Palette) -> None:
    from bokeh.models import ColumnDataSource, MultiLine  # noqa: PLC0415 - as above

    values = {"line_color": palette.line, "line_width": 1.5, "line_join": "round"}
    for role, look in (*_LINES.items(), ("values", values)):
        paths: tuple[Path, ...] = getattr(geometry, role)
        if paths:
            source = ColumnDataSource({"xs": [[a for a, _ in path] for path in paths], "ys": [[b for _, b in path] for path in paths]})
            plot.add_glyph(source, MultiLine(xs="xs", ys="ys", **look), name=role)


def _add_points(plot: "Plot", geometry: Geometry, palette: Palette, told: dict[str, list[str]]) -> None:
    from bokeh.core.properties import value  # noqa: PLC0415 - as above
    from bokeh.models import ColumnDataSource, HoverTool, Scatter, Text  # noqa: PLC0415 - as above

    dots = geometry.dots
    radius = geometry.shape.point
    font = f"{geometry.shape.font:g}px"
    source = ColumnDataSource({
        "x": [dot.x for dot in dots],
        "y": [dot.y for dot in dots],
        "marker": [_MARKERS[dot.kind, dot.side] if dot.included else "x" for dot in dots],
        "fill": [palette.fill(dot.kind) for dot in dots],
        "size": [radius * (2 if dot.kind == "common" else 2.9) for dot in dots],
        **{name: [column[dot.row] for dot in dots] for name, column in told.items()},
    })
    drawn = plot.add_glyph(source, Scatter(x="x", y="y", marker="marker", size="size", fill_color="fill", line_color=INK), name="points")
    ringed = [dot for dot in dots if dot.kind == "concern" and dot.included]
    if ringed:
        rings = ColumnDataSource({"x": [dot.x for dot in ringed], "y": [dot.y for dot in ringed]})
        plot.add_glyph(rings, Scatter(x="x", y="y", size=radius * 0.84, fill_color=PAPER, line_color=None), name="rings")
    lettered = [dot for dot in dots if dot.letter]
    if lettered:
        letters = ColumnDataSource({
            "x": [dot.x for dot in lettered],
            "y": [dot.y for dot in lettered],
            "text": [dot.letter for dot in lettered],
            "away": [-radius - 3 if dot.side == "high" else radius + geometry.shape.font + 3 for dot in lettered],
        })
        plot.add_glyph(
            letters,
            Text(
                x="x", y="y", text="text", y_offset="away", text_align="center", text_font=value(_FONT), text_font_size=font,
                text_font_style="bold", text_color=INK,
            ),
            name="letters",
        )
    shown = [("Period", "@period"), ("Value", "@said_value"), ("Limits", "@said_limits"), ("Says", "@said")]
    if any(one != "-" for one in told["note"]):
        shown.append(("Note", "@note"))
    plot.add_tools(HoverTool(renderers=[drawn], tooltips=shown, mode="vline", point_policy="snap_to_data", attachment="horizontal"))


def _add_bands(plot: "Plot", geometry: Geometry) -> None:
    from bokeh.core.properties import value  # noqa: PLC0415 - as above
    from bokeh.models import ColumnDataSource, HoverTool, Quad, Text  # noqa: PLC0415 - as above

    if not geometry.bands:
        return
    boxes = [band_box(geometry, lane) for lane in geometry.bands]
    across = (geometry.plot[2] - geometry.plot[0]) / (geometry.x_range[1] - geometry.x_range[0])
    font = geometry.shape.font
    source = ColumnDataSource({
        "left": [lane.x0 for lane in geometry.bands],
        "right": [lane.x1 for lane in geometry.bands],
        "bottom": [low for low, _ in boxes],
        "top": [high for _, high in boxes],
        "middle": [(low + high) / 2 for low, high in boxes],
        "label": [lane.label for lane in geometry.bands],
        "short": [fitting(lane.label, (lane.x1 - lane.x0) * across - 4, font) for lane in geometry.bands],
        "detail": [lane.detail or "-" for lane in geometry.bands],
    })
    drawn = plot.add_glyph(source, Quad(left="left", right="right", bottom="bottom", top="top", fill_color="#e8edee", line_color=QUIET), name="bands")
    plot.add_glyph(
        source,
        Text(
            x="left", y="middle", text="short", x_offset=4, text_baseline="middle", text_font=value(_FONT),
            text_font_size=f"{font:g}px", text_color=INK,
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


def _add_flags(plot: "Plot", geometry: Geometry) -> None:
    from bokeh.core.properties import value  # noqa: PLC0415 - as above
    from bokeh.models import ColumnDataSource, HoverTool, Scatter, Segment, Text  # noqa: PLC0415 - as above

    if not geometry.flags:
        return
    _, top, _, bottom = geometry.plot
    low, high = geometry.y_range
    font = geometry.shape.font
    per_pixel = (high - low) / (bottom - top)
    source = ColumnDataSource({
        "x": [(lane.x0 + lane.x1) / 2 for lane in geometry.flags],
        "y": [high - (font * 0.7 + lane.row * geometry.shape.flag) * per_pixel for lane in geometry.flags],
        "foot": [low for _ in geometry.flags],
        "label": [lane.label for lane in geometry.flags],
        "detail": [lane.detail for lane in geometry.flags],
    })
    plot.add_glyph(source, Segment(x0="x", x1="x", y0="y", y1="foot", line_color=QUIET, line_dash=[1, 3]), name="flag_lines")
    drawn = plot.add_glyph(source, Scatter(x="x", y="y", marker="square", size=font * 1.4, fill_color=PAPER, line_color=INK), name="flags")
    plot.add_glyph(
        source,
        Text(x="x", y="y", text="label", text_align="center", text_baseline="middle", text_font=value(_FONT), text_font_size=f"{font:g}px", text_color=INK),
        name="flag_numbers",
    )
    plot.add_tools(HoverTool(renderers=[drawn], tooltips=[("Note", "@label"), ("", "@detail")]))
