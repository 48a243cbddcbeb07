"""Measures defined and changed on pages."""

import pytest

from qiplatform.accounts.models import User
from qiplatform.measures import queries
from tests.support.client import Client
from tests.support.measure_pages import text
from tests.support.measures import SHARE, Measures

DEFINITION = {
    "name": "Door to doctor",
    "type": "process",
    "chart": "xmr",
    "direction": "decrease",
    "unit": "minutes",
}


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
