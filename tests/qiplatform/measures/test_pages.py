"""Measures on pages: defined, filled in a grid, pasted, decided about; nothing typed is lost."""

import re
import subprocess
import sys
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from qiplatform.accounts.models import User
from qiplatform.measures import actions, queries
from qiplatform.measures.models import Measure
from qiplatform.projects import actions as projects
from qiplatform.projects.models import TeamRole
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measures import AT, SHARE, Measures, pairs, rows
from tests.support.queries import counted

DEFINITION = {
    "name": "Door to doctor",
    "type": "process",
    "chart": "xmr",
    "direction": "decrease",
    "unit": "minutes",
}


@pytest.fixture
def lead(make: Factory) -> User:
    return make.user("Lead")


@pytest.fixture
def measures(store: Store) -> Measures:
    return Measures(store)


@pytest.fixture
def page(client: Client, lead: User) -> Client:
    return client.as_(lead)


def text(html: str) -> str:
    """Return the words of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def fields(html: str) -> dict[str, str]:
    """Return the names and texts of a page's grid."""
    found = re.findall(r'<input[^>]*\bname="((?:points|other)/[^"]+)"[^>]*\bvalue="([^"]*)"', html)
    return {unescape(name): unescape(value) for name, value in found}


def with_numbers(measures: Measures, lead: User, values: list[str]) -> Measure:
    measure = measures.measure(lead)
    measures.put(lead, measure, rows(values))
    return measure


def kept(measures: Measures, measure: Measure) -> list[tuple[str, str]]:
    return [(point.value, point.note) for point in measures.record(measure).points]


def test_a_measure_is_defined_once_however_often_the_button_is_pressed(
    page: Client, measures: Measures, lead: User
) -> None:
    project = measures.project(lead)
    address = f"/projects/{project.id}/measures/new"
    form = page.get(address)
    assert "When in doubt, take this one" in text(form.text)
    sent = {**DEFINITION, "target": "60", "once": "one-form"}
    first, second = (page.submit(address, sent) for _ in range(2))
    assert (first.status_code, first.headers["location"]) == (303, second.headers["location"])
    shown = page.get(first.headers["location"])
    assert "Door to doctor" in shown.text
    assert "The chart will be here" in shown.text
    with measures.store.session(reading=True) as db:
        (measure,) = queries.of_project(db, project.id)
    assert [(one.from_on, one.value) for one in measures.record(measure).targets] == [(None, "60")]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"name": ""}, "Enter name."),
        ({"type": ""}, "Enter what it tells of."),
        ({"chart": "pie"}, "There is no chart called"),
        ({"target": "9O"}, "has a letter where a digit should be"),
        ({"name": "For 999 000 0018"}, "This looks like an NHS number (name)"),
        ({"target_from": "31/04/2026"}, "must be a real date"),
    ],
)
def test_a_refused_definition_is_shown_again_as_typed(
    *, page: Client, measures: Measures, lead: User, parts: dict[str, str], words: str
) -> None:
    project = measures.project(lead)
    sent = {**DEFINITION, "why": "Because <b>it</b> matters", **parts}
    answer = page.submit(f"/projects/{project.id}/measures/new", sent)
    assert answer.status_code == 422
    assert words in text(answer.text)
    assert "Because &lt;b&gt;it&lt;/b&gt; matters" in answer.text
    with measures.store.session(reading=True) as db:
        assert queries.of_project(db, project.id) == []


def test_a_target_of_a_p_chart_is_typed_in_percent_and_a_later_one_added(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead, SHARE, targets=())
    address = f"/measures/{measure.id}/edit"
    base = {"name": SHARE.name, "type": "outcome", "chart": "p", "direction": "increase"}
    assert page.submit(address, {**base, "target": "82.5%", "version": "1"}).status_code == 303
    # Targets are rows of their own: the measure's version stays.
    later = {**base, "target": "95", "target_from": "2026-04-01", "version": "1"}
    assert page.submit(address, later).status_code == 303
    assert [one.value for one in measures.record(measure).targets] == ["0.825", "0.95"]
    assert "82.5%, from 1 April 2026 95%" in text(page.get(f"/measures/{measure.id}").text)
    assert 'value="95"' in page.get(address).text


def test_a_definition_changed_by_somebody_else_is_not_overwritten(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead)
    address = f"/measures/{measure.id}/edit"
    assert page.submit(address, {**DEFINITION, "name": "First", "version": "1"}).status_code == 303
    answer = page.submit(address, {**DEFINITION, "name": "Second", "version": "1"})
    assert answer.status_code == 412
    assert 'value="Second"' in answer.text
    assert measures.seen(lead, measure).measure.name == "First"


