"""The live chart: what is spliced is what Bokeh writes, and it is data only."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

import spc
from qiplatform.charts import figure_json, figure_text
from qiplatform.charts.bokeh_figure import hover
from qiplatform.charts.bokeh_plot import item_of
from qiplatform.charts.columns import columns_of
from qiplatform.charts.geometry import geometry
from qiplatform.charts.palette import PALETTES
from qiplatform.charts.shapes import SHAPES
from qiplatform.charts.skeleton import spliced
from tests.qiplatform.charts.examples import BANDS, FLAGS, every_kind, waits

DEFAULTS: dict[str, dict[str, Any]] = {
    "Range1d": {"start": 0, "end": 1},
    "LinearAxis": {"major_label_overrides": {"type": "map"}},
}
"""What Bokeh leaves out because it is the default; the splice writes it."""


def numbered(text: str) -> Any:
    """Return a document with its ids replaced by the order in which they come, and with its defaults written."""
    seen: dict[str, int] = {}
    renamed = re.sub(
        r'"p(?:[0-9a-f]{8}-)?\d+"', lambda found: f'"#{seen.setdefault(found[0], len(seen))}"', text
    )
    return _with_defaults(json.loads(renamed))


def _with_defaults(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_defaults(one) for one in node]
    if not isinstance(node, dict):
        return node
    told = {name: _with_defaults(value) for name, value in node.items()}
    if told.get("name") in DEFAULTS and "attributes" in told:
        told["attributes"] = {**DEFAULTS[told["name"]], **told["attributes"]}
    return told


def both(result: spc.Result, shape: str, palette: str) -> tuple[str, str]:
    made = geometry(result, SHAPES[shape], title="Seen", unit="%", bands=BANDS, flags=FLAGS)
    colours = PALETTES[palette]
    columns = columns_of(made, colours, hover(result, "%", made.decimals, None))
    return json.dumps(item_of(made, colours, columns)), spliced(made, colours, columns)


@pytest.mark.parametrize("shape", ["wide", "narrow"])
@pytest.mark.parametrize("result", every_kind())
def test_the_spliced_document_is_the_one_bokeh_writes(result: spc.Result, shape: str) -> None:
    whole, quick = both(result, shape, "nhs")
    assert numbered(quick) == numbered(whole)


def test_a_wrong_splice_would_be_noticed() -> None:
    whole, quick = both(waits("xmr"), "wide", "nhs")
    other, _ = both(waits("xmr", direction="decrease"), "wide", "nhs")
    assert numbered(quick) == numbered(whole)
    assert numbered(quick) != numbered(other)


def test_one_skeleton_serves_other_data() -> None:
    """The skeleton made from one series is filled with another one's numbers."""
    first, second = waits("xmr"), waits("xmr", excluded=[2, 3])
    both(first, "wide", "contrast")
    whole, quick = both(second, "wide", "contrast")
    assert numbered(quick) == numbered(whole)


def test_words_that_look_like_a_slot_stay_words() -> None:
    hostile = '"@@slot:below.name@@" </script> "p1001"'
    bands = tuple(type(band)(band.starts_on, band.ends_on, band.label, hostile) for band in BANDS)
    text = figure_text(waits(), title=hostile, bands=bands)
    assert json.loads(text)
    assert hostile in _strings(json.loads(text))


def _strings(node: Any) -> set[str]:
    if isinstance(node, str):
        return {node}
    if isinstance(node, dict):
        return {one for value in node.values() for one in _strings(value)}
    return {one for value in node for one in _strings(value)} if isinstance(node, list) else set()


def test_no_code_travels_in_the_document() -> None:
    text = figure_text(waits(), title="Seen", bands=BANDS, flags=FLAGS, notes=["A note"] * 36)
    types = set(re.findall(r'"name":"([A-Z]\w+)"', text))
    assert "HoverTool" in types
    assert not types & {
        "CustomJS",
        "CustomJSHover",
        "CustomJSTickFormatter",
        "OpenURL",
        "WheelZoomTool",
        "PanTool",
    }


def test_times_are_milliseconds_and_the_range_is_set() -> None:
    found = figure_json(waits(), title="Seen")
    text = json.dumps(found)
    starts = [int(float(one)) for one in re.findall(r'"start": (-?[\d.]+)', text)]
    assert max(starts) > 1_400_000_000_000
    assert "DataRange1d" not in text
    assert "NaN" not in text


def test_a_note_to_a_point_is_told_and_without_notes_there_is_no_line_for_it() -> None:
    assert "@note" not in figure_text(waits(), title="Seen")
    noted = figure_text(waits(), title="Seen", notes=["", "New rota", *[""] * 34])
    assert "@note" in noted
    assert "New rota" in noted


def test_two_charts_share_no_ids_and_one_chart_keeps_its_own() -> None:
    one, two = figure_text(waits("xmr"), title="Seen"), figure_text(waits("p"), title="Seen")
    ids = [set(re.findall(r'"p[0-9a-f]{8}-\d+"', text)) for text in (one, two)]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert one == figure_text(waits("xmr"), title="Seen")


def test_the_rule_is_told_in_words_at_the_point() -> None:
    result = waits("xmr")
    text = figure_text(result, title="Seen")
    assert all(json.dumps(signal.words)[1:-1] in text for signal in result.signals)


def test_charts_are_imported_without_bokeh() -> None:
    """Bokeh takes a second to load; a command line and most pages never need it."""
    code = (
        "import sys, qiplatform.charts;"
        "print([name for name in ('bokeh', 'cairosvg', 'pptx', 'scipy.stats') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
