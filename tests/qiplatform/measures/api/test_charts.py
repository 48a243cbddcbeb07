"""Decisions change the chart; the chart as a file."""

import json

import pytest

import spc
from qiplatform.accounts.models import User
from qiplatform.measures.models import Frequency
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measures import SHARE, Measures, pairs, rows


def test_decisions_change_the_chart_and_can_be_taken_back(
    api: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead)
    measures.put(lead, measure, rows(["50", "52", "48", "51", "90", "91", "92", "90", "93"]))
    base = f"/api/v1/measures/{measure.id}"
    before = api.get(f"{base}/analysis").json()
    assert {point["phase"] for point in before["points"]} == {0}
    phase = api.post(f"{base}/phases", json={"from": "2024-05-01", "reason": "New rota"})
    assert phase.status_code == 201
    assert [point["phase"] for point in api.get(f"{base}/analysis").json()["points"]] == [0] * 4 + [1] * 5
    assert (
        api.post(f"{base}/exclusions", json={"period": "2024-02-01", "reason": "Fire alarm"}).status_code
        == 201
    )
    assert (
        api.post(f"{base}/annotations", json={"period": "2024-03-01", "text": "Half term"}).status_code == 201
    )
    baseline = {"from": "2024-01-01", "to": "2024-03-01", "reason": "Before anything changed"}
    assert api.post(f"{base}/baseline", json=baseline).status_code == 201
    after = api.get(f"{base}/analysis").json()
    assert [point["included"] for point in after["points"]][:3] == [True, False, True]
    assert [one["baseline_n"] for one in after["phases"]] == [2, 5]
    kinds = [one["kind"] for one in api.get(f"{base}/decisions").json()["items"]]
    assert kinds == ["phase", "exclusion", "annotation", "baseline"]
    assert api.delete(f"{base}/decisions/{phase.json()['id']}").json()["removed_at"]
    assert {point["phase"] for point in api.get(f"{base}/analysis").json()["points"]} == {0}
    assert len(api.get(f"{base}/decisions").json()["items"]) == 4


@pytest.mark.parametrize(
    ("call", "body", "status"),
    [
        ("phases", {"from": "2024-03-01"}, 422),
        ("phases", {"from": "2024-03-01", "reason": "  "}, 422),
        ("phases", {"from": "2024-01-01", "reason": "first"}, 422),
        ("phases", {"from": "2030-01-01", "reason": "beyond"}, 422),
        ("exclusions", {"period": "2024-01-15", "reason": "not a period"}, 422),
        ("exclusions", {"period": "2024-02-01", "reason": "patient 999 000 0018"}, 422),
        ("annotations", {"period": "2030-01-01", "text": "beyond"}, 422),
        ("annotations", {"period": "2024-02-01", "text": "x" * 2001}, 422),
        ("baseline", {"from": "2024-03-01", "to": "2024-01-01", "reason": "backwards"}, 422),
        ("baseline", {"from": "2020-03-01", "to": "2020-04-01", "reason": "empty"}, 422),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    *, api: Client, measures: Measures, lead: User, call: str, body: dict[str, str], status: int
) -> None:
    measure = measures.measure(lead)
    measures.put(lead, measure, rows(["50", "52", "48", "51"]))
    assert api.post(f"/api/v1/measures/{measure.id}/{call}", json=body).status_code == status
    assert api.get(f"/api/v1/measures/{measure.id}/decisions").json()["items"] == []


def test_the_same_decision_twice_is_told(api: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    measures.put(lead, measure, rows(["50", "52", "48", "51"]))
    body = {"period": "2024-02-01", "reason": "Fire alarm"}
    assert api.post(f"/api/v1/measures/{measure.id}/exclusions", json=body).status_code == 201
    assert api.post(f"/api/v1/measures/{measure.id}/exclusions", json=body).status_code == 409


def test_charts_as_files(api: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead, SHARE)
    measures.put(lead, measure, pairs([("8", "10"), ("9", "10"), ("7", "10")]))
    svg = api.get(f"/api/v1/measures/{measure.id}/chart.svg")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert svg.text.startswith("<svg")
    png = api.get(f"/api/v1/measures/{measure.id}/chart.png")
    assert png.content.startswith(b"\x89PNG")


def test_the_chart_file_gives_the_same_verdict_again(api: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead, SHARE, frequency=Frequency.QUARTERLY)
    measures.put(lead, measure, pairs([("8", "10"), ("9", "10"), ("7", "10")]))
    base = f"/api/v1/measures/{measure.id}"
    note = {"period": "2024-02-01", "text": "Half term"}
    assert api.post(f"{base}/annotations", json=note).status_code == 201
    file = api.get(f"{base}/chart.json").json()
    assert spc.verify(file)
    assert file["verdict"] == api.get(f"{base}/analysis").json()["verdict"]
    assert file["definition"]["name"] == SHARE.name
    assert file["decisions"][0]["text"] == "Half term"
    assert lead.id not in json.dumps(file)
    file["data"]["numerator"][0] = 1
    assert spc.verify(file).differs


def test_a_coach_decides_about_limits_and_types_no_numbers(
    client: Client, measures: Measures, make: Factory
) -> None:
    lead, coach = make.user("Lead"), make.user("Coach")
    organisation = make.organisation(member=lead, coach=coach)
    project = measures.project(lead, organisation_id=organisation.id)
    measure = measures.measure(lead, project=project)
    measures.put(lead, measure, rows(["50", "52", "48", "51"]))
    client.token(coach)
    base = f"/api/v1/measures/{measure.id}"
    assert client.put(f"{base}/points", json={"points": []}).status_code == 403
    assert client.post(f"{base}/phases", json={"from": "2024-03-01", "reason": "New rota"}).status_code == 201
