"""Drawings of charts that are not values over time: funnels, categories, sums, counts; and an organisation's own profile."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

import spc
from qiplatform.charts import Band, drawing, figure, figure_json
from qiplatform.charts.geometry import Geometry, geometry
from qiplatform.charts.shapes import SHAPES
from qiplatform.charts.words import alt, corner, factor, foot, unit_of
from tests.qiplatform.charts.examples import FLAGS, monthly, waits

SIZES = [800, 60, 300, 120, 0, 500, 90, 700, 250, 400, 150, 600, 1200]
EVENTS = [80, 6, 75, 12, 0, 50, 9, 20, 25, 40, 15, 60, 120]
OURS = replace(spc.PROFILES["mdc"], name="ours", title="Ours")


def funnel(chart: str = "funnel_p", **how: Any) -> spc.Result:
    names = [f"Unit {row}" for row in range(len(SIZES))]
    series = spc.Series(x=names, numerator=EVENTS, denominator=SIZES, ordered=False)
    return spc.analyse(series, chart=chart, direction="decrease", **how)


def drawn(result: spc.Result, shape: str = "wide", **how: Any) -> Geometry:
    return geometry(result, SHAPES[shape], title="Seen", unit=unit_of(result, ""), **how)


@pytest.mark.parametrize("chart", ["funnel_p", "funnel_u"])
@pytest.mark.parametrize("shape", list(SHAPES))
def test_a_funnel_has_points_at_their_sizes_and_lines_from_small_to_large(chart: str, shape: str) -> None:
    result = funnel(chart)
    found = drawn(result, shape)
    assert found.values == ()
    assert 'class="values"' not in drawing(result, title="Seen", size=shape)
    times = factor(result)
    points = result.points
    assert {(dot.row, dot.x, dot.y) for dot in found.dots} == {
        (row, SIZES[row], float(points.value[row]) * times) for row in range(len(SIZES)) if SIZES[row]
    }
    for role, column in (("upper", points.upper), ("lower", points.lower), ("centre", points.centre)):
        (path,) = getattr(found, role)
        assert list(path) == sorted(
            (size, float(level) * times) for size, level in zip(SIZES, column, strict=True) if size
        )
    assert all(found.x_range[0] <= at <= found.x_range[1] for at, _ in found.x_ticks)
    if found.x_ticks:
        assert (500.0, "500") in found.x_ticks


def test_each_unit_outside_has_its_letter() -> None:
    result = funnel()
    outside = {row for row, one in enumerate(result.points.variation) if one not in {"common", "missing"}}
    assert {dot.row for dot in drawn(result).dots if dot.letter} == outside == {2, 7}


def test_the_live_funnel_has_no_line_and_tells_each_unit_by_its_name() -> None:
    text = json.dumps(figure_json(funnel(), title="Seen"))
    assert '"values"' not in text
    assert text.index('"Unit 1"') < text.index('"Unit 6"') < text.index('"Unit 0"')


def test_a_funnel_speaks_of_units_and_of_no_latest() -> None:
    result = funnel()
    assert corner(result) == "Making Data Count · 12 units by size"
    assert foot(result) == "Making Data Count · Funnel plot of proportions · 12 units"
    said = alt(result, "Readmissions")
    assert said.startswith("Funnel plot of proportions of Readmissions, 12 units. ")
    assert "Latest" not in said
    assert figure(result, title="Readmissions").columns[0] == "Unit"


def test_a_funnel_of_one_unit_and_of_none_are_drawn() -> None:
    for sizes in ([10], [0], []):
        series = spc.Series(
            x=["Ash"][: len(sizes)], numerator=[0] * len(sizes), denominator=sizes, ordered=False
        )
        result = spc.analyse(series, chart="funnel_p")
        for shape in SHAPES:
            assert drawing(result, title="Seen", size=shape)


def test_categories_are_not_joined_and_periods_are() -> None:
    columns: dict[str, Any] = {"x": ["Ash", "Elm", "Oak"], "numerator": [5, 3, 7], "denominator": [10] * 3}
    apart, joined = (
        spc.analyse(spc.Series(**columns, ordered=ordered), chart="p") for ordered in (False, True)
    )
    assert drawn(apart).values == ()
    assert [len(path) for path in drawn(joined).values] == [3]
    assert foot(apart).endswith("3 units")
    assert foot(joined).endswith("since Ash")


def test_a_profile_of_ones_own_is_named_by_its_title() -> None:
    result = monthly(5, 6, 7, 5, 6, profile=OURS)
    assert corner(result) == "Ours · 5 points · trial limits"
    assert foot(result).startswith("Ours · XmR chart")
    assert "Ours" in drawing(result, title="Seen")
    assert "Ours" in json.dumps(figure_json(result, title="Seen"), ensure_ascii=False)
    assert figure(result, title="Seen").foot.startswith("Ours")


@pytest.mark.parametrize("chart", ["cusum", "bernoulli_cusum"])
def test_the_line_of_a_sum_is_not_called_mean(chart: str) -> None:
    result = monthly(0, 1, 0, 1, 1, 0, chart=chart)
    assert next(end.text for end in drawn(result).ends if end.role == "centre").startswith("Zero line 0.")
    assert "Zero line 0." in alt(result, "Seen")
    assert ("Zero line", "number") in figure(result, title="Seen").columns
    assert "Mean" in alt(monthly(0, 1, 0, 1), "Seen")


def test_counts_of_an_np_chart_are_no_percentages() -> None:
    series = spc.Series(numerator=[4, 6, 5, 7], denominator=[50] * 4)
    count, share = (spc.analyse(series, chart=chart) for chart in ("np", "p"))
    assert (factor(count), unit_of(count, "forms")) == (1, "forms")
    assert (factor(share), unit_of(share, "forms")) == (100, "%")
    assert [dot.y for dot in drawn(count).dots] == [4, 6, 5, 7]


@pytest.mark.parametrize(("times", "unit", "first"), [(1, "%", 8), (100, "%", 8), (1000, "per 1,000", 80)])
def test_a_proportion_that_was_scaled_is_not_scaled_again(times: float, unit: str, first: float) -> None:
    result = spc.analyse(
        spc.Series(numerator=[4, 6, 5, 7], denominator=[50] * 4), chart="p", multiplier=times
    )
    assert unit_of(result, "per 1,000") == unit
    assert drawn(result).dots[0].y == pytest.approx(first)


@pytest.mark.parametrize("shape", ["wide", "narrow", "small"])
@pytest.mark.parametrize("most", [1, 2, 3, 5, 8, 11, 12, 13, 14, 23, 110])
def test_ticks_of_counts_are_whole_numbers(most: int, shape: str) -> None:
    values = [0, most, *[most // 2] * 10]
    found = drawn(monthly(*values, chart="c"), shape)
    assert found.y_ticks
    assert all(at % 1 == 0 and "." not in text for at, text in found.y_ticks)
    halves = drawn(monthly(*[one / 8 for one in values]), shape)
    assert len(halves.y_ticks) > 1


def test_what_is_measured_may_have_parts_at_its_ticks() -> None:
    steps = {
        round(b - a, 9)
        for (a, _), (b, _) in pairwise(drawn(monthly(0.5, 12.5, 6.5, 7.5, 6.5, 7.5, 6.5, 7.5, 6.5)).y_ticks)
    }
    assert steps
    assert drawn(monthly(0.1, 0.4, 0.2, 0.3, 0.2)).y_ticks[0][1].count(".") == 1


BAND = Band(date(2024, 3, 1), date(2025, 12, 20), "PDSA 1")


@pytest.mark.parametrize("shape", ["wide", "narrow"])
@pytest.mark.parametrize("marks", [{}, {"bands": (BAND,)}, {"bands": (BAND,), "flags": FLAGS}])
@pytest.mark.parametrize("values", [[20, 22] * 11 + [21, 3], [20, 22] * 11 + [3, 39], [20, 22] * 11 + [39]])
def test_letters_have_room_inside_the_plot_and_beside_the_bands(
    values: list[float], marks: dict[str, Any], shape: str
) -> None:
    found = drawn(monthly(*values, baseline=20), shape, **marks)
    _, top, _, bottom = found.plot
    (low, high), letter = found.y_range, found.shape.font + found.shape.point
    per_pixel = (high - low) / (bottom - top)
    foot = (max((lane.row for lane in found.bands), default=-1) + 1) * (found.shape.band + 2)
    lettered = [dot for dot in found.dots if dot.letter]
    assert lettered
    for dot in lettered:
        below, above = (dot.y - low) / per_pixel - foot, (high - dot.y) / per_pixel
        assert (below if dot.letter == "L" else above) >= letter


def test_without_signals_no_room_is_left_for_letters() -> None:
    quiet, loud = drawn(monthly(*[20, 22] * 12)), drawn(waits("xmr"))
    assert not [dot for dot in quiet.dots if dot.letter]
    assert [dot for dot in loud.dots if dot.letter]
    lines = [y for path in (*quiet.upper, *quiet.lower, *quiet.values) for _, y in path]
    span = max(lines) - min(lines)
    assert quiet.y_range == pytest.approx((min(lines) - 0.06 * span, max(lines) + 0.06 * span))
