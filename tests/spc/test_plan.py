"""Power by simulation against closed forms, what a plan says, and what it refuses."""

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

import spc
from spc.advice.chances import drawn, shown, table_of
from spc.advice.process import Process
from spc.charts.limits import Limits
from spc.errors import NotFound, OutOfRange
from spc.profiles import Use
from spc.series import FloatArray

ONE_RULE = replace(spc.PROFILES["mdc"], name="one_rule", rules=(Use("outside_limits"),))
NORMAL = spc.Baseline(points=24, centre=20.0, sigma=4.0)


def known_limits(longest: int, simulations: int, change: float, uses: tuple[Use, ...]) -> FloatArray:
    """Share of standard normal series that have signalled a rise by each point, centre and sigma known."""
    _, later, _, _ = drawn(Process("xmr", 4, 0.0, change, sigma=1.0), longest, simulations, seed=5)
    value = np.concatenate((np.zeros((4, simulations)), later))
    lines = Limits(np.zeros(simulations), sigma=np.ones(simulations))
    return np.asarray(shown(table_of(value, lines, 4, falling=False), uses).mean(axis=1))


def near(share: FloatArray | float, exact: FloatArray | float, simulations: int) -> bool:
    """Within 4.5 standard errors of a binomial share, at every point."""
    error = np.sqrt(np.maximum(np.asarray(exact) * (1 - np.asarray(exact)), 1e-9) / simulations)
    return bool((np.abs(np.asarray(share) - exact) <= 4.5 * error).all())


@pytest.mark.parametrize("change", [0.0, 1.0, 2.0])
def test_one_point_outside_known_limits_follows_the_geometric_distribution(change: float) -> None:
    k = np.arange(1, 41)
    share = known_limits(40, 20_000, change, (Use("outside_limits"),))
    assert near(share, 1 - stats.norm.cdf(3 - change) ** k, 20_000)
    assert not near(share, 1 - stats.norm.cdf(2.8 - change) ** k, 20_000)


def run_of(n: int, longest: int, above: float) -> FloatArray:
    """Chance of n in a row above the centre by each point, by the recursion over the run's length so far."""
    state, found = np.eye(1, n)[0], []
    for _ in range(longest):
        state = np.concatenate(([state.sum() * (1 - above)], state[:-1] * above))
        found.append(1 - state.sum())
    return np.array(found)


def test_a_run_of_seven_follows_its_recursion() -> None:
    share = known_limits(40, 20_000, 0.5, (Use("shift", 7),))
    above = float(stats.norm.cdf(0.5))
    assert near(share, run_of(7, 40, above), 20_000)
    assert not near(share, run_of(8, 40, above), 20_000)


def test_the_noise_of_estimated_limits_is_the_noncentral_t_distribution() -> None:
    by_deviation = replace(ONE_RULE, spread_from="standard_deviation")
    found = spc.plan(
        spc.Baseline(points=10, centre=0.0, sigma=1.0), change=2.0, profile=by_deviation, simulations=20_000
    )
    widen = math.sqrt(1 + 1 / 10)
    c4 = math.sqrt(2 / 9) * math.gamma(5) / math.gamma(4.5)
    for share, change in ((found.power[0], 2.0), (found.false_alarm[0], 0.0)):
        assert near(share, float(stats.nct.sf(3 / (c4 * widen), 9, change / widen)), 20_000)
    assert not near(found.power[0], float(stats.norm.sf(3 - 2.0)), 20_000)


def test_a_proportion_outside_estimated_limits_is_the_sum_over_all_baselines() -> None:
    n, points, p, after = 50, 12, 0.2, 0.4
    totals, counts = np.arange(n * points + 1), np.arange(n + 1)
    centre = totals / (n * points)
    upper = np.minimum(centre + 3 * np.sqrt(centre * (1 - centre) / n), 1)
    beyond = (counts / n > upper[:, np.newaxis]) @ stats.binom.pmf(counts, n, after)
    exact = float(stats.binom.pmf(totals, n * points, p) @ beyond)
    found = spc.plan(
        spc.Baseline(points=points, centre=p, denominator=n),
        change=after - p,
        chart="p",
        profile=ONE_RULE,
        simulations=20_000,
    )
    assert near(found.power[0], exact, 20_000)


