"""Step changes are suggested where they are, seldom where they are not, and in words that claim no cause."""

import math
from dataclasses import FrozenInstanceError, replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import spc
from spc.advice.step_changes import chance as chances
from spc.advice.step_changes import search

ALTERNATING = [-1.0, 0.4, 1.1, -0.6, 0.2, -1.3, 0.9, -0.3, 1.4, -0.8, 0.5, -0.5]


def steps(values: Any, level: float = 0.05, **asked: Any) -> tuple[spc.StepChange, ...]:
    return spc.suggest_step_changes(spc.analyse(spc.Series(value=values), **asked), level=level)


def stepped(*levels: float) -> list[float]:
    return [level + wobble for level in levels for wobble in ALTERNATING]


def test_a_planted_step_is_found_where_it_is() -> None:
    (step,) = steps(stepped(10, 14))
    assert (step.row, step.phase, step.last, step.direction) == (12, 0, 23, "high")
    assert step.earliest <= 12 <= step.latest
    assert step.before == pytest.approx(10 + np.mean(ALTERNATING))
    assert step.size == pytest.approx(4)
    assert step.lower < 4 < step.upper
    assert step.relative == pytest.approx(step.size / step.before)
    assert step.rule == "shift"
    assert step.chance < 0.01


def test_a_step_down_is_found_as_well() -> None:
    (step,) = steps(stepped(14, 10))
    assert (step.row, step.direction) == (12, "low")
    assert step.upper < 0


@pytest.mark.parametrize("profile", list(spc.PROFILES))
def test_every_profile_suggests_a_plain_step(profile: str) -> None:
    assert [step.row for step in steps(stepped(10, 14), profile=profile)] == [12]


def test_a_profile_without_run_rules_is_read_by_its_long_runs() -> None:
    bare = replace(spc.PROFILES["mdc"], rules=(), chart_rules=())
    (step,) = steps(stepped(10, 14), profile=bare)
    assert (step.row, step.rule) == (12, "longest_run")


def test_a_step_far_from_a_centre_fixed_beforehand_is_found() -> None:
    assert [step.row for step in steps(stepped(10, 14), centre=0.0)] == [12]


def test_two_steps_are_found_between_three_levels() -> None:
    assert [(step.row, step.n_before, step.n_after) for step in steps(stepped(10, 15, 20))] == [
        (12, 12, 12),
        (24, 12, 12),
    ]
    assert [step.row for step in steps(stepped(10, 15, 10))] == [12, 24]


def test_a_level_that_comes_back_is_two_steps_which_one_step_alone_would_miss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [step.row for step in steps(stepped(10, 15, 10))] == [12, 24]
    monkeypatch.setattr(search, "LONG", 0)
    assert steps(stepped(10, 15, 10)) == ()


def test_a_step_without_a_run_signal_is_not_suggested() -> None:
    values = [*stepped(10, 10), *(14 + wobble for wobble in ALTERNATING[:6])]
    assert steps(values, profile="mdc", chart="xmr") == ()
    assert [step.row for step in steps(values, profile="ihi_run", chart="run")] == [24]


def test_a_p_chart_is_compared_by_its_denominators() -> None:
    rng = np.random.default_rng(6)
    cases = np.where(np.arange(36) % 2 == 0, 20, 900)
    events = rng.binomial(cases, np.where(np.arange(36) < 18, 0.2, 0.3))
    series = spc.Series(numerator=events, denominator=cases)
    (step,) = spc.suggest_step_changes(spc.analyse(series, chart="p", direction="decrease"))
    assert abs(step.row - 18) <= 1
    assert step.before == pytest.approx(events[: step.row].sum() / cases[: step.row].sum())
    assert 0.08 < step.size < 0.12
    assert "percentage points" in step.words
    assert (step.variation, step.direction) == ("concern", "high")
    # Taken for plain values, the small denominators blur it.
    (blurred,) = spc.suggest_step_changes(spc.analyse(series, chart="xmr"))
    assert blurred.upper - blurred.lower > 2 * (step.upper - step.lower)


def test_an_np_chart_with_varying_denominators_does_not_take_them_for_a_step() -> None:
    rng = np.random.default_rng(7)
    cases = np.where(np.arange(36) < 18, 50, 200)
    series = spc.Series(numerator=rng.binomial(cases, 0.2), denominator=cases)
    assert spc.suggest_step_changes(spc.analyse(series, chart="np")) == ()
    plain = spc.Series(value=np.asarray(series.numerator))
    assert len(spc.suggest_step_changes(spc.analyse(plain, chart="c"))) == 1