def test_the_page_says_what_the_chart_says(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "48", "51", "49", "50", "53", "47"])
    shown = page.get(f"/measures/{measure.id}")
    words = text(shown.text)
    assert shown.status_code == 200
    assert "ordinary variation, 8 points, trial limits" in words
    assert "<svg" in shown.text
    assert f'data-figure-url="/measures/{measure.id}/figure.json?palette=nhs"' in shown.text
    assert "Making Data Count · XmR chart · 8 points" in words
    assert "8 numbers added" in words
    item = page.get(f"/measures/{measure.id}/figure.json").json()
    assert item["doc"]


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
    again = fields(answer.text)
    assert again["points/2024-01-01/value"] == "77"
    assert {name: again.get(name) for name in typed} == typed
    assert kept(measures, measure) == [("1", ""), ("2", "")]


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


PASTED = "Month\tNumber\tNote\nApr-24\t12.50\t\nMay-24\t1,234\t=HYPERLINK(1)\nJun-24\tN/A\tclosed\n"


def test_pasted_rows_are_shown_before_they_are_kept(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["1"])
    address = f"/measures/{measure.id}/paste"
    shown = page.submit(address, {"pasted": PASTED})
    words = text(shown.text)
    assert "3 rows were read: 3 new. Nothing is saved yet." in words
    assert "“1,234” is read as 1234. (column B)" in words
    assert "“N/A” is read as “no number”, 1 time." in words
    assert kept(measures, measure) == [("1", "")]
    assert page.submit(f"{address}/save", {"pasted": PASTED}).status_code == 303
    assert kept(measures, measure) == [("1", ""), ("12.50", ""), ("1234", "=HYPERLINK(1)"), ("", "closed")]
    file = page.get(f"/measures/{measure.id}/data.csv").text
    assert "2024-05-01,1234,'=HYPERLINK(1)" in file
    again = text(page.submit(address, {"pasted": PASTED}).text)
    assert "3 of 3 rows are already here" in again


def test_other_numbers_are_replaced_only_when_asked(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["1", "2"])
    address = f"/measures/{measure.id}/paste"
    pasted = "2024-01-01\t1\n2024-02-01\t3\n2024-03-01\t4"
    words = text(page.submit(address, {"pasted": pasted}).text)
    assert "1 new, 1 already here, 1 with another number than is kept" in words
    assert "replaces 2" in words
    refused = page.submit(f"{address}/save", {"pasted": pasted})
    assert refused.status_code == 422
    assert "2024-03-01\t4" in unescape(refused.text)
    assert kept(measures, measure) == [("1", ""), ("2", "")]
    assert page.submit(f"{address}/save", {"pasted": pasted, "if_different": "replace"}).status_code == 303
    assert kept(measures, measure) == [("1", ""), ("3", ""), ("4", "")]


def test_a_date_with_two_readings_is_asked_for(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    address = f"/measures/{measure.id}/paste"
    pasted = "03/04/2024\t5\n05/06/2024\t6"
    asked = page.submit(address, {"pasted": pasted})
    words = text(asked.text)
    assert "3 April 2024" in words
    assert "4 March 2024" in words
    assert "Save these numbers" not in words
    assert page.submit(f"{address}/save", {"pasted": pasted}).status_code == 422
    assert "April 2024" in text(page.submit(address, {"pasted": pasted, "order": "day_first"}).text)
    assert page.submit(f"{address}/save", {"pasted": pasted, "order": "month_first"}).status_code == 303
    assert [point.period for point in measures.record(measure).points] == [date(2024, 3, 1), date(2024, 5, 1)]


def test_a_refused_paste_keeps_the_text(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    pasted = "Apr-24\t5\nMay-24\t999 000 0018"
    answer = page.submit(f"/measures/{measure.id}/paste", {"pasted": pasted})
    assert answer.status_code == 422
    assert "This looks like an NHS number (row 2, column B)." in text(answer.text)
    assert pasted in unescape(answer.text)
    assert kept(measures, measure) == []


@pytest.mark.parametrize("kind", ["phase", "exclusion", "annotation", "baseline"])
def test_a_decision_is_made_with_its_reason_and_taken_back(
    page: Client, measures: Measures, lead: User, kind: str
) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "48", "51", "90", "91"])
    address = f"/measures/{measure.id}"
    form = page.get(f"{address}/decide/{kind}")
    assert "March 2024" in text(form.text)
    sent = {"from_on": "2024-03-01", "text": ""}
    refused = page.submit(f"{address}/decide/{kind}", sent)
    assert refused.status_code == 422
    assert "Write" in text(refused.text)
    assert re.search(r'<option value="2024-03-01"[^>]*selected', refused.text)
    assert page.submit(f"{address}/decide/{kind}", {**sent, "text": "The new rota began"}).status_code == 303
    shown = page.get(address).text
    assert "The new rota began" in text(shown)
    found = re.search(r'action="(/measures/\w+/decisions/\w+/remove)"', shown)
    assert found
    assert page.submit(found[1]).status_code == 303
    assert "Taken back:" in text(page.get(address).text)
    assert measures.record(measure).decisions == ()