def test_a_larger_change_shows_sooner_and_more_points_never_show_less() -> None:
    small, large = (spc.plan(NORMAL, change=change) for change in (-4.0, -8.0))
    assert small.points_needed is not None
    assert large.points_needed is not None
    assert large.points_needed < small.points_needed
    for column in (small.power, small.false_alarm, large.power):
        assert list(column) == sorted(column)


def test_a_fall_is_seen_as_soon_as_a_rise() -> None:
    rise, fall = (spc.plan(NORMAL, change=change, simulations=20_000) for change in (5.0, -5.0))
    assert near(np.array(rise.power), np.array(fall.power), 10_000)


def test_power_with_hardly_any_change_is_the_false_alarm() -> None:
    found = spc.plan(NORMAL, change=1e-12)
    assert found.power == found.false_alarm


def test_one_seed_gives_one_answer_and_another_seed_another() -> None:
    assert spc.plan(NORMAL, change=5) == spc.plan(NORMAL, change=5)
    assert spc.plan(NORMAL, change=5).power != spc.plan(NORMAL, change=5, seed=2).power


def test_the_intervals_cover_the_power_of_many_more_simulations() -> None:
    many = spc.plan(NORMAL, change=5, simulations=100_000, seed=99)
    few = spc.plan(NORMAL, change=5, simulations=1000)
    inside = [low <= power <= high for (low, high), power in zip(few.power_interval, many.power, strict=True)]
    assert sum(inside) >= 36
    low, high = few.points_interval
    assert low is not None
    assert high is not None
    assert many.points_needed is not None
    assert low <= many.points_needed <= high


def test_words_say_the_change_the_points_and_the_false_signal() -> None:
    found = spc.plan(NORMAL, change=-8)
    assert found.words.startswith(
        "With 24 points behind you, a fall from 20 to 12 would show within about 5 points in 8 of 10 cases."
    )
    assert "With no change at all, the chart would signal a fall in 1 of " in found.words
    assert "independent and normal with a standard deviation of 4" in found.assumes


def test_a_change_that_does_not_show_in_time_is_said_to_be_so() -> None:
    found = spc.plan(NORMAL, change=1, longest=5)
    assert (found.points_needed, found.points_interval) == (None, (None, None))
    assert "would show within 5 points in only" in found.words


def test_words_for_proportions_are_percent_and_weeks_are_named() -> None:
    weeks = [date(2026, 1, 5) + timedelta(days=7 * week) for week in range(24)]
    series = spc.Series(x=weeks, numerator=[30, 34, 26] * 8, denominator=[150.0] * 24)
    found = spc.plan(series, change=-0.1, chart="p")
    assert found.words.startswith("With 24 weekly points behind you, a fall from 20% to 10% would show")


def test_the_last_phase_of_a_result_is_the_baseline_without_excluded_points() -> None:
    values = [50.0, 51, 49, 50, 52] * 3 + [20.0, 24, 19, 23, 90, 22, 20, 24, 18, 22]
    result = spc.analyse(spc.Series(value=values), phases=[15], excluded=[19])
    found = spc.plan(result, change=-5)
    assert (found.baseline_points, found.profile) == (9, "mdc")
    assert found.before == pytest.approx(np.mean([20, 24, 19, 23, 22, 20, 24, 18, 22]))
    assert (
        spc.plan(spc.analyse(spc.Series(value=values), phases=[15], baseline=4), change=-5).baseline_points
        == 4
    )


def test_a_multiplied_rate_is_planned_in_the_units_drawn() -> None:
    series = spc.Series(numerator=[5, 7, 6, 4, 8, 6] * 3, denominator=[1200.0] * 18)
    plain = spc.plan(series, change=-0.003, chart="u")
    drawn_as = spc.plan(spc.analyse(series, chart="u", multiplier=1000.0), change=-3.0)
    assert drawn_as.points_needed == plain.points_needed
    assert drawn_as.before == pytest.approx(5.0)
    assert "from 5 to 2 " in drawn_as.words