def test_steps_are_looked_for_inside_phases_only() -> None:
    values = stepped(10, 14)
    assert steps(values, phases=[12]) == ()
    both = steps([*values, *stepped(30, 20)], phases=[24])
    assert [(step.phase, step.row, step.last) for step in both] == [(0, 12, 23), (1, 36, 47)]
    alone = steps(values)
    # Two phases are two chances to be deceived.
    assert both[0].chance == pytest.approx(2 * alone[0].chance)


def test_excluded_and_missing_points_count_nowhere() -> None:
    values: list[float | None] = [*stepped(10, 14)]
    values[3], values[15], values[18] = 500.0, None, -500.0
    (step,) = steps(values, excluded=[3, 18])
    assert (step.row, step.n_before, step.n_after, step.firm) == (12, 11, 10, False)
    assert step.size == pytest.approx(4, abs=0.5)
    values[12] = None
    (later,) = steps(values, excluded=[3, 18])
    assert later.row == 13


def test_twelve_points_on_both_sides_are_firm_and_eleven_are_provisional() -> None:
    values = stepped(10, 14)
    (firm,) = steps(values)
    (short,) = steps(values[:23])
    assert (firm.n_before, firm.n_after, firm.firm) == (12, 12, True)
    assert (short.n_before, short.n_after, short.firm) == (12, 11, False)
    assert firm.words.startswith("Possible step up")
    assert short.words.startswith("Provisional step up")
    assert "with 12 points before and 11 after" in short.words


def test_words_say_what_since_when_how_large_how_sure_and_claim_no_cause() -> None:
    months = [date(2024 + month // 12, month % 12 + 1, 1) for month in range(24)]
    series = spc.Series(months, stepped(14, 10))
    (step,) = spc.suggest_step_changes(spc.analyse(series, direction="decrease", unit="minutes"))
    assert step.variation == "improvement"
    for part in (
        "Possible step down (improvement) since January 2025",
        "from 14 minutes to 10 minutes (-4, 95% interval",
        f"in {step.chance_words};",
        "not necessarily because of it.",
    ):
        assert part in step.words
    assert step.chance_words == "fewer than 1 in 2,000 charts of 24 points with nothing going on"
    assert step.words.count(". ") == 1


@pytest.mark.parametrize(
    ("direction", "variation"), [("increase", "improvement"), ("decrease", "concern"), ("neutral", "neutral")]
)
def test_the_direction_decides_what_a_step_up_means(direction: str, variation: str) -> None:
    (step,) = steps(stepped(10, 14), direction=direction)
    assert step.variation == variation
    assert ("(" + variation + ")" in step.words) == (direction != "neutral")


def test_a_steady_slope_is_not_made_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.arange(60) / 15 + np.array(ALTERNATING * 5)
    assert steps(values) == ()
    monkeypatch.setattr(search, "_slopes", lambda *_: False)
    assert steps(values) != ()


@pytest.mark.parametrize("chart", ["mr", "cusum", "ewma"])
def test_charts_of_dependent_points_give_no_suggestion(chart: str) -> None:
    assert steps(stepped(10, 14), chart=chart) == ()


@pytest.mark.parametrize(("chart", "found"), [("xbar", 1), ("s", 0), ("r", 0)])
def test_means_of_subgroups_can_step_and_their_spread_gives_no_suggestion(chart: str, found: int) -> None:
    rng = np.random.default_rng(8)
    spread = np.repeat(np.where(np.arange(24) < 12, 1.0, 5.0), 5)
    series = spc.gather(
        np.repeat(np.arange(24), 5).tolist(), 10 * np.sqrt(spread) + spread * rng.normal(size=120)
    )
    assert len(spc.suggest_step_changes(spc.analyse(series, chart=chart))) == found


def test_units_without_an_order_give_no_suggestion() -> None:
    categories = spc.Series(value=stepped(10, 14), ordered=False)
    assert spc.suggest_step_changes(spc.analyse(categories)) == ()
    units = spc.Series(numerator=[5] * 12 + [20] * 12, denominator=[50] * 24)
    assert spc.suggest_step_changes(spc.analyse(units, chart="funnel_p")) == ()


def test_times_between_rare_events_are_measured_at_their_root() -> None:
    rng = np.random.default_rng(9)
    times = rng.exponential(np.where(np.arange(40) < 20, 5.0, 60.0))
    (step,) = steps(times, chart="t", direction="increase")
    assert abs(step.row - 20) <= 2
    roots = times ** (1 / 3.6)
    assert step.after == pytest.approx(roots[step.row :].mean() ** 3.6)
    assert step.upper - step.size > step.size - step.lower > 0


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), by=st.integers(-40, 40), power=st.integers(-30, 30))
def test_shift_and_scale_change_no_suggestion(seed: int, by: int, power: int) -> None:
    values = np.random.default_rng(seed).integers(0, 64, 30) + 64.0 * (np.arange(30) >= 15)
    one, other = steps(values), steps((values + by) * 2.0**power)
    assert [(step.row, step.earliest, step.latest, step.chance) for step in one] == [
        (step.row, step.earliest, step.latest, step.chance) for step in other
    ]
    assert [step.size * 2.0**power for step in one] == pytest.approx([step.size for step in other])


