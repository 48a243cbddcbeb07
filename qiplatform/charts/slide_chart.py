"""A chart that PowerPoint draws: the geometry's points and the analysis's lines as series with a workbook behind them.

Periods stand on a line chart, a row each, so that a gap is an empty cell; units of different size on an XY chart.
Imported by `slide` on first use.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from qiplatform.charts import words
from qiplatform.charts.geometry import Dot, Geometry
from qiplatform.charts.palette import FAINT, INK, LIMIT, PAPER, QUIET, Palette
from spc import Result

_SHAPES = {
    ("common", ""): XL_MARKER_STYLE.CIRCLE,
    ("improvement", "high"): XL_MARKER_STYLE.TRIANGLE,
    ("concern", "high"): XL_MARKER_STYLE.TRIANGLE,
    # PowerPoint has no triangle that points down.
    ("improvement", "low"): XL_MARKER_STYLE.SQUARE,
    ("concern", "low"): XL_MARKER_STYLE.SQUARE,
    ("neutral", "high"): XL_MARKER_STYLE.DIAMOND,
    ("neutral", "low"): XL_MARKER_STYLE.DIAMOND,
}
_DASHES = {"target": MSO_LINE_DASH_STYLE.DASH, "second_target": MSO_LINE_DASH_STYLE.LONG_DASH_DOT}
_TRIAL = MSO_LINE_DASH_STYLE.ROUND_DOT
_MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the chart: its name, a value or none for each row, and the places where it is not joined to what came before.

    `fine` are the places whose limits are trial limits, drawn in dots.
    """

    role: str
    name: str
    ys: tuple[float | None, ...]
    breaks: frozenset[int] = frozenset()
    fine: frozenset[int] = frozenset()


def traces(result: Result, made: Geometry, unit: str) -> tuple[Sequence[int], tuple[Trace, ...]]:
    """Return the rows that are drawn, in order, and the lines over them; the first is that of the values.

    Without bands and flags the geometry is asked for the values and where they break; the levels are the analysis's.
    """
    points = result.points
    rows = [dot.row for dot in made.dots] if result.kind.across_units else list(range(len(points)))
    at = {row: place for place, row in enumerate(rows)}
    starts = {path[0] for path in made.values}
    values: list[float | None] = [None] * len(rows)
    for dot in made.dots:
        values[at[dot.row]] = dot.y
    apart = frozenset(at[dot.row] for dot in made.dots if (dot.x, dot.y) in starts)
    phase = points.phase.tolist()
    steps = frozenset(
        place for place, row in enumerate(rows) if place and phase[row] != phase[rows[place - 1]]
    )
    tried = words.trial_phases(result)
    fine = frozenset(place for place, row in enumerate(rows) if phase[row] in tried)
    found = [Trace("values", f"Value ({unit})" if unit else "Value", tuple(values), apart)]
    for role, name, column, limit in (
        ("upper", "Upper limit", points.upper, True),
        ("centre", words.centre_word(result), points.centre, False),
        ("lower", "Lower limit", points.lower, True),
        ("target", "Target", points.target, False),
        ("second_target", "Second target", points.second_target, False),
    ):
        if column is None:
            continue
        level = [float(column[row]) * made.factor for row in rows]
        if all(math.isnan(one) for one in level):
            continue
        ys = tuple(None if math.isnan(one) else one for one in level)
        aim = role in {"target", "second_target"}
        trial = limit and bool(fine)
        found.append(
            Trace(
                role,
                f"{name} (trial)" if trial and fine == frozenset(range(len(rows))) else name,
                ys,
                frozenset() if aim else steps,
                fine if trial else frozenset(),
            )
        )
    return rows, tuple(found)


def add_chart(
    page: Any,
    result: Result,
    made: Geometry,
    *,
    unit: str,
    palette: Palette,
    place: tuple[int, int, int, int],
) -> Any:
    """Put the chart onto a slide and return its frame."""
    rows, lines = traces(result, made, unit)
    across = result.kind.across_units and bool(rows)
    number = f"#,##0{'.' + '0' * made.decimals if made.decimals else ''}" + ('"%"' if unit == "%" else "")
    data: Any
    if across:
        data, kind = XyChartData(number_format=number), XL_CHART_TYPE.XY_SCATTER_LINES
        for one in lines:
            series = data.add_series(one.name)
            for dot, y in zip(made.dots, one.ys, strict=True):
                if y is not None:
                    series.add_data_point(dot.x, y)
    else:
        data, kind = CategoryChartData(number_format=number), XL_CHART_TYPE.LINE_MARKERS
        data.categories = [result.series.period(row) for row in rows] or ["No numbers yet"]
        for one in lines:
            data.add_series(one.name, one.ys or (None,))
    frame = page.shapes.add_chart(kind, *place, data)
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(12), _colour(QUIET)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(chart, made, len(rows), across=across)
    for one, series in zip(lines, chart.plots[0].series, strict=True):
        series.smooth = False
        if one.role == "values":
            joined = bool(made.values)
            _values(series, one, {dot.row: dot for dot in made.dots}, rows, palette, joined=joined)
        else:
            _level(series, one)
    return frame


