"""The slide: a chart that people can edit, with the numbers of the analysis, and nobody's name in the file."""

import io
import math
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

import spc
from qiplatform.charts import slide, words
from qiplatform.charts.table import columns
from tests.qiplatform.charts.examples import BANDS, FLAGS, every_kind, monthly, waits
from tests.qiplatform.charts.test_units import funnel

ON = date(2026, 3, 3)
LEVELS = {
    "Upper limit": "upper",
    "Lower limit": "lower",
    "Target": "target",
    "Second target": "second_target",
}


def made(result: spc.Result, **how: Any) -> bytes:
    asked = {"title": "Seen within four hours", "project": "Shorter waits", "bands": BANDS, "flags": FLAGS}
    return slide(result, on=ON, **{**asked, **how})


def page_of(file: bytes) -> Any:
    (page,) = Presentation(io.BytesIO(file)).slides
    return page


def chart_of(file: bytes) -> Any:
    (frame,) = [shape for shape in page_of(file).shapes if shape.has_chart]
    return frame.chart


def shown(result: spc.Result, column: Any) -> list[float | None]:
    return [None if math.isnan(one) else one * words.factor(result) for one in column.tolist()]


def differences(result: spc.Result, chart: Any) -> list[str]:
    """Return the series of the chart whose numbers are not those of the analysis, row for row, gaps included."""
    points = result.points
    wanted = {
        "Value": shown(result, points.value),
        words.centre_word(result): shown(result, points.centre),
        **{
            name: shown(result, getattr(points, role))
            for name, role in LEVELS.items()
            if getattr(points, role) is not None
        },
    }
    kept = {
        name: column
        for name, column in wanted.items()
        if name == "Value" or any(one is not None for one in column)
    }
    found = {re.sub(r" \(.*\)$", "", series.name): list(series.values) for series in chart.plots[0].series}
    if list(chart.plots[0].categories) != [result.series.period(row) for row in range(len(points))]:
        return ["periods"]
    return [name for name in (*kept, *(found.keys() - kept.keys())) if found.get(name) != kept.get(name)]


def broken(series: Any) -> list[int]:
    """Return the places a series is not joined to what came before."""
    return [
        int(point.find(qn("c:idx")).get("val"))
        for point in series._element.findall(qn("c:dPt"))
        if point.find(f"{qn('c:spPr')}/{qn('a:ln')}/{qn('a:noFill')}") is not None
    ]


def dotted(series: Any) -> list[int]:
    """Return the places a series is drawn in dots; -1 for all of it."""
    whole = series._element.find(f"{qn('c:spPr')}/{qn('a:ln')}/{qn('a:prstDash')}")
    if whole is not None and whole.get("val") == "sysDot":
        return [-1]
    return [
        int(point.find(qn("c:idx")).get("val"))
        for point in series._element.findall(qn("c:dPt"))
        if (dash := point.find(f"{qn('c:spPr')}/{qn('a:ln')}/{qn('a:prstDash')}")) is not None
        and dash.get("val") == "sysDot"
    ]


@pytest.mark.parametrize("result", [one for one in every_kind() if len(one.points)])
def test_the_slides_chart_has_the_numbers_of_the_analysis(result: spc.Result) -> None:
    chart = chart_of(made(result))
    assert chart.chart_type in {XL_CHART_TYPE.LINE_MARKERS, XL_CHART_TYPE.LINE}
    assert differences(result, chart) == []


def test_a_number_that_was_changed_would_be_noticed() -> None:
    result = waits("xmr")
    chart = chart_of(made(result))
    place = chart.plots[0].series[0]._element.findall(f".//{qn('c:val')}//{qn('c:pt')}/{qn('c:v')}")[3]
    place.text = str(float(place.text) + 0.1)
    assert differences(result, chart) == ["Value"]
    other = chart_of(made(waits("xmr", phases=[15])))
    assert {"Mean", "Upper limit", "Lower limit"} <= set(differences(result, other))


