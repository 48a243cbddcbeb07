"""The live chart: the same geometry as the still one, as a document for BokehJS.

Bokeh is imported on first use (it takes a second), never with the command line. No callbacks are used: the
document is data only, so it is drawn under a policy without `unsafe-eval`. Times are milliseconds since 1970, as
BokehJS has them; a `date` in a column would make a blank chart.
"""

import json
import math
from collections.abc import Sequence
from typing import Any

from qiplatform.charts import table, words
from qiplatform.charts.columns import NO_NOTE, columns_of
from qiplatform.charts.geometry import geometry
from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.palette import palette as palette_of
from qiplatform.charts.scales import written
from qiplatform.charts.shapes import SHAPES
from qiplatform.charts.skeleton import spliced
from spc import Result


def figure_text(
    result: Result,
    *,
    title: str,
    unit: str = "",
    bands: Sequence[Band] = (),
    flags: Sequence[Flag] = (),
    palette: str = "nhs",
    shape: str = "wide",
    notes: Sequence[str] | None = None,
) -> str:
    """Return, as JSON text, what `Bokeh.embed.embed_item` draws: wide, or narrow for a phone (any other `shape` is wide).

    `notes` are people's words to single points, row for row; "" where there is none.
    """
    sign, colours = words.unit_of(result, unit), palette_of(palette)
    place = SHAPES[shape if shape in {"wide", "narrow"} else "wide"]
    made = geometry(result, place, title=title, unit=sign, bands=bands, flags=flags)
    columns = columns_of(made, colours, hover(result, sign, made.decimals, notes))
    return spliced(made, colours, columns)


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
    """Return the same as `figure_text`, read back: for those who want to look into it."""
    text = figure_text(
        result, title=title, unit=unit, bands=bands, flags=flags, palette=palette, shape=shape, notes=notes
    )
    found: dict[str, Any] = json.loads(text)
    return found


def hover(result: Result, unit: str, decimals: int, notes: Sequence[str] | None) -> dict[str, list[str]]:
    """Return what is told of each point: period, value, limits, the rules in words, and its note."""
    points, times = result.points, words.factor(result)
    sign = "%" if unit == "%" else ""
    value, lower, upper = (
        [one * times for one in column.tolist()] for column in (points.value, points.lower, points.upper)
    )
    count = len(value)
    return {
        "period": [result.series.period(row) for row in range(count)],
        "said_value": ["" if math.isnan(one) else written(one, decimals, unit) for one in value],
        "said_limits": [
            "none"
            if math.isnan(low + high)
            else f"{written(low, decimals, sign)} to {written(high, decimals, sign)}"
            for low, high in zip(lower, upper, strict=True)
        ],
        "said": list(table.signals_in_words(result)),
        "note": [one or NO_NOTE for one in notes] if notes is not None else [NO_NOTE] * count,
    }
