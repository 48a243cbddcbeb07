"""Each rule on the smallest series that shows it, and one point short of it."""

from collections.abc import Sequence

import numpy as np
import pytest

import spc
from spc.run_limits import _binomial_five_percent, crossings_limit, longest_run_limit, number_of_runs_limits

WAVE = [4.0, 6.0, 5.0, 4.5, 5.5, 6.0, 4.0, 5.0, 5.5, 4.5]


def marked(values: Sequence[float | None], rule: str, profile: str = "mdc", **asked: object) -> list[int]:
    result = spc.analyse(spc.Series(value=values), profile=profile, **asked)  # type: ignore[arg-type]
    return [row for row, names in enumerate(result.points.signals) if rule in names]


def test_shift_of_seven_marks_the_whole_pattern() -> None:
    assert marked([5, 7] * 5 + [8] * 7, "shift", centre=6.0) == list(range(9, 17))
    assert marked([5, 7] * 5 + [5] + [8] * 7, "shift", centre=6.0) == list(range(11, 18))


def test_six_points_are_no_shift() -> None:
    assert marked([5] + [8] * 6, "shift", centre=6.0) == []


def test_a_point_on_the_centre_line_breaks_a_shift() -> None:
    assert marked([8, 8, 8, 8, 6, 8, 8, 8], "shift", centre=6.0) == []


def test_a_missing_value_breaks_a_shift() -> None:
    assert marked([8, 8, 8, 8, None, 8, 8, 8], "shift", centre=6.0) == []


def test_an_excluded_point_is_passed_over() -> None:
    values: list[float | None] = [8, 8, 8, 8, 1, 8, 8, 8]
    assert marked(values, "shift", centre=6.0) == []
    assert marked(values, "shift", centre=6.0, excluded=[4]) == [0, 1, 2, 3, 5, 6, 7]


def test_trend_of_seven_rises_strictly() -> None:
    assert marked([1, 2, 3, 4, 5, 6, 7, 6.5], "trend") == list(range(7))
    assert marked([1, 2, 3, 3, 4, 5, 6, 7], "trend") == []
    assert marked([1, 2, 3, None, 4, 5, 6, 7, 8], "trend") == []


