"""Funnel plots: exact lines, over-dispersion, and the words for units side by side."""

import json
import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import spc
from spc.charts import funnel

UNITS = [f"Hospital {letter}" for letter in "ABCDEFGHIJKLMNOP"]


def units(tops: list[int], bottoms: list[int], *, ordered: bool = False) -> spc.Series:
    return spc.Series(x=UNITS[: len(tops)], numerator=tops, denominator=bottoms, ordered=ordered)


@given(cases=st.integers(1, 400), share=st.floats(0.001, 0.999))
@settings(max_examples=150, deadline=None)
def test_exact_lines_of_proportions_leave_no_more_than_their_chance_outside(cases: int, share: float) -> None:
    points = spc.analyse(
        units([0, 0, 0], [cases] * 3), chart="funnel_p", centre=share, settings={"exact": 1}
    ).points
    from scipy.stats import binom  # noqa: PLC0415 - slow to import

    for tail, lower, upper in (
        (0.025, points.lower_2s[0], points.upper_2s[0]),
        (0.001, points.lower[0], points.upper[0]),
    ):
        _no_more_than(tail, lower * cases, upper * cases, cases, lambda r: float(binom.cdf(r, cases, share)))


@given(cases=st.floats(0.1, 400.0), rate=st.floats(0.01, 5.0))
@settings(max_examples=150, deadline=None)
def test_exact_lines_of_rates_leave_no_more_than_their_chance_outside(cases: float, rate: float) -> None:
    from scipy.stats import poisson  # noqa: PLC0415 - slow to import

    series = spc.Series(numerator=[0, 0, 0], denominator=[cases] * 3, ordered=False)
    points = spc.analyse(series, chart="funnel_u", centre=rate).points
    for tail, lower, upper in (
        (0.025, points.lower_2s[0], points.upper_2s[0]),
        (0.001, points.lower[0], points.upper[0]),
    ):
        most = math.inf
        _no_more_than(tail, lower * cases, upper * cases, most, lambda r: float(poisson.cdf(r, cases * rate)))


def _no_more_than(tail: float, lower: float, upper: float, most: float, below: Any) -> None:
    hair = 1e-9
    first_above, last_below = math.floor(upper + hair) + 1, math.ceil(lower - hair) - 1
    assert 1 - below(first_above - 1) <= tail + hair
    assert first_above > most or 1 - below(first_above - 2) >= tail - hair
    assert last_below < 0 or below(last_below) <= tail + hair
    assert below(last_below + 1) >= tail - hair


def test_one_event_nearer_than_the_exact_line_would_be_too_many() -> None:
    from scipy.stats import binom  # noqa: PLC0415 - slow to import

    points = spc.analyse(units([5, 5, 5], [10] * 3), chart="funnel_p", centre=0.5).points
    with pytest.raises(AssertionError):
        _no_more_than(
            0.001, 0.0, points.upper[0] * 10 - 1, 10, lambda events: float(binom.cdf(events, 10, 0.5))
        )


def test_normal_lines_stand_at_1_96_and_3_09_standard_deviations() -> None:
    points = spc.analyse(units([20, 50, 30], [100, 100, 100]), chart="funnel_p", settings={"exact": 0}).points
    share = 1 / 3
    deviation = math.sqrt(share * (1 - share) / 100)
    assert points.upper_2s[0] == pytest.approx(share + 1.96 * deviation, abs=2e-6)
    assert points.lower[0] == pytest.approx(share - 3.09 * deviation, abs=2e-5)


def test_exact_and_normal_lines_agree_where_there_are_many_cases() -> None:
    series = units([300_000, 310_000, 305_000], [1_000_000] * 3)
    exact = spc.analyse(series, chart="funnel_p").points
    normal = spc.analyse(series, chart="funnel_p", settings={"exact": 0}).points
    assert exact.upper == pytest.approx(normal.upper, abs=3e-6)


def test_lines_are_narrower_for_larger_units_and_missing_without_cases() -> None:
    points = spc.analyse(units([1, 10, 100, 0], [10, 100, 1000, 0]), chart="funnel_p").points
    widths = (points.upper - points.lower).tolist()
    assert all(wide > narrow for wide, narrow in pairwise(widths[:3]))
    assert math.isnan(widths[3])
    assert points.variation[3] == "missing"


