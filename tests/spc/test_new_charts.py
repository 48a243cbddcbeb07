"""np charts and Bernoulli CUSUMs: definitions and guards."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import spc
from spc.charts.bernoulli_cusum import weights


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two))), max_size=30
    )
)
@settings(max_examples=100, deadline=None)
def test_an_np_chart_is_a_p_chart_in_counts(pairs: list[tuple[int, int]]) -> None:
    series = spc.Series(numerator=[top for top, _ in pairs], denominator=[bottom for _, bottom in pairs])
    counts = spc.analyse(series, chart="np").points
    shares = spc.analyse(series, chart="p").points
    cases = np.array([bottom or math.nan for _, bottom in pairs])
    for line in ("value", "lower", "upper", "lower_2s", "upper_2s"):
        assert getattr(counts, line) == pytest.approx(getattr(shares, line) * cases, nan_ok=True, abs=1e-9)


def test_an_np_chart_stays_between_none_and_all() -> None:
    series = spc.Series(numerator=[9, 10, 8, 9, 1], denominator=[10, 10, 10, 10, 10])
    points = spc.analyse(series, chart="np").points
    assert points.upper.tolist() == [10.0] * 5
    few = spc.analyse(spc.Series(numerator=[1, 0, 2, 1], denominator=[10] * 4), chart="np").points
    assert few.lower.tolist() == [0.0] * 4


def test_an_np_chart_has_no_lines_where_there_were_no_cases() -> None:
    points = spc.analyse(spc.Series(numerator=[1, 0, 2, 1], denominator=[9, 0, 9, 8]), chart="np").points
    assert np.isnan([points.value[1], points.lower[1], points.upper[1]]).all()
    assert np.isfinite(np.delete(points.upper, 1)).all()


def test_an_np_chart_speaks_of_counts_and_not_of_per_cent() -> None:
    series = spc.Series(numerator=[5] * 12, denominator=[50] * 12)
    assert spc.analyse(series, chart="np").verdict.words == "No variation: all 12 points are 5."
    assert spc.analyse(series, chart="p").verdict.words == "No variation: all 12 points are 10%."


def test_an_np_chart_needs_counts_of_events_and_no_more_than_cases() -> None:
    with pytest.raises(spc.NoValues) as refused:
        spc.analyse(spc.Series(value=[0.1, 0.2], denominator=[10, 10]), chart="np")
    assert refused.value.field == "numerator"
    with pytest.raises(spc.NumeratorExceedsDenominator) as exceeded:
        spc.analyse(spc.Series(numerator=[1, 12], denominator=[10, 10]), chart="np")
    assert exceeded.value.row == 1


def bernoulli(outcomes: list[Any], **asked: Any) -> spc.Result:
    return spc.analyse(spc.Series(value=outcomes), chart="bernoulli_cusum", **asked)


@given(
    outcomes=st.lists(st.sampled_from([0, 1, None]), min_size=1, max_size=60),
    usual=st.floats(0.01, 0.99),
    ratio=st.floats(1.1, 5.0),
    interval=st.floats(0.5, 5.0),
)
@settings(max_examples=150, deadline=None)
def test_a_bernoulli_cusum_is_the_sum_of_log_likelihood_ratios(
    outcomes: list[int | None], usual: float, ratio: float, interval: float
) -> None:
    up = down = 0.0
    plain: list[tuple[float, float]] = []
    for outcome in outcomes:
        if outcome is None:
            plain.append((math.nan, math.nan))
            continue
        steps = []
        for odds in (ratio, 1 / ratio):
            changed = odds * usual / (1 - usual + odds * usual)
            likely = changed / usual if outcome else (1 - changed) / (1 - usual)
            steps.append(math.log(likely))
        up, down = max(0.0, up + steps[0]), max(0.0, down + steps[1])
        plain.append((up, -down))
        up, down = (0.0 if up >= interval else up), (0.0 if down >= interval else down)
    asked = {"p0": usual, "odds_ratio": ratio, "interval": interval}
    high, low = bernoulli(outcomes, settings=asked).points.sums or ((), ())
    assert high == pytest.approx([pair[0] for pair in plain], nan_ok=True, abs=1e-9)
    assert low == pytest.approx([pair[1] for pair in plain], nan_ok=True, abs=1e-9)


def test_a_sum_on_the_decision_limit_signals_and_begins_again() -> None:
    step = weights(0.5, 3.0)[1]
    asked = {"p0": 0.5, "odds_ratio": 3.0, "interval": 2 * step}
    points = bernoulli([1, 1, 1, 1, 1], settings=asked).points
    assert points.value.tolist() == [step, 2 * step, step, 2 * step, step]
    assert points.upper[0] == 2 * step
    assert [row for row, names in enumerate(points.signals) if names] == [1, 3]
    above = bernoulli([1, 1, 1, 1, 1], settings={**asked, "interval": math.nextafter(2 * step, 9)}).points
    assert [row for row, names in enumerate(above.signals) if names] == [2]


def test_the_lower_sum_finds_that_an_event_became_rare() -> None:
    result = bernoulli([0] * 40, settings={"p0": 0.3}, direction="decrease")
    assert result.points.value[0] < 0
    assert result.signals[0].variation == "improvement_low"
    assert not bernoulli([1, 0, 0, 0, 1, 0, 0, 0], settings={"p0": 0.3}).signals


def test_the_usual_proportion_is_set_given_or_of_the_baseline() -> None:
    outcomes = [0, 1, 0, 0, 1, 1, 1]
    by_setting = bernoulli(outcomes, settings={"p0": 0.25}).points.value
    assert bernoulli(outcomes, centre=0.25).points.value.tolist() == by_setting.tolist()
    assert bernoulli(outcomes, baseline=4).points.value.tolist() == by_setting.tolist()
    assert bernoulli(outcomes).points.value.tolist() != by_setting.tolist()


@pytest.mark.parametrize("usual", [0.0, 1.0])
def test_a_proportion_of_none_or_all_gives_finite_sums(usual: float) -> None:
    points = bernoulli([0, 1, 0, 1], settings={"p0": usual}).points
    assert np.isfinite(points.value).all()


@pytest.mark.parametrize("profile", list(spc.PROFILES))
def test_an_outcome_other_than_0_and_1_is_refused_by_its_row_in_the_series(profile: str) -> None:
    with pytest.raises(spc.NotBinary, match=r"Point 7: 2 is neither 0 nor 1") as refused:
        bernoulli([0, 1, None, 0, 0, 1, 2, 0], phases=[4], profile=profile)
    assert (refused.value.row, refused.value.field) == (6, "value")
    assert len(bernoulli([0, 1, None, 0, 0, 1, 1, 0], phases=[4], profile=profile).points) == 8


@pytest.mark.parametrize(
    ("chart", "field", "found"),
    [
        ("bernoulli_cusum", "odds_ratio", 0.0),
        ("bernoulli_cusum", "odds_ratio", 1.0),
        ("bernoulli_cusum", "interval", 0.0),
        ("bernoulli_cusum", "p0", 1.5),
        ("funnel_p", "overdispersion", 3.0),
        ("funnel_p", "winsorised", 0.5),
        ("funnel_u", "winsorised", -0.1),
        ("funnel_u", "exact", 0.5),
    ],
)
def test_a_setting_that_cannot_be_is_refused(chart: str, field: str, found: float) -> None:
    series = spc.Series(numerator=[1, 0, 1, 0], denominator=[1] * 4)
    with pytest.raises(spc.OutOfRange) as refused:
        spc.analyse(series, chart=chart, settings={field: found})
    assert refused.value.field == field
