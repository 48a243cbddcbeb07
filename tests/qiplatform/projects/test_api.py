"""Projects for other machines: exact, versioned, refused in words with a place."""

from typing import Any

import pytest

from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.projects import team

TREE: dict[str, Any] = {
    "text": "Seen in four hours",
    "kind": "aim",
    "children": [
        {
            "text": "Right person",
            "kind": "primary",
            "children": [{"text": "Senior at the door", "kind": "secondary", "children": []}],
        }
    ],
}


def test_a_project_is_registered_listed_and_read_back(client: Client, make: Factory) -> None:
    client.token(make.user())
    body = {"title": "Fewer falls", "aim": {"goal": "2 a month", "by": "2026-12-31"}, "topics": ["falls"]}
    made = client.post("/api/v1/projects", json=body)
    assert made.status_code == 201
    assert made.json()["aim"]["missing"] == ["what will be measured", "for whom", "from what starting point"]
    assert client.get(f"/api/v1/projects/{made.json()['id']}").json() == made.json()
    assert client.get("/api/v1/projects").json() == {"items": [made.json()], "next": None}


def test_the_list_goes_on_by_cursor(client: Client, make: Factory) -> None:
    client.token(make.user())
    ids = [client.post("/api/v1/projects", json={"title": f"P{number}"}).json()["id"] for number in range(5)]
    seen, after = [], None
    while True:
        answer = client.get(
            "/api/v1/projects", params={"limit": 2, **({"after": after} if after else {})}
        ).json()
        seen += [one["id"] for one in answer["items"]]
        if (after := answer["next"]) is None:
            break
    assert sorted(seen) == sorted(ids)


def test_a_change_needs_the_version_it_was_made_on(client: Client, make: Factory) -> None:
    made = team(make)
    client.token(made.lead)
    path = f"/api/v1/projects/{made.project.id}"
    etag = client.get(path).headers["etag"]
    assert client.patch(path, json={"title": "New"}).status_code == 428
    assert client.patch(path, json={"title": "New"}, headers={"if-match": etag}).json()["title"] == "New"
    stale = client.patch(path, json={"title": "Newer"}, headers={"if-match": etag})
    assert (stale.status_code, stale.headers["content-type"]) == (412, "application/problem+json")
    assert client.get(path).json()["title"] == "New"


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": "x", "colour": "red"}, "colour"),
        ({"title": "x", "aim": {"by": "soon"}}, "aim/by"),
    ],
)
def test_bad_bodies_are_refused_with_their_place(
    client: Client, make: Factory, body: dict[str, Any], at: str
) -> None:
    client.token(make.user())
    answer = client.post("/api/v1/projects", json=body)
    assert answer.status_code == 422
    assert [one["at"] for one in answer.json()["errors"]] == [at]


def test_a_diagram_is_put_and_read_back(client: Client, make: Factory) -> None:
    made = team(make)
    client.token(made.member)
    path = f"/api/v1/projects/{made.project.id}/drivers"
    assert client.get(path).json() is None
    put = client.put(path, json=TREE)
    assert put.status_code == 200
    assert client.get(path).json() == put.json()
    assert client.put(path, json=put.json()).json() == put.json()


def test_a_box_in_the_wrong_column_is_refused_with_its_place(client: Client, make: Factory) -> None:
    made = team(make)
    client.token(made.lead)
    bad = {"text": "a", "kind": "aim", "children": [{"text": "b", "kind": "aim", "children": []}]}
    answer = client.put(f"/api/v1/projects/{made.project.id}/drivers", json=bad)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "children/0/kind"


def test_an_organisation_one_does_not_belong_to_is_refused(client: Client, make: Factory) -> None:
    made = team(make)
    client.token(made.stranger)
    answer = client.post("/api/v1/projects", json={"title": "x", "organisation": made.organisation.id})
    assert answer.status_code == 422
