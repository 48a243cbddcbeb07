"""The attacker's three ways agree with each other, and with somebody who writes down every table there could be."""

from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qiplatform.learning.rules import Cells, protect_count
from qiplatform.learning.rules.disclosure import (
    Table,
    components,
    guarded,
    is_tree,
    narrow,
    relations,
    solved,
    told,
)
from qiplatform.learning.rules.disclosure.attacker import Bounds, Equation, ends, searched
from qiplatform.measures.models import Frequency
from tests.support.disclosure import publication, shown, table

MARCH = date(2026, 3, 1)
MONTHS = tuple(date(2026, month, 1) for month in range(1, 7))


@st.composite
def systems(draw: st.DrawFn) -> tuple[Bounds, tuple[Equation, ...]]:
    """Small systems that have a solution, circles among them."""
    count = draw(st.integers(2, 6))
    true = [draw(st.integers(0, 6)) for _ in range(count)]
    equations: list[Equation] = []
    for _ in range(draw(st.integers(1, 4))):
        parts = tuple(sorted(draw(st.sets(st.integers(0, len(true) - 1), min_size=1, max_size=3))))
        true.append(sum(true[one] for one in parts) + (extra := draw(st.integers(0, 3))))
        equations.append((len(true) - 1, parts, extra == 0))
    bounds = tuple((one - draw(st.integers(0, min(one, 3))), one + draw(st.integers(0, 3))) for one in true)
    return bounds, tuple(equations)


def every(bounds: Bounds, equations: tuple[Equation, ...], place: int) -> tuple[int, int]:
    """Return the ends of one number over every table of whole numbers that agrees: no solver, no narrowing."""
    found = [
        one[place]
        for one in product(*(range(low, high + 1) for low, high in bounds))
        if all(
            one[total] == sum(one[part] for part in parts)
            if exact
            else one[total] >= sum(one[part] for part in parts)
            for total, parts, exact in equations
        )
    ]
    return min(found), max(found)


@settings(max_examples=150, deadline=None)
@given(systems())
@example(
    (
        ((0, 1), (0, 1), (0, 0), (0, 0), (0, 1), (0, 1), (0, 2)),
        ((4, (0,), True), (5, (0, 1), True), (6, (0, 1, 2), True)),
    )
)  # a circle, and a number that hangs on nothing: counting edges alone took it for a tree
def test_the_quick_ways_and_the_solver_give_the_same_ends(
    system: tuple[Bounds, tuple[Equation, ...]],
) -> None:
    bounds, equations = system
    for place in range(len(bounds)):
        exact = solved(bounds, equations, place)
        assert ends(bounds, equations, place) == exact
        assert searched(bounds, equations, place) in {exact, None}
        narrowed = narrow(bounds, equations)
        assert narrowed is not None
        assert narrowed[place][0] <= exact[0]
        assert exact[1] <= narrowed[place][1]


@settings(max_examples=60, deadline=None)
@given(systems())
def test_the_solver_agrees_with_counting_through_everything(
    system: tuple[Bounds, tuple[Equation, ...]],
) -> None:
    bounds, equations = system
    size = 1
    for low, high in bounds:
        size *= high - low + 1
    if size > 20_000:
        return
    for place in range(len(bounds)):
        assert solved(bounds, equations, place) == every(bounds, equations, place)


def test_narrowing_alone_would_miss_something_in_a_circle() -> None:
    """Why trees and circles are told apart: x = y + z and w = y + z with w - x ... here narrowing leaves too much."""
    # Three numbers of 0 or 1; each two of them add up to one number that is 1: no table agrees, though narrowing sees nothing.
    bounds = ((0, 1),) * 3 + ((1, 1),) * 3
    equations: tuple[Equation, ...] = ((3, (0, 1), True), (4, (1, 2), True), (5, (0, 2), True))
    assert not is_tree(6, equations)
    assert narrow(bounds, equations) is not None
    with pytest.raises(RuntimeError, match="not solved"):
        solved(bounds, equations, 0)


@pytest.mark.parametrize("seed", range(12))
def test_somebody_who_writes_down_every_true_table_learns_no_more(seed: int) -> None:
    """Independent of the attacker: all true tables of a month that the first rule would show as what is published."""
    random = Random(seed)  # noqa: S311 - a test
    bottoms = [random.randint(9, 24) for _ in MONTHS]
    tops = [random.randint(max(0, one - 7), one) for one in bottoms]
    seen = [
        Cells(on, numerator=str(top), denominator=str(of))
        for on, top, of in zip(MONTHS, tops, bottoms, strict=True)
    ]
    rest = [
        Cells(on, numerator=str(of - top), denominator=str(of))
        for on, top, of in zip(MONTHS, tops, bottoms, strict=True)
    ]
    _, rows = guarded((table("seen", seen), table("not seen", rest)))
    for place, (top, of) in enumerate(zip(tops, bottoms, strict=True)):
        public, other = rows["seen"][place], rows["not seen"][place]
        possible = {
            (one, whole - one)
            for whole in range(8, 40)
            for one in range(whole + 1)
            if _agrees(public, one, whole) and _agrees(other, whole - one, whole)
        }
        assert (top, of - top) in possible
        for number, values in ((top, {one for one, _ in possible}), (of - top, {one for _, one in possible})):
            if 1 <= number <= 7:
                assert len(values) >= 7, (MONTHS[place], number, values)


