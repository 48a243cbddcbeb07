"""Which chart is recommended for data as they come, what is said about them, and that the chart can be drawn."""

import importlib
import math
from dataclasses import FrozenInstanceError
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import spc
from spc.advice.choice import Choice
from spc.advice.evidence import facts_of
from spc.errors import NeedsDenominator

SMALL_TO_LARGE = np.array([40.0, 90, 60, 120, 50, 100, 70, 80] * 3)
SAME = np.full(24, 80.0)


def proportions(sizes: np.ndarray[Any, Any], level: float = 0.3, seed: int = 3) -> spc.Series:
    drawn = np.random.default_rng(seed).binomial(sizes.astype(int), level)
    return spc.Series(numerator=drawn, denominator=sizes)


def restless(sizes: np.ndarray[Any, Any], seed: int = 3) -> spc.Series:
    generator = np.random.default_rng(seed)
    level = np.clip(generator.normal(0.3, 0.15, len(sizes)), 0.02, 0.98)
    return spc.Series(numerator=generator.binomial(sizes.astype(int), level), denominator=sizes)


def charts(found: spc.Recommendation) -> list[str]:
    return [other.chart for other in found.alternatives]


def said(found: spc.Recommendation, part: str) -> bool:
    return any(part in caution for caution in found.cautions)


def test_measured_values_are_recommended_an_xmr_chart() -> None:
    found = spc.recommend(spc.Series(value=np.random.default_rng(1).normal(50, 5, 24)))
    assert (found.chart, found.profile, found.cautions) == ("xmr", "mdc", ())
    assert "run" in charts(found)


def test_fewer_than_twelve_points_begin_with_a_run_chart_and_go_on_to_another() -> None:
    values = np.random.default_rng(1).normal(50, 5, 12)
    short, enough = spc.recommend(spc.Series(value=values[:11])), spc.recommend(spc.Series(value=values))
    assert (short.chart, short.profile, enough.chart) == ("run", "anhoej", "xmr")
    assert short.alternatives[0].chart == "xmr"
    assert "from 12 points on" in short.alternatives[0].words
    assert said(short, "11 points, fewer than 12")
    assert "run" not in charts(short)


def test_denominators_that_differ_are_recommended_a_p_chart_and_steady_ones_an_xmr_chart() -> None:
    assert spc.recommend(proportions(SMALL_TO_LARGE)).chart == "p"
    steady = spc.recommend(proportions(SAME))
    assert (steady.chart, charts(steady)[0]) == ("xmr", "p")


def test_spread_beyond_chance_asks_for_p_prime_where_denominators_differ_and_xmr_where_not() -> None:
    found = spc.recommend(restless(SMALL_TO_LARGE))
    assert (found.chart, charts(found)[0]) == ("p_prime", "xmr")
    assert said(found, "times that of chance alone")
    steady = spc.recommend(restless(SAME))
    assert (steady.chart, charts(steady)[0]) == ("xmr", "p_prime")


def test_rates_get_u_and_u_prime_by_the_same_questions() -> None:
    generator = np.random.default_rng(5)
    sizes = SMALL_TO_LARGE / 10
    even = spc.Series(numerator=generator.poisson(sizes * 2.0), denominator=sizes)
    uneven = spc.Series(numerator=generator.poisson(sizes * generator.gamma(2, 1.0, 24)), denominator=sizes)
    assert (spc.recommend(even).chart, spc.recommend(uneven).chart) == ("u", "u_prime")


def test_a_rate_below_one_is_known_as_such_from_its_description_alone() -> None:
    falls = proportions(SMALL_TO_LARGE, 0.2)
    assert spc.recommend(falls).chart == "p"
    assert said(spc.recommend(falls), "it is a rate")
    told = spc.recommend(falls, spc.Description("rate"))
    assert told.chart == "u"
    assert not said(told, "it is a rate")


def test_counts_described_as_such_get_a_c_chart_unless_they_vary_more_than_chance_makes_them() -> None:
    generator = np.random.default_rng(8)
    steady, wild = generator.poisson(9, 30), generator.poisson(generator.gamma(2, 4.5, 30))
    described = spc.Description("count")
    assert spc.recommend(spc.Series(value=steady), described).chart == "c"
    assert spc.recommend(spc.Series(value=wild), described).chart == "xmr"
    undeclared = spc.recommend(spc.Series(value=steady))
    assert (undeclared.chart, charts(undeclared)[0]) == ("xmr", "c")
    assert "c" not in charts(spc.recommend(spc.Series(value=steady + 0.5)))


