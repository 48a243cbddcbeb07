"""Every answer carries its headers; every refusal is kind to people and exact to machines."""

import re

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from qiplatform.errors import Mistake, NotNow
from tests.support.client import Client


def test_the_policy_allows_nothing_inline_and_nothing_evaluated(client: Client) -> None:
    answer = client.get("/sign-in")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert re.search(r"script-src 'self' 'nonce-[\w-]{20,}';", policy)
    assert client.get("/sign-in").headers["content-security-policy"] != policy
    assert "style=" not in answer.text
    assert not re.search(r"\son\w+=", answer.text)


@pytest.mark.parametrize("path", ["/nowhere", "/projects/nothing/edit/at/all"])
def test_a_missing_page_is_kind_and_complete(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<title>Page not found" in answer.text
    assert "x-content-type-options" in answer.headers


def test_machines_get_a_problem_document(client: Client) -> None:
    answer = client.get("/api/v1/nowhere")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["errors"] == []


def test_refusals_keep_their_words_and_places(app: FastAPI) -> None:
    @app.get("/api/v1/tests/refuse")
    def refuse() -> None:
        words = "Finish cycle 3 before planning another."
        raise NotNow(words, Mistake("points/3/numerator", "12 of 9"))

    answer = TestClient(app).get("/api/v1/tests/refuse")
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Finish cycle 3 before planning another."
    assert answer.json()["errors"] == [{"at": "points/3/numerator", "message": "12 of 9"}]


def test_a_fault_shows_no_trace_of_the_code(app: FastAPI) -> None:
    @app.get("/tests/fault")
    def fault() -> None:
        secret = "password=hunter2"
        raise RuntimeError(secret)

    answer = TestClient(app, raise_server_exceptions=False).get("/tests/fault")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text


def test_too_much_at_once_is_refused(client: Client) -> None:
    answer = client.post(
        "/sign-in",
        content=b"email=" + b"x" * 12_100_000,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413
    assert "12 MB" in answer.text


def test_health_needs_no_sign_in_and_readiness_names_faults(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "up"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    with client.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    behind = client.get("/readyz")
    assert behind.status_code == 503
    assert "qiplatform migrate" in behind.json()["faults"]["migrations"]