def _agrees(row: Cells, top: int, whole: int) -> bool:
    if not (row.numerator or row.denominator):
        return True
    return row.numerator == protect_count(str(top)) and row.denominator == protect_count(str(whole))


def test_a_star_beside_its_complement_is_told_and_then_is_not() -> None:
    months = MONTHS[:4]
    seen = [Cells(on, numerator="18", denominator="20") for on in months]
    rest = [Cells(on, numerator="2", denominator="20") for on in months]
    tables = (table("seen", seen), table("not seen", rest))
    without, _ = guarded(tables, secondary=False)
    assert {(one.low, one.high) for one in without.before} == {(1, 4)}
    assert any("add up to" in one for one in without.relations)
    outcome, rows = guarded(tables)
    assert outcome.leaks == ()
    assert outcome.narrowest.low <= 1
    assert outcome.narrowest.high >= 7
    assert len(outcome.left_out) == 4
    assert any(not row.numerator for row in (*rows["seen"], *rows["not seen"]))


def test_what_an_earlier_version_told_is_said_and_no_more_is_shown() -> None:
    months = MONTHS[:4]
    seen = [Cells(on, numerator="18", denominator="20") for on in months]
    rest = [Cells(on, numerator="2", denominator="20") for on in months]
    before = Table("seen", "seen", Frequency.MONTHLY, tuple(seen), None, (shown(seen),))
    outcome, rows = guarded((table("not seen", rest), before))
    assert outcome.leaks == ()
    assert len(outcome.told_before) == 4
    assert all(not row.numerator and not row.denominator for row in rows["not seen"])


def test_a_quarter_does_not_tell_its_months() -> None:
    months = [Cells(on, value=str(number)) for on, number in zip(MONTHS, (7, 6, 7, 2, 3, 1), strict=True)]
    quarters = [Cells(MONTHS[0], value="20"), Cells(MONTHS[3], value="6")]
    tables = (table("months", months), table("quarters", quarters, frequency=Frequency.QUARTERLY))
    without, _ = guarded(tables, secondary=False)
    # The quarter shown as 20 is at least 18, so that no month is less than 18 - 14; the other, a star, is at most 7,
    # so that none of its months is more than 5, and at least 3 itself.
    assert {(one.low, one.high) for one in without.before} == {(4, 7), (1, 5), (3, 7)}
    outcome, rows = guarded(tables)
    assert outcome.leaks == ()
    assert [row.value for row in rows["quarters"]] == ["", ""]


def test_things_are_known_exactly_and_tell_of_people() -> None:
    beds = [Cells(on, value=str(number)) for on, number in zip(MONTHS, (12, 13, 14, 15, 16, 17), strict=True)]
    filled = [Cells(on, value=str(int(row.value) - 2)) for on, row in zip(MONTHS, beds, strict=True)]
    alone = [Cells(on, value="2") for on in MONTHS]
    things = Table("beds", "beds", Frequency.MONTHLY, tuple(beds), tuple(beds), exact=True)
    tables = (things, table("people", filled), table("alone", alone))
    without, _ = guarded(tables, secondary=False)
    assert without.before != ()
    assert guarded(tables)[0].leaks == ()


def test_small_denominators_hide_the_whole_point() -> None:
    rows = [Cells(on, numerator="2", denominator="5") for on in MONTHS]
    outcome, public = guarded((table("seen", rows),))
    assert all(not row.numerator and not row.denominator for row in public["seen"])
    assert (outcome.before, outcome.leaks) == ((), ())
    assert outcome.hidden == 12


@pytest.mark.parametrize(
    ("text", "low", "high"), [("*", 1, 7), ("0", 0, 0), ("10", 8, 12), ("15", 13, 17), ("100", 98, 102)]
)
def test_what_a_shown_number_says_is_what_the_first_rule_does(text: str, low: int, high: int) -> None:
    found = told(text)
    assert found is not None
    assert (found.low, found.high) == (low, high)
    assert [n for n in range(200) if protect_count(str(n)) == text] == list(range(low, high + 1))


def test_a_relation_is_found_only_where_it_always_holds() -> None:
    one = [Cells(on, value=str(number)) for on, number in zip(MONTHS, (3, 4, 5, 6, 7, 8), strict=True)]
    two = [Cells(on, value="10") for on in MONTHS]
    both = [Cells(on, value=str(10 + number)) for on, number in zip(MONTHS, (3, 4, 5, 6, 7, 8), strict=True)]
    found = relations((table("one", one), table("two", two), table("both", both)))
    assert found.words == ("“one” and “two” add up to “both”.",)
    broken = [*both[:-1], Cells(MONTHS[-1], value="19")]
    assert relations((table("one", one), table("two", two), table("both", broken))).words == ()


def test_components_without_a_hidden_number_are_not_looked_at() -> None:
    rows = [Cells(on, value="80") for on in MONTHS]
    assert components((table("many", rows),), relations((table("many", rows),))) == []


def test_the_same_seed_makes_the_same_publication() -> None:
    assert publication(7) == publication(7)
    assert publication(7) != publication(8)
