"""The still chart and the live one draw the same: what stands in the SVG is compared with what stands in Bokeh's document."""

import copy
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import spc
from qiplatform.charts.bokeh_figure import hover
from qiplatform.charts.boxes import scales
from qiplatform.charts.columns import LINES, columns_of
from qiplatform.charts.geometry import Geometry, geometry
from qiplatform.charts.palette import PALETTES
from qiplatform.charts.shapes import SHAPES
from qiplatform.charts.skeleton import spliced
from qiplatform.charts.svg import svg
from tests.qiplatform.charts.examples import BANDS, FLAGS, every_kind, waits

SVG = "{http://www.w3.org/2000/svg}"
_PATH = re.compile(r"M([^M]+)")
_PLACE = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
KINDS = ("common", "improvement", "concern", "neutral", "excluded")
Said = dict[str, Any]
"""What a chart draws, in pixels rounded to a tenth: by the name of a layer, its places and words."""


def made(result: spc.Result, shape: str = "wide") -> Geometry:
    return geometry(result, SHAPES[shape], title="Seen", unit="%", bands=BANDS, flags=FLAGS)


def still(drawing: str, found: Geometry) -> Said:
    """Read the SVG: nothing is taken from the geometry but where its plot lies."""
    root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    left, _, right, bottom = found.plot
    said: Said = {role: [] for role in LINES} | {"points": [], "rings": []}
    for path in root.iter(f"{SVG}path"):
        kind = path.get("class", "").split(" ")[0]
        strokes = _PATH.findall(path.get("d", ""))
        if kind in LINES:
            said[kind] = [[(float(a), float(b)) for a, b in _PLACE.findall(one)] for one in strokes]
            said[f"{kind} dashes"] = path.get("stroke-dasharray", "")
        elif kind in KINDS or kind == "ring":
            layer = "rings" if kind == "ring" else "points"
            said[layer] += [tuple(map(float, _PLACE.match(one.strip()).groups())) for one in strokes]  # type: ignore[union-attr]  # every outline begins with its middle
        elif kind == "flag-lines":
            said["flag lines"] = [float(one.split(" ")[0]) for one in strokes]
    for mark in ("band", "flag"):
        groups = [one for one in root.iter(f"{SVG}g") if one.get("class") == mark]
        said[f"{mark}s"] = [_box(group.find(f"{SVG}rect")) for group in groups]
        said[f"{mark} words"] = [group.findtext(f"{SVG}text") or "" for group in groups]
    said["points"], said["rings"] = sorted(said["points"]), sorted(said["rings"])
    texts = [
        one
        for group in root.findall(f"{SVG}g")
        for one in group.findall(f"{SVG}text")
        if "class" not in group.attrib
    ]
    below = [one for one in texts if float(one.get("y", 0)) > bottom + found.shape.font]
    said["x ticks"] = [(float(one.get("x", 0)), "\n".join(one.itertext())) for one in below]
    said["y ticks"] = [
        (float(one.get("y", 0)), one.text) for one in texts if abs(float(one.get("x", 0)) - left + 8) < 0.1
    ]
    said["letters"] = sorted((float(one.get("x", 0)), one.text) for one in texts if one.text in {"H", "L"})
    said["names"] = [
        (float(one.get("y", 0)), one.text)
        for one in root.findall(f"{SVG}text")
        if float(one.get("x", 0)) > right
    ]
    said["corner"] = found.corner if any(one.text == found.corner for one in texts) else ""
    return said


def _box(rect: Any) -> tuple[float, ...]:
    x, y, wide, tall = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
    return x, y, x + wide, y + tall


def live(document: Any, found: Geometry) -> Said:
    """Read Bokeh's document, and put what stands in it where the SVG's grid has it."""
    named: dict[str, Any] = {}
    dashes: dict[str, str] = {}
    _collect(document, named, dashes)
    x_range, y_range = (
        (named[name].get("start", 0), named[name].get("end", 1)) for name in ("x_range", "y_range")
    )
    assert (x_range, y_range) == (found.x_range, found.y_range)
    across, down = scales(found)
    font = found.shape.font

    def x(at: float) -> float:
        return round(across(at), 1)

    def y(at: float) -> float:
        return round(down(at), 1)

    layers = {name: dict(part["data"]["entries"]) for name, part in named.items() if "data" in part}
    said: Said = {}
    for role in LINES:
        data = layers.get(role, {"xs": [], "ys": []})
        said[role] = [
            [(x(a), y(b)) for a, b in zip(xs, ys, strict=True)]
            for xs, ys in zip(data["xs"], data["ys"], strict=True)
        ]
        if role in layers:
            said[f"{role} dashes"] = dashes.get(role, "")
    for layer in ("points", "rings"):
        data = layers.get(layer, {"x": [], "y": []})
        said[layer] = sorted((x(a), y(b)) for a, b in zip(data["x"], data["y"], strict=True))
    for mark, text in (("band", "short"), ("flag", "label")):
        data = layers.get(f"{mark}s", {name: [] for name in ("left", "top", "right", "bottom", text, "at")})
        sides = zip(data["left"], data["top"], data["right"], data["bottom"], strict=True)
        said[f"{mark}s"] = [(x(a), y(b), x(c), y(d)) for a, b, c, d in sides]
        said[f"{mark} words"] = list(data[text])
        if mark == "flag" and data["at"]:
            said["flag lines"] = [x(at) for at in data["at"]]
    letters = layers.get("letters", {"x": [], "text": []})
    said["letters"] = sorted((x(at), text) for at, text in zip(letters["x"], letters["text"], strict=True))

    def ticks(side: str, place: Callable[[float], float], lower: float = 0) -> list[tuple[float, str]]:
        words = dict(named[side]["major_label_overrides"].get("entries", []))
        return [(round(place(at) + lower, 1), words[at]) for at in named[f"{side}_ticks"]["ticks"]]

    said["x ticks"] = ticks("below", across)
    said["y ticks"] = ticks("left", down, font * 0.35)
    said["names"] = ticks("right", down, font * 0.35)
    said["corner"] = named["corner"]["text"]
    return said


