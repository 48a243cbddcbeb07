"""Laws of order: where order means nothing, shuffling changes nothing; where it does, reading backwards mirrors it."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import spc
from tests.spc.laws.columns import (
    LINES,
    REMEMBERING,
    excluding,
    marks,
    profiles,
    rows_of,
    same,
    series_of,
)

# Limits of the others come from the step between neighbours, so they rest on the order even of categories.
WITHOUT_ORDER = [
    "run",
    "c",
    "g",
    "p",
    "np",
    "p_prime",
    "u",
    "u_prime",
    "xbar",
    "s",
    "r",
    "funnel_p",
    "funnel_u",
]
# A range belongs to the later of its points, a memory to all points before.
REVERSIBLE = [name for name in spc.CHARTS if name not in (*REMEMBERING, "mr")]
quick = settings(max_examples=150, deadline=None)
raw = st.tuples(st.integers(0, 8), st.none() | st.floats(-1e6, 1e6), st.integers(0, 50))


@quick
@given(rows=st.lists(raw, max_size=40), data=st.data())
def test_raw_rows_may_come_in_any_order(rows: list[tuple[int, float | None, int]], data: Any) -> None:
    ordered = data.draw(st.booleans())
    shuffled = data.draw(st.permutations(rows))
    how = data.draw(st.sampled_from(["mean", "median", "sum", "deviation"]))

    def gathered(each: list[tuple[int, float | None, int]]) -> list[spc.Series]:
        x = [period for period, _, _ in each]
        counts = [count for _, _, count in each]
        return [
            spc.gather(x, [value for _, value, _ in each], denominator=counts, how=how, ordered=ordered),
            spc.gather(x, numerator=counts, denominator=[50] * len(each), ordered=ordered),
        ]

    for one, other in zip(gathered(rows), gathered(shuffled), strict=True):
        assert one.x == other.x
        for name in ("value", "numerator", "denominator", "size", "deviation", "spread"):
            before, after = getattr(one, name), getattr(other, name)
            assert (before is None and after is None) or same(before, after), name


@quick
@given(chart=st.sampled_from(WITHOUT_ORDER), profile=profiles, data=st.data())
def test_units_may_stand_in_any_order(chart: str, profile: str, data: Any) -> None:
    rows = data.draw(rows_of(chart))
    order = data.draw(st.permutations(range(len(rows))))
    units = [f"unit {row}" for row in range(len(rows))]
    one = spc.analyse(series_of(chart, rows, x=units, ordered=False), chart, profile)
    shuffled = series_of(chart, [rows[row] for row in order], x=[units[row] for row in order], ordered=False)
    other = spc.analyse(shuffled, chart, profile)
    for name in ("value", *LINES):
        assert same(getattr(one.points, name)[order], getattr(other.points, name)), name
    assert [one.points.variation[row] for row in order] == list(other.points.variation)
    assert one.verdict.variation == other.verdict.variation
    assert one.verdict.words.split(":")[0] == other.verdict.words.split(":")[0]


@quick
@given(chart=st.sampled_from(["p", "np", "u", "funnel_p", "funnel_u"]), data=st.data())
def test_pooled_limits_follow_their_rows(chart: str, data: Any) -> None:
    rows = data.draw(rows_of(chart))
    order = data.draw(st.permutations(range(len(rows))))
    one = spc.analyse(series_of(chart, rows), chart).points
    other = spc.analyse(series_of(chart, [rows[row] for row in order]), chart).points
    for name in LINES:
        assert same(getattr(one, name)[order], getattr(other, name)), name


def mirrored(name: str) -> spc.Profile:
    """A profile with rules that treat earlier and later points alike: whole patterns are marked, nothing looks ahead.

    A point beyond the opposite line that takes one away needs three points at the end of a phase and two at its start.
    """
    profile = spc.PROFILES[name]
    rules = tuple(
        replace(
            use,
            mark="pattern" if use.mark == "completing" and use.rule != "two_in_three" else "beyond",
            lines="own",
            next_step=False,
            third="same_side",
        )
        for use in profile.rules
    )
    return replace(profile, rules=rules)


@quick
@given(chart=st.sampled_from(REVERSIBLE), name=profiles, data=st.data())
def test_reading_backwards_keeps_lines_and_patterns_and_turns_rises_into_falls(
    chart: str, name: str, data: Any
) -> None:
    rows = data.draw(rows_of(chart))
    n = len(rows)
    excluded = data.draw(excluding(chart, n))
    back = [n - 1 - row for row in excluded]
    profile = mirrored(name)
    one = spc.analyse(series_of(chart, rows), chart, profile, excluded=excluded)
    other = spc.analyse(series_of(chart, rows[::-1]), chart, profile, excluded=back)
    for line in ("value", *LINES):
        assert same(getattr(one.points, line)[::-1], getattr(other.points, line)), line
    ahead, behind = marks(one), marks(other)
    for rule in ahead.keys() | behind.keys():
        if rule in ("trend", "ihi_trend"):
            continue
        assert ahead.get(rule, [])[::-1] == behind.get(rule, []), rule
    # The point where a rise turns into a fall belongs to the later one, so only that it is marked is compared.
    risen, fallen = (np.array(found.get("trend", []), dtype=bool).tolist() for found in (ahead, behind))
    assert risen[::-1] == fallen
    opposite = {"high": "low", "low": "high"}
    for rule in ("trend", "ihi_trend"):
        ups = [signal.direction for signal in one.signals if signal.rule == rule]
        downs = [opposite[signal.direction] for signal in other.signals if signal.rule == rule]
        assert ups[::-1] == downs


def test_every_chart_is_turned_round_or_has_a_reason() -> None:
    assert {*REVERSIBLE, *REMEMBERING, "mr"} == {*spc.CHARTS}