def test_a_coach_sees_why_they_cannot_type_and_can_decide(
    client: Client, measures: Measures, make: Factory
) -> None:
    lead, coach = make.user("Lead"), make.user("Coach")
    organisation = make.organisation(member=lead, coach=coach)
    measure = measures.measure(lead, project=measures.project(lead, organisation_id=organisation.id))
    measures.put(lead, measure, rows(["50", "52", "48", "51"]))
    client.as_(coach)
    shown = text(client.get(f"/measures/{measure.id}").text)
    assert "You cannot change this project." in shown
    assert "Save numbers" not in shown
    assert client.get(f"/measures/{measure.id}/decide/phase").status_code == 200
    assert client.get(f"/measures/{measure.id}/decide/annotation").status_code == 403


def test_a_stranger_finds_nothing(client: Client, measures: Measures, lead: User, make: Factory) -> None:
    measure = with_numbers(measures, lead, ["1"])
    client.as_(make.user("Stranger"))
    for path in (
        "",
        "/edit",
        "/paste",
        "/history",
        "/decide/phase",
        "/figure.json",
        "/chart.svg",
        "/chart.png",
        "/chart.json",
        "/data.csv",
    ):
        assert client.get(f"/measures/{measure.id}{path}").status_code == 404, path
    for path in ("", "/edit", "/paste", "/paste/save", "/decide/phase", "/decisions/x/remove"):
        assert client.submit(f"/measures/{measure.id}{path}").status_code == 404, path
    assert client.get(f"/projects/{measure.project_id}/measures/new").status_code == 404


def test_pdsa_cycles_are_told_and_drawn(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "48", "51"])
    band: dict[str, Any] = {
        "measure_id": measure.id,
        "key": "cycle:1",
        "starts_on": date(2024, 2, 1),
        "ends_on": None,
    }
    with measures.store.session() as db:
        actions.show_band(db, **band, label="PDSA 1", detail="Triage", href="/cycles/1")
        actions.show_band(db, **band, label="PDSA 1", detail="Triage again", href="/cycles/1")
    shown = page.get(f"/measures/{measure.id}").text
    assert "PDSA 1: 1 February 2024, going on" in text(shown)
    assert "Triage again" in shown
    with measures.store.session() as db:
        actions.hide_band(db, measure_id=measure.id, key="cycle:1")
    assert "Triage again" not in page.get(f"/measures/{measure.id}").text


def test_the_live_chart_is_new_after_each_change(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "48", "51"])
    address = f"/measures/{measure.id}/figure.json"
    with counted(measures.store) as first:
        before = page.get(address).json()
    with counted(measures.store) as second:
        assert page.get(address).json() == before
    assert len(second) < len(first)
    measures.put(lead, measure, rows(["50", "52", "48", "99"]))
    assert page.get(address).json() != before


def test_the_page_asks_as_often_for_500_numbers_as_for_5(
    page: Client, measures: Measures, lead: User
) -> None:
    few = measures.measure(lead, SHARE)
    measures.put(lead, few, pairs([("8", "10")] * 5))
    many = measures.measure(lead, SHARE)
    measures.put(lead, many, pairs([("8", "10")] * 500, date(1980, 1, 1)), at=AT + timedelta(days=1))
    asked = []
    for measure in (few, many):
        with counted(measures.store) as statements:
            assert page.get(f"/measures/{measure.id}").status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert asked[0] <= 11, asked


def test_the_page_itself_needs_no_bokeh() -> None:
    code = (
        "import sys, qiplatform.measures.routes, qiplatform.measures.pages; sys.exit('bokeh' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
