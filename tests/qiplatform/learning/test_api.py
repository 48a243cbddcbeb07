"""The same for other machines: from a report to an adoption by API alone."""

import pytest

from qiplatform.accounts.models import Scope
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.learning import Reports, reports
from tests.support.measures import SHARE, pairs


@pytest.fixture
def ready(make: Factory) -> Reports:
    return reports(make)


def test_the_whole_way(client: Client, ready: Reports) -> None:
    team = ready.team
    measure = ready.measures.measure(team.lead, SHARE, project=team.project)
    ready.measures.put(team.lead, measure, pairs([("9003", "10007")] * 12))
    client.token(team.lead)
    made = client.post(
        f"/api/v1/projects/{team.project.id}/reports",
        json={"title": "By API", "result": "stopped_early", "summary": "Short."},
    )
    assert made.status_code == 201
    report = made.json()
    assert (report["status"], report["summary"]) == ("draft", "Short.")
    assert report["sections"]["did"] == "The record holds no PDSA cycle."
    assert client.get(f"/api/v1/published/{report['id']}").status_code == 404
    assert client.post(f"/api/v1/reports/{report['id']}/submit").json()["status"] == "submitted"
    refused = client.post(f"/api/v1/reports/{report['id']}/approve")
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    client.token(team.curator)
    done = client.post(f"/api/v1/reports/{report['id']}/approve").json()
    assert (done["id"], done["version"]) == (report["id"], 1)
    assert done["url"].endswith(f"/published/{report['id']}")
    del client.headers["authorization"]
    public = client.get(f"/api/v1/published/{report['id']}").json()
    assert public["measures"][0]["points"][0] == {
        "period": "2024-01-01",
        "numerator": "9005",
        "denominator": "10005",
    }
    assert client.get(f"/api/v1/published/{report['id']}/v/1").json()["title"] == "By API"
    assert client.get(f"/api/v1/published/{report['id']}/v/2").status_code == 404
    assert client.get(f"/api/v1/published/{report['id']}/data.csv").text.startswith(
        "measure,period,value,numerator,denominator"
    )
    client.token(team.stranger)
    begun = client.post(f"/api/v1/published/{report['id']}/adoptions")
    assert begun.status_code == 201
    assert begun.json()["credit"]["report"] == report["id"]
    client.token(team.lead)
    withdrawn = client.post(f"/api/v1/reports/{report['id']}/withdraw", json={"reason": "A mistake."})
    assert withdrawn.json()["status"] == "withdrawn"
    gone = client.get(f"/api/v1/published/{report['id']}")
    assert (gone.status_code, gone.headers["content-type"]) == (410, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"result": "improved"}, "title"),
        ({"title": "x", "result": "green"}, "result"),
        ({"title": "x", "result": "improved", "colour": "blue"}, "colour"),
        ({"title": "x", "result": "improved", "sections": {"poem": "y"}}, "sections/poem"),
        ({"title": "x", "result": "improved", "measures": ["nothing"]}, "measures"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(
    client: Client, ready: Reports, body: dict[str, object], at: str
) -> None:
    answer = client.token(ready.team.lead).post(
        f"/api/v1/projects/{ready.team.project.id}/reports", json=body
    )
    assert answer.status_code == 422
    assert at in [one["at"] for one in answer.json()["errors"]]


@pytest.mark.parametrize("verb", ["return", "withdraw"])
def test_a_reason_is_asked_for(client: Client, ready: Reports, verb: str) -> None:
    report_id = ready.submitted().id if verb == "return" else ready.published().report_id
    answer = client.token(ready.team.curator).post(f"/api/v1/reports/{report_id}/{verb}", json={})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "reason"


def test_strangers_and_read_tokens(client: Client, ready: Reports) -> None:
    report = ready.submitted()
    assert client.get(f"/api/v1/reports/{report.id}").status_code == 401
    client.token(ready.team.stranger)
    assert client.get(f"/api/v1/reports/{report.id}").status_code == 404
    assert client.post(f"/api/v1/reports/{report.id}/approve").status_code == 404
    client.token(ready.team.curator, Scope.READ)
    assert client.post(f"/api/v1/reports/{report.id}/approve").status_code == 403