def test_the_apex_of_a_rise_and_a_fall_belongs_to_the_fall() -> None:
    values = [1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    result = spc.analyse(spc.Series(value=values), direction="increase", profile="nhsr_plotthedots")
    trend = dict(result.points.marks)["trend"]
    assert trend.tolist() == [1] * 6 + [-1] * 7
    rise, fall = [signal for signal in result.signals if signal.rule == "trend"]
    assert (rise.first, rise.last, fall.first, fall.last) == (0, 6, 6, 12)
    assert "7 points rising" in rise.words
    assert "7 points falling" in fall.words


def test_two_in_three_of_the_nhs_wants_the_third_on_the_same_side() -> None:
    base = [4.0, 6.0] * 10
    for third, expected in ((5.1, [20, 22]), (4.9, [])):
        values = [*base, 7.2, third, 7.2]
        assert marked(values, "two_in_three", baseline=20, centre=5.0) == []
        result = spc.analyse(
            spc.Series(value=[*base, 9.0, third, 9.0]), baseline=20, profile="nhsr_plotthedots"
        )
        found = [row for row, names in enumerate(result.points.signals) if "two_in_three" in names]
        assert found == expected


def test_a_point_on_a_limit_is_inside() -> None:
    values = [4.0, 6.0] * 10
    upper = float(spc.analyse(spc.Series(value=values), baseline=20).points.upper[0])
    assert marked([*values, upper], "outside_limits", baseline=20) == []
    assert marked([*values, np.nextafter(upper, 100)], "outside_limits", baseline=20) == [20]


def test_rules_do_not_cross_a_phase() -> None:
    values = [5, 7, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8, 5, 7]
    centre = [6.0] * 14
    assert marked(values, "shift", centre=centre) != []
    assert marked(values, "shift", centre=centre, phases=[8]) == []


@pytest.mark.parametrize(
    ("n", "longest", "crossings"), [(10, 6, 2), (20, 7, 6), (24, 8, 8), (36, 8, 13), (100, 10, 41)]
)
def test_limits_of_anhoej_and_olesen_2014(n: int, longest: int, crossings: int) -> None:
    assert (longest_run_limit(n), crossings_limit(n)) == (longest, crossings)


def test_long_series_agree_with_the_exact_crossings_limit() -> None:
    assert [_binomial_five_percent(n - 1) for n in (10, 24, 500)] == [
        crossings_limit(n) for n in (10, 24, 500)
    ]
    assert (crossings_limit(5000) or 0) > (crossings_limit(1000) or 0)


def test_points_on_the_median_neither_break_nor_lengthen_an_anhoej_run() -> None:
    values: list[float | None] = [1, 9, 1, 9, 1, 9, 8, 5, 8, 8, 8, 8, 8, 8]
    run = marked(values, "longest_run", "anhoej", chart="run", centre=5.0)
    assert run == [5, 6, 8, 9, 10, 11, 12, 13]


def test_few_crossings_are_a_statement_about_the_phase() -> None:
    values = [1.0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 11, 12, 11, 12, 11, 12, 11, 12, 11, 12]
    result = spc.analyse(spc.Series(value=values), chart="run", profile="anhoej", direction="decrease")
    few = next(signal for signal in result.signals if signal.rule == "crossings")
    assert (few.direction, few.points, few.first, few.last) == ("none", (), 0, 19)
    assert "1 where at least 6" in few.words
    assert result.verdict.variation == "concern_high"


def test_ihi_shift_of_six_passes_over_the_median() -> None:
    values: list[float | None] = [1, 9, 1, 8, 8, 5, 8, 8, 8, 8, 1]
    assert marked(values, "ihi_shift", "ihi_run", chart="run", centre=5.0) == [3, 4, 6, 7, 8, 9]
    assert marked([1, 9, 1, 8, 8, None, 8, 8, 8, 8, 1], "ihi_shift", "ihi_run", chart="run", centre=5.0) == []


def test_ihi_trend_of_five_passes_over_repeated_values() -> None:
    assert marked([9, 1, 2, 2, 3, 4, 5, 0], "ihi_trend", "ihi_run", chart="run") == [1, 2, 4, 5, 6]
    assert marked([9, 1, 2, 2, 3, 4, 0], "ihi_trend", "ihi_run", chart="run") == []
    assert marked([9, 1, 2, None, 3, 4, 5, 0], "ihi_trend", "ihi_run", chart="run") == []


def test_ihi_number_of_runs() -> None:
    assert number_of_runs_limits(10) == (3, 9)
    assert number_of_runs_limits(9) is None
    result = spc.analyse(spc.Series(value=[1, 9] * 10), chart="run", profile="ihi_run")
    many = next(signal for signal in result.signals if signal.rule == "number_of_runs")
    assert "20 where 6 to 16" in many.words


def test_an_astronomical_point_asks_to_be_looked_at() -> None:
    assert marked([*WAVE, 60], "astronomical", "ihi_run", chart="run") == [10]
    assert marked([*WAVE, 6.2], "astronomical", "ihi_run", chart="run") == []


def test_a_powerbi_pattern_bridges_a_missing_value() -> None:
    values: list[float | None] = [8, 8, 8, 8, None, 8, 8, 8]
    assert marked(values, "shift", "powerbi_spc", centre=6.0) == [0, 1, 2, 3, 5, 6, 7]


def test_improvement_wins_over_concern_in_the_mdc_profile() -> None:
    values = [50.0, 52, 51, 49, 48, 50, 51, 49, 50, 52, 70, 69, 68, 67, 66, 65, 64]
    series = spc.Series(value=values)
    by_improvement = spc.analyse(series, direction="increase", baseline=10)
    by_order = spc.analyse(series, direction="decrease", baseline=10)
    assert by_improvement.points.variation[-1] == "improvement_high"
    assert {"trend", "shift", "outside_limits"} <= set(by_order.points.signals[-1])
    assert by_order.points.variation[-1] == "improvement_low"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([9, 1, 1, 2, 3, 4, 5, 0], [1, 3, 4, 5, 6]),
        ([1, 1, 1, 2, 3, 4, 5], [0, 3, 4, 5, 6]),
        ([None, 1, 1, 2, 2, 3, 4, 5, 5], [1, 3, 5, 6, 7]),
        ([5, 5, None, 5, 5, 4, 3, 3, 2, 1], [3, 5, 6, 8, 9]),
        ([1, 1, 2, 3, 4, 0, 0], []),
    ],
)
def test_of_equal_values_the_first_belongs_to_a_trend_on_a_run_chart(
    values: list[float | None], found: list[int]
) -> None:
    result = spc.analyse(spc.Series(value=values), chart="run", profile="ihi_run")
    assert [row for row, names in enumerate(result.points.signals) if "ihi_trend" in names] == found
    signals = [signal for signal in result.signals if signal.rule == "ihi_trend"]
    assert [list(signal.points) for signal in signals] == ([found] if found else [])
    assert [(signal.first, signal.last) for signal in signals] == ([(found[0], found[-1])] if found else [])
