"""Gathering raw rows, and the charts of subgroups."""

import math
import pickle

import numpy as np
import pytest

import spc

# Inside diameters of forged piston rings, the first five samples (Montgomery, Introduction to SQC, table 6.3).
RINGS = [
    [74.030, 74.002, 74.019, 73.992, 74.008],
    [73.995, 73.992, 74.001, 74.011, 74.004],
    [73.988, 74.024, 74.021, 74.005, 74.002],
    [74.002, 73.996, 73.993, 74.015, 74.009],
    [73.992, 74.007, 74.015, 73.989, 74.014],
]


def rings() -> spc.Series:
    x = [sample for sample, row in enumerate(RINGS) for _ in row]
    return spc.gather(x, [value for row in RINGS for value in row])


def test_rows_of_one_period_become_one_point() -> None:
    series = rings()
    assert series.value == pytest.approx([np.mean(row) for row in RINGS])
    assert series.deviation == pytest.approx([np.std(row, ddof=1) for row in RINGS])
    assert series.spread == pytest.approx([max(row) - min(row) for row in RINGS])
    assert series.size is not None
    assert series.size.tolist() == [5] * 5


def test_rows_are_put_in_order_and_missing_ones_passed_over() -> None:
    series = spc.gather([3, 1, 3, 1, 2], [4, 1, None, 3, None], how="sum")
    assert series.x == (1, 2, 3)
    assert series.value.tolist()[::2] == [4, 4]
    assert math.isnan(series.value[1])


def test_counts_and_chances_are_summed() -> None:
    series = spc.gather(["a", "b", "a"], numerator=[1, 2, 3], denominator=[10, 10, None], ordered=False)
    assert series.value.tolist() == [0.1, 0.2]


def test_gathering_refuses_what_does_not_fit() -> None:
    with pytest.raises(spc.LengthsDiffer):
        spc.gather([1, 2], [1, 2, 3])
    with pytest.raises(spc.NoValues):
        spc.gather([1, 2], numerator=[1, 2])


def test_xbar_limits_with_a3_of_five() -> None:
    points = spc.analyse(rings(), chart="xbar").points
    average = np.mean([np.std(row, ddof=1) for row in RINGS])
    assert points.upper[0] - points.centre[0] == pytest.approx(1.427 * average, rel=1e-3)


def test_s_limits_with_b4_of_five() -> None:
    points = spc.analyse(rings(), chart="s").points
    assert points.upper[0] == pytest.approx(2.089 * points.centre[0], rel=1e-3)
    assert points.lower[0] == 0


def test_r_limits_with_d4_of_five() -> None:
    points = spc.analyse(rings(), chart="r").points
    assert points.upper[0] == pytest.approx(2.114 * points.centre[0], rel=1e-3)
    assert points.value == pytest.approx([max(row) - min(row) for row in RINGS])


def test_a_subgroup_of_one_has_no_limits() -> None:
    series = spc.gather([1, 1, 2, 2, 3, 4, 4], [5, 6, 7, 8, 6, 5, 7])
    points = spc.analyse(series, chart="xbar").points
    assert np.isnan(points.upper).tolist() == [False, False, True, False]


def test_subgroup_charts_ask_for_subgroups() -> None:
    with pytest.raises(spc.NoValues) as refused:
        spc.analyse(spc.Series(value=[1, 2, 3]), chart="xbar")
    assert refused.value.field == "size"


def test_categories_are_judged_point_by_point_only() -> None:
    series = spc.Series(x=list("abcdefghij"), value=[5.0] * 9 + [6], ordered=False)
    result = spc.analyse(series, chart="run", centre=5.5)
    assert result.signals == ()
    assert spc.analyse(spc.Series(value=series.value), chart="run", centre=5.5).signals != ()


def test_i_prime_equals_xmr_where_all_denominators_are_equal() -> None:
    value = [5.0, 6, 4, 7, 5, 6, 8, 5]
    equal = spc.Series(value=value, denominator=[9] * 8)
    prime, plain = spc.analyse(equal, chart="i_prime").points, spc.analyse(spc.Series(value=value)).points
    assert prime.centre[0] == pytest.approx(plain.centre[0])
    # The square root of pi over two takes the place of the rounded 1.128.
    width = (prime.upper[0] - prime.centre[0]) / (plain.upper[0] - plain.centre[0])
    assert width == pytest.approx(3 * math.sqrt(math.pi) / 2 / 2.66, rel=1e-12)


def test_a_median_centre_is_not_moved_by_one_extreme_value() -> None:
    value = [5.0, 6, 5, 6, 5, 6, 5, 500]
    assert spc.analyse(spc.Series(value=value), chart="i_median").points.centre[0] == 5.5
    tight = spc.analyse(spc.Series(value=value), chart="i_median_range").points
    assert tight.upper[0] == pytest.approx(5.5 + 3 / 1.128)
    assert "outside_limits" in spc.analyse(spc.Series(value=value), chart="i_median_range").points.signals[-1]


def test_a_series_travels_to_another_process() -> None:
    again = pickle.loads(pickle.dumps(rings()))  # noqa: S301 - written two words earlier
    assert again.value.tolist() == rings().value.tolist()
    assert again.deviation is not None
