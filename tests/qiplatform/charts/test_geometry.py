"""Where everything stands: gaps, phases, steps, names of lines, bands and flags."""

from datetime import date
from itertools import pairwise

import pytest

import spc
from qiplatform.charts.geometry import Geometry, geometry
from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.scales import DAY, milliseconds
from qiplatform.charts.shapes import SHAPES
from tests.qiplatform.charts.examples import BANDS, FLAGS, every_kind, monthly, waits

WIDE = SHAPES["wide"]


def drawn(result: spc.Result, shape: str = "wide", **how: object) -> Geometry:
    return geometry(result, SHAPES[shape], title="Seen", unit="%", **how)  # type: ignore[arg-type]  # marks only


def test_a_missing_value_is_a_gap_and_not_a_zero() -> None:
    found = drawn(monthly(5, 6, None, 7, 8, 9))
    assert [[y for _, y in path] for path in found.values] == [[5, 6], [7, 8, 9]]
    assert [dot.row for dot in found.dots] == [0, 1, 3, 4, 5]


def test_a_month_that_is_not_in_the_series_is_a_gap_too() -> None:
    months = [date(2024, month, 1) for month in (1, 2, 3, 5, 6, 7)]
    result = spc.analyse(
        spc.Series(x=months, value=[1, 2, 3, 4, 5, 6]), chart="xmr", profile="mdc", direction="increase"
    )
    assert [len(path) for path in drawn(result).values] == [3, 3]


def test_months_of_28_and_31_days_are_neighbours() -> None:
    assert len(drawn(monthly(*range(24))).values) == 1


def test_days_without_a_rhythm_are_joined() -> None:
    days = [date(2024, 1, day) for day in (1, 2, 9, 10, 25, 31)]
    result = spc.analyse(
        spc.Series(x=days, value=[1, 2, 3, 4, 5, 6]), chart="xmr", profile="mdc", direction="increase"
    )
    assert [len(path) for path in drawn(result).values] == [6]


def test_lines_break_where_a_phase_begins() -> None:
    found = drawn(waits("xmr", phases=[15]))
    assert [len(path) for path in found.values] == [15, 21]
    assert len(found.centre) == len(found.upper) == len(found.lower) == 2
    first, second = found.centre
    assert first[-1][0] == second[0][0] or first[-1][0] < second[0][0] + 16 * DAY
    assert first[0][1] != second[0][1]


def test_constant_limits_are_one_line_and_varying_ones_are_steps() -> None:
    assert [len(path) for path in drawn(waits("xmr")).upper] == [2]
    (steps,) = drawn(waits("p")).upper
    assert len(steps) == 2 * 36
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(steps))


def test_the_numbers_drawn_are_those_of_the_analysis() -> None:
    result = waits("p")
    found = drawn(result)
    assert [dot.y for dot in found.dots] == [100 * one for one in result.points.value.tolist()]
    assert [dot.x for dot in found.dots] == [
        milliseconds(one) for one in result.series.x if isinstance(one, date)
    ]
    assert {y for path in found.lower for _, y in path} == {100 * one for one in result.points.lower.tolist()}


@pytest.mark.parametrize("shape", ["wide", "narrow", "small"])
@pytest.mark.parametrize("result", every_kind())
def test_names_of_lines_never_touch_and_stay_in_order(result: spc.Result, shape: str) -> None:
    found = drawn(result, shape)
    tall = found.shape.height - found.shape.top - found.shape.bottom
    per_pixel = (found.y_range[1] - found.y_range[0]) / tall
    assert [end.y for end in found.ends] == sorted((end.y for end in found.ends), reverse=True)
    for above, below in pairwise(found.ends):
        assert above.at - below.at >= found.shape.font * per_pixel * 1.1


@pytest.mark.parametrize("result", every_kind())
def test_everything_lies_inside_the_plot(result: spc.Result) -> None:
    found = drawn(result, bands=BANDS, flags=FLAGS)
    (x0, x1), (y0, y1) = found.x_range, found.y_range
    assert x0 < x1
    assert y0 < y1
    for path in (*found.values, *found.centre, *found.upper, *found.lower, *found.target):
        for x, y in path:
            assert x0 <= x <= x1
            assert y0 <= y <= y1
    assert all(x0 <= at <= x1 for at, _ in found.x_ticks)
    assert all(y0 <= at <= y1 for at, _ in found.y_ticks)


def test_bands_that_overlap_stand_in_rows_and_those_that_do_not_share_one() -> None:
    found = drawn(waits("xmr"), bands=BANDS)
    assert [(lane.label, lane.row) for lane in found.bands] == [("PDSA 1", 0), ("PDSA 2", 1), ("PDSA 3", 0)]


def test_the_last_day_belongs_to_a_band_and_an_open_one_reaches_the_end() -> None:
    found = drawn(waits("xmr"), bands=BANDS)
    assert found.bands[0].x1 == milliseconds(date(2016, 11, 21))
    assert found.bands[2].open
    assert found.bands[2].x1 == found.x_range[1]


def test_marks_outside_the_chart_are_left_out() -> None:
    outside = (Band(date(2001, 1, 1), date(2001, 2, 1), "PDSA 0"), Band(date(2031, 1, 1), None, "PDSA 9"))
    found = drawn(waits("xmr"), bands=outside, flags=(Flag(date(2001, 1, 1), 1, "Long ago"),))
    assert found.bands == ()
    assert found.flags == ()


def test_flags_close_to_each_other_stand_above_each_other() -> None:
    close = (Flag(date(2017, 1, 10), 1, "a"), Flag(date(2017, 1, 20), 2, "b"), Flag(date(2018, 1, 1), 3, "c"))
    assert [lane.row for lane in drawn(waits("xmr"), flags=close).flags] == [0, 1, 0]


def test_bands_make_room_below_the_points() -> None:
    bare, banded = drawn(waits("xmr")), drawn(waits("xmr"), bands=BANDS)
    assert banded.y_range[0] < bare.y_range[0]
    assert banded.y_range[1] == bare.y_range[1]


def test_a_letter_stands_at_the_first_point_of_each_signal_only() -> None:
    result = waits("xmr")
    said = ["", *result.points.variation]
    begins = [row for row in range(36) if said[row + 1] != "common" and said[row + 1] != said[row]]
    lettered = [dot for dot in drawn(result).dots if dot.letter]
    assert begins
    assert [dot.row for dot in lettered] == begins
    assert all(dot.letter == {"high": "H", "low": "L"}[dot.side] for dot in lettered)


def test_a_spark_shows_the_latest_twelve_points() -> None:
    found = drawn(waits("xmr"), "spark")
    assert [dot.row for dot in found.dots] == list(range(24, 36))
    assert found.ends == ()
    assert found.x_ticks == found.y_ticks == ()


def test_percent_ticks_never_pass_a_hundred() -> None:
    found = drawn(monthly(97, 98, 99, 100, 100, 99, 98))
    assert max(at for at, _ in found.y_ticks) == 100
    assert found.y_ticks[-1][1] == "100%"
