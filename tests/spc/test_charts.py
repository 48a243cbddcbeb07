"""Charts reproduce published figures and their own definitions."""

import math

import numpy as np
import pytest

import spc
from spc.constants import c4

# Fraction of nonconforming orange juice cans, 30 samples of 50 (Montgomery, Introduction to SQC, table 7.1).
JUICE = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]
# Viscosity of aircraft primer paint, 15 batches (Montgomery, table 6.6 of the sixth edition).
PAINT = [
    33.75,
    33.05,
    34.00,
    33.81,
    33.46,
    34.02,
    33.68,
    33.27,
    33.49,
    33.20,
    33.62,
    33.00,
    33.54,
    33.12,
    33.84,
]


def test_montgomery_orange_juice_p_chart() -> None:
    points = spc.analyse(spc.Series(numerator=JUICE, denominator=[50] * 30), chart="p").points
    assert points.centre[0] == pytest.approx(0.2313, abs=5e-5)
    assert points.upper[0] == pytest.approx(0.4102, abs=5e-5)
    assert points.lower[0] == pytest.approx(0.0524, abs=5e-5)


def test_montgomery_paint_viscosity_individuals() -> None:
    result = spc.analyse(spc.Series(value=PAINT), profile="qicharts2")
    assert result.points.centre[0] == pytest.approx(33.52, abs=5e-3)
    assert result.points.upper[0] == pytest.approx(34.80, abs=5e-3)
    assert result.points.lower[0] == pytest.approx(32.25, abs=1e-2)
    ranges = spc.analyse(spc.Series(value=PAINT), chart="mr").points
    assert ranges.centre[0] == pytest.approx(0.48, abs=5e-3)
    assert ranges.upper[0] == pytest.approx(1.57, abs=5e-3)
    assert math.isnan(ranges.value[0])


def test_montgomery_appendix_of_c4() -> None:
    table = {2: 0.7979, 5: 0.9400, 10: 0.9727, 25: 0.9896}
    assert {n: round(c4(n), 4) for n in table} == table


def test_xmr_limits_are_2_66_moving_ranges_from_the_mean() -> None:
    values = [3.0, 5, 4, 8, 6, 5, 7]
    points = spc.analyse(spc.Series(value=values)).points
    average = sum(abs(a - b) for a, b in zip(values[1:], values, strict=False)) / 6
    assert points.upper[0] == sum(values) / 7 + 2.66 * average
    assert points.upper_2s[0] == pytest.approx(sum(values) / 7 + 2.66 * average * 2 / 3)


def test_screening_leaves_out_a_very_large_moving_range_only_where_the_profile_says_so() -> None:
    values = [5.0, 6, 5, 6, 5, 6, 5, 6, 5, 6, 30, 6, 5, 6]
    wide = spc.analyse(spc.Series(value=values), profile="mdc").points.upper[0]
    screened = spc.analyse(spc.Series(value=values), profile="nhsr_plotthedots").points.upper[0]
    assert screened < wide
    assert screened == pytest.approx(np.mean(values) + 2.66)


def test_a_missing_value_takes_both_of_its_moving_ranges() -> None:
    gap = spc.analyse(spc.Series(value=[1, 2, None, 9, 10, 11, 12])).phases[0]
    assert gap.sigma == pytest.approx(2.66 / 3)


def test_an_excluded_point_is_drawn_and_counts_nowhere() -> None:
    result = spc.analyse(spc.Series(value=[5, 6, 5, 90, 6, 5, 6]), excluded=[3])
    without = spc.analyse(spc.Series(value=[5, 6, 5, 6, 5, 6]))
    assert result.points.value[3] == 90
    assert result.points.upper[0] == without.points.upper[0]
    assert result.points.signals[3] == ()
    assert not result.points.included[3]


def test_a_frozen_baseline_sets_the_limits_of_all_that_follows() -> None:
    first = [5.0, 6, 7, 6, 5, 6, 7, 6, 5, 6, 7, 6]
    result = spc.analyse(spc.Series(value=[*first, 9, 9, 9]), baseline=12)
    alone = spc.analyse(spc.Series(value=first))
    assert result.points.upper[-1] == alone.points.upper[0]
    assert (result.phases[0].baseline_n, result.phases[0].trial) == (12, False)
    named = spc.analyse(spc.Series(value=[*first, 9, 9, 9]), baseline=(0, 11))
    assert named.points.upper[-1] == alone.points.upper[0]


def test_phases_and_baseline_together_freeze_each_phase() -> None:
    values = [5.0, 6, 7, 6, 90, 15, 16, 17, 16, 190]
    result = spc.analyse(spc.Series(value=values), phases=[5], baseline=4)
    assert [phase.centre for phase in result.phases] == [6, 16]
    assert [phase.baseline_n for phase in result.phases] == [4, 4]
    assert result.points.phase.tolist() == [0] * 5 + [1] * 5


def test_a_phase_of_two_points_has_a_centre_and_no_limits() -> None:
    result = spc.analyse(spc.Series(value=[5, 6, 7, 6, 5, 20, 22]), phases=[5])
    assert result.points.centre[-1] == 21
    assert np.isnan(result.points.upper[-2:]).all()
    assert result.phases[1].upper is None
    assert result.verdict.variation == "none"


def test_no_cases_is_no_value_no_limit_and_no_signal() -> None:
    result = spc.analyse(spc.Series(numerator=[1, 0, 2, 1], denominator=[9, 0, 9, 8]), chart="p")
    assert math.isnan(result.points.value[1])
    assert math.isnan(result.points.upper[1])
    assert result.points.variation[1] == "missing"


