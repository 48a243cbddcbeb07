"""The verdict: one reading, its words, its letter, and what it says when nothing can be said."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import spc

MONTHS = [date(2016 + month // 12, month % 12 + 1, 1) for month in range(36)]
STEADY = [50.0, 52, 51, 49, 48, 50, 51, 49, 50, 52, 48, 50, 51, 49, 50, 52, 51, 48, 50, 49]


def verdict(values: Sequence[float | None], **asked: object) -> spc.Verdict:
    series = spc.Series(x=MONTHS[: len(values)], value=values)
    return spc.analyse(series, **asked).verdict  # type: ignore[arg-type]


def test_words_for_ordinary_variation() -> None:
    assert verdict(STEADY[:9]).words == "Nothing unusual yet: ordinary variation, 9 points, trial limits."
    assert verdict(STEADY).words == "Nothing unusual: ordinary variation, 20 points."
    assert not verdict(STEADY).trial


def test_words_for_an_improvement_since_a_month() -> None:
    found = verdict([*STEADY, 53, 52, 53, 52, 53, 52, 53], direction="increase", baseline=20)
    assert found.words == "Special cause, improvement: 7 points above the mean since September 2017."
    assert (found.variation, found.letter, found.since) == ("improvement_high", "H", 20)


def test_words_for_days_numbers_and_labels() -> None:
    days = spc.Series(x=[date(2026, 3, 2 + day) for day in range(21)], value=[*STEADY, 90])
    assert "3 March 2026" not in spc.analyse(days).verdict.words
    assert spc.analyse(days, baseline=20).verdict.words.endswith("22 March 2026.")
    assert spc.analyse(spc.Series(value=[*STEADY, 90]), baseline=20).verdict.words.endswith("point 21.")
    named = spc.Series(value=[*STEADY, 90], labels=[f"week {week}" for week in range(21)])
    assert spc.analyse(named, baseline=20).verdict.words.endswith("week 20.")


@pytest.mark.parametrize("chart", [name for name, chart in spc.CHARTS.items() if chart.needs != "subgroups"])
@pytest.mark.parametrize("profile", list(spc.PROFILES))
@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_short_chart_is_never_refused_and_says_so_kindly(chart: str, profile: str, n: int) -> None:
    tops, bottoms = ([1, 0], [1, 1]) if spc.CHARTS[chart].needs == "outcome" else ([3, 4], [9, 9])
    result = spc.analyse(
        spc.Series(numerator=tops[:n], denominator=bottoms[:n]), chart=chart, profile=profile, target=0.5
    )
    expected = {0: "No points yet", 1: "One point so far"}.get(n, "")
    assert result.verdict.words.startswith(expected)
    assert result.verdict.variation in ("none", "common")
    json.dumps(result.to_dict(), allow_nan=False)


def test_all_values_missing() -> None:
    found = verdict([None] * 5, target=3, direction="increase")
    assert found.words == "No values yet: the chart begins with the first one."
    assert (found.variation, found.assurance) == ("none", "none")


@pytest.mark.parametrize(
    ("direction", "target", "assurance"),
    [
        ("increase", 40, "pass"),
        ("increase", 60, "fail"),
        ("increase", 50, "hit_or_miss"),
        ("decrease", 40, "fail"),
        ("decrease", 60, "pass"),
        ("neutral", 40, "none"),
        ("increase", None, "none"),
    ],
)
def test_assurance_compares_the_target_with_the_limits(
    direction: str, target: float | None, assurance: str
) -> None:
    found = verdict(STEADY, direction=direction, target=target)
    assert found.assurance == assurance
    assert bool(found.assurance_words) == (target is not None)


def test_a_target_on_a_limit_may_be_hit_or_missed() -> None:
    upper = verdict(STEADY).upper
    assert verdict(STEADY, direction="increase", target=upper).assurance == "hit_or_miss"


@pytest.mark.parametrize("chart", ["xmr", "p"])
def test_always_a_hundred_per_cent_passes_a_target_of_a_hundred(chart: str) -> None:
    series = spc.Series(numerator=[20] * 15, denominator=[20] * 15)
    found = spc.analyse(series, chart=chart, direction="increase", target=1.0).verdict
    assert (found.assurance, found.variation) == ("pass", "common")
    assert found.words.startswith("No variation: all 15 points are 1")


def test_a_target_that_changes_holds_from_its_period_on() -> None:
    series = spc.Series(x=MONTHS[:20], value=STEADY)
    asked = [(date(2017, 1, 1), 60.0), (date(2016, 6, 15), 40.0)]
    result = spc.analyse(series, direction="increase", target=asked)
    assert result.points.target[:6].tolist()[-1] != result.points.target[-1]
    assert result.points.target.tolist()[6:12] == [40.0] * 6
    assert result.points.target.tolist()[12:] == [60.0] * 8
    assert result.verdict.target == 60
    assert result.verdict.assurance == "fail"


def test_the_latest_value_decides_even_when_the_last_month_is_missing() -> None:
    values: list[float | None] = [*STEADY, 90, None]
    assert verdict(values, baseline=20, direction="decrease").variation == "concern_high"
    assert verdict(values, baseline=20, profile="nhsr_plotthedots").variation == "common"


def test_earlier_signals_are_counted_and_not_read_as_now() -> None:
    found = verdict([90, *STEADY], baseline=(1, 20), direction="decrease")
    assert found.variation == "common"
    assert found.words.endswith("Earlier there was one signal.")


def test_words_blame_nobody() -> None:
    told = [
        spc.analyse(spc.Series(value=[*STEADY, last]), direction=direction, target=51, baseline=20).verdict
        for last in (20, 50, 90)
        for direction in ("increase", "decrease", "neutral")
    ]
    told_words = " ".join(found.words + found.assurance_words for found in told).lower()
    assert not any(
        word in told_words for word in ("good", "bad", "poor", "fail", "caused", "green", "because")
    )


def test_json_has_no_nan_and_the_agreed_names() -> None:
    series = spc.Series(x=MONTHS[:5], numerator=[1, None, 3, 0, 2], denominator=[4, 4, 4, 0, 4])
    written = spc.analyse(series, chart="p", direction="increase", target=0.5).to_dict()
    assert written.keys() >= {"engine", "profile", "chart", "points", "signals", "phases", "verdict"}
    assert written["points"][0].keys() >= {
        "period",
        "value",
        "centre",
        "lower",
        "upper",
        "phase",
        "included",
        "signals",
        "variation",
    }
    assert written["points"][0]["period"] == "2016-01-01"
    assert written["points"][1]["value"] is None
    assert json.loads(json.dumps(written, allow_nan=False)) == written


def test_a_result_does_not_change() -> None:
    result = spc.analyse(spc.Series(value=STEADY))
    with pytest.raises(ValueError, match="read-only"):
        result.points.centre[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        result.series.value[0] = 1
    with pytest.raises(AttributeError):
        result.series.value = result.points.value
    with pytest.raises(AttributeError):
        result.points.value = result.points.centre  # type: ignore[misc]


# --- how sure, and what not to conclude ---------------------------------------------------------------------------------------

SHIFTED = [*STEADY, 53, 52, 53, 52, 53, 52, 53]


def test_a_shift_says_how_often_chance_does_it() -> None:
    found = verdict(SHIFTED, baseline=20)
    assert (
        found.how_sure == "If nothing had changed, about 1 in 64 stretches of 7 points would look like this."
    )
    assert "does not say why" in found.not_to_conclude


def test_the_chance_follows_the_length_of_the_rule() -> None:
    profile = spc.PROFILES["mdc"]
    longer = replace(profile, rules=(spc.Use("shift", 6),))
    assert "1 in 32 stretches of 6 points" in verdict(SHIFTED, baseline=20, profile=longer).how_sure


@pytest.mark.parametrize(
    ("profile", "values", "chance"),
    [
        ("mdc", [*STEADY, 60], "3 points in 1,000"),
        ("mdc", [*STEADY, 47, 48, 49, 50, 51, 52, 53], "1 in 2,500 stretches of 7"),
        ("anhoej", [*SHIFTED, 53, 52, 53], "fewer than 1 chart in 10"),
        ("ihi_run", SHIFTED, "1 in 32 stretches of 6"),
    ],
)
def test_every_rule_has_its_chance(profile: str, values: list[float], chance: str) -> None:
    chart = "run" if profile == "ihi_run" else "xmr"
    assert chance in verdict(values, baseline=20, profile=profile, chart=chart).how_sure


def test_every_rule_of_every_profile_has_words_for_how_sure() -> None:
    from spc.assurance import sureness  # noqa: PLC0415 - the table itself is looked at

    for profile in spc.PROFILES.values():
        for use in profile.rules:
            known = use.rule in sureness._CHANCES or use.rule in sureness._WHOLE_PHASE
            assert known or use.rule in ("outside_limits", "astronomical"), use.rule


@pytest.mark.parametrize(
    ("rule", "n", "length"),
    [("shift", 7, 7), ("trend", 7, 7), ("two_in_three", 3, 3), ("within_one_sigma", 15, 15)],
)
def test_the_chances_are_those_of_random_numbers(rule: str, n: int, length: int) -> None:
    from spc.assurance import sureness  # noqa: PLC0415 - the table itself is looked at

    use = next(
        use
        for use in (*spc.PROFILES["mdc"].rules, *spc.PROFILES["qcc_nelson"].rules)
        if use.rule == rule and use.n == n
    )
    value = np.random.default_rng(3).standard_normal((400_000, length))
    side = np.sign(value)
    seen = {
        "shift": (side == side[:, :1]).all(axis=1),
        "trend": (np.diff(value) > 0).all(axis=1) | (np.diff(value) < 0).all(axis=1),
        "two_in_three": (side == side[:, :1]).all(axis=1)
        & (((np.abs(value) > 2) & (np.abs(value) < 3)).sum(axis=1) >= 2),
        "within_one_sigma": (np.abs(value) < 1).all(axis=1),
    }[rule].mean()
    expected = sureness._CHANCES[rule](use)
    assert abs(seen - expected) < 5 * (expected / 400_000) ** 0.5


def test_trial_limits_make_less_sure() -> None:
    assert (
        "first hint" in verdict([*STEADY[:8], 90]).how_sure or "trial" in verdict([*STEADY[:8], 90]).how_sure
    )
    assert "trial limits, from 9 points" in verdict(STEADY[:9]).how_sure
    assert "hidden in the ordinary variation" in verdict(STEADY).how_sure


def test_nothing_is_claimed_of_too_few_points() -> None:
    found = verdict(STEADY[:2])
    assert (found.how_sure, found.not_to_conclude) == ("", "Ups and downs of so few points mean nothing yet.")


def test_units_are_not_called_better_or_worse() -> None:
    series = spc.Series(numerator=[5, 6, 5, 40], denominator=[100] * 4, ordered=False, x=list("abcd"))
    found = spc.analyse(series, chart="p").verdict
    assert "3 units in 1,000" in found.how_sure
    assert "better or worse" in found.not_to_conclude


# --- targets ---------------------------------------------------------------------------------------------------------------


def test_two_targets_are_judged_side_by_side() -> None:
    found = verdict(STEADY, direction="increase", target=40, second_target=60)
    assert (found.assurance, found.second_assurance) == ("pass", "fail")
    assert "the target of 40 every time. As it is now" in found.assurance_words
    assert "the second target of 60" in found.assurance_words
    result = spc.analyse(spc.Series(value=STEADY), target=40, second_target=[(5, 60.0)])
    assert result.to_dict()["points"][0]["second_target"] is None
    assert result.to_dict()["points"][-1]["second_target"] == 60.0
    assert "second_target" not in spc.analyse(spc.Series(value=STEADY)).to_dict()["points"][0]


@pytest.mark.parametrize("chart", ["ewma", "cusum", "mr"])
def test_a_target_is_not_judged_by_limits_of_something_else(chart: str) -> None:
    found = verdict(STEADY, chart=chart, direction="increase", target=90)
    assert found.assurance == "none"
    assert found.assurance_words == (
        "The target is 90; this chart does not show the values it is set for, so it is not judged."
    )


@pytest.mark.parametrize("profile", ["qicharts2", "nhsr_plotthedots", "powerbi_spc"])
def test_constant_values_without_limits_say_that_they_do_not_vary(profile: str) -> None:
    found = verdict([7.0] * 20, profile=profile)
    assert found.words == "No variation: all 20 points are 7; there are no limits to tell by."
