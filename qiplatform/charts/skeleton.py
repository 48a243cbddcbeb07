"""The live chart without Bokeh's cost: its document is serialised once for each kind of chart, then data are spliced in.

Bokeh takes some hundred milliseconds of processor time a chart, nearly all for what is the same in every chart. What
differs stands in parts with names; a skeleton is the text between them.
"""

import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

from qiplatform.charts.columns import Columns, has_notes
from qiplatform.charts.geometry import Geometry
from qiplatform.charts.palette import Palette

_SLOT = re.compile(r'"@@slot:([a-z_.]+)@@(?:"|(?=-))')
_ID = re.compile(r'"p(\d+)"')
_ID_SLOT = "id"
_KEPT: dict[tuple[Any, ...], tuple[str, ...]] = {}
"""Skeletons by kind of chart: text, slot, text, slot, ..., text. At most some dozens of kinds exist."""


def spliced(geometry: Geometry, palette: Palette, columns: Columns) -> str:
    """Return the JSON text of what `Bokeh.embed.embed_item` takes: the same as Bokeh would write, but for its ids.

    The ids come from the data, so that two charts on one page do not share them.
    """
    kind = (geometry.shape.name, palette.name, tuple(columns), has_notes(columns))
    skeleton = _KEPT.get(kind)
    if skeleton is None:
        skeleton = _KEPT[kind] = _made(geometry, palette, columns)
    parts = {
        slot: json.dumps(part, separators=(",", ":")) for slot, part in _parts(geometry, columns).items()
    }
    own = f'"p{zlib.crc32("".join(parts.values()).encode()):08x}'
    return "".join(
        text if place % 2 == 0 else own if text == _ID_SLOT else parts[text]
        for place, text in enumerate(skeleton)
    )


def _parts(geometry: Geometry, columns: Columns) -> dict[str, Any]:
    """Return every part by its slot: the name of a model and that of its attribute."""
    names = [(end.at, end.text) for end in geometry.ends]
    found: dict[str, Any] = {
        "plot.min_border_left": round(geometry.left),
        "plot.min_border_right": round(geometry.right),
        "corner.text": geometry.corner,
        "grid_ticks.ticks": [at for at, _ in geometry.y_ticks],
    }
    for name, (low, high) in (("x_range", geometry.x_range), ("y_range", geometry.y_range)):
        found |= {f"{name}.start": low, f"{name}.end": high}
    for side, ticks in (("below", geometry.x_ticks), ("left", geometry.y_ticks), ("right", names)):
        found[f"{side}_ticks.ticks"] = [at for at, _ in ticks]
        found[f"{side}.major_label_overrides"] = _map(ticks)
    for layer, data in columns.items():
        found[f"{layer}.data"] = _map(data.items())
    return found


def _map(entries: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Write a mapping the way Bokeh does."""
    listed = [list(entry) for entry in entries]
    return {"type": "map", "entries": listed} if listed else {"type": "map"}


def _made(geometry: Geometry, palette: Palette, columns: Columns) -> tuple[str, ...]:
    from qiplatform.charts.bokeh_plot import item_of  # noqa: PLC0415 - loads Bokeh, which takes a second

    item = item_of(geometry, palette, columns)
    slots = dict.fromkeys(_parts(geometry, columns), 0)
    _open_slots(item, slots)
    if missed := [slot for slot, count in slots.items() if count != 1]:
        message = f"The chart has no single place for {', '.join(missed)}."
        raise LookupError(message)
    text = _ID.sub(rf'"@@slot:{_ID_SLOT}@@-\1"', json.dumps(item, separators=(",", ":")))
    return tuple(_SLOT.split(text))


def _open_slots(node: Any, slots: dict[str, int]) -> None:
    """Put a slot's sign where each part stands; count how often each was found."""
    if isinstance(node, list):
        for one in node:
            _open_slots(one, slots)
    elif isinstance(node, dict):
        attributes = node.get("attributes")
        name = attributes.get("name") if isinstance(attributes, dict) else None
        for slot in slots:
            owner, _, attribute = slot.partition(".")
            if name == owner and attributes is not None:
                attributes[attribute] = f"@@slot:{slot}@@"
                slots[slot] += 1
        for one in node.values():
            _open_slots(one, slots)
