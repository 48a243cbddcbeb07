"""Numbers typed in the grid: kept as typed, refused with the text kept, never written over."""

import re
from datetime import date

import pytest

from qiplatform.accounts.models import User
from qiplatform.measures import queries
from qiplatform.measures.models import Measure
from qiplatform.projects import actions as projects
from qiplatform.projects.models import TeamRole
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import fields, kept, text, with_numbers
from tests.support.measures import AT, Measures, rows


def test_numbers_typed_in_the_grid_are_kept_as_typed(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["12.50", "13"])
    address = f"/measures/{measure.id}"
    sent = fields(page.get(address).text)
    assert sent["points/2024-01-01/value"] == "12.50"
    sent |= {
        "points/2024-03-01/value": " 7.70 ",
        "points/2024-03-01/note": "snow",
        "points/2024-02-01/value": "14",
    }
    assert page.submit(address, sent).status_code == 303
    assert kept(measures, measure) == [("12.50", ""), ("14", ""), ("7.70", "snow")]
    words = text(page.get(address).text)
    assert "Saved" in words
    assert "February 2024 corrected from 13 to 14" in words
    history = text(page.get(f"{address}/history").text)
    assert "February 2024 13 14 Lead" in history
    assert page.submit(address, sent).status_code == 303
    assert len(kept(measures, measure)) == 3


def test_another_period_is_typed_in_words(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["1", "2"])
    address = f"/measures/{measure.id}"
    assert page.submit(address, {"other/period": "Oct 2023", "other/value": "9"}).status_code == 303
    assert measures.record(measure).known[0] == date(2023, 10, 1)
    asked = page.submit(address, {"other/period": "03/04/2023", "other/value": "9"})
    assert asked.status_code == 422
    assert "can be 3 April 2023 or 4 March 2023" in text(asked.text)
    assert 'value="03/04/2023"' in asked.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            {"points/2024-03-01/value": "12O"},
            "“12O” has a letter where a digit should be (March 2024, value)",
        ),
        ({"points/2024-03-01/value": "1,234"}, "has a comma"),
        (
            {"points/2024-03-01/value": "5", "points/2024-03-01/note": "see 9990000018"},
            "This looks like an NHS number (March 2024, note)",
        ),
        ({"points/2024-03-01/value": "<script>alert(1)</script>"}, "is not a number"),
        ({"other/value": "5"}, "Enter the period."),
    ],
)
def test_a_refused_grid_is_shown_again_as_typed_and_nothing_is_kept(
    *, page: Client, measures: Measures, lead: User, typed: dict[str, str], words: str
) -> None:
    measure = with_numbers(measures, lead, ["1", "2"])
    address = f"/measures/{measure.id}"
    sent = {**fields(page.get(address).text), "points/2024-01-01/value": "77", **typed}
    answer = page.submit(address, sent)
    assert answer.status_code == 422
    assert words in text(answer.text)
    assert "<script>alert" not in answer.text
    assert "Saved" not in text(answer.text)
    again = fields(answer.text)
    assert again["points/2024-01-01/value"] == "77"
    assert {name: again.get(name) for name in typed} == typed
    assert kept(measures, measure) == [("1", ""), ("2", "")]


def test_older_rows_are_not_lost_when_the_grid_is_refused(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = with_numbers(measures, lead, [str(number) for number in range(40)])
    address = f"/measures/{measure.id}"
    few, many = (page.get(f"{address}{query}").text for query in ("", "?rows=all"))
    assert "points/2024-01-01/value" not in fields(few)
    assert 'name="rows" value="all"' in many
    sent = {**fields(many), "rows": "all", "points/2024-01-01/value": "77", "points/2024-02-01/value": "x"}
    assert fields(page.submit(address, sent).text)["points/2024-01-01/value"] == "77"


def test_the_keyboard_goes_on_where_the_page_was_replaced(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = with_numbers(measures, lead, ["1", "2"])
    address = f"/measures/{measure.id}"
    assert "autofocus" not in page.get(address).text
    assert re.search(r"<button[^>]*autofocus", page.get(address, headers={"HX-Request": "true"}).text)
    page.headers["HX-Request"] = "true"
    refused = page.submit(address, {**fields(page.get(address).text), "points/2024-02-01/value": "x"})
    assert re.search(r'<input[^>]*name="points/2024-02-01/value"[^>]*autofocus', refused.text)
    assert refused.text.count("autofocus") == 1


def test_two_editors_of_one_cell_see_both_values(
    page: Client, measures: Measures, lead: User, make: Factory
) -> None:
    sam = make.user("Sam")
    measure = with_numbers(measures, lead, ["10", "11", "12"])
    address = f"/measures/{measure.id}"
    sent = fields(page.get(address).text)
    _join(measures, lead, measure, sam)
    measures.put(sam, measure, rows(["10", "14", "13"]))
    # The lead changes February and leaves March, which Sam changed too, alone.
    answer = page.submit(address, {**sent, "points/2024-02-01/value": "12"})
    assert answer.status_code == 412
    assert "Sam changed February 2024 to 14 while you typed 12." in text(answer.text)
    assert "Sam changed March" not in text(answer.text)
    assert kept(measures, measure) == [("10", ""), ("14", ""), ("13", "")]
    # They saw it, and still mean 12: the next try is with Sam's number in view.
    again = fields(answer.text)
    assert again["points/2024-02-01/value"] == "12"
    assert page.submit(address, again).status_code == 303
    assert kept(measures, measure) == [("10", ""), ("12", ""), ("13", "")]


def _join(measures: Measures, lead: User, measure: Measure, user: User) -> None:
    with measures.store.session() as db:
        seen = queries.get(db, lead, measure.id).project
        projects.add_member(db, by=lead, at=AT, seen=seen, email=user.email, role=TeamRole.MEMBER)