def test_more_events_than_cases_are_refused_by_row() -> None:
    series = spc.Series(numerator=[1, 12], denominator=[9, 9])
    with pytest.raises(
        spc.NumeratorExceedsDenominator, match=r"Point 2: the numerator, 12, .* 9\."
    ) as refused:
        spc.analyse(series, chart="p")
    assert (refused.value.row, refused.value.field) == (1, "numerator")
    assert spc.analyse(series, chart="u").points.value[1] > 1


def test_laney_limits_are_wide_where_chance_alone_is_not_all() -> None:
    rng = np.random.default_rng(7)
    cases = rng.integers(90_000, 110_000, 40)
    rate = np.clip(rng.normal(0.5, 0.02, 40), 0, 1)
    series = spc.Series(numerator=np.floor(cases * rate), denominator=cases)
    plain = spc.analyse(series, chart="p").points
    laney = spc.analyse(series, chart="p_prime").points
    assert (plain.direction != 0).sum() > 20
    assert ((laney.value > laney.upper) | (laney.value < laney.lower)).sum() <= 1


def test_laney_is_the_p_chart_where_chance_is_all() -> None:
    rng = np.random.default_rng(11)
    cases = np.full(400, 500)
    series = spc.Series(numerator=rng.binomial(cases, 0.3), denominator=cases)
    ratio = spc.analyse(series, chart="p_prime").phases[0], spc.analyse(series, chart="p").points
    width = spc.analyse(series, chart="p_prime").points.upper[0] - ratio[0].centre
    assert width == pytest.approx(ratio[1].upper[0] - ratio[1].centre[0], rel=0.1)


def test_g_chart_of_benneyan() -> None:
    points = spc.analyse(spc.Series(value=[10, 20, 30, 5, 35]), chart="g").points
    assert points.centre[0] == 20
    assert points.upper[0] == pytest.approx(20 + 3 * math.sqrt(20 * 21))
    assert points.lower[0] == 0


def test_two_rare_events_on_one_day_are_two_points() -> None:
    result = spc.analyse(spc.Series(x=[1, 5, 5, 9], value=[4, 4, 0, 4]), chart="t")
    assert result.points.value[2] == 0
    assert result.points.lower[0] >= 0
    with pytest.raises(spc.RepeatedPeriod):
        spc.analyse(spc.Series(x=[1, 5, 5, 9], value=[4, 4, 0, 4]), chart="xmr")


def test_a_multiplier_scales_what_is_drawn_and_not_the_target() -> None:
    series = spc.Series(numerator=[3, 5, 4, 6], denominator=[1000, 1100, 900, 1000])
    once = spc.analyse(series, chart="u", target=4)
    thousand = spc.analyse(series, chart="u", target=4, multiplier=1000)
    assert thousand.points.upper == pytest.approx(once.points.upper * 1000)
    assert thousand.points.value == pytest.approx(once.points.value * 1000)
    assert thousand.points.target[0] == 4


def test_a_given_centre_is_used_as_it_is() -> None:
    assert spc.analyse(spc.Series(value=[5, 6, 7, 6]), centre=9.0).points.centre.tolist() == [9] * 4


def test_every_chart_has_a_title_and_words() -> None:
    assert all(name == chart.name and chart.title and chart.words for name, chart in spc.CHARTS.items())
    assert all(name == rule.name and rule.title and rule.words for name, rule in spc.RULES.items())
    assert all(use.rule in spc.RULES for profile in spc.PROFILES.values() for use in profile.rules)


# Twenty observations about 10, then ten about 11 (Montgomery, Introduction to SQC, table 9.1).
DRIFT = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08]
DRIFT += [
    9.37,
    10.62,
    10.31,
    8.52,
    10.84,
    10.90,
    9.33,
    12.29,
    11.50,
    10.60,
    11.08,
    10.38,
    11.62,
    11.31,
    10.52,
]


def test_montgomery_tabular_cusum_signals_at_point_29() -> None:
    result = spc.analyse(spc.Series(value=DRIFT), chart="cusum", centre=10.0, settings={"sigma": 1})
    high, low = result.points.sums or ([], [])
    assert high[28] == pytest.approx(5.28, abs=1e-9)
    assert low[0] == pytest.approx(-0.05, abs=1e-9)
    assert [row for row, names in enumerate(result.points.signals) if names] == [28, 29]


def test_ewma_of_the_same_data_rises_past_its_limit_at_point_29() -> None:
    result = spc.analyse(
        spc.Series(value=DRIFT), chart="ewma", centre=10.0, settings={"sigma": 1, "weight": 0.1, "width": 2.7}
    )
    assert result.points.value[0] == pytest.approx(9.945)
    assert result.points.upper[0] == pytest.approx(10.27)
    assert [row for row, names in enumerate(result.points.signals) if names] == [28, 29]


def test_a_gap_leaves_a_cusum_and_an_ewma_as_they_are() -> None:
    gap = [*DRIFT[:5], None, *DRIFT[5:]]
    for chart in ("ewma", "cusum"):
        settings = {"sigma": 1.0}
        whole = spc.analyse(spc.Series(value=DRIFT), chart=chart, centre=10.0, settings=settings).points.value
        holed = spc.analyse(spc.Series(value=gap), chart=chart, centre=10.0, settings=settings).points.value
        assert math.isnan(holed[5])
        assert np.delete(holed, 5) == pytest.approx(whole)


def test_a_setting_the_chart_has_not_is_refused() -> None:
    with pytest.raises(spc.NotFound, match="There is no setting 'weight'"):
        spc.analyse(spc.Series(value=DRIFT), chart="xmr", settings={"weight": 0.2})
