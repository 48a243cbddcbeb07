"""The still chart and the live one draw the same numbers."""

import re
from typing import Any

import pytest

import spc
from qiplatform.charts.bokeh_figure import hover
from qiplatform.charts.boxes import scales
from qiplatform.charts.columns import LINES, columns_of
from qiplatform.charts.geometry import Geometry, geometry
from qiplatform.charts.palette import PALETTES
from qiplatform.charts.shapes import SHAPES
from qiplatform.charts.svg import svg
from tests.qiplatform.charts.examples import BANDS, FLAGS, every_kind

_PLACE = re.compile(r"[ML](-?[\d.]+) (-?[\d.]+)")


def made(result: spc.Result) -> Geometry:
    return geometry(result, SHAPES["wide"], title="Seen", unit="%", bands=BANDS, flags=FLAGS)


def in_pixels(found: Geometry, xs: list[float], ys: list[float]) -> list[tuple[float, float]]:
    x, y = scales(found)
    return [(round(x(a), 1), round(y(b), 1)) for a, b in zip(xs, ys, strict=True)]


def places(drawing: str, layer: str) -> list[tuple[float, float]]:
    """Return every place a layer of the drawing goes through or starts a point at."""
    found: list[tuple[float, float]] = []
    for path in re.findall(rf'<path class="{layer}[^"]*" d="([^"]*)"', drawing):
        found += [(float(a), float(b)) for a, b in _PLACE.findall(path)]
    return found


def differences(drawing: str, found: Geometry, columns: dict[str, dict[str, list[Any]]]) -> list[str]:
    """Return the layers whose places in the drawing are not those of the live chart."""
    wrong = []
    for role in LINES:
        live = columns.get(role, {"xs": [], "ys": []})
        pixels = [
            place for xs, ys in zip(live["xs"], live["ys"], strict=True) for place in in_pixels(found, xs, ys)
        ]
        if places(drawing, role) != pixels:
            wrong.append(role)
    dots = in_pixels(found, columns["points"]["x"], columns["points"]["y"])
    still = [
        place
        for kind in ("common", "improvement", "concern", "neutral", "excluded")
        for place in places(drawing, kind)
    ]
    if sorted(still) != sorted(dots):
        wrong.append("points")
    return wrong


@pytest.mark.parametrize("result", every_kind())
def test_the_still_chart_and_the_live_one_agree(result: spc.Result) -> None:
    found = made(result)
    columns = columns_of(found, PALETTES["nhs"], hover(result, "%", found.decimals, None))
    drawing = svg(found, alt="", palette=PALETTES["nhs"])
    assert differences(drawing, found, columns) == []


def test_a_shifted_point_would_be_noticed() -> None:
    result = every_kind()[0]
    found = made(result)
    columns = columns_of(found, PALETTES["nhs"], hover(result, "%", found.decimals, None))
    drawing = svg(found, alt="", palette=PALETTES["nhs"])
    columns["points"]["y"][3] += 1
    columns["upper"]["ys"][0][0] += 1
    assert differences(drawing, found, columns) == ["upper", "points"]