def test_the_same_chart_gives_the_same_answer_and_the_answer_is_frozen() -> None:
    result = spc.analyse(spc.Series(value=np.random.default_rng(10).normal(size=40) + (np.arange(40) >= 20)))
    first = spc.suggest_step_changes(result, level=1.0)
    chances._clearest.cache_clear()
    chances._innovations.cache_clear()
    assert spc.suggest_step_changes(result, level=1.0) == first != ()
    with pytest.raises(FrozenInstanceError):
        first[0].row = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    "values",
    [
        [],
        [1.0],
        [None] * 30,
        [5.0] * 40,
        [1.0, 2.0, None] * 3,
        [1e308] * 12 + [-1e308] * 12,
        [0.0] * 12 + [5e-324] * 12,
        [1e308, -1e308] * 20,
        [0.0] * 30 + [1e308],
    ],
)
@pytest.mark.parametrize("profile", list(spc.PROFILES))
def test_nothing_is_suggested_and_nothing_raised_for_what_cannot_be_judged(
    values: list[float | None], profile: str
) -> None:
    assert all(math.isfinite(step.size) for step in steps(values, profile=profile))
    if len(set(values)) < 2 or len(values) < 12:
        assert steps(values, profile=profile, level=1.0) == ()


hostile = st.none() | st.sampled_from(
    [0.0, -0.0, 1e308, -1e308, 5e-324, -5e-324, 1.7976931348623157e308, 1.0, math.nan]
)


@settings(max_examples=300, deadline=None)
@given(
    levels=st.lists(st.tuples(hostile, st.integers(1, 14)), max_size=6),
    chart=st.sampled_from(list(spc.CHARTS)),
    profile=st.sampled_from(list(spc.PROFILES)),
    denominators=st.lists(st.sampled_from([0.0, 1.0, 5e-324, 1e308, None]), min_size=1, max_size=5),
    multiplier=st.sampled_from([1.0, 100.0, 1e300]),
)
def test_hostile_numbers_never_raise(
    levels: list[tuple[float | None, int]],
    chart: str,
    profile: str,
    denominators: list[float | None],
    multiplier: float,
) -> None:
    values = [value for value, times in levels for _ in range(times)]
    below = [denominators[row % len(denominators)] for row in range(len(values))]
    try:
        if spc.CHARTS[chart].needs == "subgroups":
            series = spc.gather([row // 3 for row in range(len(values))], values)
        elif spc.CHARTS[chart].needs in ("proportion", "rate"):
            series = spc.Series(numerator=values, denominator=below)
        else:
            series = spc.Series(value=values, denominator=below)
        result = spc.analyse(series, chart=chart, profile=profile, multiplier=multiplier)
    except spc.SpcError:
        return
    for step in spc.suggest_step_changes(result, level=1.0, simulations=99):
        assert all(map(math.isfinite, (step.before, step.after, step.size, step.lower, step.upper)))
        assert step.words


def test_a_level_or_a_number_of_simulations_that_cannot_be_is_refused() -> None:
    result = spc.analyse(spc.Series(value=[1.0, 2.0]))
    with pytest.raises(spc.OutOfRange, match="level"):
        spc.suggest_step_changes(result, level=2.0)
    with pytest.raises(spc.OutOfRange, match="simulations"):
        spc.suggest_step_changes(result, simulations=3)
