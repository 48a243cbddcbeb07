"""Vectorised rules mark what a plain loop marks: every rule, every use of it in every profile."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import spc
from spc.charts.limits import Limits
from spc.profiles import Use
from spc.signals.found import Found, View
from tests.spc.laws import plain_rules
from tests.spc.laws.columns import charts, excluding, profiles, rows_of, series_of
from tests.spc.laws.plain_rules import POINTS, Marks, Reading

USES = sorted(
    {
        use
        for profile in spc.PROFILES.values()
        for uses in (profile.rules, *(own for _, own in profile.chart_rules))
        for use in uses
    },
    key=repr,
)
# The forms a profile of one's own may choose, beside those the built-in profiles use. Marking points beyond a line where
# a window may hold points beyond both is left out: windows of opposite directions then share points.
FORMS = [
    Use(rule, n, third=third, beyond_counts=counts, mark=mark)
    for rule, n in (("two_in_three", 3), ("four_in_five", 5))
    for third in ("same_side", "cancels", "free")
    for counts in (True, False)
    for mark in ("pattern", "beyond", "completing")
    if (third, mark) != ("free", "beyond")
]
LENGTHS = [
    Use(rule, n, mark=mark)
    for rule, n in (
        ("shift", 3),
        ("trend", 3),
        ("alternating", 4),
        ("within_one_sigma", 4),
        ("outside_one_sigma", 3),
        ("ihi_shift", 3),
        ("ihi_trend", 3),
    )
    for mark in ("pattern", "completing")
    if mark == "pattern" or not rule.startswith("ihi")
]
gaps = st.sampled_from([math.nan, *[float(entry) for entry in range(-4, 5)], *[0.0, 1.0, -1.0, 2.0, -2.0]])


def paper(view: View) -> Reading:
    """Write a view on paper."""
    inner = [np.broadcast_to(line, len(view.value)).tolist() for line in view.line(1)]
    return Reading(
        view.value.tolist(),
        view.centre.tolist(),
        {1: inner[0], 2: view.lower_2s.tolist(), 3: view.lower.tolist()},
        {1: inner[1], 2: view.upper_2s.tolist(), 3: view.upper.tolist()},
        closed=view.limits.closed,
    )


def first_of_equals(reading: Reading, marks: Marks) -> Marks:
    """Move each mark to the first of its equal neighbours: which of them a trend begins at is not in question."""
    moved = [0] * len(marks)
    for row, mark in enumerate(marks):
        first = row
        while first and reading.value[first - 1] == reading.value[row]:
            first -= 1
        moved[first] = mark or moved[first]
    return moved


def assert_same(view: View, use: Use, found: Found) -> None:
    reading = paper(view)
    if use.rule in plain_rules.PHASES:
        assert bool(found) == plain_rules.PHASES[use.rule](reading, use)
        assert not found.mark.any()
        return
    marks, expected = found.mark.tolist(), POINTS[use.rule](reading, use)
    if use.rule == "ihi_trend":
        marks, expected = first_of_equals(reading, marks), first_of_equals(reading, expected)
    assert marks == expected
    assert bool(found) == any(expected)
    for first, last in zip(found.first.tolist(), found.last.tolist(), strict=True):
        assert any(expected[first : last + 1]), "a pattern holds a marked point"


def view_of(values: list[float], wide: list[bool]) -> View:
    """Integer values about 0 with a sigma of 1 or 2: points lie on every line."""
    value = np.array(values)
    sigma = np.where(np.array(wide), 2.0, 1.0) if any(wide) else np.ones(len(values))
    side = (value > 0).astype(np.int8) - (value < 0).astype(np.int8)
    limits = Limits(np.zeros(len(values)), sigma=sigma)
    return View(value, np.zeros(len(values)), *limits.at(3), *limits.at(2), side, limits)  # type: ignore[arg-type]


def test_every_rule_has_a_plain_form() -> None:
    assert {*POINTS, *plain_rules.PHASES} == {*spc.RULES}
    assert {use.rule for use in USES} == {*spc.RULES}


@pytest.mark.parametrize("use", [*USES, *FORMS, *LENGTHS], ids=repr)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_rule_marks_what_a_plain_loop_marks(use: Use, data: Any) -> None:
    values = data.draw(st.lists(gaps, max_size=40))
    if use.n > 5 and data.draw(st.booleans()):
        # Long patterns are rare by chance: one is put in.
        start = data.draw(st.integers(0, len(values)))
        pattern = {
            "trend": [float(step) for step in range(-4, use.n - 3)],
            "ihi_trend": [float(step) for step in range(-4, use.n - 3)],
            "alternating": [1.0, -1.0] * use.n,
            "outside_one_sigma": [3.0, -3.0] * use.n,
        }.get(use.rule, [1.0] * (use.n + 1))
        values[start:start] = pattern
    wide = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    view = view_of(values, wide)
    assert_same(view, use, spc.RULES[use.rule].find(view, use))


@settings(max_examples=250, deadline=None)
@given(chart=charts, profile=profiles, data=st.data())
def test_a_chart_carries_the_marks_of_the_plain_loops(chart: str, profile: str, data: Any) -> None:
    rows = data.draw(rows_of(chart))
    n = len(rows)
    cut = data.draw(st.none() | st.integers(1, n - 1)) if n > 1 else None
    excluded = data.draw(excluding(chart, n))
    result = spc.analyse(
        series_of(chart, rows),
        chart=chart,
        profile=profile,
        phases=[] if cut is None else [cut],
        excluded=excluded,
    )
    marked = dict(result.points.marks)
    for part in result.parts:
        counted = np.arange(n)[part.rows]
        for use in result.conventions.rules_for(chart):
            mark = marked.get(use.rule, np.zeros(n, dtype=np.int8))
            judged = single_points(result)
            if judged:
                assert use.rule == "outside_limits" or not mark.any()
            if judged or use.rule == "outside_limits" or use.rule in plain_rules.PHASES:
                continue
            expected = POINTS[use.rule](paper(part.view), use)
            carried = mark[counted].tolist()
            if use.rule == "ihi_trend":
                reading = paper(part.view)
                carried, expected = first_of_equals(reading, carried), first_of_equals(reading, expected)
            assert carried == expected
        outside = POINTS["outside_limits"](whole_phase(result, part.first, part.stop), Use("outside_limits"))
        for row, expected_mark in enumerate(outside, start=part.first):
            seen = row not in excluded or result.conventions.excluded_can_signal
            uses = {use.rule for use in result.conventions.rules_for(chart)}
            expects = expected_mark if seen and "outside_limits" in uses else 0
            assert marked.get("outside_limits", np.zeros(n))[row] == expects


def single_points(result: spc.Result) -> bool:
    """Whether points of this chart are judged one by one, as those of ranges and of units are."""
    return result.kind.across_units or (result.kind.ranges and not result.conventions.rules_on_ranges)


def whole_phase(result: spc.Result, first: int, stop: int) -> Reading:
    """Write the points of a phase on paper, excluded ones included."""
    points = result.points
    rows = slice(first, stop)
    return Reading(
        points.value[rows].tolist(),
        points.centre[rows].tolist(),
        {3: points.lower[rows].tolist()},
        {3: points.upper[rows].tolist()},
        closed=result.parts[0].limits.closed,
    )


@pytest.mark.parametrize(
    ("rule", "n"),
    [("shift", 6), ("shift", 8), ("trend", 6), ("trend", 8), ("ihi_shift", 7), ("alternating", 5)],
)
def test_a_wrong_length_is_found_out(rule: str, n: int) -> None:
    right = {"shift": 7, "trend": 7, "ihi_shift": 6, "alternating": 6}[rule]
    pattern = {
        "trend": [float(step) for step in range(-3, right - 3)],
        "alternating": [1.0, -1.0] * (right // 2),
    }.get(rule, [1.0] * right)
    shorter, longer = [*pattern[:-1], math.nan], [*pattern, math.nan]
    with pytest.raises(AssertionError):
        for values in (shorter, longer):
            view = view_of(values, [False] * len(values))
            wrong = spc.RULES[rule].find(view, replace(Use(rule), n=n))
            assert_same(view, Use(rule, right), wrong)