def test_the_chart_is_one_to_edit_and_not_a_picture() -> None:
    file = made(waits())
    shapes = list(page_of(file).shapes)
    assert [shape.shape_type for shape in shapes].count(MSO_SHAPE_TYPE.CHART) == 1
    assert not [shape for shape in shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    inside = zipfile.ZipFile(io.BytesIO(file)).namelist()
    assert "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx" in inside
    assert not [name for name in inside if name.endswith((".png", ".jpeg", ".svg", ".emf", ".bin"))]


def test_a_missing_value_is_an_empty_cell_and_a_gap() -> None:
    result = monthly(5, 6, None, 7, 5, 6)
    chart = chart_of(made(result))
    assert list(chart.plots[0].series[0].values) == [5, 6, None, 7, 5, 6]
    assert chart._chartSpace.find(f".//{qn('c:dispBlanksAs')}").get("val") == "gap"


def test_lines_break_where_a_phase_begins_and_nowhere_else() -> None:
    whole, phased = (chart_of(made(waits("xmr", phases=phases))) for phases in ([], [15]))
    for place, series in enumerate(phased.plots[0].series):
        expected = [] if series.name == "Target" else [15]
        assert [one for one in broken(series) if one] == expected, series.name
        assert [one for one in broken(whole.plots[0].series[place]) if one] == []


def test_trial_limits_are_dotted_and_said() -> None:
    trial, firm = monthly(*[5.0, 6, 7, 5, 6, 8]), waits("xmr")
    for result, expected in ((trial, [-1]), (firm, [])):
        chart = chart_of(made(result))
        limits = [series for series in chart.plots[0].series if "limit" in series.name]
        assert [dotted(series) for series in limits] == [expected, expected]
        assert all(("(trial)" in series.name) == bool(expected) for series in limits)
    some = waits("xmr", phases=[30])
    (upper,) = [one for one in chart_of(made(some)).plots[0].series if one.name == "Upper limit"]
    assert dotted(upper) == list(range(31, 36))
    assert broken(upper) == [30]


def test_special_points_have_shapes_letters_and_a_key() -> None:
    result = waits("xmr", excluded=[4])
    file = made(result)
    series = chart_of(file).plots[0].series[0]
    found = {
        int(point.find(qn("c:idx")).get("val")): point.find(f"{qn('c:marker')}/{qn('c:symbol')}").get("val")
        for point in series._element.findall(qn("c:dPt"))
    }
    shapes = {"improvement_high": "triangle", "concern_low": "square"}
    for row, (said, counts) in enumerate(zip(result.points.variation, result.points.included, strict=True)):
        wanted = shapes.get(said, "circle") if counts else "x"
        assert found.get(row, "circle") == wanted, row
    letters = {
        int(one.find(qn("c:idx")).get("val")): one.findtext(f".//{qn('a:t')}")
        for one in series._element.iter(qn("c:dLbl"))
    }
    all_said = ["", *result.points.variation]
    begins = [row for row in range(36) if all_said[row + 1] not in {"common", all_said[row]}]
    assert sorted(letters) == begins
    assert set(letters.values()) == {"H", "L"}
    (key,) = [shape for shape in page_of(file).shapes if shape.name.startswith("Key")]
    assert "▲ filled: special cause, improvement, high (H)" in key.text_frame.text
    assert "✕ left out of the limits" in key.text_frame.text


def test_the_words_are_the_verdicts_and_the_picture_text_stands_at_the_chart() -> None:
    result = waits()
    page = page_of(made(result))
    texts = {shape.name: shape.text_frame.text for shape in page.shapes if shape.has_text_frame}
    assert page.shapes.title.text_frame.text == "Seen within four hours"
    assert texts["What the chart says"] == words.caption(result)
    foot = texts["Key, method and source"]
    assert words.foot(result) in foot
    assert "Shorter waits · 3 March 2026" in foot
    (frame,) = [shape for shape in page.shapes if shape.has_chart]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == words.alt(
        result, "Seen within four hours", "%"
    )
    notes = page.notes_slide.notes_text_frame.text
    assert notes.startswith(words.alt(result, "Seen within four hours", "%"))
    assert all(one.words in notes for one in result.signals)
    for part in (result.verdict.how_sure, "March 2019 ", "PDSA 3: 1 October 2018, going on", "Influenza"):
        assert part in notes


def test_the_columns_are_called_as_in_the_table() -> None:
    result = waits()
    names = [one if isinstance(one, str) else one[0] for one in columns(result)]
    assert {one.name for one in chart_of(made(result)).plots[0].series} <= {*names, "Target"}


def test_a_funnel_is_a_chart_of_points_at_their_sizes() -> None:
    result = funnel()
    chart = chart_of(made(result))
    assert chart.chart_type in {XL_CHART_TYPE.XY_SCATTER_LINES, XL_CHART_TYPE.XY_SCATTER}
    points, size = result.points, result.points.denominator
    assert size is not None
    wanted = sorted((float(b), float(a) * 100) for a, b in zip(points.value, size, strict=True) if b)
    series = chart.plots[0].series[0]
    xs = [float(one.text) for one in series._element.findall(f"{qn('c:xVal')}//{qn('c:v')}")]
    ys = [float(one.text) for one in series._element.findall(f"{qn('c:yVal')}//{qn('c:v')}")]
    assert sorted(zip(xs, ys, strict=True)) == [pytest.approx(one) for one in wanted]


def people_in(file: bytes) -> list[str]:
    """Return what the file says of who made it or on what, beyond the neutral title."""
    inside = zipfile.ZipFile(io.BytesIO(file))
    said = []
    for name in inside.namelist():
        if name.endswith(".xlsx"):
            said += people_in(inside.read(name))
        elif name.endswith("core.xml"):
            text = inside.read(name).decode()
            said += [
                found[1]
                for found in re.findall(r"<(?:dc|cp):(creator|lastModifiedBy|description)>([^<]+)<", text)
            ]
        elif re.search(r"comment|person|custom|thumbnail|printer", name, re.IGNORECASE):
            said.append(name)
    return said


def test_the_file_names_nobody() -> None:
    file = made(waits())
    assert people_in(file) == []
    core = Presentation(io.BytesIO(file)).core_properties
    assert (core.author, core.last_modified_by, core.title) == ("", "", "A measure over time")
    planted = Presentation(io.BytesIO(file))
    planted.core_properties.last_modified_by = "Somebody"
    out = io.BytesIO()
    planted.save(out)
    assert people_in(out.getvalue()) == ["Somebody"]


def test_hostile_words_are_only_words_and_nothing_still_makes_a_slide() -> None:
    hostile = '"><script>&\x0b=1+1'
    page = page_of(made(waits("xmr"), title=hostile, project=hostile, unit=hostile))
    assert "<script>&" in page.shapes.title.text_frame.text
    assert list(chart_of(made(monthly())).plots[0].categories) == ["No numbers yet"]


def test_a_palette_changes_colours_only() -> None:
    usual, strong = (chart_of(made(waits("xmr"), palette=name)) for name in ("nhs", "contrast"))
    xml = [re.sub(r'val="[0-9A-F]{6}"', "", one._chartSpace.xml) for one in (usual, strong)]
    assert xml[0] == xml[1]
    assert usual._chartSpace.xml != strong._chartSpace.xml
