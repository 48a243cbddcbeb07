"""Signing in: the right password opens the door, everything else leaves it shut and says so kindly."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from qiplatform.accounts import actions, queries, rules
from qiplatform.accounts.access import COOKIE
from qiplatform.accounts.models import Scope, SignIn
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import PASSWORD, Factory


def test_the_right_password_signs_in(client: Client, make: Factory, store: Store) -> None:
    user = make.user()
    answer = client.submit(
        "/sign-in", {"email": user.email.upper(), "password": PASSWORD, "next": "/projects"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/projects")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    with store.session() as db:
        kept = db.scalars(select(SignIn)).one()
    assert kept.token_hash == rules.digest(client.cookies[COOKIE]) != client.cookies[COOKIE]


@pytest.mark.parametrize(("email", "password"), [("{0}", "wrong password"), ("nobody@example.org", PASSWORD)])
def test_wrong_words_stay_outside_and_say_the_same(
    client: Client, make: Factory, email: str, password: str
) -> None:
    user = make.user()
    answer = client.submit("/sign-in", {"email": email.format(user.email), "password": password})
    assert answer.status_code == 422
    assert "The e-mail address or the password is not right." in answer.text
    assert COOKIE not in client.cookies
    assert password not in answer.text


def test_a_form_without_our_token_is_refused(client: Client, make: Factory) -> None:
    user = make.user()
    answer = client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert COOKIE not in client.cookies


def test_a_form_from_another_site_is_refused(client: Client, make: Factory) -> None:
    client.headers["sec-fetch-site"] = "cross-site"
    answer = client.submit("/sign-in", {"email": make.user().email, "password": PASSWORD})
    assert answer.status_code == 403


def test_signing_out_ends_the_session_on_the_server(client: Client, make: Factory, store: Store) -> None:
    client.as_(make.user())
    secret = client.cookies[COOKIE]
    assert client.submit("/sign-out").status_code == 303
    with store.session() as db:
        assert queries.signed_in(db, secret, at=datetime.now(UTC)) is None


def test_a_sign_in_ends_by_itself(make: Factory, store: Store) -> None:
    user, at = make.user(), datetime.now(UTC)
    with store.session() as db:
        secret = actions.begin(db, at=at, user=user)
    with store.session() as db:
        assert queries.signed_in(db, secret, at=at + rules.SIGN_IN_LASTS - timedelta(seconds=1)) is not None
        assert queries.signed_in(db, secret, at=at + rules.SIGN_IN_LASTS) is None


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]
)
def test_signing_in_never_leads_to_another_site(target: str) -> None:
    assert rules.safe_next(target) == "/"


def test_the_api_wants_a_token_and_a_read_token_only_reads(client: Client, make: Factory) -> None:
    user = make.user("Ward sister")
    refused = client.get("/api/v1/me")
    assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")
    client.token(user, Scope.READ)
    assert client.get("/api/v1/me").json()["name"] == "Ward sister"
