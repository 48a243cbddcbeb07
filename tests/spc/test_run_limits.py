"""Limits of run analysis: the joint distribution behind the boxes, the boxes as published, and what a chart makes of them."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, product

import numpy as np
import pytest

import spc
from spc import boxes
from spc import run_limits as limits_of_runs
from spc.boxes import Box, best_box, cut, joint
from spc.run_limits import (
    RunLimits,
    crossings_limit,
    longest_run_limit,
    number_of_runs_limits,
    run_limits,
    runs_of_chance,
)
from spc.signals import longest_run

# (points, fewest crossings, longest run, and of the cut corner: crossings with the longest run, run with the fewest crossings)
# Facts of the table in qicharts2 0.8 (R/crsignal.R), made for Anhøj & Wentzel-Larsen 2020, PLoS ONE 15:e0233920.
PUBLISHED = [
    (10, 2, 6, 3, 5),
    (12, 3, 6, None, None),
    (16, 5, 8, 6, 7),
    (24, 6, 7, 7, 6),
    (31, 11, 9, 14, 8),
    (36, 13, 9, 15, 8),
    (39, 15, 11, None, None),
    (60, 23, 9, None, None),
    (70, 29, 14, 30, 13),
    (83, 33, 10, 36, 7),
    (100, 41, 10, 42, 9),
]


# Of every column of that table, 10 to 100 points: its sum, and the sum of each entry times its number of points.
COLUMNS = [(1952, 135612), (868, 51142), (1612, 115648), (535, 33481)]
EVERY = range(10, 101)
ENOUGH = Fraction(925, 1000)


def row(n: int) -> tuple[int, int, int, int | None, int | None]:
    box, corner = boxes.best_box(n), boxes.cut(n)
    cut_off = (None, None) if corner is None else (corner.crossings, corner.longest)
    return (n, box.crossings, box.longest, *cut_off)


@lru_cache
def tosses(longest: int) -> list[list[int]]:
    """Count exactly, by the length of the last run, the series of n points with c crossings whose first side is given."""
    ways = [[0] * 101 for _ in range(101)]
    for n in range(1, 101):
        ways[n][0] = int(n <= longest)
        for last in range(1, min(longest, n - 1) + 1):
            for crossings in range(1, n):
                ways[n][crossings] += ways[n - last][crossings - 1]
    return ways


def share(n: int, crossings: int, longest: int) -> Fraction:
    """Share of steady charts with just so many crossings and a longest run of just so many points."""
    if crossings >= n or longest < 1:
        return Fraction(0)
    return Fraction(tosses(longest)[n][crossings] - tosses(longest - 1)[n][crossings], 1 << n - 1)


def left_alone(n: int, crossings: int, longest: int, corner: Box | None = None) -> Fraction:
    """Share of steady charts of which two limits and a cut corner say nothing."""
    inside = Fraction(sum(tosses(longest)[n][crossings:n]), 1 << n - 1)
    if corner is not None:
        inside -= sum(share(n, crossings, too_long) for too_long in range(corner.longest + 1, longest + 1))
        inside -= sum(share(n, too_few, longest) for too_few in range(crossings + 1, corner.crossings))
    return inside


def test_boxes_are_those_published() -> None:
    assert [row(n) for n, *_ in PUBLISHED] == PUBLISHED
    columns = zip(*(row(n)[1:] for n in EVERY), strict=True)
    weighed = [
        (
            sum(entry or 0 for entry in column),
            sum(n * (entry or 0) for n, entry in zip(EVERY, column, strict=True)),
        )
        for column in columns
    ]
    assert weighed == COLUMNS


@pytest.mark.parametrize(("name", "wrong"), [("_SPECIFICITY", 0.93), ("_SHIFTED", 0.8413447460685429)])
def test_boxes_for_another_aim_would_not_be_those_published(
    name: str, wrong: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cached in ("best_box", "cut", "_most_crossings"):
        monkeypatch.setattr(boxes, cached, getattr(boxes, cached).__wrapped__)
    assert [row(n) for n, *_ in PUBLISHED] == PUBLISHED
    monkeypatch.setattr(boxes, name, wrong)
    assert [row(n) for n, *_ in PUBLISHED] != PUBLISHED


@pytest.mark.parametrize("n", EVERY)
def test_counted_exactly_boxes_leave_steady_charts_alone_and_could_not_be_tighter(n: int) -> None:
    box, corner = best_box(n), cut(n)
    assert left_alone(n, box.crossings, box.longest) >= ENOUGH
    assert left_alone(n, box.crossings + 1, box.longest) < ENOUGH
    assert left_alone(n, box.crossings, box.longest - 1) < ENOUGH
    # Without a cut, already the corner cell would be too much.
    held = left_alone(n, box.crossings, box.longest, corner)
    if corner is None:
        assert held - share(n, box.crossings, box.longest) < ENOUGH
        return
    assert held >= ENOUGH
    for next_cell in ((corner.crossings, box.longest), (box.crossings, corner.longest)):
        assert not share(n, *next_cell) or held - share(n, *next_cell) < ENOUGH


def test_false_alarms_of_the_boxes_and_of_the_anhoej_limits_are_as_the_rule_says() -> None:
    anhoej = [1 - left_alone(n, crossings_limit(n) or 0, longest_run_limit(n) or 0) for n in EVERY]
    assert (round(100 * min(anhoej)), round(100 * max(anhoej))) == (4, 11)
    assert "speak on 4 to 11 of 100 steady charts, the boxes on 7.5 at most" in (longest_run.__doc__ or "")


@pytest.mark.parametrize("p", [0.5, 0.7881446014166034])
@pytest.mark.parametrize("n", [1, 2, 5, 11])
def test_the_distribution_is_that_of_every_sequence_written_out(n: int, p: float) -> None:
    expected = np.zeros((n, n + 1))
    for points in product((True, False), repeat=n):
        runs = [len(list(run)) for _, run in groupby(points)]
        expected[len(runs) - 1, max(runs)] += p ** sum(points) * (1 - p) ** (n - sum(points))
    assert np.allclose(joint(n, p), expected, rtol=0, atol=1e-15)


def test_a_planted_fault_in_the_distribution_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = boxes._ways.__wrapped__
    monkeypatch.setattr(boxes, "_ways", lambda n, longest: whole(n, max(longest - 1, 0)))
    boxes.crossings_with_runs_up_to.cache_clear()
    try:
        assert abs(joint(5, 0.5).sum() - 1) > 0.01
    finally:
        boxes.crossings_with_runs_up_to.cache_clear()


@pytest.mark.parametrize("n", [10, 17, 24, 36, 60, 100])
def test_no_other_box_that_leaves_steady_charts_alone_finds_more_shifts(n: int) -> None:
    box = best_box(n)
    steady, shifted = (joint(n, p)[::-1].cumsum(axis=0)[::-1].cumsum(axis=1) for p in (0.5, boxes._SHIFTED))
    assert steady[box.crossings, box.longest] >= 0.925
    missed = shifted[box.crossings, box.longest]
    assert not ((steady >= 0.925) & (shifted < missed - 1e-12)).any()
    assert ((steady >= 0.9) & (shifted < missed - 1e-12)).any()


@pytest.mark.parametrize(
    ("longest", "crossings", "long", "few"),
    [
        (8, 20, True, False),
        (7, 6, True, False),
        (7, 7, False, False),
        (6, 6, False, False),
        (6, 5, False, True),
    ],
)
def test_a_cut_corner_is_a_signal(longest: int, crossings: int, *, long: bool, few: bool) -> None:
    limits = run_limits(24, "cutbox")
    assert limits == RunLimits(7, 6, longest_with_fewest=6, crossings_with_longest=7)
    assert limits.too_long(longest, crossings) is long
    assert limits.too_few(crossings, longest) is (few or (longest, crossings) == (7, 6))


def test_outside_ten_to_a_hundred_points_the_anhoej_limits_serve() -> None:
    for n in (0, 1, 9, 101, 5000):
        assert run_limits(n, "bestbox") == run_limits(n, "cutbox") == run_limits(n)
    for n in (10, 100):
        box = best_box(n)
        assert run_limits(n, "bestbox") == RunLimits(box.longest, box.crossings)
        assert run_limits(n, "cutbox") != run_limits(n, "bestbox")


@pytest.mark.parametrize(
    ("runs", "speak"),
    [
        # 24 points: up to 8 in a row by Anhøj, up to 7 by the box.
        ([9] + [1] * 15, {"anhoej", "bestbox", "cutbox"}),
        ([8] + [1] * 16, {"bestbox", "cutbox"}),
        ([7] + [1] * 17, set()),
        # 31 points: a run of 9 is in the best box, and cut off it with fewer than 14 crossings; 8 is Anhøj's limit too.
        ([9] + [2] * 9 + [1] * 4, {"anhoej", "cutbox"}),
        ([9] + [2] * 8 + [1] * 6, {"anhoej"}),
    ],
)
def test_a_long_run_alone_is_a_signal_of_the_phase(runs: list[int], speak: set[str]) -> None:
    value = [1 + 2 * (place % 2) for place, length in enumerate(runs) for _ in range(length)]
    found = {}
    for method in ("anhoej", "bestbox", "cutbox"):
        profile = replace(spc.PROFILES["anhoej"], name="ours", run_limits=method)
        result = spc.analyse(spc.Series(value=value), chart="run", profile=profile, centre=2.0)
        found[method] = {signal.rule for signal in result.signals}
        assert result.phases[0].runs_signal is bool(found[method])
    assert found == {method: {"longest_run"} if method in speak else set() for method in found}


# Crosses 6 times with a longest run of 7 among 24 points: inside the best box, in the corner that the cut box cuts off.
CORNER = [1] * 7 + [3] * 4 + [1] * 3 + [3] * 4 + [1] * 2 + [3] * 3 + [1]


@pytest.mark.parametrize(
    ("method", "rules"),
    [("anhoej", {"crossings"}), ("bestbox", set()), ("cutbox", {"longest_run", "crossings"})],
)
def test_a_profile_chooses_its_limits_of_runs(method: str, rules: set[str]) -> None:
    profile = replace(spc.PROFILES["anhoej"], name="ours", run_limits=method)  # type: ignore[arg-type]  # one of three words
    result = spc.analyse(spc.Series(value=CORNER), chart="run", profile=profile, centre=2.0)
    phase = result.phases[0]
    assert (phase.n_useful, phase.longest_run, phase.crossings) == (24, 7, 6)
    assert {signal.rule for signal in result.signals} == rules
    assert phase.runs_signal is bool(rules)
    assert result.to_dict()["phases"][0]["runs_signal"] is bool(rules)
    expected = (8, 8) if method == "anhoej" else (7, 6)
    assert (phase.longest_run_limit, phase.crossings_limit) == expected
    if method == "cutbox":
        words = [signal.words for signal in result.signals if signal.rule == "crossings"]
        assert "6, the fewest expected by chance, together with a run of 7" in words[0]
        assert next(signal.points for signal in result.signals if signal.rule == "longest_run") == tuple(
            range(7)
        )
    assert spc.verify(spc.chart_file(result))


# The printed table where it is not what the distribution gives; at the other 34 lengths it is.
# Perla, Provost & Murray 2011, BMJ Qual Saf 20:46.
PRINTED = {
    11: (3, 10),
    12: (3, 11),
    17: (5, 13),
    20: (6, 16),
    22: (7, 17),
    23: (7, 17),
    25: (8, 18),
    29: (10, 20),
    32: (11, 23),
    35: (12, 24),
    37: (13, 25),
    41: (15, 27),
    43: (16, 28),
    53: (21, 34),
    55: (22, 35),
    57: (23, 36),
    59: (24, 38),
}


def apart() -> dict[int, tuple[int, int] | None]:
    return {n: number_of_runs_limits(n) for n in EVERY if number_of_runs_limits(n) != runs_of_chance(n)}


def test_the_printed_table_of_runs_is_used_where_it_was_printed() -> None:
    assert apart() == PRINTED
    # By one run on a side, never by more.
    assert {abs(a - b) for n in PRINTED for a, b in zip(PRINTED[n], runs_of_chance(n), strict=True)} == {0, 1}
    assert (number_of_runs_limits(9), number_of_runs_limits(61)) == (None, (24, 39))


@pytest.mark.parametrize("place", [0, 17, 50])
def test_a_slip_in_the_printed_table_would_be_seen(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    table = list(limits_of_runs._PRINTED)
    table[place] = (table[place][0] + 1, table[place][1])
    monkeypatch.setattr(limits_of_runs, "_PRINTED", tuple(table))
    number_of_runs_limits.cache_clear()
    try:
        assert apart() != PRINTED
    finally:
        number_of_runs_limits.cache_clear()


@pytest.mark.parametrize(
    ("runs", "signals"),
    [([6, 6], True), ([4, 4, 4], False), ([1] * 10 + [2], False), ([1] * 12, True), ([5, 4], False)],
)
def test_a_chart_is_read_by_the_printed_table(runs: list[int], *, signals: bool) -> None:
    value = [1 + 2 * (place % 2) for place, length in enumerate(runs) for _ in range(length)]
    result = spc.analyse(spc.Series(value=value), chart="run", profile="ihi_run", centre=2.0)
    assert any(signal.rule == "number_of_runs" for signal in result.signals) is signals
