"""Western Electric and Nelson rules: only the point that completes a pattern is marked, and those after it."""

import itertools
from typing import Any

import numpy as np
import pytest

import spc
from spc.charts.limits import Limits
from spc.signals.found import View

# One standard deviation is 1 about a centre of 0: moving ranges of 1.128 and a given centre.
CENTRE = 0.0
CALM = [0.564, -0.564] * 12


def marked(tail: list[float], rule: str, profile: str) -> list[int]:
    series = spc.Series(value=[*CALM, *tail])
    result = spc.analyse(series, profile=profile, centre=CENTRE, baseline=len(CALM))
    assert result.phases[0].sigma == pytest.approx(1)
    found = [row - len(CALM) for row, names in enumerate(result.points.signals) if rule in names]
    for signal in result.signals:
        assert signal.words
    return found


@pytest.mark.parametrize(
    ("rule", "profile", "tail", "found"),
    [
        ("two_in_three", "qcc_nelson", [2.1, 0.1, 2.1], [2]),
        ("two_in_three", "qcc_nelson", [2.1, -9.0, 2.1], [2]),
        ("two_in_three", "qcc_nelson", [2.1, 2.1, 0.1], [1]),
        ("two_in_three", "qcc_nelson", [2.1, 1.9, 1.9, 2.1], []),
        ("four_in_five", "qcc_nelson", [1.1, 1.1, 0.1, 1.1, 1.1], [4]),
        ("four_in_five", "qcc_nelson", [1.1, 1.1, 1.1, 1.1, 0.1], [3]),
        ("four_in_five", "qcc_nelson", [1.1, 1.1, 0.9, 0.9, 1.1], []),
        ("shift", "qcc_nelson", [0.1] * 10, [8, 9]),
        ("shift", "qcc_western_electric", [0.1] * 9, [7, 8]),
        ("trend", "qcc_nelson", [-0.6, 0.1, 0.2, 0.3, 0.4, 0.5], [5]),
        ("trend", "qcc_nelson", [-0.6, 0.1, 0.2, 0.3, 0.4], []),
        ("outside_one_sigma", "qcc_nelson", [1.1, -1.1, 1.2, -1.2, 1.3, -1.1, 1.1, -1.3], [7]),
        ("outside_one_sigma", "qcc_nelson", [1.1] * 8, []),
    ],
)
def test_patterns_of_qcc(rule: str, profile: str, tail: list[float], found: list[int]) -> None:
    assert marked(tail, rule, profile) == found


def test_fourteen_alternating_and_fifteen_close_to_the_centre() -> None:
    result = spc.analyse(spc.Series(value=CALM), profile="qcc_nelson", centre=CENTRE)
    rows = {
        rule: [row for row, names in enumerate(result.points.signals) if rule in names]
        for rule in ("alternating", "within_one_sigma")
    }
    assert rows["alternating"] == list(range(13, 24))
    assert rows["within_one_sigma"] == list(range(14, 24))
    assert {signal.direction for signal in result.signals} == {"none"}
    assert result.verdict.variation == "neutral_low"
    assert "up and down in turn" in result.verdict.words


def test_a_tie_breaks_an_alternating_pattern() -> None:
    values = [*CALM[:10], CALM[9], *CALM[:12]]
    result = spc.analyse(spc.Series(value=values), profile="qcc_nelson", centre=CENTRE)
    assert "alternating" not in dict(result.points.marks)


def test_the_pattern_form_marks_every_point() -> None:
    ours = spc.Profile(
        name="ours",
        title="Ours",
        words="All of every pattern.",
        rules=(spc.Use("outside_one_sigma", 8), spc.Use("four_in_five", 5), spc.Use("within_one_sigma", 15)),
    )
    tail = [1.1, -1.1, 1.2, -1.2, 1.3, -1.1, 1.1, -1.3]
    series = spc.Series(value=[*CALM, *tail])
    result = spc.analyse(series, profile=ours, centre=CENTRE, baseline=24)
    assert [row for row, names in enumerate(result.points.signals) if "outside_one_sigma" in names] == list(
        range(24, 32)
    )
    assert [row for row, names in enumerate(result.points.signals) if "within_one_sigma" in names] == list(
        range(24)
    )


def shown(value: list[float]) -> View:
    """Points about a centre of 0 with one standard deviation of 1."""
    measured, line = np.array(value), np.zeros(len(value))
    side = np.sign(np.nan_to_num(measured)).astype(np.int8)
    return View(measured, line, line - 3, line + 3, line - 2, line + 2, side, Limits(0.0, sigma=1.0))


@pytest.mark.parametrize("lines", ["own", "last"])
def test_windows_of_both_directions_leave_each_other_their_marks(lines: Any) -> None:
    use = spc.Use("two_in_three", 3, third="free", mark="beyond", lines=lines)
    found = spc.RULES["two_in_three"].find(shown([2.5, 2.5, -2.5, -2.5]), use)
    assert found.mark.tolist() == [1, 1, -1, -1]
    assert [found.first.tolist(), found.last.tolist(), found.direction.tolist()] == [[0, 2], [1, 3], [1, -1]]
    five = spc.Use("four_in_five", 5, third="free", mark="beyond", lines=lines)
    tail = [1.5] * 4 + [-1.5] * 4
    assert spc.RULES["four_in_five"].find(shown(tail), five).mark.tolist() == [1] * 4 + [-1] * 4
    # Alone, two points fill no window of three.
    assert not spc.RULES["two_in_three"].find(shown([2.5, 2.5]), use)


NAN = float("nan")


@pytest.mark.parametrize(
    ("lines", "third", "mark"),
    [*itertools.product(["own", "last"], ["free", "same_side"], ["pattern", "beyond", "completing"])],
)
@pytest.mark.parametrize(
    "value", [[NAN, 2.5, 2.5, NAN, 2.5], [2.5, NAN, 2.5], [2.5, 2.5, NAN, NAN, 2.5, 2.5]]
)
def test_a_missing_value_fills_no_window(value: list[float], lines: Any, third: Any, mark: Any) -> None:
    two = spc.Use("two_in_three", 3, third=third, mark=mark, lines=lines)
    assert not spc.RULES["two_in_three"].find(shown(value), two)
    assert spc.RULES["two_in_three"].find(shown(np.nan_to_num(value, nan=0.1).tolist()), two)
    five = spc.Use("four_in_five", 5, third=third, mark=mark, lines=lines)
    assert not spc.RULES["four_in_five"].find(shown([NAN, 1.5, 1.5, 1.5, 1.5, NAN]), five)
    assert spc.RULES["four_in_five"].find(shown([0.5, 1.5, 1.5, 1.5, 1.5]), five)


def test_a_gap_at_the_start_fills_no_window_of_western_electric() -> None:
    given: dict[str, Any] = {"profile": "qcc_western_electric", "centre": 0, "settings": {"sigma": 0.4}}
    for value, found in (([None, 1, 1, None, 0], []), ([0, 1, 1, None, 0], [2])):
        result = spc.analyse(spc.Series(value=value), **given)
        assert [row for row, names in enumerate(result.points.signals) if "two_in_three" in names] == found


@pytest.mark.parametrize("lines", ["own", "last"])
def test_the_third_on_the_other_side_counts_only_where_it_may(lines: Any) -> None:
    for third, found in (("same_side", False), ("free", True)):
        use = spc.Use("two_in_three", 3, third=third, lines=lines)  # type: ignore[arg-type]  # one of them
        assert bool(spc.RULES["two_in_three"].find(shown([2.5, -0.1, 2.5]), use)) is found
