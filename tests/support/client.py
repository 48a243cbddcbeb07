"""A browserless visitor: keeps cookies, sends forms with their token, signs in without the slow password."""

import re
from datetime import UTC, datetime
from typing import Any

import httpx2
from fastapi import FastAPI
from starlette.testclient import TestClient

from qiplatform.accounts import actions
from qiplatform.accounts.access import COOKIE
from qiplatform.accounts.models import Scope, User


class Client(TestClient):
    """One visitor and their browser."""

    def __init__(self, app: FastAPI) -> None:
        """Open no page yet; redirects are shown, not followed."""
        super().__init__(app, follow_redirects=False)
        self.store = app.state.store

    def as_(self, user: User) -> "Client":
        """Sign in as a person, without typing the password."""
        with self.store.session() as db:
            secret = actions.begin(db, at=datetime.now(UTC), user=user)
        self.cookies.set(COOKIE, secret)
        return self

    def token(self, user: User, scope: Scope = Scope.WRITE) -> "Client":
        """Send this person's API token with every request from here on."""
        with self.store.session() as db:
            given = actions.give_token(db, at=datetime.now(UTC), user=user, scope=scope)
        self.headers["authorization"] = f"Bearer {given}"
        return self

    def submit(
        self, path: str, data: dict[str, Any] | None = None, *, page: str = "/sign-in?next=/about"
    ) -> httpx2.Response:
        """Send a form to `path` as typed on `page` (any page with a form has the same token)."""
        return self.post(path, data={**(data or {}), "csrf_token": self.csrf(page)})

    def csrf(self, page: str) -> str:
        """Return the token for this browser."""
        if not hasattr(self, "_csrf"):
            self._csrf = _token_of(self.app, self, page)
        return self._csrf


def _token_of(_app: Any, client: TestClient, page: str) -> str:
    kept = client.cookies.get(COOKIE)
    client.cookies.delete(COOKIE) if kept else None
    html = client.get(page).text
    if kept:
        client.cookies.set(COOKIE, kept)
    found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', html)
    assert found, html[:500]
    return found.group(1)
