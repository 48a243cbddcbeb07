"""Cells are saved one by one, merged with others' cells, and the sentence is the engine's at every keystroke."""

from typing import Any

import pytest

from qiplatform.accounts.models import User
from qiplatform.measures import rules
from qiplatform.measures.models import Measure
from qiplatform.measures.rules import grid
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import fields, kept, text, with_numbers
from tests.support.measures import SHARE, Measures, pairs, rows
from tests.support.queries import counted

STEADY = ["50", "52", "49", "51", "50", "52", "49", "51", "50", "52", "49", "51", "50"]


def row(page: Client, measure: Measure, month: str) -> dict[str, str]:
    """Return one row of the grid as its page sends it."""
    shown = page.get(f"/measures/{measure.id}?rows=all").text
    at = f"points/{month}-01/"
    hidden = {
        f"{at}{name}": value
        for name, value in (
            (one.rpartition("/")[2], value) for one, value in fields(shown).items() if one.startswith(at)
        )
    }
    assert f"{at}was" in hidden
    return hidden


def sent(page: Client, measure: Measure, path: str, typed: dict[str, str]) -> Any:
    """Send cells as the script does."""
    answer = page.submit(f"/measures/{measure.id}/{path}", typed)
    return answer.status_code, answer.json()


def test_what_is_typed_is_said_and_not_kept(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, STEADY)
    typed = {**row(page, measure, "2025-02"), "points/2025-02-01/value": "90"}
    status, said = sent(page, measure, "typed", typed)
    assert status == 200
    assert "Special cause" in text(said["verdict"])
    assert said["drawing"].startswith("<svg")
    assert said["mistakes"] == []
    assert len(kept(measures, measure)) == 13
    assert measures.record(measure).measure.data_version == measure.data_version


def test_the_sentence_while_typing_is_that_of_the_page_afterwards(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = with_numbers(measures, lead, STEADY)
    typed = {**row(page, measure, "2025-02"), "points/2025-02-01/value": "90"}
    _, before = sent(page, measure, "typed", typed)
    _, after = sent(page, measure, "cells", typed)
    assert (before["verdict"], before["drawing"]) == (after["verdict"], after["drawing"])
    words = rules.analyse(measures.record(measure)).verdict.words
    assert words in text(after["verdict"])
    assert words in text(page.get(f"/measures/{measure.id}").text)


def test_a_cell_that_cannot_be_read_is_named_and_the_others_are_drawn(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = with_numbers(measures, lead, STEADY)
    typed = {**row(page, measure, "2025-01"), "points/2025-01-01/value": "5O"}
    _, said = sent(page, measure, "typed", typed)
    assert said["mistakes"][0]["at"] == "points/2025-01-01/value"
    assert "letter where a digit should be" in said["mistakes"][0]["message"]
    status, refused = sent(page, measure, "cells", typed)
    assert (status, refused["saved"]) == (422, "")
    assert kept(measures, measure)[-1] == ("50", "")


def test_different_cells_of_one_row_merge(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["10", "11"])
    typed = {**row(page, measure, "2024-02"), "points/2024-02-01/note": "snow"}
    measures.put(lead, measure, rows(["10", "14"]))
    status, said = sent(page, measure, "cells", typed)
    assert status == 200
    assert said["rows"]["points/2024-02-01"]["cells"]["value"] == "14"
    assert kept(measures, measure)[1] == ("14", "snow")


def test_the_same_cell_shows_both_values_and_who(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["10", "11"])
    typed = {**row(page, measure, "2024-02"), "points/2024-02-01/value": "12"}
    measures.put(lead, measure, rows(["10", "14"]))
    status, said = sent(page, measure, "cells", typed)
    assert status == 412
    assert said["mistakes"] == [
        {"at": "points/2024-02-01/value", "message": "Lead changed February 2024 to 14 while you typed 12."}
    ]
    theirs = said["rows"]["points/2024-02-01"]
    assert theirs["cells"]["value"] == "14"
    settled = {
        **typed,
        "points/2024-02-01/version": str(theirs["version"]),
        "points/2024-02-01/was": theirs["was"],
    }
    assert sent(page, measure, "cells", settled)[0] == 200
    assert kept(measures, measure)[1] == ("12", "")


def test_a_merged_pair_is_held_against_the_rules_again(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead, SHARE)
    measures.put(lead, measure, pairs([("5", "10")]))
    typed = {**row(page, measure, "2024-01"), "points/2024-01-01/numerator": "9"}
    measures.put(lead, measure, pairs([("5", "8")]))
    status, said = sent(page, measure, "cells", typed)
    assert status == 422
    assert "9 of 8" in said["words"]


def test_without_merging_the_other_s_cell_would_be_lost(
    page: Client, measures: Measures, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "merged", lambda row, _point: (row, ()))
    with pytest.raises(AssertionError):
        test_different_cells_of_one_row_merge(page, measures, lead)


def test_a_coach_who_may_not_type_is_refused_kindly(
    client: Client, measures: Measures, lead: User, make: Factory
) -> None:
    coach = make.user("Coach")
    organisation = make.organisation(member=lead, coach=coach)
    measure = measures.measure(lead, project=measures.project(lead, organisation_id=organisation.id))
    client.as_(coach)
    for path in ("typed", "cells"):
        answer = client.submit(f"/measures/{measure.id}/{path}", {"points/2024-01-01/value": "5"})
        assert answer.status_code == 403, path
    assert kept(measures, measure) == []


@pytest.mark.parametrize("count", [5, 200])
def test_a_keystroke_asks_few_questions_of_the_database(
    page: Client, measures: Measures, lead: User, count: int
) -> None:
    measure = with_numbers(measures, lead, [str(50 + number % 3) for number in range(count)])
    typed = {**row(page, measure, "2024-02"), "points/2024-02-01/value": "7"}
    with counted(measures.store) as asked:
        sent(page, measure, "typed", typed)
    assert len(asked) <= 8, asked
    with counted(measures.store) as asked:
        sent(page, measure, "cells", typed)
    assert len(asked) <= 16, asked