SPREAD = [52, 75, 48, 90, 60, 33, 71, 49, 80, 40, 66, 55]


def test_overdispersion_is_phi_and_tau2_of_spiegelhalter() -> None:
    distance, variance = np.array([-3.0, -1.0, 0.5, 1.0, 2.5, 4.0]), np.array([1.0, 2.0, 1.0, 4.0, 1.0, 2.0])
    found = funnel.dispersion(distance, variance, winsorised=0.0)
    squares = sum(d * d / v for d, v in zip(distance, variance, strict=True))
    weight = 1 / variance
    assert found.phi == pytest.approx(squares / 6)
    assert found.tau2 == pytest.approx((squares - 5) / (weight.sum() - (weight**2).sum() / weight.sum()))
    from scipy.stats import chi2  # noqa: PLC0415 - slow to import

    assert found.p == pytest.approx(chi2.sf(squares, 5))
    outside = funnel.dispersion(distance, variance, winsorised=0.0, estimated=False)
    assert outside.p == pytest.approx(chi2.sf(squares, 6))


def test_winsorising_draws_in_a_tenth_at_either_end() -> None:
    distance = np.array([-50.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 90.0])
    found = funnel.dispersion(distance, np.ones(10), winsorised=0.1)
    assert found.phi == pytest.approx(4 / 10)
    assert funnel.dispersion(distance, np.ones(10), winsorised=0.0).phi > 1000


def test_a_factor_widens_by_the_root_of_phi_and_an_added_variance_by_tau() -> None:
    series = spc.Series(numerator=SPREAD, denominator=[200] * 12, ordered=False)
    plain = spc.analyse(series, chart="funnel_p", settings={"exact": 0}).points
    centre, variance = plain.centre[0], plain.centre[0] * (1 - plain.centre[0]) / 200
    found = funnel.dispersion(np.array(SPREAD) / 200 - centre, np.full(12, variance), winsorised=0.1)
    assert found.significant
    for kind, factor in ((1, found.phi), (2, (variance + found.tau2) / variance)):
        wide = spc.analyse(series, chart="funnel_p", settings={"overdispersion": kind}).points
        assert wide.upper - centre == pytest.approx((plain.upper - centre) * math.sqrt(factor))
        assert (wide.direction != 0).sum() < (plain.direction != 0).sum()


def test_phi_that_may_be_chance_widens_nothing() -> None:
    rng = np.random.default_rng(3)
    events = rng.binomial(200, 0.3, 16).tolist()
    series = units(events, [200] * 16)
    plain = spc.analyse(series, chart="funnel_p").points
    for kind in (1, 2):
        same = spc.analyse(series, chart="funnel_p", settings={"overdispersion": kind, "winsorised": 0.1})
        assert same.points.upper.tolist() == plain.upper.tolist()


def test_phi_is_called_significant_in_about_five_of_a_hundred_sets_of_like_units() -> None:
    rng = np.random.default_rng(5)
    found = []
    for _ in range(2000):
        scores = rng.normal(size=20)
        found.append(funnel.dispersion(scores - scores.mean(), np.ones(20), winsorised=0.0).significant)
    assert 0.035 < np.mean(found) < 0.065


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("profile", [name for name in spc.PROFILES if name != "ihi_run"])
def test_only_single_units_are_judged_however_the_series_calls_itself(ordered: bool, profile: str) -> None:  # noqa: FBT001 - a parameter
    rising = [50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61]
    result = spc.analyse(
        units(rising, [100] * 12, ordered=ordered), chart="funnel_p", profile=profile, centre=0.49
    )
    assert {signal.rule for signal in result.signals} == set()
    in_time = spc.analyse(units(rising, [100] * 12, ordered=True), chart="p", profile=profile, centre=0.49)
    assert in_time.signals


