"""Laws that hold for every series: shift, scale, order, frozen phases, constant data, hostile numbers, a plain loop."""

import json
import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import spc

numbers = st.integers(-50, 50).map(float)
series = st.lists(st.none() | numbers, min_size=0, max_size=40)
hostile = st.none() | st.sampled_from(
    [0.0, -0.0, 1e308, -1e308, 5e-324, -5e-324, 1.7976931348623157e308, 1.0, math.nan]
)
quick = settings(max_examples=150, deadline=None)


def marks(result: spc.Result) -> dict[str, list[int]]:
    return {rule: mark.tolist() for rule, mark in result.points.marks}


@quick
@given(values=series, by=st.integers(-1000, 1000))
def test_shifting_every_value_shifts_the_lines_and_moves_no_signal(
    values: list[float | None], by: int
) -> None:
    moved = [None if value is None else value + by for value in values]
    one, other = spc.analyse(spc.Series(value=values)), spc.analyse(spc.Series(value=moved))
    assert other.points.upper == pytest.approx(one.points.upper + by, nan_ok=True)
    # Ties with a mean that is no binary fraction may fall either way after shifting; trends never do.
    assert marks(one).get("trend") == marks(other).get("trend")


@quick
@given(values=series, power=st.integers(-20, 20), profile=st.sampled_from(list(spc.PROFILES)))
def test_scaling_by_a_power_of_two_changes_no_signal(
    values: list[float | None], power: int, profile: str
) -> None:
    scaled = [None if value is None else value * 2.0**power for value in values]
    one = spc.analyse(spc.Series(value=values), profile=profile)
    other = spc.analyse(spc.Series(value=scaled), profile=profile)
    assert marks(one) == marks(other)
    assert other.points.upper == pytest.approx(one.points.upper * 2.0**power, nan_ok=True)


@quick
@given(values=series, chart=st.sampled_from(["run", "xmr"]))
def test_turning_the_values_over_turns_high_into_low(values: list[float | None], chart: str) -> None:
    turned = [None if value is None else -value for value in values]
    one = spc.analyse(spc.Series(value=values), chart=chart)
    other = spc.analyse(spc.Series(value=turned), chart=chart)
    assert {rule: [-mark for mark in found] for rule, found in marks(one).items()} == marks(other)


@quick
@given(values=series)
def test_reading_backwards_finds_the_same_shifts(values: list[float | None]) -> None:
    one = spc.analyse(spc.Series(value=values))
    other = spc.analyse(spc.Series(value=values[::-1]))
    assert one.points.centre == pytest.approx(other.points.centre[::-1], nan_ok=True)
    assert marks(one).get("shift", [])[::-1] == marks(other).get("shift", [])


@quick
@given(values=st.lists(numbers, min_size=4, max_size=40), later=numbers)
def test_appending_a_point_never_changes_a_frozen_phase(values: list[float], later: float) -> None:
    baseline = len(values)
    one = spc.analyse(spc.Series(value=values), baseline=baseline)
    other = spc.analyse(spc.Series(value=[*values, later]), baseline=baseline)
    for line in ("centre", "lower", "upper", "lower_2s", "upper_2s"):
        before, after = getattr(one.points, line), getattr(other.points, line)[:-1]
        assert np.array_equal(before, after, equal_nan=True)


@quick
@given(values=st.lists(st.none() | numbers, min_size=2, max_size=40), data=st.data())
def test_phases_are_charts_of_their_own(values: list[float | None], data: Any) -> None:
    cut = data.draw(st.integers(1, len(values) - 1))
    whole = spc.analyse(spc.Series(value=values), phases=[cut])
    parts = [spc.analyse(spc.Series(value=values[:cut])), spc.analyse(spc.Series(value=values[cut:]))]
    joined = np.concatenate([part.points.upper for part in parts])
    assert np.array_equal(whole.points.upper, joined, equal_nan=True)
    assert whole.points.direction.tolist() == [
        sign for part in parts for sign in part.points.direction.tolist()
    ]


@quick
@given(
    value=st.floats(allow_nan=False, allow_infinity=False, min_value=0, max_value=1e300),
    n=st.integers(3, 60),
    # Nelson's rule 7 (qcc) asks whether points are suspiciously close to the centre: constant data are.
    profile=st.sampled_from([name for name in spc.PROFILES if name != "qcc_nelson"]),
    chart=st.sampled_from(["run", "xmr", "mr", "c", "g"]),
)
def test_constant_data_never_signal(value: float, n: int, profile: str, chart: str) -> None:
    result = spc.analyse(spc.Series(value=[value] * n), chart=chart, profile=profile)
    assert result.signals == ()
    assert set(result.points.variation) <= {"common", "missing"}


