"""Measures that are nearly the same are found by their words, and others are left in peace."""

import pytest

from qiplatform.measures.models import MeasureType
from qiplatform.measures.rules import alike
from qiplatform.measures.rules.alike import THRESHOLD, Words, likeness
from qiplatform.measures.rules.words_alike import words_of
from tests.qiplatform.measures.rules.pairs import CHOSEN_ON, KEPT_ASIDE, Pair


def precision_and_recall(pairs: tuple[Pair, ...], threshold: float = THRESHOLD) -> tuple[float, float]:
    """Return the share of those called alike that are, and the share of those alike that are called so."""
    called = [same for one, other, same in pairs if likeness(one, other) >= threshold]
    alike_in_truth = sum(same for _, _, same in pairs)
    return sum(called) / max(len(called), 1), sum(called) / alike_in_truth


def test_there_are_enough_pairs_of_both_kinds() -> None:
    pairs = (*CHOSEN_ON, *KEPT_ASIDE)
    assert len(pairs) >= 30
    assert min(sum(same for *_, same in pairs), sum(not same for *_, same in pairs)) >= 20


def test_most_that_are_alike_are_found_and_most_that_are_found_are_alike() -> None:
    # The threshold was chosen on the first half; the second half is what it is judged by.
    for pairs, least_precision, least_recall in ((CHOSEN_ON, 0.86, 1.0), (KEPT_ASIDE, 0.83, 0.83)):
        precision, recall = precision_and_recall(pairs)
        assert precision >= least_precision
        assert recall >= least_recall


def test_a_worse_rule_would_be_seen() -> None:
    everything = precision_and_recall(KEPT_ASIDE, 0.0)
    nearly_nothing = precision_and_recall(KEPT_ASIDE, 0.99)
    assert everything[0] < 0.6
    assert nearly_nothing[1] < 0.5


def test_the_order_does_not_matter_and_a_measure_is_most_like_itself() -> None:
    for one, other, _ in (*CHOSEN_ON, *KEPT_ASIDE):
        assert likeness(one, other) == pytest.approx(likeness(other, one))
        assert likeness(one, one) == pytest.approx(1.0)
        assert 0 <= likeness(one, other) <= 1


def test_nothing_alike_is_passed_over_unread() -> None:
    for one, other, _ in (*CHOSEN_ON, *KEPT_ASIDE):
        assert likeness(one, other) <= alike.at_most(one, other) + 1e-9
        assert likeness(one, other) <= alike.at_most(other, one) + 1e-9
        found = alike.alike(one, [other], most=1)
        assert bool(found) is (likeness(one, other) >= THRESHOLD)
    assert alike.at_most(Words("Falls"), Words("Complaints")) < THRESHOLD


def test_type_chart_and_unit_are_considered() -> None:
    one = Words("Waiting time", unit="minutes")
    same = likeness(one, Words("Waiting time", unit="minutes"))
    assert likeness(one, Words("Waiting time", type=MeasureType.BALANCING, unit="minutes")) < same
    assert likeness(one, Words("Waiting time", chart="p", unit="minutes")) < same
    assert likeness(one, Words("Waiting time", unit="weeks")) < same
    assert likeness(one, Words("Waiting time", chart="not known yet", unit="minutes")) == same


def test_the_most_alike_come_first_and_no_more_than_asked_for() -> None:
    others = [
        Words("Falls with harm"),
        Words("Complaints"),
        Words("Falls"),
        *[Words("Falls on the ward")] * 9,
    ]
    found = alike.alike(Words("Falls"), others, most=5)
    assert found[0][1] == 2
    assert (len(found), 1 in [place for _, place in found]) == (5, False)
    assert alike.alike(Words("Zebras"), others, most=5) == []


def test_a_name_without_a_telling_word_is_like_nothing() -> None:
    assert words_of("How many of the people") <= {"percent"}
    assert likeness(Words("The number"), Words("The number")) == 0
