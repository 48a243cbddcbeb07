"""Measures for other machines: put, read back, charted like the reference runs."""

import gzip
import json
import math
from pathlib import Path
from typing import Any

import pytest

import spc
from qiplatform.accounts.models import Scope, User
from qiplatform.measures.models import Frequency
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measures import PLAIN, SHARE, Measures, pairs, rows

CASES = Path(__file__).resolve().parents[2] / "spc/conformance/cases.jsonl.gz"
DEFINITION = {"name": "Seen in time", "type": "outcome", "chart": "xmr", "direction": "increase"}


@pytest.fixture
def lead(make: Factory) -> User:
    return make.user("Lead")


@pytest.fixture
def measures(store: Any) -> Measures:
    return Measures(store)


@pytest.fixture
def api(client: Client, lead: User) -> Client:
    return client.token(lead)


def reference(name: str) -> dict[str, Any]:
    """Return one recorded case."""
    with gzip.open(CASES, "rt") as lines:
        for line in lines:
            case: dict[str, Any] = json.loads(line)
            if case["name"] == name:
                return case
    raise LookupError(name)


def output(case: dict[str, Any], run: str) -> dict[str, list[Any]]:
    """Return the points of one recorded run."""
    return next(one["output"]["points"] for one in case["runs"] if one["id"] == run)


def near(found: list[float | None], wanted: list[float | None]) -> bool:
    """Whether two columns are equal to 1e-9, relative above 1 and absolute below."""
    return len(found) == len(wanted) and all(
        (a is None and b is None)
        or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9))
        for a, b in zip(found, wanted, strict=True)
    )


def defined(api: Client, measures: Measures, lead: User, **parts: Any) -> str:
    project = measures.project(lead)
    answer = api.post(f"/api/v1/projects/{project.id}/measures", json={**DEFINITION, **parts})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def column(analysis: dict[str, Any], name: str) -> list[Any]:
    return [point[name] for point in analysis["points"]]


def test_the_36_months_of_one_trust_as_p_chart_equal_the_reference_run(
    api: Client, measures: Measures, lead: User
) -> None:
    case = reference("ae_rjz_p")
    given = case["input"]
    measure = defined(api, measures, lead, chart="p", profile="qicharts2")
    points = [
        {"period": on, "numerator": str(y), "denominator": str(n)}
        for on, y, n in zip(given["x"], given["y"], given["n"], strict=True)
    ]
    put = api.put(f"/api/v1/measures/{measure}/points", json={"points": points})
    assert put.json() == {"added": 36, "unchanged": 0, "changed": 0, "rejected": []}
    analysis = api.get(f"/api/v1/measures/{measure}/analysis").json()
    recorded = output(case, "qicharts2:p")
    assert len(analysis["points"]) == 36
    for ours, theirs in (("value", "y"), ("centre", "cl"), ("lower", "lcl"), ("upper", "ucl")):
        assert near(column(analysis, ours), recorded[theirs]), ours
    recorded["cl"][5] += 1e-6
    assert not near(column(analysis, "centre"), recorded["cl"])


def test_the_36_months_of_one_trust_as_xmr_chart_equal_the_reference_run(
    api: Client, measures: Measures, lead: User
) -> None:
    case = reference("ae_rjz_performance")
    given = case["input"]
    measure = defined(api, measures, lead, profile="nhsr_plotthedots")
    # As numbers, not texts: the digits that are sent are the digits that are kept.
    points = [{"period": on, "value": y} for on, y in zip(given["x"], given["y"], strict=True)]
    assert api.put(f"/api/v1/measures/{measure}/points", json={"points": points}).status_code == 200
    analysis = api.get(f"/api/v1/measures/{measure}/analysis").json()
    run = next(
        one
        for one in case["runs"]
        if one["oracle"]["name"] == "NHSRplotthedots" and one["output"]["status"] == "ok"
    )
    recorded = run["output"]["points"]
    for ours, theirs in (("value", "y"), ("centre", "mean"), ("lower", "lpl"), ("upper", "upl")):
        assert near(column(analysis, ours), recorded[theirs]), ours
    kept = api.get(f"/api/v1/measures/{measure}/points").json()["items"]
    assert [point["value"] for point in kept] == [json.dumps(y) for y in given["y"]]


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


def test_numbers_come_back_exactly_as_they_were_sent(api: Client, measures: Measures, lead: User) -> None:
    measure = defined(api, measures, lead)
    body = (
        '{"points": [{"period": "2024-01-01", "value": 12.50}, {"period": "2024-02-01", "value": "007.10"},'
        ' {"period": "2024-03-01", "value": 3}, {"period": "2024-04-01", "value": null, "note": "closed"},'
        ' {"period": "2024-05-01", "value": 1e-3}]}'
    )
    headers = {"content-type": "application/json"}
    assert api.put(f"/api/v1/measures/{measure}/points", content=body, headers=headers).json()["added"] == 5
    items = api.get(f"/api/v1/measures/{measure}/points").json()["items"]
    assert [one["value"] for one in items] == ["12.50", "007.10", "3", "", "1e-3"]
    assert items[3]["note"] == "closed"
    assert api.get(f"/api/v1/measures/{measure}/analysis").json()["points"][0]["value"] == 12.5


