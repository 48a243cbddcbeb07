"""A stranger visits every address: no page opens that should not, none breaks, and every one has a title and one heading."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from tests.house import access, routes
from tests.house.access import Who
from tests.support.client import Client

NOWHERE = "0000000000000000"
TABLE = {**access.PAGES, **access.API}


@pytest.fixture
def database_kind() -> str:
    """What a stranger may open does not depend on the kind of database: once is enough."""
    return "sqlite"


def addresses(app: FastAPI) -> list[tuple[str, str, str]]:
    """Return row, method and address of every route, with ids that lead nowhere."""
    return [(one.key, one.method, re.sub(r"{[^}]+}", _an_id, one.path)) for one in routes.of_house(app)]


def _an_id(parameter: re.Match[str]) -> str:
    return "1" if parameter[0] in {"{n}", "{number}", "{version}"} else NOWHERE


def wrongly_open(client: Client, visited: list[tuple[str, str, str]]) -> list[str]:
    """Return the addresses that let a person without an account in, or break."""
    return list(_wrongly_open(client, visited))


def _wrongly_open(client: Client, visited: list[tuple[str, str, str]]) -> Iterator[str]:
    for key, method, path in visited:
        answer = client.request(method, path)
        if answer.status_code >= 500 and path != "/readyz":
            yield f"{key}: broken ({answer.status_code})"
        if TABLE.get(key) is Who.ANYONE:
            if answer.status_code in {401, 403} and method == "GET":
                yield f"{key}: closed to everybody"
        elif key in access.API:
            if answer.status_code != 401 or not answer.headers["content-type"].startswith(
                "application/problem+json"
            ):
                yield f"{key}: {answer.status_code} without a token"
        elif method == "GET":
            if answer.status_code != 303 or not answer.headers["location"].startswith("/sign-in"):
                yield f"{key}: {answer.status_code} without signing in"
        elif answer.status_code < 400 and not answer.headers.get("location", "").startswith("/sign-in"):
            yield f"{key}: {answer.status_code} without signing in"


def badly_headed(client: Client, visited: list[tuple[str, str, str]]) -> list[str]:
    """Return the pages without a title or without exactly one h1."""
    found = []
    for key, method, path in visited:
        answer = client.get(path) if method == "GET" else None
        if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        title = re.search(r"<title>\s*(\S.*?)\s*</title>", answer.text, re.DOTALL)
        if not title or len(re.findall(r"<h1[\s>]", answer.text)) != 1:
            found.append(key)
    return found


def test_nothing_opens_to_a_stranger_that_should_not(app: FastAPI, client: Client) -> None:
    assert wrongly_open(client, addresses(app)) == []


def test_every_page_a_stranger_meets_has_a_title_and_one_heading(app: FastAPI, client: Client) -> None:
    assert badly_headed(client, addresses(app)) == []


def test_planted_faults_would_be_seen(app: FastAPI, client: Client) -> None:
    @app.get("/planted-open", response_class=HTMLResponse)
    def planted_open() -> str:
        return "<title> </title><h1>One</h1><h1>Two</h1>"

    @app.get("/planted-closed")
    def planted_closed() -> HTMLResponse:
        return HTMLResponse("no", status_code=403)

    visited = [("GET /notices", "GET", "/planted-open"), ("GET /sign-in", "GET", "/planted-closed")]
    assert len(wrongly_open(client, visited)) == 2
    assert badly_headed(client, visited) == ["GET /notices", "GET /sign-in"]