@quick
@given(
    counts=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=40),
    chart=st.sampled_from(["p", "p_prime"]),
)
def test_limits_of_proportions_stay_between_0_and_1(counts: list[tuple[int, int]], chart: str) -> None:
    pairs = [(min(pair), max(pair)) for pair in counts]
    result = spc.analyse(
        spc.Series(numerator=[top for top, _ in pairs], denominator=[bottom for _, bottom in pairs]),
        chart=chart,
    )
    for line in (result.points.lower, result.points.upper, result.points.centre):
        there = line[~np.isnan(line)]
        assert ((there >= 0) & (there <= 1)).all()


@settings(max_examples=300, deadline=None)
@given(
    values=st.lists(hostile, max_size=20),
    chart=st.sampled_from(list(spc.CHARTS)),
    profile=st.sampled_from(list(spc.PROFILES)),
    denominators=st.lists(st.sampled_from([0.0, 1.0, 5e-324, 1e308, None]), min_size=20, max_size=20),
    multiplier=st.sampled_from([1.0, 100.0, 1e300]),
)
def test_hostile_numbers_give_a_value_or_a_typed_reason(
    values: list[float | None],
    chart: str,
    profile: str,
    denominators: list[float | None],
    multiplier: float,
) -> None:
    try:
        if spc.CHARTS[chart].needs == "subgroups":
            column = spc.gather([row // 3 for row in range(len(values))], values)
        elif spc.CHARTS[chart].needs in ("proportion", "rate"):
            column = spc.Series(numerator=values, denominator=denominators[: len(values)])
        else:
            column = spc.Series(value=values)
        result = spc.analyse(
            column, chart=chart, profile=profile, target=1e308, direction="increase", multiplier=multiplier
        )
    except spc.SpcError:
        return
    json.dumps(result.to_dict(), allow_nan=False)
    assert result.verdict.words


def plain_shift(side: list[int], n: int) -> list[int]:
    found = [0] * len(side)
    for start in range(len(side) - n + 1):
        window = side[start : start + n]
        if window[0] and all(sign == window[0] for sign in window):
            found[start : start + n] = window
    return found


def plain_trend(values: list[float], n: int) -> list[int]:
    found = [0] * len(values)
    for start in range(len(values) - n + 1):
        window = values[start : start + n]
        steps = [b - a for a, b in pairwise(window)]
        for sign in (1, -1):
            if all(step * sign > 0 for step in steps):
                found[start : start + n] = [sign] * n
    return found


def plain_two_in_three(points: spc.Points) -> list[int]:
    rows = range(len(points))
    side = np.sign(np.nan_to_num(points.value - points.centre)).tolist()
    found = [0] * len(points)
    for sign, line, limit in ((1, points.upper_2s, points.upper), (-1, points.lower_2s, points.lower)):
        close = [
            bool(
                sign * (points.value[row] - line[row]) > 0 and not sign * (points.value[row] - limit[row]) > 0
            )
            for row in rows
        ]
        for start in range(len(points) - 2):
            window = range(start, start + 3)
            if all(side[row] == sign for row in window) and sum(close[row] for row in window) >= 2:
                for row in window:
                    found[row] = sign if close[row] else found[row]
    return found


@settings(max_examples=400, deadline=None)
@given(values=st.lists(st.none() | st.integers(0, 6).map(float), min_size=1, max_size=60))
def test_vectorised_rules_equal_a_plain_loop(values: list[float | None]) -> None:
    result = spc.analyse(spc.Series(value=values))
    points, found = result.points, marks(result)
    nothing = [0] * len(points)
    side = [int(sign) for sign in np.sign(np.nan_to_num(points.value - points.centre)).tolist()]
    assert found.get("shift", nothing) == plain_shift(side, 7)
    assert found.get("trend", nothing) == plain_trend(points.value.tolist(), 7)
    assert found.get("two_in_three", nothing) == plain_two_in_three(points)
    outside = [
        int(value > up) - int(value < low)
        for value, low, up in zip(points.value, points.lower, points.upper, strict=True)
    ]
    assert found.get("outside_limits", nothing) == outside


def test_twenty_tenths_are_no_run() -> None:
    result = spc.analyse(spc.Series(value=[0.1] * 20))
    assert result.points.centre[0] == 0.1
    assert result.signals == ()
    naive = spc.analyse(
        spc.Series(value=[0.1] * 20), centre=float(np.add.reduce([0.1] * 20, dtype=float) / 20.000000001)
    )
    assert naive.signals != ()
