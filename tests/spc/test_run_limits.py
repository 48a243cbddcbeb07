"""Limits of run analysis: the joint distribution behind the boxes, the boxes as published, and what a chart makes of them."""

from dataclasses import replace
from itertools import groupby, product

import numpy as np
import pytest

import spc
from spc import boxes
from spc.boxes import Box, best_box, cut, joint
from spc.run_limits import RunLimits, number_of_runs_limits, run_limits, runs_of_chance

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


@pytest.mark.parametrize(("n", "crossings", "longest", "with_longest", "with_fewest"), PUBLISHED)
def test_boxes_are_those_published(
    n: int, crossings: int, longest: int, with_longest: int | None, with_fewest: int | None
) -> None:
    assert best_box(n) == Box(crossings, longest)
    assert cut(n) == (None if with_longest is None else Box(with_longest, with_fewest or 0))


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


@pytest.mark.parametrize("n", range(10, 101, 9))
def test_boxes_leave_steady_charts_alone_and_find_more_shifts_than_the_anhoej_limits_of_the_same_kind(
    n: int,
) -> None:
    box, corner = best_box(n), cut(n)
    steady, shifted = joint(n, 0.5), joint(n, boxes._SHIFTED)
    inside = np.zeros_like(steady, dtype=bool)
    inside[box.crossings :, : box.longest + 1] = True
    assert steady[inside].sum() >= 0.925
    better = [
        (crossings, longest)
        for crossings in range(n)
        for longest in range(2, min(n, 30) + 1)
        if steady[crossings:, : longest + 1].sum() >= 0.925
        and shifted[crossings:, : longest + 1].sum() < shifted[inside].sum() - 1e-12
    ]
    assert not better
    if corner is not None:
        inside[box.crossings, corner.longest + 1 :] = False
        inside[: corner.crossings, box.longest] = False
        assert steady[inside].sum() >= 0.925


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


def test_the_printed_table_of_runs_is_used_where_it_was_printed() -> None:
    printed = [number_of_runs_limits(n) for n in range(10, 61)]
    assert printed[0] == (3, 9)
    assert printed[-1] == (24, 38)
    apart = [
        abs(one - other)
        for n, pair in enumerate(printed, start=10)
        for one, other in zip(pair or (), runs_of_chance(n), strict=True)
    ]
    # The table agrees with the distribution it was made from to within one run.
    assert max(apart) == 1
    assert number_of_runs_limits(61) == runs_of_chance(61)
