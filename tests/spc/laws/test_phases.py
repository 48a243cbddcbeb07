"""Laws of phases: each is a chart of its own, later points leave it alone, and what does not count changes nothing."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import spc
from tests.spc.laws.columns import (
    LINES,
    charts,
    excluding,
    marks,
    missing_row,
    profiles,
    row_of,
    rows_of,
    same,
    series_of,
)

quick = settings(max_examples=150, deadline=None)
# A weighted chart of single values takes its steps, a moving range chart its ranges, from the whole phase, whatever stands
# behind the limits; so says the documentation of both.
WHOLE_PHASE = ("i_prime", "mr")
# These rules compare with what chance explains for as many points as there are, or with the quartiles of them all.
BY_NUMBER = ("longest_run", "crossings", "number_of_runs", "astronomical")
REACH = {"two_in_three": 3, "four_in_five": 5}


@quick
@given(chart=charts, profile=profiles, baseline=st.none() | st.integers(1, 40), data=st.data())
def test_phases_are_charts_of_their_own(chart: str, profile: str, baseline: int | None, data: Any) -> None:
    rows = data.draw(rows_of(chart, least=2))
    n = len(rows)
    cut = data.draw(st.integers(1, n - 1))
    excluded = data.draw(excluding(chart, n))
    whole = spc.analyse(
        series_of(chart, rows), chart, profile, phases=[cut], baseline=baseline, excluded=excluded
    )
    parts = [
        spc.analyse(
            series_of(chart, rows[first:stop]),
            chart,
            profile,
            baseline=baseline,
            excluded=[row - first for row in excluded if first <= row < stop],
        )
        for first, stop in ((0, cut), (cut, n))
    ]
    for name in ("value", *LINES, "direction", "included"):
        joined = np.concatenate([getattr(part.points, name) for part in parts])
        assert same(getattr(whole.points, name), joined), name
    assert whole.points.signals == parts[0].points.signals + parts[1].points.signals
    together = [
        (signal.rule, signal.direction, signal.first + start, signal.last + start, number)
        for number, (start, part) in enumerate(zip((0, cut), parts, strict=True))
        for signal in part.signals
    ]
    assert together == [
        (signal.rule, signal.direction, signal.first, signal.last, signal.phase) for signal in whole.signals
    ]


@quick
@given(chart=charts, profile=profiles, data=st.data())
def test_a_later_point_leaves_a_frozen_baseline_and_the_marks_before_it_alone(
    chart: str, profile: str, data: Any
) -> None:
    # With subgroups of several sizes the way to estimate their spread depends on all of them.
    sizes = (2,)
    # Where missing rows are taken out altogether, a baseline that is not yet full takes the next point that comes.
    gaps = spc.PROFILES[profile].missing != "bridge"
    rows = data.draw(rows_of(chart, least=1, gaps=gaps, sizes=sizes))
    n = len(rows)
    frozen = data.draw(st.integers(1, n))
    more = data.draw(row_of(chart, sizes))
    one, other = (
        spc.analyse(series_of(chart, each), chart, profile, baseline=frozen) for each in (rows, [*rows, more])
    )
    lines = ("value", "centre") if chart in WHOLE_PHASE[:1] else ("value", *LINES)
    for name in lines:
        assert same(getattr(one.points, name), getattr(other.points, name)[:-1]), name
    if chart in WHOLE_PHASE[:1]:
        return
    before, after = marks(one), marks(other)
    for rule in (before.keys() | after.keys()) - {*BY_NUMBER}:
        old, new = before.get(rule, [0] * n), after.get(rule, [0] * n)[:n]
        changed = [row for row in range(n) if old[row] != new[row]]
        if not changed:
            continue
        reaches = [s.first for s in other.signals if s.rule == rule and s.last == n]
        reach = min([n + 1 - REACH.get(rule, 1), *reaches])
        assert min(changed) >= reach, rule


@quick
@given(chart=charts, profile=profiles, data=st.data())
def test_a_later_point_never_touches_an_earlier_phase(chart: str, profile: str, data: Any) -> None:
    rows = data.draw(rows_of(chart, least=2))
    cut = data.draw(st.integers(1, len(rows) - 1))
    more = data.draw(row_of(chart))
    one, other = (
        spc.analyse(series_of(chart, each), chart, profile, phases=[cut]) for each in (rows, [*rows, more])
    )
    for name in ("value", *LINES, "direction"):
        assert same(getattr(one.points, name)[:cut], getattr(other.points, name)[:cut]), name
    assert one.points.signals[:cut] == other.points.signals[:cut]
    # Only "since March" may become "March to May".
    before, after = (
        [replace(signal, words="") for signal in each.signals if signal.last < cut] for each in (one, other)
    )
    assert before == after
    assert one.phases[0] == other.phases[0]


@quick
@given(chart=charts.filter(lambda name: name not in WHOLE_PHASE), profile=profiles, data=st.data())
def test_what_an_excluded_point_says_changes_no_other(chart: str, profile: str, data: Any) -> None:
    gaps = spc.PROFILES[profile].missing != "bridge"
    rows = data.draw(rows_of(chart, least=1, gaps=gaps, sizes=(2,)))
    n = len(rows)
    excluded = data.draw(excluding(chart, n))
    baseline = data.draw(st.none() | st.integers(1, n))
    changed = [data.draw(row_of(chart, (2,))) if row in excluded else rows[row] for row in range(n)]
    one, other = (
        spc.analyse(series_of(chart, each), chart, profile, excluded=excluded, baseline=baseline)
        for each in (rows, changed)
    )
    others = [row for row in range(n) if row not in excluded]
    for name in ("value", *LINES, "direction"):
        assert same(getattr(one.points, name)[others], getattr(other.points, name)[others]), name
    for row in others:
        assert one.points.signals[row] == other.points.signals[row]


@quick
@given(chart=charts, profile=profiles, front=st.integers(0, 3), after=st.integers(0, 3), data=st.data())
def test_missing_values_at_the_ends_change_nothing(
    chart: str, profile: str, front: int, after: int, data: Any
) -> None:
    rows = data.draw(rows_of(chart))
    n = len(rows)
    # A window of three that may hold anything beside its two far points is full with a gap at its start.
    if any(use.third == "free" for use in spc.PROFILES[profile].rules):
        front = 0
    gap = [missing_row(chart)]
    padded = [*gap * front, *rows, *gap * after]
    one, other = (spc.analyse(series_of(chart, each), chart, profile) for each in (rows, padded))
    inside = slice(front, front + n)
    for name in ("value", *LINES, "direction"):
        assert same(getattr(one.points, name), getattr(other.points, name)[inside]), name
    assert one.points.signals == other.points.signals[inside]
    assert set(other.points.variation[:front] + other.points.variation[front + n :]) <= {"missing"}
    assert len(one.signals) == len(other.signals)
    # Some tools read the last row, and a gap says nothing.
    if one.conventions.reads != "last_row":
        assert one.verdict.variation == other.verdict.variation
