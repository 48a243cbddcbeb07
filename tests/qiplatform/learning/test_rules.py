"""The way of a report as a table, who may check, and the words that need a second look."""

from itertools import product

import pytest

from qiplatform.errors import Invalid, NotAllowed, NotNow
from qiplatform.learning.models import ReportResult, ReportStatus
from qiplatform.learning.rules import (
    MOVES,
    RESULT_WORDS,
    STATUS_WORDS,
    check_can_check,
    check_complete,
    check_move,
    check_no_identifiers,
    check_reason,
    concerns,
)

D, S, R, P, C, W = ReportStatus
ALLOWED = {(D, S), (S, R), (S, P), (S, W), (R, S), (R, P), (R, W), (P, C), (P, W), (C, S), (C, P), (C, W)}


@pytest.mark.parametrize(("before", "after"), list(product(ReportStatus, ReportStatus)))
def test_the_way_of_a_report(before: ReportStatus, after: ReportStatus) -> None:
    if (before, after) in ALLOWED:
        check_move(before, after)
    else:
        with pytest.raises(NotNow):
            check_move(before, after)


def test_every_status_has_its_moves_and_every_word() -> None:
    assert set(MOVES) == set(STATUS_WORDS) == set(ReportStatus)
    assert set(RESULT_WORDS) == set(ReportResult)


def test_a_curator_outside_the_team_may_check() -> None:
    check_can_check(is_curator=True, user_id="c", team={"a"}, involved={"b"})


@pytest.mark.parametrize(
    ("is_curator", "team", "involved"),
    [(False, set(), set()), (True, {"c"}, set()), (True, set(), {"c"})],
    ids=["no curator", "of the team", "an author"],
)
def test_nobody_else_may_check(*, is_curator: bool, team: set[str], involved: set[str]) -> None:
    with pytest.raises(NotAllowed, match="You cannot check this report"):
        check_can_check(is_curator=is_curator, user_id="c", team=team, involved=involved)


def test_what_is_missing_is_named_in_the_order_of_the_form() -> None:
    with pytest.raises(Invalid) as refused:
        check_complete({"problem": "x", "did": " ", "happened": ""})
    assert [one.at for one in refused.value.mistakes] == ["did", "happened"]


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_reason_says_something(reason: str) -> None:
    with pytest.raises(Invalid):
        check_reason(reason)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("We asked two patients.", "two patients"),
        ("There were 3 elderly women", "3 elderly women"),
        ("It was the only child on the ward", "the only child"),
        ("It began on Monday 3 March", "on Monday 3"),
        ("Date of birth unknown", "Date of birth"),
    ],
)
def test_phrases_that_need_a_second_look(text: str, phrase: str) -> None:
    assert [one.phrase for one in concerns({"did": text})] == [phrase]


@pytest.mark.parametrize(
    "text", ["36 patients waited", "7 points above the mean", "since March 2018", "One ward", ""]
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert concerns({"did": text}) == ()


def test_an_nhs_number_is_refused_by_place_and_not_repeated() -> None:
    check_no_identifiers({"did": ("“What we did”", "Call 0113 496 0999")})
    with pytest.raises(Invalid) as refused:
        check_no_identifiers({"did": ("“What we did”", "Seen: 999 000 0018")})
    assert refused.value.mistakes[0].at == "did"
    assert "999 000 0018" not in refused.value.mistakes[0].message