def test_constant_values_show_any_change_at_once_and_never_raise_a_false_alarm() -> None:
    found = spc.plan(spc.Series(value=[7.0] * 20), change=1)
    assert (found.points_needed, found.false_alarm[-1]) == (1, 0.0)
    assert found.words.endswith("hardly ever within the same 1 point.")


def test_missing_values_of_a_series_are_left_out() -> None:
    assert spc.plan(spc.Series(value=[7.0, None, 8, 6, 7, None, 9]), change=1).baseline_points == 5


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"change": 0}, "change"),
        ({"change": math.nan}, "change"),
        ({"change": 1, "power": 1.0}, "power"),
        ({"change": 1, "power": math.nan}, "power"),
        ({"change": 1, "longest": 0}, "longest"),
        ({"change": 1, "simulations": 1}, "simulations"),
        ({"change": 1, "seed": -1}, "seed"),
        ({"change": 1, "baseline": spc.Baseline(points=3, centre=0, sigma=1)}, "points"),
        ({"change": 1, "baseline": spc.Baseline(points=10**9, centre=0, sigma=1)}, "points"),
        ({"change": 1, "baseline": spc.Baseline(points=90_000, centre=0, sigma=1)}, "simulations"),
        ({"change": 1, "baseline": spc.Baseline(points=20, centre=math.inf, sigma=1)}, "centre"),
        ({"change": 1, "baseline": spc.Baseline(points=20, centre=0)}, "sigma"),
        ({"change": 1, "baseline": spc.Baseline(points=20, centre=0, sigma=-1)}, "sigma"),
        ({"change": 0.1, "chart": "p", "baseline": spc.Baseline(points=20, centre=0.5)}, "denominator"),
        (
            {"change": 0.1, "chart": "p", "baseline": spc.Baseline(points=20, centre=0.5, denominator=1.5)},
            "denominator",
        ),
        (
            {"change": 0.1, "chart": "u", "baseline": spc.Baseline(points=20, centre=0.5, denominator=0)},
            "denominator",
        ),
        (
            {"change": 0.1, "chart": "p", "baseline": spc.Baseline(points=20, centre=0.5, denominator=1e18)},
            "denominator",
        ),
        (
            {"change": 0.6, "chart": "p", "baseline": spc.Baseline(points=20, centre=0.5, denominator=9)},
            "change",
        ),
        (
            {"change": 0.6, "chart": "p", "baseline": spc.Baseline(points=20, centre=1.5, denominator=9)},
            "centre",
        ),
        ({"change": -6, "chart": "c", "baseline": spc.Baseline(points=20, centre=5)}, "change"),
        ({"change": 1, "baseline": spc.Series(value=[1.0, 2, 3])}, "baseline"),
        ({"change": 1, "baseline": spc.Series(value=[])}, "baseline"),
        ({"change": 1, "baseline": spc.Series(value=[1.0, None] * 9)}, "baseline"),
        ({"change": 1, "chart": "p", "baseline": spc.analyse(spc.Series(value=[1.0] * 9))}, "baseline"),
    ],
)
def test_what_cannot_be_planned_is_refused_by_its_field(asked: dict[str, object], field: str) -> None:
    with pytest.raises(OutOfRange) as refused:
        spc.plan(**{"baseline": NORMAL, **asked})  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(("asked", "field"), [({"chart": "g"}, "chart"), ({"profile": "none"}, "profile")])
def test_unknown_charts_and_profiles_are_not_found(asked: dict[str, str], field: str) -> None:
    for baseline in (NORMAL, spc.Series(value=[1.0, 2, 3, 4, 5])):
        with pytest.raises(NotFound) as refused:
            spc.plan(baseline, change=1, **asked)  # type: ignore[arg-type]
        assert refused.value.field == field


def test_values_at_the_ends_of_a_double_give_an_answer_or_a_typed_reason() -> None:
    for centre, sigma, change in ((1e308, 1e307, 1e308), (0.0, 5e-324, 5e-324), (0.0, 1e308, -1e308)):
        found = spc.plan(spc.Baseline(points=20, centre=centre, sigma=sigma), change=change)
        assert all(0 <= share <= 1 for share in found.power)
