"""Laws of lines: values moved, stretched or turned over take their lines with them and keep their signals."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import spc
from tests.spc.laws.columns import (
    LINES,
    REMEMBERING,
    VALUE_CHARTS,
    Row,
    charts,
    marks,
    on_a_line,
    profiles,
    rows_of,
    same,
    series_of,
)

MEASURED = [*VALUE_CHARTS, "xbar", "s", "r"]
# What these plot stays where it is when every value moves: steps, spreads, distances from the centre.
UNMOVED = ("mr", "s", "r", "cusum")
AT_LEAST_0 = ("p", "p_prime", "np", "funnel_p", "u", "u_prime", "funnel_u", "c", "g", "t", "mr", "r")
quick = settings(max_examples=150, deadline=None)
powers = st.integers(-20, 20).map(lambda power: 2.0**power)


def with_values(rows: list[Row], change: Any, *names: str) -> list[Row]:
    """The same rows with some of their numbers changed."""
    return [
        {name: change(entry) if name in names and entry is not None else entry for name, entry in row.items()}
        for row in rows
    ]


def lines_of(result: spc.Result) -> dict[str, np.ndarray]:
    return {name: getattr(result.points, name) for name in ("value", *LINES)}


def steady_marks(result: spc.Result) -> dict[str, list[int]]:
    """Marks that do not rest on ties between rounded numbers: a memory of points is rounded, so its steps may be."""
    found = marks(result)
    if result.chart not in REMEMBERING:
        return found
    return {rule: mark for rule, mark in found.items() if rule == "outside_limits"}


@quick
@given(chart=st.sampled_from(MEASURED), profile=profiles, by=st.integers(-1000, 1000), data=st.data())
def test_adding_a_number_moves_the_lines_by_it_and_no_signal(
    chart: str, profile: str, by: int, data: Any
) -> None:
    rows = data.draw(rows_of(chart))
    moved = with_values(rows, lambda value: value + by, "value")
    one, other = (spc.analyse(series_of(chart, each), chart, profile) for each in (rows, moved))
    for name, line in lines_of(one).items():
        expected = line + (0 if chart in UNMOVED else by)
        assert lines_of(other)[name] == pytest.approx(expected, nan_ok=True, abs=1e-7), name
    # Limits need not be binary fractions: a point on one may fall to either side of it after moving.
    assume(not on_a_line(one))
    if one.points.sums is not None:
        high, low = one.points.sums
        assume(not (np.abs(high + low) < 1e-9).any())
    assert steady_marks(one) == steady_marks(other)


@quick
@given(chart=st.sampled_from(MEASURED), profile=profiles, times=powers, data=st.data())
def test_values_stretched_by_a_power_of_two_stretch_the_lines_exactly(
    chart: str, profile: str, times: float, data: Any
) -> None:
    rows = data.draw(rows_of(chart))
    scaled = with_values(rows, lambda entry: entry * times, "value", "deviation", "spread")
    one, other = (spc.analyse(series_of(chart, each), chart, profile) for each in (rows, scaled))
    for name, line in lines_of(one).items():
        assert same(line * (1 if chart == "cusum" else times), lines_of(other)[name]), name
    assert marks(one) == marks(other)
    assert one.points.variation == other.points.variation


@quick
@given(
    chart=st.sampled_from(["u", "u_prime", "funnel_u"]),
    profile=profiles,
    power=st.integers(-5, 5),
    data=st.data(),
)
def test_opportunity_in_another_unit_gives_rates_in_that_unit(
    chart: str, profile: str, power: int, data: Any
) -> None:
    rows = data.draw(rows_of(chart))
    times = 4.0**power
    scaled = with_values(rows, lambda entry: entry * times, "denominator")
    one, other = (spc.analyse(series_of(chart, each), chart, profile) for each in (rows, scaled))
    for name, line in lines_of(one).items():
        assert same(line / times, lines_of(other)[name]), name
    assert marks(one) == marks(other)


@quick
@given(chart=charts, profile=profiles, times=powers, data=st.data())
def test_a_multiplier_stretches_what_is_drawn_and_changes_no_signal(
    chart: str, profile: str, times: float, data: Any
) -> None:
    series = series_of(chart, data.draw(rows_of(chart)))
    one, other = spc.analyse(series, chart, profile), spc.analyse(series, chart, profile, multiplier=times)
    for name, line in lines_of(one).items():
        assert same(line * times, lines_of(other)[name]), name
    assert marks(one) == marks(other)
    assert one.verdict.variation == other.verdict.variation


@quick
@given(chart=st.sampled_from([*VALUE_CHARTS, "xbar"]), profile=profiles, data=st.data())
def test_values_turned_over_turn_high_into_low(chart: str, profile: str, data: Any) -> None:
    rows = data.draw(rows_of(chart))
    turned = with_values(rows, lambda entry: -entry, "value")
    one, other = (spc.analyse(series_of(chart, each), chart, profile) for each in (rows, turned))
    if chart == "mr":
        assert marks(one) == marks(other)
        return
    for name, opposite in (
        ("centre", "centre"),
        ("lower", "upper"),
        ("upper", "lower"),
        ("lower_2s", "upper_2s"),
    ):
        assert same(-lines_of(one)[name], lines_of(other)[opposite]), name
    if one.points.sums is not None and other.points.sums is not None:
        # Of two sums equally far out the upper one is plotted, before turning and after.
        assert same(-one.points.sums[0], other.points.sums[1])
        assert same(-one.points.sums[1], other.points.sums[0])
        return
    assert same(-one.points.value, other.points.value)
    # NHSRplotthedots reads a tie between two trends as falling.
    left_out = ("trend",) if profile == "nhsr_plotthedots" else ()
    expected = {
        rule: [mark if mark == 2 else -mark for mark in found]
        for rule, found in marks(one).items()
        if rule not in left_out
    }
    assert expected == {rule: found for rule, found in marks(other).items() if rule not in left_out}


@quick
@given(chart=charts, profile=profiles, data=st.data())
def test_limits_stand_on_either_side_of_the_centre_and_inside_what_can_be(
    chart: str, profile: str, data: Any
) -> None:
    rows = data.draw(rows_of(chart))
    points = spc.analyse(series_of(chart, rows), chart, profile).points
    for lower, upper in ((points.lower, points.upper), (points.lower_2s, points.upper_2s)):
        there = ~np.isnan(lower)
        assert (lower[there] <= points.centre[there]).all()
        there = ~np.isnan(upper)
        assert (points.centre[there] <= upper[there]).all()
        inside = ~np.isnan(points.lower_2s) & ~np.isnan(points.lower)
        assert (points.lower[inside] <= points.lower_2s[inside]).all()
    top = {"p": 1.0, "p_prime": 1.0, "funnel_p": 1.0, "np": points.denominator}.get(chart)
    for line in (points.lower, points.lower_2s, points.centre, points.upper_2s, points.upper):
        there = ~np.isnan(line)
        if chart in AT_LEAST_0 or (chart == "s" and profile != "powerbi_spc"):
            assert (line[there] >= 0).all()
        if top is not None:
            assert (line[there] <= np.broadcast_to(top, len(line))[there]).all()


@quick
@given(
    chart=charts,
    profile=profiles,
    value=st.floats(0, 1e6),
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=40),
    data=st.data(),
)
def test_constant_data_never_signal(
    chart: str, profile: str, value: float, sizes: list[int], data: Any
) -> None:
    whole = data.draw(st.integers(1, 60))
    part = data.draw(st.integers(0, whole))
    needs = spc.CHARTS[chart].needs
    if needs == "subgroups":
        x = [row for row, size in enumerate(sizes) for _ in range(size)]
        series = spc.gather(x, [value] * len(x))
    elif needs in ("proportion", "rate"):
        tops, bottoms = [part * size for size in sizes], [whole * size for size in sizes]
        series = spc.Series(numerator=tops, denominator=bottoms)
    else:
        constant = {"outcome": float(value > 1), "count": float(whole)}.get(needs, value)
        assume(constant > 0 or chart != "t")
        weights = [whole * size for size in sizes] if chart == "i_prime" else None
        series = spc.Series(value=[constant] * len(sizes), denominator=weights)
    result = spc.analyse(series, chart, profile)
    # Nelson's rule 7 asks whether points are suspiciously close to the centre, and constant data are.
    assert {signal.rule for signal in result.signals} <= {"within_one_sigma"}
    assert set(result.points.variation) <= (
        {"common", "missing"} if profile != "qcc_nelson" else {"common", "missing", "neutral_low"}
    )


@quick
@given(
    chart=st.sampled_from(["xbar", "s", "r"]),
    profile=profiles,
    measured=st.lists(st.floats(0, 1e3), min_size=2, max_size=5),
    n=st.integers(1, 30),
)
def test_subgroups_that_are_all_alike_never_signal(
    chart: str, profile: str, measured: list[float], n: int
) -> None:
    x = [row for row in range(n) for _ in measured]
    result = spc.analyse(spc.gather(x, measured * n), chart, profile)
    assert {signal.rule for signal in result.signals} <= {"within_one_sigma"}


def test_twenty_tenths_are_no_run() -> None:
    result = spc.analyse(spc.Series(value=[0.1] * 20))
    assert result.points.centre[0] == 0.1
    assert result.signals == ()
    naive = spc.analyse(spc.Series(value=[0.1] * 20), centre=math.nextafter(0.1, 1))
    assert naive.signals != ()
