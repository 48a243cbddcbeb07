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
    "GET /": ANYONE,
    "GET /about": ANYONE,
    "GET /components": ANYONE,
    "GET /components/figure.json": ANYONE,
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE,
    "POST /sign-out": ACCOUNT,
    "GET /notices": ACCOUNT,
    "POST /notices/seen": ACCOUNT,
    "GET /projects": ACCOUNT,
    "GET /projects/new": ACCOUNT,
    "POST /projects/new": ACCOUNT,
    "GET /projects/{project}": Right.SEE_PROJECT,
    "GET /projects/{project}/edit": Right.WORK_ON_PROJECT,
    "POST /projects/{project}/edit": Right.WORK_ON_PROJECT,
    "GET /projects/{project}/team": Right.SEE_PROJECT,
    "POST /projects/{project}/team": Right.LEAD_PROJECT,
    "POST /projects/{project}/team/remove": Right.LEAD_PROJECT,
    "GET /projects/{project}/move": Right.SEE_PROJECT,
    "POST /projects/{project}/move": Right.LEAD_PROJECT,
    "GET /projects/{project}/drivers": Right.SEE_PROJECT,
    "POST /projects/{project}/drivers": Right.WORK_ON_PROJECT,
    "GET /projects/{project}/cycles": Right.SEE_PROJECT,
    "GET /projects/{project}/cycles/new": Right.SEE_PROJECT,
    "POST /projects/{project}/cycles/new": Right.WORK_ON_PROJECT,
    "GET /cycles/{cycle}": Right.SEE_PROJECT,
    "GET /cycles/{cycle}/plan": Right.SEE_PROJECT,
    "POST /cycles/{cycle}/plan": Right.WORK_ON_PROJECT,
    "POST /cycles/{cycle}/start": Right.WORK_ON_PROJECT,
    "POST /cycles/{cycle}/do": Right.WORK_ON_PROJECT,
    "POST /cycles/{cycle}/study": Right.WORK_ON_PROJECT,
    "POST /cycles/{cycle}/act": Right.WORK_ON_PROJECT,
}

API: Mapping[str, Who | Right] = {
    "GET /api/v1/openapi.json": ANYONE,
    "GET /api/v1/organisations": ACCOUNT,
    "GET /api/v1/me": ACCOUNT,
    "GET /api/v1/projects": ACCOUNT,
    "POST /api/v1/projects": ACCOUNT,
    "GET /api/v1/projects/{project}": Right.SEE_PROJECT,
    "PATCH /api/v1/projects/{project}": Right.WORK_ON_PROJECT,
    "GET /api/v1/projects/{project}/drivers": Right.SEE_PROJECT,
    "PUT /api/v1/projects/{project}/drivers": Right.WORK_ON_PROJECT,
    "GET /api/v1/projects/{project}/measures": Right.SEE_PROJECT,
    "POST /api/v1/projects/{project}/measures": Right.WORK_ON_PROJECT,
    "GET /api/v1/measures/{measure}": Right.SEE_PROJECT,
    "PATCH /api/v1/measures/{measure}": Right.WORK_ON_PROJECT,
    "PUT /api/v1/measures/{measure}/points": Right.WORK_ON_PROJECT,
    "GET /api/v1/measures/{measure}/points": Right.SEE_PROJECT,
    "POST /api/v1/measures/{measure}/phases": Right.DECIDE_LIMITS,
    "POST /api/v1/measures/{measure}/exclusions": Right.DECIDE_LIMITS,
    "POST /api/v1/measures/{measure}/annotations": Right.WORK_ON_PROJECT,
    "POST /api/v1/measures/{measure}/baseline": Right.DECIDE_LIMITS,
    "GET /api/v1/measures/{measure}/decisions": Right.SEE_PROJECT,
    "DELETE /api/v1/measures/{measure}/decisions/{decision}": Right.DECIDE_LIMITS,
    "GET /api/v1/measures/{measure}/analysis": Right.SEE_PROJECT,
    "GET /api/v1/measures/{measure}/chart.svg": Right.SEE_PROJECT,
    "GET /api/v1/measures/{measure}/chart.png": Right.SEE_PROJECT,
    "POST /api/v1/projects/{project}/cycles": Right.WORK_ON_PROJECT,
    "GET /api/v1/projects/{project}/cycles": Right.SEE_PROJECT,
    "GET /api/v1/cycles/{cycle}": Right.SEE_PROJECT,
    "PATCH /api/v1/cycles/{cycle}": Right.WORK_ON_PROJECT,
}
