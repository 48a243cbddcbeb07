"""What a measure leaves out, how it samples, what it is for and the minutes it takes."""

from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from qiplatform import schema
from qiplatform.accounts.models import User
from tests.support.client import Client
from tests.support.measure_pages import defined, text
from tests.support.measures import Measures

MORE = {
    "exclusion_words": "People who left before they were seen",
    "sampling": "Ten a week, every fifth",
    "purpose": "both",
    "minutes_a_month": 30,
}
WITHOUT = {"exclusion_words": "", "sampling": "", "purpose": "improvement", "minutes_a_month": None}


@pytest.mark.parametrize(("sent", "found"), [(MORE, MORE), ({}, WITHOUT)])
def test_the_fields_are_optional_and_read_back(
    api: Client, measures: Measures, lead: User, sent: dict[str, Any], found: dict[str, Any]
) -> None:
    address = f"/api/v1/measures/{defined(api, measures, lead, **sent)}"
    answer = api.get(address).json()
    assert {name: answer[name] for name in found} == found


def test_the_minutes_can_be_taken_back_and_the_rest_stays(
    api: Client, measures: Measures, lead: User
) -> None:
    address = f"/api/v1/measures/{defined(api, measures, lead, **MORE)}"
    answer = api.patch(address, json={"minutes_a_month": None}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert {name: answer.json()[name] for name in MORE} == {**MORE, "minutes_a_month": None}
    assert api.get(f"{address}/chart.json").json()["definition"]["minutes_a_month"] == ""


@pytest.mark.parametrize(
    "wrong", [{"minutes_a_month": -1}, {"minutes_a_month": 10**30}, {"purpose": "judging"}]
)
def test_what_cannot_be_is_refused_at_its_place(
    api: Client, measures: Measures, lead: User, wrong: dict[str, Any]
) -> None:
    project = measures.project(lead)
    body = {"name": "Seen", "type": "outcome", "chart": "xmr", "direction": "increase", **wrong}
    answer = api.post(f"/api/v1/projects/{project.id}/measures", json=body)
    assert answer.status_code == 422
    assert [one["at"] for one in answer.json()["errors"]] == list(wrong)


def test_the_page_says_what_it_costs_and_the_form_shows_it_again(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead, minutes_a_month=30, exclusion_words="Transfers", sampling="All")
    words = text(page.get(f"/measures/{measure.id}").text)
    assert "about 30 minutes a month to collect" in words
    assert "What is left out Transfers" in words
    form = page.get(f"/measures/{measure.id}/edit").text
    assert 'value="30"' in form
    without = measures.measure(lead)
    assert "a month to collect" not in text(page.get(f"/measures/{without.id}").text)
    assert "None" not in text(page.get(f"/measures/{without.id}/edit").text)


def test_minutes_that_are_no_whole_number_are_refused_kindly(
    page: Client, measures: Measures, lead: User
) -> None:
    address = f"/projects/{measures.project(lead).id}/measures/new"
    sent = {"name": "Seen", "type": "outcome", "chart": "xmr", "direction": "increase"}
    for wrong in ("half an hour", "12.5", "-3"):
        answer = page.submit(address, {**sent, "minutes_a_month": wrong})
        assert (answer.status_code, "inutes a month" in text(answer.text)) == (422, True)
        assert f'value="{wrong}"' in answer.text


def test_measures_from_before_are_for_improvement_and_a_stray_purpose_is_refused_by_the_database(
    measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead, purpose="assurance", minutes_a_month=5)
    schema.migrate(measures.store, "0010")
    schema.migrate(measures.store)
    kept = measures.seen(lead, measure).measure
    assert (kept.purpose, kept.minutes_a_month, kept.exclusion_words) == ("improvement", None, "")
    with pytest.raises(IntegrityError), measures.store.session() as db:
        db.execute(sql("UPDATE measure SET purpose = 'judging'"))