def _collect(node: Any, named: dict[str, Any], dashes: dict[str, str]) -> None:
    """Find every part that has a name, and the strokes of each line by the name of its source."""
    if isinstance(node, list):
        for one in node:
            _collect(one, named, dashes)
    elif isinstance(node, dict):
        attributes = node.get("attributes", {})
        if isinstance(attributes.get("name"), str):
            named[attributes["name"]] = attributes
        if node.get("name") == "GlyphRenderer" and attributes["glyph"].get("name") == "MultiLine":
            dash = attributes["glyph"]["attributes"].get("line_dash", [])
            source = attributes["data_source"]["attributes"]["name"]
            dashes[source] = " ".join(map(str, dash if isinstance(dash, list) else dash["value"]))
        for one in node.values():
            _collect(one, named, dashes)


def same(one: Any, other: Any) -> bool:
    """Return whether two are the same, but for the last digit that was written."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) < 0.21
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def differences(first: Said, second: Said) -> list[str]:
    """Return the layers in which the two charts differ."""
    return sorted(
        name for name in first.keys() | second.keys() if not same(first.get(name), second.get(name))
    )


def both(found: Geometry, result: spc.Result) -> tuple[Said, Said]:
    columns = columns_of(found, PALETTES["nhs"], hover(result, "%", found.decimals, None))
    document = json.loads(spliced(found, PALETTES["nhs"], columns))
    return still(svg(found, alt="", palette=PALETTES["nhs"]), found), live(document, found)


SEEN = (
    *every_kind(),
    waits("xmr", phases=[30], second_target=90.0),
    waits("xmr", direction="neutral", excluded=[3, 4]),
)


@pytest.mark.parametrize("shape", ["wide", "narrow"])
@pytest.mark.parametrize("result", SEEN)
def test_the_still_chart_and_the_live_one_draw_the_same(result: spc.Result, shape: str) -> None:
    first, second = both(made(result, shape), result)
    assert differences(first, second) == []


def test_every_layer_is_compared_somewhere() -> None:
    """No layer is empty in every example: then its comparison would say nothing."""
    filled = {name for result in SEEN for name, part in both(made(result), result)[0].items() if part}
    assert filled >= {
        *LINES,
        "points",
        "rings",
        "letters",
        "bands",
        "band words",
        "flags",
        "flag words",
        "flag lines",
        "x ticks",
        "y ticks",
        "names",
        "corner",
        "trial_upper dashes",
        "target dashes",
        "second_target dashes",
    }


def _shifted(part: Any) -> Any:
    """Return the same with its first number or word changed."""
    if isinstance(part, list | tuple):
        return [_shifted(part[0]), *part[1:]]
    return part + 1 if isinstance(part, float | int) else f"{part}!"


@pytest.mark.parametrize("at", range(len(SEEN)))
def test_one_number_shifted_in_one_of_the_two_is_noticed_in_every_layer(at: int) -> None:
    """The planted faults: each layer in turn is changed in the live chart only."""
    first, second = both(made(SEEN[at]), SEEN[at])
    for layer, part in second.items():
        if part:
            planted = copy.deepcopy(second) | {layer: _shifted(part)}
            assert differences(first, planted) == [layer]


def test_a_break_that_was_closed_is_noticed() -> None:
    result = waits("xmr", phases=[15])
    first, second = both(made(result), result)
    one, two = second["values"]
    assert differences(first, second | {"values": [[*one, *two]]}) == ["values"]


def test_a_number_shifted_in_the_document_itself_is_noticed() -> None:
    result = waits("xmr")
    found = made(result)
    columns = columns_of(found, PALETTES["nhs"], hover(result, "%", found.decimals, None))
    columns["upper"]["ys"][0][0] += 1
    columns["bands"]["left"][1] += 5 * 86_400_000
    document = json.loads(spliced(found, PALETTES["nhs"], columns))
    drawing = still(svg(found, alt="", palette=PALETTES["nhs"]), found)
    assert differences(drawing, live(document, found)) == ["bands", "upper"]