def test_few_events_are_said_and_rare_ones_are_recorded_one_by_one() -> None:
    few = spc.recommend(proportions(SMALL_TO_LARGE, 0.03))
    assert few.chart == "p"
    assert said(few, "fewer than 5")
    assert charts(few)[0] == "g"
    rare = spc.recommend(proportions(SMALL_TO_LARGE, 0.004))
    assert (rare.chart, charts(rare)[0]) == ("run", "g")
    assert said(rare, "Events are rare")
    assert not said(rare, "that of chance alone")
    nearly_all = spc.recommend(proportions(SMALL_TO_LARGE, 0.996))
    assert (nearly_all.chart, charts(nearly_all)[0]) == ("run", "g")


def test_times_and_cases_between_events_are_t_and_g_charts_from_the_first_point_on() -> None:
    times = spc.Series(value=[12.0, 30, 3, 44, 9])
    assert spc.recommend(times, spc.Description("time_between")).chart == "t"
    assert spc.recommend(times, spc.Description("opportunities_between")).chart == "g"
    assert spc.recommend(spc.Description("time_between", points=5)).chart == "t"


def test_units_without_an_order_are_a_funnel_plot() -> None:
    units = spc.Series(numerator=[3, 5, 9], denominator=[30.0, 45, 80], ordered=False)
    assert spc.recommend(units).chart == "funnel_p"
    assert spc.recommend(units, spc.Description("rate")).chart == "funnel_u"
    plain = spc.recommend(spc.Series(value=[3, 5, 9], ordered=False))
    assert plain.chart == "xmr"
    assert said(plain, "no order in time")


