"""Measures defined, read back and changed."""

from typing import Any

import pytest

from qiplatform.accounts.models import Scope, User
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import defined
from tests.support.measures import PLAIN, Measures, rows

DEFINITION = {"name": "Seen in time", "type": "outcome", "chart": "xmr", "direction": "increase"}


def test_a_measure_reads_back_as_it_was_defined(api: Client, measures: Measures, lead: User) -> None:
    target = [{"from": "2024-01-01", "value": "90"}, {"from": "2025-01-01", "value": 95.50}]
    measure = defined(api, measures, lead, target=target, unit="%", frequency="month", counts="events")
    found = api.get(f"/api/v1/measures/{measure}").json()
    assert (found["profile"], found["frequency"], found["counts"], found["version"]) == (
        "mdc",
        "monthly",
        "events",
        1,
    )
    assert found["target"] == [{"from": "2024-01-01", "value": "90"}, {"from": "2025-01-01", "value": "95.5"}]
    items = api.get(f"/api/v1/projects/{found['project']}/measures").json()["items"]
    assert [one["id"] for one in items] == [measure]


@pytest.mark.parametrize(
    ("parts", "at"),
    [
        ({"name": ""}, "name"),
        ({"chart": "pie"}, "chart"),
        ({"chart": "t"}, "chart"),
        ({"profile": "guess"}, "profile"),
        ({"direction": "up"}, "direction"),
        ({"target": "9O"}, "target"),
        ({"target": [{"value": "1"}, {"value": "2"}]}, "target/1/from"),
        ({"colour": "blue"}, "colour"),
        ({"name": "Care of 999 000 0018"}, "name"),
        ({"frequency": "sometimes"}, "frequency"),
    ],
)
def test_a_definition_that_cannot_be_is_refused(
    api: Client, measures: Measures, lead: User, parts: dict[str, Any], at: str
) -> None:
    project = measures.project(lead)
    answer = api.post(f"/api/v1/projects/{project.id}/measures", json={**DEFINITION, **parts})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert at in [one["at"] for one in answer.json()["errors"]]
    assert api.get(f"/api/v1/projects/{project.id}/measures").json()["items"] == []


def test_a_definition_is_changed_only_by_who_saw_the_latest(
    api: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead)
    address = f"/api/v1/measures/{measure.id}"
    tag = api.get(address).headers["etag"]
    assert api.patch(address, json={"name": "Door to doctor"}).status_code == 428
    changed = api.patch(address, json={"name": "Door to doctor", "target": 60}, headers={"If-Match": tag})
    assert changed.json()["name"] == "Door to doctor"
    assert changed.json()["target"] == [{"from": None, "value": "60"}]
    assert api.patch(address, json={"name": "Other"}, headers={"If-Match": tag}).status_code == 412
    assert api.get(address).json()["name"] == "Door to doctor"


def test_a_new_number_does_not_outdate_an_open_definition(
    api: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead)
    address = f"/api/v1/measures/{measure.id}"
    tag = api.get(address).headers["etag"]
    measures.put(lead, measure, rows(["1"]))
    assert api.patch(address, json={"unit": "hours"}, headers={"If-Match": tag}).status_code == 200


def test_a_chart_that_the_numbers_do_not_fit_is_refused(api: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    measures.put(lead, measure, rows(["1", "2"]))
    address = f"/api/v1/measures/{measure.id}"
    assert api.patch(address, json={"chart": "p"}, headers={"If-Match": "1"}).status_code == 409
    run = api.patch(address, json={"chart": "run"}, headers={"If-Match": "1"})
    assert (run.json()["chart"], run.json()["profile"]) == ("run", "anhoej")


def test_a_stranger_and_a_read_token_are_refused(
    client: Client, measures: Measures, lead: User, make: Factory
) -> None:
    measure = measures.measure(lead, PLAIN)
    body = {"points": [{"period": "2024-01-01", "value": "1"}]}
    client.token(make.user("Stranger"))
    assert client.get(f"/api/v1/measures/{measure.id}").status_code == 404
    assert client.put(f"/api/v1/measures/{measure.id}/points", json=body).status_code == 404
    assert client.get("/api/v1/measures/nothing-here").status_code == 404
    client.token(lead, Scope.READ)
    assert client.get(f"/api/v1/measures/{measure.id}").status_code == 200
    assert client.put(f"/api/v1/measures/{measure.id}/points", json=body).status_code == 403