@pytest.mark.parametrize(
    ("chart", "row", "field"),
    [
        ("p", {"numerator": "12", "denominator": "9"}, "numerator"),
        ("p", {"numerator": "3.5", "denominator": "9"}, "numerator"),
        ("p", {"numerator": "-1", "denominator": "9"}, "numerator"),
        ("p", {"numerator": "3"}, "denominator"),
        ("p", {"numerator": "3", "denominator": "0"}, "numerator"),
        ("p", {"value": "0.5"}, "value"),
        ("xmr", {"value": "1O"}, "value"),
        ("xmr", {"value": "<5"}, "value"),
        ("xmr", {"value": "1,234"}, "value"),
        ("xmr", {"value": "NaN"}, "value"),
        ("xmr", {"value": "inf"}, "value"),
        ("xmr", {"value": "1" * 41}, "value"),
        ("xmr", {"value": "\u0663"}, "value"),
        ("xmr", {"value": "1", "numerator": "1"}, "numerator"),
        ("xmr", {"value": "1", "note": "ask 999 000 0018 again"}, "note"),
        ("xmr", {"value": "9990000018"}, "value"),
        ("xmr", {"value": "1", "period": "2024-02-30"}, "period"),
        ("xmr", {"value": "1", "period": "1024-02-01"}, "period"),
        ("xmr", {"value": "1", "period": "2024-01-01"}, "period"),
        ("c", {"value": "2.5"}, "value"),
    ],
)
def test_one_bad_row_refuses_all_and_names_itself(
    *, api: Client, measures: Measures, lead: User, chart: str, row: dict[str, str], field: str
) -> None:
    measure = defined(api, measures, lead, chart=chart)
    good = {"numerator": "3", "denominator": "9"} if chart == "p" else {"value": "3"}
    points = [{"period": "2024-01-01", **good}, {"period": "2024-02-01", **row}]
    answer = api.put(f"/api/v1/measures/{measure}/points", json={"points": points})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["at"] for one in answer.json()["errors"]] == [f"points/1/{field}"]
    assert [(one["row"], one["field"]) for one in answer.json()["rejected"]] == [(1, field)]
    assert api.get(f"/api/v1/measures/{measure}/points").json()["items"] == []


def test_a_number_that_is_no_number_in_json_is_refused(api: Client, measures: Measures, lead: User) -> None:
    measure = defined(api, measures, lead)
    headers = {"content-type": "application/json"}
    for value in ("NaN", "Infinity", "true", "[1]", '{"a": 1}'):
        body = f'{{"points": [{{"period": "2024-01-01", "value": {value}}}]}}'
        answer = api.put(f"/api/v1/measures/{measure}/points", content=body, headers=headers)
        assert answer.status_code == 422, value


def test_a_zero_denominator_is_no_cases(api: Client, measures: Measures, lead: User) -> None:
    measure = defined(api, measures, lead, chart="p")
    points = [{"period": "2024-01-01", "numerator": "0", "denominator": "0"}]
    assert api.put(f"/api/v1/measures/{measure}/points", json={"points": points}).status_code == 200
    point = api.get(f"/api/v1/measures/{measure}/analysis").json()["points"][0]
    assert (point["value"], point["variation"]) == (None, "missing")


def test_the_same_key_has_one_effect_and_one_answer(api: Client, measures: Measures, lead: User) -> None:
    measure = defined(api, measures, lead)
    address, headers = f"/api/v1/measures/{measure}/points", {"Idempotency-Key": "march"}
    body = {"points": [{"period": "2024-03-01", "value": "5"}]}
    first = api.put(address, json=body, headers=headers)
    assert first.json()["added"] == 1
    assert api.put(address, json=body, headers=headers).json() == first.json()
    assert api.put(address, json=body).json() == {"added": 0, "unchanged": 1, "changed": 0, "rejected": []}
    other = {"points": [{"period": "2024-03-01", "value": "6"}], "if_different": "replace"}
    assert api.put(address, json=other, headers=headers).status_code == 422
    assert api.get(address).json()["items"][0]["value"] == "5"


def test_another_number_is_refused_or_replaced_as_asked_and_the_earlier_one_is_kept(
    api: Client, measures: Measures, lead: User
) -> None:
    measure = defined(api, measures, lead)
    address = f"/api/v1/measures/{measure}/points"
    api.put(address, json={"points": [{"period": "2024-03-01", "value": "5"}]})
    body: dict[str, Any] = {
        "points": [{"period": "2024-03-01", "value": "6"}, {"period": "2024-04-01", "value": "7"}]
    }
    refused = api.put(address, json=body)
    assert refused.status_code == 422
    assert refused.json()["rejected"][0]["row"] == 0
    assert "March 2024 already has 5" in refused.json()["rejected"][0]["message"]
    replaced = api.put(address, json={**body, "if_different": "replace"})
    assert replaced.json() == {"added": 1, "unchanged": 0, "changed": 1, "rejected": []}
    items = api.get(address, params={"history": "true"}).json()["items"]
    assert [one["value"] for one in items] == ["6", "7"]
    assert [(was["value"], was["changed_by"]) for was in items[0]["history"]] == [("5", lead.id)]
    assert items[1]["history"] == []


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


def test_a_definition_is_changed_only_by_who_saw_the_latest(
    api: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead)
    address = f"/api/v1/measures/{measure.id}"
    tag = api.get(address).headers["etag"]
    assert api.patch(address, json={"name": "Door to doctor"}).status_code == 422
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