def test_subgroups_are_an_x_bar_chart_and_groups_of_one_are_not() -> None:
    groups = [row // 4 for row in range(60)]
    found = spc.recommend(spc.gather(groups, np.random.default_rng(2).normal(5, 1, 60)))
    assert (found.chart, charts(found)[0]) == ("xbar", "s")
    assert spc.recommend(spc.gather(range(20), np.random.default_rng(2).normal(5, 1, 20))).chart == "xmr"


def test_values_that_rest_on_different_denominators_are_an_i_prime_chart() -> None:
    waits = np.random.default_rng(4).normal(30, 4, 24)
    assert spc.recommend(spc.Series(value=waits, denominator=SMALL_TO_LARGE)).chart == "i_prime"
    assert spc.recommend(spc.Series(value=waits, denominator=SAME)).chart == "xmr"


def test_neighbours_that_are_alike_or_take_turns_are_said_and_independent_ones_are_not() -> None:
    noise = np.random.default_rng(6).normal(0, 1, 40)
    assert said(spc.recommend(spc.Series(value=noise.cumsum())), "Neighbouring values are alike")
    assert said(spc.recommend(spc.Series(value=noise * 0.3 + np.tile([1.0, -1], 20))), "up and down in turn")
    assert not said(spc.recommend(spc.Series(value=noise)), "Neighbouring")


def test_data_in_too_large_steps_are_said_by_wheelers_count_of_possible_values() -> None:
    exact = np.random.default_rng(7).normal(10, 0.5, 30)
    assert said(spc.recommend(spc.Series(value=np.rint(exact))), "steps too large")
    assert not said(spc.recommend(spc.Series(value=np.round(exact, 1))), "steps too large")
    by_hand = facts_of(spc.Series(value=[0.1, 0.3, 0.1, 0.2, 0.1, 0.1 + 0.2]), "value")
    assert by_hand.steps == math.floor(3.267 * 0.16 / 0.1) + 1


def test_what_else_the_values_show_is_said() -> None:
    assert said(spc.recommend(spc.Series(value=[5.0] * 20)), "All values are the same")
    skewed = spc.recommend(spc.Series(value=np.random.default_rng(9).exponential(9, 40)))
    assert said(skewed, "A few high values")
    assert charts(skewed)[0] == "i_median"
    assert said(spc.recommend(spc.Series(value=[0.0, 0, 3] * 8)), "Half of the values or more are zero")
    assert said(spc.recommend(spc.Series(value=[4.0, 4, 4, 5] * 6)), "lie on the median")
    assert said(spc.recommend(spc.Series(value=[0.0, 1, 1] * 8)), "All values are 0 or 1")
    assert said(spc.recommend(spc.Series(value=[3.0, None, 4] * 8)), "8 of 24 values are missing")
    day = date(2026, 3, 1)
    assert said(spc.recommend(spc.Series(x=[day, day], value=[1, 2])), "share a period")


def test_a_change_of_level_is_told_from_spread_beyond_chance() -> None:
    generator = np.random.default_rng(11)
    counts = np.concatenate((generator.binomial(100, 0.2, 15), generator.binomial(100, 0.45, 15)))
    found = spc.recommend(spc.Series(numerator=counts, denominator=np.full(30, 100)))
    assert said(found, "look for a change of level")
    assert not said(found, "times that of chance alone")


def test_less_spread_than_chance_and_very_large_denominators_are_said() -> None:
    level = spc.Series(numerator=[30, 31, 30, 29] * 6, denominator=[100.0] * 24)
    assert said(spc.recommend(level), "only")
    large = proportions(np.tile([20_000.0, 40_000], 12))
    assert said(spc.recommend(large), "limits of chance alone are very narrow")


def test_chance_alone_is_seldom_called_more_than_chance() -> None:
    flagged = []
    for seed in range(400):
        sizes = SMALL_TO_LARGE
        flagged.append(facts_of(proportions(sizes, seed=seed), "proportion").above)
    assert np.mean(flagged) < 0.05
    caught = [facts_of(restless(SMALL_TO_LARGE, seed=seed), "proportion").above for seed in range(100)]
    assert np.mean(caught) > 0.95


def test_a_series_without_values_follows_its_description() -> None:
    empty = spc.Series(value=[])
    assert spc.recommend(empty).chart == "run"
    assert spc.recommend(empty, spc.Description("value", points=30)).chart == "xmr"
    assert said(spc.recommend(empty), "no values yet")


def test_data_that_are_not_as_described_are_read_as_they_look_and_it_is_said() -> None:
    found = spc.recommend(spc.Series(value=np.arange(20.0)), spc.Description("proportion"))
    assert found.chart == "xmr"
    assert said(found, "described as a proportion")
    assert spc.recommend(spc.Series(value=[-1.0, 2] * 9), spc.Description("time_between")).chart == "xmr"


def test_advice_is_frozen_and_the_same_every_time() -> None:
    series = restless(SMALL_TO_LARGE)
    found = spc.recommend(series)
    assert found == spc.recommend(series)
    with pytest.raises(FrozenInstanceError):
        found.chart = "run"  # type: ignore[misc]


hostile = st.none() | st.sampled_from([0.0, 1.0, 2.0, 7.0, 0.5, -1.0, 1e308, -1e308, 5e-324, math.nan])
columns = st.lists(
    st.tuples(hostile, hostile.filter(lambda entry: entry is None or not entry < 0)), max_size=30
)
descriptions = st.none() | st.builds(
    spc.Description,
    st.sampled_from(["proportion", "rate", "count", "value", "time_between", "opportunities_between"]),
    points=st.none() | st.integers(0, 40),
)


@settings(max_examples=500, deadline=None)
@given(
    pairs=columns,
    form=st.sampled_from(["value", "sized", "quotient", "subgroups"]),
    description=descriptions,
    ordered=st.booleans(),
)
def test_the_chart_recommended_for_a_series_can_be_drawn_from_it(
    pairs: list[tuple[float | None, float | None]],
    form: str,
    description: spc.Description | None,
    ordered: bool,  # noqa: FBT001 - given by Hypothesis
) -> None:
    top, bottom = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if form == "value":
        series = spc.Series(value=top, ordered=ordered)
    elif form == "sized":
        series = spc.Series(value=top, denominator=bottom, ordered=ordered)
    elif form == "quotient":
        series = spc.Series(numerator=top, denominator=bottom, ordered=ordered)
    else:
        series = spc.gather([row // 3 for row in range(len(top))], top)
    found = spc.recommend(series, description)
    assert found.words
    assert all(evidence.number is None or math.isfinite(evidence.number) for evidence in found.reasons)
    assert spc.analyse(series, chart=found.chart, profile=found.profile).verdict.words
    assert all(name in spc.CHARTS for name in charts(found))
    assert found.chart not in charts(found)


def test_a_planted_wrong_choice_could_not_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = importlib.import_module("spc.advice.recommend")
    monkeypatch.setattr(chosen, "choose", lambda _: Choice("p", "planted"))
    series = spc.Series(value=np.arange(20.0))
    with pytest.raises(NeedsDenominator):
        spc.analyse(series, chart=spc.recommend(series).chart)


@settings(max_examples=100, deadline=None)
@given(values=st.lists(st.integers(0, 40), min_size=12, max_size=40), power=st.integers(-8, 8))
def test_the_unit_of_measured_values_changes_nothing_in_the_advice_on_their_steps(
    values: list[int], power: int
) -> None:
    assume(len(set(values)) > 1)
    one = facts_of(spc.Series(value=values), "value")
    other = facts_of(spc.Series(value=[entry * 2.0**power for entry in values]), "value")
    assert one == other
