"""False alarms on stable data: few simulations against closed forms, the closed forms against counting, and what a fault does."""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

import spc
from benchmarks import closed_forms
from benchmarks.false_alarms import (
    EIGHT,
    RUN_LENGTHS,
    Share,
    find,
    named,
    once,
    run_lengths,
    uses_of,
    with_estimated_limits,
    with_known_limits,
)
from benchmarks.false_alarms_page import page
from spc.profiles import Use
from spc.run_limits import crossings_limit, longest_run_limit, number_of_runs_limits
from spc.signals.found import View

USES = tuple(once(uses_of(spc.PROFILES)))
Sides = Sequence[int]


def runs(sides: Sides) -> list[int]:
    return [len(list(group)) for _, group in itertools.groupby(sides)]


def tossed(n: int, holds: Callable[[Sides], bool], *, balanced: bool = False) -> float:
    """Share of all series of n sides, or of those with as many above as below, for which something holds."""
    every = [sides for sides in itertools.product((1, -1), repeat=n) if not balanced or not sum(sides)]
    return sum(map(holds, every)) / len(every)


def ordered(n: int, k: int, *, alternating: bool) -> float:
    """Share of all orders of n values with k in a row that rise, fall, or go up and down in turn."""
    hits = 0
    for values in itertools.permutations(range(n)):
        steps = [1 if other > one else -1 for one, other in itertools.pairwise(values)]
        windows = [steps[start : start + k - 1] for start in range(n - k + 1)]
        if alternating:
            hits += any(all(a == -b for a, b in itertools.pairwise(window)) for window in windows)
        else:
            hits += any(len(set(window)) == 1 for window in windows)
    return hits / math.factorial(n)


@pytest.mark.parametrize(("n", "k"), [(3, 3), (6, 4), (9, 7), (12, 3), (5, 6)])
def test_runs_are_counted_exactly(n: int, k: int) -> None:
    assert closed_forms.run_of(k, n) == pytest.approx(tossed(n, lambda sides: max(runs(sides)) >= k))


@pytest.mark.parametrize("alternating", [False, True])
@pytest.mark.parametrize(("n", "k"), [(4, 3), (6, 4), (7, 3), (7, 5), (4, 5)])
def test_rises_and_falls_are_counted_exactly(n: int, k: int, *, alternating: bool) -> None:
    exact = closed_forms.by_rank(n, k, alternating=alternating)
    assert exact == pytest.approx(ordered(n, k, alternating=alternating))


@pytest.mark.parametrize("n", [10, 12, 14])
@pytest.mark.parametrize("median", [False, True])
def test_the_anhoej_rules_together_are_counted_exactly(n: int, *, median: bool) -> None:
    longest, crossings = longest_run_limit(n) or 0, crossings_limit(n) or 0

    def signals(sides: Sides) -> bool:
        return max(runs(sides)) > longest or len(runs(sides)) - 1 < crossings

    exact = closed_forms.anhoej(n, median=median)
    assert exact == pytest.approx(tossed(n, signals, balanced=median))


@pytest.mark.parametrize("median", [False, True])
def test_the_number_of_runs_is_counted_exactly(*, median: bool) -> None:
    fewest, most = number_of_runs_limits(12) or (0, 0)
    counted = tossed(12, lambda sides: not fewest <= len(runs(sides)) <= most, balanced=median)
    assert closed_forms.odd_runs(12, median=median) == pytest.approx(counted)


def test_the_chance_of_a_run_of_five_gives_its_known_run_length() -> None:
    reached = [closed_forms.run_of(5, n) for n in range(500)]
    assert sum(1 - share for share in reached) == pytest.approx(2**5 - 1, rel=1e-5)


@pytest.mark.parametrize("n", [12, 30])
def test_every_rule_signals_as_often_as_its_closed_form(n: int) -> None:
    found = with_known_limits(n, 1200, USES)
    assert {use.rule for use in USES if found[use].exact is None} == {"astronomical"}
    assert [named(use) for use in USES if not found[use].agrees()] == []


@pytest.mark.parametrize(
    ("rule", "n", "wrong"),
    [("shift", 7, 6), ("shift", 7, 8), ("trend", 5, 4), ("trend", 5, 6), ("ihi_shift", 6, 5)],
)
def test_a_rule_of_the_wrong_length_is_found_out(rule: str, n: int, wrong: int) -> None:
    def mistaken(view: View, use: Use) -> bool:
        return find(view, replace(use, n=wrong))

    use = Use(rule, n)
    assert with_known_limits(24, 1200, (use,))[use].agrees()
    assert not with_known_limits(24, 1200, (use,), finder=mistaken)[use].agrees()


def test_a_window_that_forgets_a_side_is_found_out() -> None:
    use = Use("two_in_three", 3)

    def mistaken(view: View, use: Use) -> bool:
        return find(view, replace(use, third="free", beyond_counts=True))

    assert with_known_limits(60, 1200, (use,))[use].agrees()
    assert not with_known_limits(60, 1200, (use,), finder=mistaken)[use].agrees()


@pytest.mark.parametrize(("profile", "rule"), [("anhoej", "any"), ("ihi_run", "number_of_runs")])
def test_run_charts_about_their_median_signal_as_often_as_they_should(profile: str, rule: str) -> None:
    found = with_estimated_limits(20, 1000, spc.PROFILES[profile])[rule]
    assert found.exact is not None
    assert found.agrees()


def test_points_between_false_alarms_are_as_published() -> None:
    name, uses, published = RUN_LENGTHS[-1]
    average, error = run_lengths(uses, 400)
    assert name.startswith("all four")
    assert abs(average - published) < 3.29 * error
    shorter = tuple(replace(use, n=7) if use == EIGHT else use for use in uses)
    average, error = run_lengths(shorter, 400)
    assert abs(average - published) > 3.29 * error


def test_a_share_without_a_closed_form_is_not_judged() -> None:
    assert Share(5, 10).agrees()
    assert Share(5, 10, 0.5).agrees()
    assert not Share(9, 10, 0.01).agrees()
    low, high = Share(5, 10).interval()
    assert low < 0.5 < high


def test_the_page_is_filled_from_the_shares() -> None:
    lengths = (24, 60)
    rules = ("any", "shift", "outside_limits")
    estimated = {(f"{name}: {rule}", n): 0.16 for name in spc.PROFILES for rule in rules for n in lengths}
    known = {(named(use), n): 0.031 for use in USES for n in lengths}
    text = page(lengths, estimated, known, dict.fromkeys(known, 0.25), [("run of 8", 250.0, 255.0)])
    assert "about **16** show at least one signal by the rules of Making\nData Count" in text
    assert "| Shift, 8 points | 3.1 (25) | 3.1 (25) |" in text
    assert "{" not in text
