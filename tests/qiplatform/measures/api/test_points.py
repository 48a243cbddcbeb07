"""Numbers put: exactly as sent, all or none, once."""

from typing import Any

import pytest

from qiplatform.accounts.models import User
from tests.support.client import Client
from tests.support.measure_pages import defined
from tests.support.measures import Measures


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
