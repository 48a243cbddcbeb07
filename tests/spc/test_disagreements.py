"""Where the tools disagree, our default profile does what the manual says, and the tools' profiles what they do."""

from dataclasses import replace

import pytest

import spc
from docs.manual.played import run
from tests.spc.disagreements import TOOLS, Row
from tests.spc.disagreements.limits import ROWS as LIMITS
from tests.spc.disagreements.signals import ROWS as SIGNALS

ROWS = (*LIMITS, *SIGNALS)


def given(row: Row, profile: str) -> str:
    """Return what the row's statements print in the end."""
    return run(row.statements(profile))[-1][1].strip()


@pytest.mark.parametrize(
    ("row", "profile", "expected"),
    [
        pytest.param(row, profile, expected, id=f"{row.question} {profile}")
        for row in ROWS
        for profile, expected in row.gives.items()
    ],
)
def test_a_profile_does_what_the_manual_says(row: Row, profile: str, expected: str) -> None:
    assert given(row, profile) == expected


def test_every_row_is_proved_for_our_default() -> None:
    assert [row.question for row in ROWS if next(iter(row.gives)) != "mdc"] == []
    assert all(profile in spc.PROFILES for row in ROWS for profile in row.gives)
    assert all(len(row.tools) == len(TOOLS) for row in ROWS)


def test_questions_on_which_profiles_differ_show_a_difference() -> None:
    agreed = {row.question for row in ROWS if len(row.gives) > 1 and len(set(row.gives.values())) == 1}
    assert agreed == {
        "Is a point exactly on a limit inside or outside?",
        "What is the centre of a g chart?",
        "Are values that are equal in decimals equal to the computer?",
    }


def test_another_convention_would_be_seen() -> None:
    row = LIMITS[0]
    assert (
        given(replace(row, code=(row.code[0].replace("12", "13"), *row.code[1:])), "mdc") != row.gives["mdc"]
    )
