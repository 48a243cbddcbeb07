"""Many series at once: equal to `analyse` series by series, to the last bit; and refused as kindly."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import spc
from spc.many import block, rules
from spc.many.batch import Batch
from spc.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Callable

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
}
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
        for use in batch.conventions.rules_for(batch.chart):
            mark = batch.marks[use.rule][number] if use.rule in batch.marks else none
            columns[use.rule] = (mark, marks.get(use.rule, none))
        found += [
            f"series {number}: {name} {mine} where {theirs}"
            for name, (mine, theirs) in columns.items()
            if not np.array_equal(mine, theirs, equal_nan=True)
        ]
        phase, verdict = one.phases[-1], one.verdict
        words = {
            "variation": (batch.variation[number], verdict.variation),
            "assurance": (batch.assurance[number], verdict.assurance),
            "n": (int(batch.counts[number]), verdict.n),
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
    m, n = draw(st.integers(0, 6)), draw(st.sampled_from([0, 1, 2, 3, 5, 8, 12, 13, 24, 40]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kind = draw(st.sampled_from(["normal", "ties", "constant", "step", "wide", "tiny", "huge"]))
    made: dict[str, Callable[[], NDArray[np.float64]]] = {
        "normal": lambda: rng.normal(50, 5, (m, n)),
        "ties": lambda: rng.integers(0, 4, (m, n)).astype(float),
        "constant": lambda: np.full((m, n), 0.1),
        "step": lambda: rng.normal(10, 1, (m, n)) + 4 * (np.arange(n) > n // 2),
        "wide": lambda: np.asarray(
            rng.normal(0, 1, (m, n)) * np.float_power(10, rng.integers(-20, 20, (m, n))), dtype=np.float64
        ),
        "tiny": lambda: rng.integers(0, 9, (m, n)).astype(float) * 5e-324,
        "huge": lambda: rng.uniform(-1, 1, (m, n)) * 1.7e308,
    }
    value = made[kind]()
    gone = rng.random((m, n)) < draw(st.sampled_from([0.0, 0.0, 0.1, 0.5, 1.0]))
    asked: dict[str, Any] = {
        "chart": chart,
        "profile": draw(st.sampled_from(list(PROFILES.values()))),
        "direction": [DIRECTIONS[place] for place in rng.integers(0, 3, m)],
        "target": draw(
            st.sampled_from([None, 0.5, 50.0, [float(place) for place in rng.integers(0, 60, m)]])
        ),
    }
    if chart in ("p", "u"):
        bottom = rng.integers(0, 6, (m, n)).astype(float) * draw(st.sampled_from([1.0, 40.0]))
        top = (
            np.floor(bottom * rng.random((m, n)))
            if chart == "p"
            else rng.integers(0, 9, (m, n)).astype(float)
        )
        if kind == "constant":
            bottom = np.full((m, n), 20.0)
            top = np.full((m, n), 3.0)
        top[gone] = np.nan
        return {**asked, "numerator": top, "denominator": bottom}
    value = np.abs(value) if chart == "c" else value
    value[gone] = np.nan
    return {**asked, "value": value}


@settings(max_examples=250, deadline=None)
@given(asked=tables())
def test_a_batch_equals_analyse_series_by_series(asked: dict[str, Any]) -> None:
    assert not differences(spc.analyse_many(**asked))


def steps(m: int, n: int = 36, seed: int = 5) -> NDArray[np.float64]:
    """Series of which many have a signal."""
    rng = np.random.default_rng(seed)
    return rng.normal(50, 5, (m, n)) + 7 * (np.arange(n) > 24) * rng.integers(-1, 2, (m, 1))


def test_more_series_than_a_block_and_every_rule_found() -> None:
    value = steps(block.WIDTH + 40)
    value[np.random.default_rng(1).random(value.shape) < 0.03] = np.nan
    batch = spc.analyse_many(value, direction="increase", target=60.0)
    assert set(batch.marks) == {"outside_limits", "shift", "trend", "two_in_three"}
    assert set(batch.variation) == {"common", "improvement_high", "concern_low"}
    rows = [*range(8), *range(block.WIDTH - 4, block.WIDTH + 40)]
    assert not differences(spc.analyse_many(value[rows], direction="increase", target=60.0))
    few = spc.analyse_many(value[rows], direction="increase", target=60.0)
    assert np.array_equal(batch.variation_codes[rows], few.variation_codes)
    assert np.array_equal(batch.upper[rows], few.upper)


@pytest.mark.parametrize(
    ("where", "name", "fault"),
    [
        (rules, "_windows", lambda *_: None),
        (rules, "_signed", lambda *_: None),
        (block, "divided_sums", lambda high, _, n: high / np.maximum(n, 1) + 1e-12),
    ],
)
def test_a_planted_fault_is_seen(where: Any, name: str, fault: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    value = steps(40)
    assert not differences(spc.analyse_many(value))
    monkeypatch.setattr(where, name, fault)
    assert differences(spc.analyse_many(value))


def test_nothing_of_a_batch_can_be_changed_and_what_was_given_stays_ones_own() -> None:
    value = steps(3)
    batch = spc.analyse_many(value)
    before = batch.value.copy()
    value[:] = 0
    assert np.array_equal(batch.value, before)
    for column in (batch.value, batch.centre, batch.upper, batch.variation_codes, batch.counts):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def refused(**asked: Any) -> spc.SpcError:
    with pytest.raises(spc.SpcError) as found:
        spc.analyse_many(**asked)
    return found.value


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        ({"value": [[1.0]], "chart": "g"}, spc.NotFound, "many series at once"),
        ({"value": [[1.0]], "chart": "xmrr"}, spc.NotFound, "xmrr"),
        ({"value": [[1.0]], "profile": "ihi_run"}, spc.OutOfRange, "one by one"),
        ({"value": [[1.0]], "profile": "powerbi_spc"}, spc.OutOfRange, "one by one"),
        ({"value": [[1.0]], "direction": "up"}, spc.NotFound, "up"),
        ({"value": [[1.0]], "direction": ["increase", "increase"]}, spc.LengthsDiffer, "direction"),
        ({"value": [[1.0]], "target": [1, 2]}, spc.LengthsDiffer, "target"),
        ({"value": [[1.0]], "target": "much"}, spc.NotANumber, "not a number"),
        ({"value": None}, spc.NoValues, "value"),
        ({"value": 5}, spc.NoValues, "value"),
        ({"value": [1.0, 2.0]}, spc.NotANumber, "not a number"),
        ({"value": [[1.0], [1.0, 2.0]]}, spc.LengthsDiffer, "1 entries where 2"),
        ({"value": [[1.0, 2.0], [3.0, "x"]]}, spc.NotANumber, "Series 2, point 2"),
        ({"value": [[1.0, 2.0], [3.0, np.inf]]}, spc.NotFinite, "Series 2, point 2"),
        ({"value": [[1.0, 2.0], [-3.0, 1.0]], "chart": "c"}, spc.Negative, "Series 2, point 1"),
        ({"value": [[1.0]], "chart": "p"}, spc.NoValues, "numerator"),
        (
            {"numerator": [[1.0, 2.0], [9.0, 12.0]], "denominator": [[9.0, 9.0], [9.0, 9.0]], "chart": "p"},
            spc.NumeratorExceedsDenominator,
            "Series 2, point 2: the numerator, 12, is larger than the denominator, 9",
        ),
        ({"numerator": [[1.0]], "denominator": [[-1.0]], "chart": "u"}, spc.Negative, "Series 1, point 1"),
        ({"numerator": [[1.0]], "denominator": [[1.0, 1.0]], "chart": "u"}, spc.LengthsDiffer, "numerator"),
    ],
)
def test_bad_input_is_named(asked: dict[str, Any], kind: type[spc.SpcError], words: str) -> None:
    error = refused(**asked)
    assert isinstance(error, kind)
    assert words in error.message
    assert str(error) == error.message


def test_the_series_that_is_wrong_is_named_beyond_the_first_block() -> None:
    value = steps(block.WIDTH + 10)
    value[block.WIDTH + 3, 7] = np.inf
    error = refused(value=value)
    assert (error.series, error.row) == (block.WIDTH + 3, 7)


@pytest.mark.parametrize("profile", [MDC, ANHOEJ])
def test_no_series_and_no_points_are_no_fault(profile: Profile) -> None:
    given: tuple[list[list[float]], ...] = ([], [[]], [[], []])
    for value in given:
        batch = spc.analyse_many(value, profile=profile)
        assert len(batch) == len(value)
        assert set(batch.variation) <= {"none"}