def _colour(name: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(name.removeprefix("#")))


def _axes(chart: Any, made: Geometry, count: int, *, across: bool) -> None:
    up, along = chart.value_axis, chart.category_axis
    ticks = [at for at, _ in made.y_ticks]
    if len(ticks) > 1:
        step, (low, high) = ticks[1] - ticks[0], made.y_range
        up.minimum_scale = ticks[0] - step if ticks[0] - low > step / 4 else ticks[0]
        up.maximum_scale = ticks[-1] + step if high - ticks[-1] > step / 4 else ticks[-1]
        up.major_unit = step
    decimals = max((len(f"{at:.6f}".rstrip("0").partition(".")[2]) for at in ticks), default=0)
    percent = any(text.endswith("%") for _, text in made.y_ticks)
    up.tick_labels.number_format = f"#,##0{'.' + '0' * decimals if decimals else ''}" + (
        '"%"' if percent else ""
    )
    up.tick_labels.number_format_is_linked = False
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb = _colour(FAINT)
    up.format.line.fill.background()
    along.has_major_gridlines = False
    along.format.line.color.rgb = _colour(QUIET)
    # Where values go below zero the periods still stand at the foot.
    along.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if across:
        along.tick_labels.number_format, along.tick_labels.number_format_is_linked = "#,##0", False
        return
    last = along._element.find(qn("c:noMultiLvlLbl"))  # noqa: SLF001 - how many labels are left out has no name of its own
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = OxmlElement(name)
        skip.set("val", str(math.ceil(count / _MOST_LABELS) or 1))
        last.addprevious(skip)


def _line(line: Any, colour: str, width: float = 1.5, dash: Any = None) -> None:
    line.color.rgb, line.width = _colour(colour), Pt(width)
    if dash is not None:
        line.dash_style = dash


def _level(series: Any, one: Trace) -> None:
    limit = one.role in {"upper", "lower"}
    colour = LIMIT if limit else INK
    dash = _DASHES.get(one.role)
    whole = len(one.fine) == len(one.ys)
    _line(series.format.line, colour, dash=_TRIAL if whole and limit else dash)
    series.marker.style = XL_MARKER_STYLE.NONE
    for place in sorted(one.breaks | (frozenset() if whole else one.fine)):
        line = series.points[place].format.line
        if place in one.breaks:
            line.fill.background()
        else:
            _line(line, colour, dash=_TRIAL)
        series.points[place].marker.style = XL_MARKER_STYLE.NONE


def _values(
    series: Any, one: Trace, dots: Mapping[int, Dot], rows: Sequence[int], palette: Palette, *, joined: bool
) -> None:
    """Mark the points: ordinary ones as the series, special ones each with its shape, fill and letter."""
    if joined:
        _line(series.format.line, palette.line)
    else:
        series.format.line.fill.background()
    _mark(series.marker, XL_MARKER_STYLE.CIRCLE, palette.common, INK, 7)
    for place, row in enumerate(rows):
        dot = dots.get(row)
        if dot is None or (dot.kind == "common" and dot.included and place not in one.breaks):
            continue
        point = series.points[place]
        if place in one.breaks or not joined:
            point.format.line.fill.background()
        else:
            _line(point.format.line, palette.line)
        fill = palette.fill(dot.kind)
        if not dot.included:
            _mark(point.marker, XL_MARKER_STYLE.X, None, INK, 9)
        elif dot.kind == "concern":
            _mark(point.marker, _SHAPES[dot.kind, dot.side], PAPER, fill, 10, width=2.5)
        else:
            size = 7 if dot.kind == "common" else 11
            _mark(point.marker, _SHAPES[dot.kind, dot.side], fill, INK, size)
        if dot.letter:
            label = point.data_label
            label.text_frame.text = dot.letter
            label.position = XL_LABEL_POSITION.ABOVE if dot.side == "high" else XL_LABEL_POSITION.BELOW
            font = label.text_frame.paragraphs[0].runs[0].font
            font.bold, font.size, font.color.rgb = True, Pt(14), _colour(INK)


def _mark(marker: Any, style: Any, fill: str | None, outline: str, size: int, *, width: float = 0.75) -> None:
    marker.style, marker.size = style, size
    if fill is None:
        marker.format.fill.background()
    else:
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = _colour(fill)
    marker.format.line.color.rgb, marker.format.line.width = _colour(outline), Pt(width)
