"""Many series at once: equal to `analyse` series by series, to the last bit."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import spc
from spc.many import block, columns, lines, rules, runs, verdicts
from spc.many.batch import Batch
from spc.run_limits import run_limits

Table = NDArray[np.float64]
CHARTS = ("xmr", "p", "u", "c", "run")
MDC, ANHOEJ = spc.PROFILES["mdc"], spc.PROFILES["anhoej"]
PROFILES = {
    "mdc": MDC,
    "anhoej": ANHOEJ,
    "cut": replace(ANHOEJ, name="cut", run_limits="cutbox"),
    "box": replace(ANHOEJ, name="box", run_limits="bestbox"),
    "first": replace(
        MDC, name="first", both="first_rule", screened=True, assurance_without_limits="hit_or_miss"
    ),
    "short": replace(
        MDC,
        name="short",
        rules=(
            spc.Use("shift", 3),
            spc.Use("trend", 4),
            spc.Use("two_in_three", 3, mark="beyond", beyond_counts=True),
            spc.Use("outside_limits"),
            spc.Use("longest_run"),
        ),
        reads="last_row",
        fewest_for_limits=1,
    ),
    "nhsr": spc.PROFILES["nhsr_plotthedots"],
    "next": replace(
        MDC, name="next", rules=(spc.Use("trend", 2, next_step=True), spc.Use("shift", 2)), screened=True
    ),
    "by chart": replace(
        MDC, name="by chart", chart_rules=(("run", ANHOEJ.rules), ("p", (spc.Use("trend", 3),)))
    ),
}
WIDTH = block.width(36)
DIRECTIONS = ("increase", "decrease", "neutral")


def differences(batch: Batch) -> list[str]:
    """Everything in which a batch differs from `analyse`, series by series."""
    found = []
    for number in range(len(batch)):
        one = batch.result(number)
        columns = {
            name: (getattr(batch, name)[number], getattr(one.points, name))
            for name in ("value", "centre", "lower", "upper", "lower_2s", "upper_2s")
        }
        marks = dict(one.points.marks)
        none = np.zeros(len(one.points), dtype=np.int8)
        for rule, mark in batch.marks.items():
            columns[rule] = (mark[number], marks.pop(rule, none))
        columns |= {f"no {rule}": (none, mark) for rule, mark in marks.items() if mark.any()}
        found += [
            f"series {number}: {name} {mine} where {theirs}"
            for name, (mine, theirs) in columns.items()
            if not np.array_equal(mine, theirs, equal_nan=True)
        ]
        phase, verdict = one.phases[-1], one.verdict
        words = {
            "variation": (batch.variation[number], verdict.variation),
            "assurance": (batch.assurance[number], verdict.assurance),
            "n": (int(batch.n[number]), verdict.n),
            "trial": (bool(batch.trial[number]), verdict.trial),
        }
        for name in ("n_useful", "longest_run", "longest_run_limit", "crossings", "crossings_limit"):
            if name in batch.runs and phase.n_useful:
                words[name] = (int(batch.runs[name][number]), getattr(phase, name))
        signalled = {signal.rule for signal in one.signals}
        for rule, signal in batch.whole.items():
            words[rule] = (bool(signal[number]), rule in signalled)
        found += [
            f"series {number}: {name} {mine} where {theirs}"
            for name, (mine, theirs) in words.items()
            if mine != theirs
        ]
    return found


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Draw series of one length for one of the charts: ties, gaps, constants, steps, and numbers near the ends."""
    chart = draw(st.sampled_from(CHARTS))
    m, n = draw(st.integers(0, 6)), draw(st.sampled_from([0, 1, 2, 3, 5, 8, 12, 13, 24, 40, 110]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(["normal", "ties", "constant", "step", "wide", "tiny", "huge"]))
    share = draw(st.sampled_from([0.0, 0.0, 0.1, 0.5, 1.0]))
    asked: dict[str, Any] = {
        "chart": chart,
        "profile": draw(st.sampled_from(list(PROFILES.values()))),
        "direction": [DIRECTIONS[place] for place in rng.integers(0, 3, m)],
        "target": draw(
            st.sampled_from([None, 0.5, 50.0, 0.1, [float(place) for place in rng.integers(0, 60, m)]])
        ),
    }
    if chart in ("p", "u") or draw(st.booleans()):
        bottom = sizes(kind, rng, m, n)
        top = (
            bottom * rng.random((m, n)) if kind in ("wide", "huge") else np.floor(bottom * rng.random((m, n)))
        )
        if kind == "constant":
            top = np.full((m, n), 3.0)
        if chart == "u":
            top = np.where(rng.random((m, n)) < 0.1, 2.0, top)
        top[rng.random((m, n)) < share] = np.nan
        bottom[rng.random((m, n)) < share / 2] = np.nan
        return {**asked, "numerator": top, "denominator": bottom}
    value = values(kind, rng, m, n)
    value[rng.random((m, n)) < share] = np.nan
    return {**asked, "value": np.abs(value) if chart == "c" else value}


def values(kind: str, rng: np.random.Generator, m: int, n: int) -> Table:
    """Values of one kind."""
    if kind == "ties":
        return rng.integers(0, 4, (m, n)).astype(float)
    if kind == "constant":
        return np.full((m, n), 0.1)
    if kind == "wide":
        powers = np.float_power(10, rng.integers(-20, 20, (m, n))).astype(np.float64)
        return np.asarray(rng.normal(0, 1, (m, n)) * powers, dtype=np.float64)
    if kind == "tiny":
        return rng.integers(0, 9, (m, n)).astype(float) * 5e-324
    if kind == "huge":
        return rng.uniform(-1, 1, (m, n)) * 1.7e308
    step = 4.0 * (np.arange(n) > n // 2) * (kind == "step")
    return np.asarray(rng.normal(50, 5, (m, n)) + step, dtype=np.float64)


def sizes(kind: str, rng: np.random.Generator, m: int, n: int) -> Table:
    """Denominators of one kind; some are zero."""
    if kind == "constant":
        return np.full((m, n), 20.0)
    if kind in ("wide", "huge"):
        return np.abs(values(kind, rng, m, n))
    return rng.integers(0, 6, (m, n)).astype(float) * {"tiny": 5e-324, "ties": 1.0}.get(kind, 40.0)


@settings(max_examples=300, deadline=None)
@given(asked=tables())
def test_a_batch_equals_analyse_series_by_series(asked: dict[str, Any]) -> None:
    assert not differences(spc.analyse_many(**asked))


def steps(m: int, n: int = 36, seed: int = 5) -> Table:
    """Series of which many have a signal."""
    rng = np.random.default_rng(seed)
    return rng.normal(50, 5, (m, n)) + 7 * (np.arange(n) > 24) * rng.integers(-1, 2, (m, 1))


def test_more_series_than_a_block_and_every_rule_found() -> None:
    value = steps(WIDTH + 40)
    value[np.random.default_rng(1).random(value.shape) < 0.03] = np.nan
    batch = spc.analyse_many(value, direction="increase", target=60.0)
    assert set(batch.marks) == {"outside_limits", "shift", "trend", "two_in_three"}
    assert set(batch.variation) == {"common", "improvement_high", "concern_low"}
    rows = [*range(8), *range(WIDTH - 4, WIDTH + 40)]
    assert not differences(spc.analyse_many(value[rows], direction="increase", target=60.0))
    few = spc.analyse_many(value[rows], direction="increase", target=60.0)
    assert np.array_equal(batch.variation_codes[rows], few.variation_codes)
    assert np.array_equal(batch.upper[rows], few.upper)


@pytest.mark.parametrize(
    ("where", "name", "fault", "profile"),
    [
        (rules, "_windows", lambda *_: None, "mdc"),
        (rules, "_signed", lambda *_: None, "mdc"),
        (rules, "_by_next_step", lambda up, down, _: up if down is None else down, "next"),
        (block, "divided_sums", lambda high, _, n: high / np.maximum(n, 1) + 1e-12, "mdc"),
        (lines, "D4_OF_TWO", 2.0, "first"),
        (columns, "TRIAL_BELOW", 99, "mdc"),
        (columns, "_WANTED", {"increase": -1, "decrease": 1, "neutral": 0}, "mdc"),
        (verdicts, "_HIGH", verdicts._LOW, "mdc"),
        (runs, "run_limits", lambda n, method: run_limits(n + 20, method), "anhoej"),
        (runs, "long_runs", lambda *_: None, "anhoej"),
        (runs, "run_limits", lambda n, _: run_limits(n, "anhoej"), "cut"),
    ],
)
def test_a_planted_fault_is_seen(
    where: Any, name: str, fault: Any, profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {"value": steps(60), "direction": "increase", "profile": PROFILES[profile]}
    assert not differences(spc.analyse_many(**asked))
    monkeypatch.setattr(where, name, fault)
    assert differences(spc.analyse_many(**asked))


@pytest.mark.parametrize(
    ("where", "name", "fault"),
    [
        (lines, "totals", lambda table, _: np.nansum(table, axis=0) * (1 + 1e-12)),
        (lines, "_inside", lambda line, *_: line),
        (block, "_block", lambda value, top, _: block.Block(value, top, top + 1, None, np.full(60, 36))),
    ],
)
def test_a_planted_fault_of_proportions_is_seen(
    where: Any, name: str, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(7)
    asked: dict[str, Any] = {
        "numerator": rng.integers(0, 5, (60, 36)),
        "denominator": rng.integers(5, 9, (60, 36)),
    }
    assert not differences(spc.analyse_many(chart="p", **asked))
    monkeypatch.setattr(where, name, fault)
    assert differences(spc.analyse_many(chart="p", **asked))


def test_nothing_of_a_batch_can_be_changed_and_what_was_given_stays_ones_own() -> None:
    value = steps(3)
    batch = spc.analyse_many(value)
    before = batch.value.copy()
    value[:] = 0
    assert np.array_equal(batch.value, before)
    for column in (batch.value, batch.centre, batch.upper, batch.variation_codes, batch.n):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_no_series_and_no_points_are_no_fault(chart: str, profile: spc.Profile) -> None:
    given: tuple[list[list[float]], ...] = ([], [[]], [[], []])
    for table in given:
        parts: dict[str, Any] = {"numerator": table, "denominator": table}
        batch = spc.analyse_many(
            chart=chart, profile=profile, **parts if chart in ("p", "u") else {"value": table}
        )
        assert len(batch) == len(table)
        assert set(batch.variation) <= {"none"}
        assert batch.upper.shape == batch.value.shape == (len(table), 0)


def test_a_batch_says_what_every_rule_of_the_profile_found_even_nothing() -> None:
    batch = spc.analyse_many([[1.0, 2.0, 1.0, 2.0]], profile="anhoej")
    assert set(batch.marks) == {"outside_limits", "longest_run"}
    assert set(batch.whole) == {"longest_run", "crossings"}
    assert not any(mark.any() for mark in batch.marks.values())
    assert all(mark.shape == (1, 4) for mark in batch.marks.values())
