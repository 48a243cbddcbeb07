"""Who may come in where: one row a route. A route without a row fails the tests, and so does a row that does not hold.

`ANYONE` needs no account. `ACCOUNT` is any person who is signed in, and shows only what is their own. A `Right` is held on the thing in the
address: a stranger is told that there is nothing here (404), whether it is there or not.
"""

from collections.abc import Mapping
from enum import StrEnum

from qiplatform.organisations.rules import Right


class Who(StrEnum):
    """Those who need no right on a thing."""

    ANYONE = "anyone"
    ACCOUNT = "anyone with an account"


ANYONE, ACCOUNT = Who.ANYONE, Who.ACCOUNT

PAGES: Mapping[str, Who | Right] = {
    "GET /healthz": ANYONE,
    "GET /readyz": ANYONE,
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE,
    "POST /sign-out": ACCOUNT,
    "GET /notices": ACCOUNT,
    "POST /notices/seen": ACCOUNT,
    "GET /": ANYONE,
    "GET /about": ANYONE,
    "GET /components": ANYONE,
    "GET /components/figure.json": ANYONE,
    "GET /projects/{project}": Right.SEE_PROJECT,
}

API: Mapping[str, Who | Right] = {
    "GET /api/v1/openapi.json": ANYONE,
    "GET /api/v1/organisations": ACCOUNT,
    "GET /api/v1/me": ACCOUNT,
}
