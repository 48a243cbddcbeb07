"""The small engine that simulates power against `spc.analyse`, series by series and look by look."""

from dataclasses import replace

import numpy as np
import pytest

import spc
from spc.advice.chances import UNDIRECTED, drawn, limits_of, shown, table_of
from spc.advice.process import Process
from spc.profiles import Use
from spc.series import BoolArray, FloatArray


def seen_by_analyse(value: FloatArray, sizes: FloatArray | None, start: int, **asked: object) -> list[bool]:
    """One series: whether `spc.analyse` has signalled at each look, by the definition that `shown` gives."""
    falling = bool(asked.pop("falling"))
    sign = -1 if falling else 1

    def looked(stop: int) -> spc.Result:
        if sizes is None:
            series = spc.Series(value=value[:stop])
        else:
            series = spc.Series(numerator=np.rint(value[:stop] * sizes[:stop]), denominator=sizes[:stop])
        return spc.analyse(series, baseline=start, **asked)  # type: ignore[arg-type]

    whole = {"crossings", "number_of_runs"}
    before = {signal.rule for signal in looked(start).signals}
    seen, so_far = [], False
    for stop in range(start + 1, len(value) + 1):
        result = looked(stop)
        so_far |= any(
            (mark[start:] == sign).any() for rule, mark in result.points.marks if rule not in UNDIRECTED
        )
        so_far |= any(
            signal.rule in whole - before
            and signal.variation == ("neutral_low" if falling else "neutral_high")
            for signal in result.signals
        )
        seen.append(so_far)
    return seen


def both(
    chart: str, profile: spc.Profile, *, falling: bool, rules: spc.Profile | None = None
) -> tuple[BoolArray, BoolArray]:
    """Looks of the small engine (with other rules, if given) and of `spc.analyse` on the same small series."""
    start, longest, series = 9, 9, 8
    levels = {"xmr": (5.0, 2.5), "run": (5.0, 2.5), "p": (0.4, 0.25), "u": (0.5, 0.4), "c": (4.0, 4.0)}
    centre, change = levels[chart]
    centre, change = (centre + change, -change) if falling else (centre, change)
    sizes = np.array([20.0, 25, 30, 20, 25, 30, 20, 25, 30])
    if profile.name.startswith("qcc"):
        sizes = np.full(start, 25.0)
    given = sizes if chart in ("p", "u") else None
    process = Process(chart, start, centre, change, sigma=2.5, denominators=given)
    base, later, _, drawn_sizes = drawn(process, longest, series, seed=hash_of(chart, profile.name))
    value = np.concatenate((base, later))
    if chart in ("xmr", "run"):
        value = np.rint(value)
    limits = limits_of(chart, value[:start], drawn_sizes, profile)
    table = table_of(value, limits, start, falling=falling)
    fast = shown(table, (rules or profile).rules_for(chart))
    slow = [
        seen_by_analyse(
            value[:, one],
            None if drawn_sizes is None else drawn_sizes[:, one],
            start,
            chart=chart,
            profile=profile,
            falling=falling,
        )
        for one in range(series)
    ]
    return fast, np.array(slow).T


def hash_of(*words: str) -> int:
    """A seed that does not change from run to run."""
    return sum(ord(letter) * place for place, letter in enumerate("".join(words), start=1))


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("profile", spc.PROFILES)
@pytest.mark.parametrize("chart", ["xmr", "run", "p", "u", "c"])
def test_every_look_equals_analyse_series_by_series(chart: str, profile: str, *, falling: bool) -> None:
    fast, slow = both(chart, spc.PROFILES[profile], falling=falling)
    assert fast.tolist() == slow.tolist()


@pytest.mark.parametrize("third", ["same_side", "cancels", "free"])
@pytest.mark.parametrize("mark", ["pattern", "beyond", "completing"])
@pytest.mark.parametrize("rule", ["two_in_three", "four_in_five"])
def test_every_form_of_the_zone_rules_equals_analyse(third: str, mark: str, rule: str) -> None:
    use = Use(rule, 3, third=third, mark=mark, beyond_counts=mark == "pattern")  # type: ignore[arg-type]
    fast, slow = both("xmr", replace(spc.PROFILES["mdc"], rules=(use,)), falling=False)
    assert fast.tolist() == slow.tolist()


@pytest.mark.parametrize("third", ["same_side", "cancels", "free"])
@pytest.mark.parametrize("mark", ["pattern", "beyond", "completing"])
@pytest.mark.parametrize("lines", ["own", "last"])
@pytest.mark.parametrize("last", [5.2, 4.0, 9.0])
def test_a_window_that_reaches_back_into_the_baseline_equals_analyse(
    third: str, mark: str, lines: str, last: float
) -> None:
    value = np.array([4.0, 6, 4.5, 5.5, 4, 6, 4.5, 5.5, 5, 5, 8.4, 8.6, last, 5.1, 5.2])
    use = Use("two_in_three", 3, third=third, mark=mark, lines=lines, beyond_counts=lines == "last")  # type: ignore[arg-type]
    profile = replace(spc.PROFILES["mdc"], rules=(use,), limit_factor=2.0)
    column = value[:, np.newaxis]
    table = table_of(column, limits_of("xmr", column[:12], None, profile), 12, falling=False)
    slow = seen_by_analyse(value, None, 12, chart="xmr", profile=profile, falling=False)
    assert shown(table, profile.rules)[:, 0].tolist() == slow


@pytest.mark.parametrize(
    "fault",
    [
        (Use("outside_limits"), Use("trend", 7), Use("two_in_three", 3, mark="beyond"), Use("shift", 8)),
        (Use("outside_limits"), Use("trend", 3), Use("two_in_three", 3, mark="beyond"), Use("shift", 7)),
        (Use("trend", 7), Use("two_in_three", 3, mark="beyond"), Use("shift", 7)),
    ],
)
def test_a_planted_fault_in_the_rules_is_seen_against_analyse(fault: tuple[Use, ...]) -> None:
    mdc = spc.PROFILES["mdc"]
    different = [
        (fast != slow).any()
        for chart in ("xmr", "c", "p", "u")
        for fast, slow in [both(chart, mdc, falling=False, rules=replace(mdc, rules=fault))]
    ]
    assert any(different)