def test_a_verdict_on_units_counts_those_outside_and_names_no_latest() -> None:
    series = units([10, 11, 9, 40, 35, 0, 10, 12], [100] * 8)
    result = spc.analyse(series, chart="funnel_p", direction="decrease", centre=0.1, target=0.1)
    verdict = result.verdict
    assert verdict.words == (
        "3 of 8 units are outside the limits: 2 above the upper limit, concern; 1 below the lower limit, improvement."
    )
    assert (verdict.variation, verdict.letter, verdict.row, verdict.since) == (
        "concern_high",
        "H",
        None,
        None,
    )
    assert (verdict.assurance, verdict.lower, verdict.upper) == ("none", None, None)
    assert (
        verdict.assurance_words
        == "The target is 10%; where units are compared with one another it is not judged."
    )
    assert [signal.words for signal in result.signals] == [
        "2 points above the upper limit, Hospital D, Hospital E",
        "1 point below the lower limit, Hospital F",
    ]
    assert json.loads(json.dumps(result.to_dict(), allow_nan=False))["verdict"]["row"] is None
    assert spc.verify(spc.chart_file(result))


@pytest.mark.parametrize(
    ("tops", "bottoms", "words", "variation"),
    [
        ([10, 11, 9, 12], [100] * 4, "Nothing unusual: all 4 units are inside the limits.", "common"),
        ([10, 11], [100] * 2, "2 units so far: too few to compare.", "none"),
        ([10], [100], "One point so far: a start. Variation can be described once there are more.", "none"),
        ([], [], "No points yet: the chart begins with the first one.", "none"),
        ([0, 0], [0, 0], "No values yet: the chart begins with the first one.", "none"),
        (
            [10, 11, 9, 60],
            [100] * 4,
            "1 of 4 units is outside the limits: 1 above the upper limit.",
            "neutral_high",
        ),
    ],
)
def test_words_for_units(tops: list[int], bottoms: list[int], words: str, variation: str) -> None:
    centre = 0.1 if len(tops) > 2 else None
    verdict = spc.analyse(units(tops, bottoms), chart="funnel_p", centre=centre).verdict
    assert (verdict.words, verdict.variation) == (words, variation)


def test_the_more_frequent_side_is_the_variation_where_no_direction_is_better() -> None:
    mostly_low = spc.analyse(units([50, 10, 11, 90], [100] * 4), chart="funnel_p", centre=0.5).verdict
    assert mostly_low.variation == "neutral_low"
    even = spc.analyse(units([50, 10, 50, 90], [100] * 4), chart="funnel_p", centre=0.5).verdict
    assert even.variation == "neutral_high"


def test_other_charts_of_categories_speak_of_units_and_of_trial_limits() -> None:
    series = spc.Series(x=UNITS[:6], value=[5, 6, 5, 6, 5, 6], ordered=False)
    assert spc.analyse(series).verdict.words == (
        "Nothing unusual: all 6 units are inside the limits (trial limits)."
    )
    assert spc.analyse(series, chart="run").verdict.words == (
        "6 units side by side: this chart has no limits to compare them with."
    )
    in_time = spc.Series(x=UNITS[:6], value=[5, 6, 5, 6, 5, 6])
    assert "units" not in spc.analyse(in_time).verdict.words


def test_an_excluded_unit_is_drawn_and_counts_nowhere() -> None:
    series = units([10, 11, 9, 12, 60], [100] * 5)
    whole, without = (spc.analyse(series, chart="funnel_p", excluded=excluded) for excluded in ((), (4,)))
    assert without.points.centre[0] == pytest.approx(0.105)
    assert whole.points.centre[0] > 0.2
    assert without.verdict.n == 4
    assert without.verdict.words == "Nothing unusual: all 4 units are inside the limits."


def test_two_units_have_a_centre_and_no_lines() -> None:
    points = spc.analyse(units([10, 30], [100] * 2), chart="funnel_p").points
    assert points.centre.tolist() == [0.2, 0.2]
    assert np.isnan([points.lower, points.upper, points.lower_2s, points.upper_2s]).all()


def test_units_outside_are_named_without_the_excluded_one_between_them() -> None:
    series = units([10, 11, 9, 40, 41, 42, 10], [100] * 7)
    signals = spc.analyse(series, chart="funnel_p", centre=0.1, excluded=[4]).signals
    assert [signal.words for signal in signals] == ["2 points above the upper limit, Hospital D, Hospital F"]
