"""Somebody with an account, but no part in the demo's projects, tries every address of theirs: nothing is there.

Each row that names a right is tried with the ids of real things, from the pages and from another machine. Nothing may open, and
the answer must be the same as for a thing that is not there at all.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from qiplatform.accounts.models import User
from qiplatform.cycles.models import Cycle
from qiplatform.demo.load import HOME, load
from qiplatform.learning.models import (
    ConcernKind,
    ConcernReport,
    PublishedVersion,
    Question,
    Report,
    ReportChange,
)
from qiplatform.measures.models import Decision, DecisionKind, ImportFile, Measure
from qiplatform.organisations.models import Organisation
from qiplatform.organisations.rules import GRANTS, Right, Role
from qiplatform.projects.models import Driver, Project
from qiplatform.store.session import Store
from tests.house import access, routes
from tests.house.test_strangers import NOWHERE
from tests.support.client import Client
from tests.support.factories import Factory

REAL: dict[str, InstrumentedAttribute[str]] = {
    "project": Project.id,
    "measure": Measure.id,
    "cycle": Cycle.id,
    "report": Report.id,
    "decision": Decision.id,
    "file": ImportFile.id,
    "driver": Driver.id,
    "change_idea": Driver.id,
    "member": User.id,
    "change": ReportChange.id,
    "question": Question.id,
    "concern": ConcernReport.id,
}
"""What stands behind each name in an address."""
WORDS = {
    "kind": [next(iter(DecisionKind)).value],
    "n": ["1"],
    "number": ["1"],
    "part": ["why"],
    "period": ["2018-06-01"],
}
"""The names that stand for a word or a number, not for a thing."""
TABLE = {**access.PAGES, **access.API}


@pytest.fixture
def database_kind() -> str:
    """Rights are computed by the same queries on both; their own tests run on both."""
    return "sqlite"


@pytest.fixture
def things(store: Store) -> dict[str, list[str]]:
    """The demo, and the ids of everything in it."""
    load(store)
    with store.session() as db:  # the lead has a file waiting to be looked at
        lead = db.scalars(select(User.id).where(User.email == "lead@example.org")).one()
        measure = db.scalars(select(Measure.id)).first()
        db.add(ImportFile(measure_id=measure, by_id=lead, at=datetime.now(UTC), content=b"Apr-26,5"))
    with store.session() as db:  # and readers wrote about what is published
        at = datetime.now(UTC)
        for one in db.scalars(select(PublishedVersion)).all():
            about = {"report_id": one.report_id, "at": at, "text": "Who told you?"}
            db.add(ConcernReport(**about, version_id=one.id, kind=ConcernKind.OTHER))
            db.add(Question(**about, answer="We asked.", answered_at=at))
    with store.session(reading=True) as db:
        found = {name: list(db.scalars(select(column))) for name, column in REAL.items()}
        found["published"] = list(db.scalars(select(PublishedVersion.report_id)))
    assert all(found.values()), {name for name, ids in found.items() if not ids}
    return found | WORDS


def guarded(app: FastAPI) -> list[routes.Found]:
    """Return the routes whose row names a right."""
    return [one for one in routes.of_house(app) if isinstance(TABLE.get(one.key), Right)]


def filled(path: str, things: dict[str, list[str]]) -> Iterator[str]:
    """Give a path once for each real thing its first part can name, and once with ids that lead nowhere."""
    names = re.findall(r"{(\w+)}", path)
    unknown = set(names) - set(things)
    assert not unknown, f"{path}: what stands behind {unknown}?"
    for first in [*things[names[0]][:3], NOWHERE]:
        ids = {
            name: NOWHERE if first == NOWHERE and name not in WORDS else things[name][0] for name in names[1:]
        }
        yield path.format(**ids, **{names[0]: first})


def opened(client: Client, outsider: User, app: FastAPI, things: dict[str, list[str]]) -> list[str]:
    """Return every address that said anything else than "there is nothing here"."""
    return [
        f"{key}: {status} at {path}"
        for key, path, status in tried(client, outsider, guarded(app), things)
        if status != 404
    ]


def tried(
    client: Client, person: User, doors: list[routes.Found], things: dict[str, list[str]]
) -> Iterator[tuple[str, str, int]]:
    """Give row, address and status of every door a person tries with empty hands."""
    assert isinstance(client.app, FastAPI)
    page = Client(client.app).as_(person)
    csrf = page.csrf("/sign-in?next=/about")
    machine = client.token(person)
    for one in doors:
        for path in filled(one.path, things):
            if one.key in access.API:
                answer = machine.request(one.method, path, json=None if one.method == "GET" else {})
            elif one.method == "GET":
                answer = page.get(path)
            else:
                answer = page.request(one.method, path, data={"csrf_token": csrf})
            yield one.key, path, answer.status_code


def test_an_outsider_finds_nothing(
    app: FastAPI, client: Client, make: Factory, things: dict[str, list[str]]
) -> None:
    assert len(guarded(app)) > 20
    assert opened(client, make.user("Outsider"), app, things) == []


def test_a_curator_without_a_part_finds_only_what_waits_for_checking(
    app: FastAPI, client: Client, make: Factory, things: dict[str, list[str]]
) -> None:
    found = opened(client, make.user("Curator", curator=True), app, things)
    curated = ("report", "/concerns/", "/questions/")
    assert [one for one in found if not any(part in one for part in curated)] == []


def test_a_member_is_let_in_so_the_test_can_tell(
    app: FastAPI, client: Client, store: Store, things: dict[str, list[str]]
) -> None:
    with store.session(reading=True) as db:
        lead = db.scalars(select(User).where(User.email == "lead@example.org")).one()
    found = opened(client, lead, app, things)
    shut = {one.key for one in guarded(app) if one.method == "GET"} - {one.split(": ")[0] for one in found}
    # Two are only for projects begun with somebody's idea, one only for curators.
    begun = {"GET /projects/{project}/adopted", "GET /projects/{project}/note"}
    assert shut == {*begun, "GET /concerns/{concern}"}


def test_a_coach_changes_nothing_that_is_the_teams(
    app: FastAPI, client: Client, store: Store, things: dict[str, list[str]]
) -> None:
    with store.session(reading=True) as db:
        coach = db.scalars(select(User).where(User.email == "coach@example.org")).one()
        mine = set(db.scalars(select(Project.id).join(Organisation).where(Organisation.name == HOME)))
    closed = [
        one
        for one in guarded(app)
        if Role.COACH not in GRANTS[Right(TABLE[one.key])] and "{project}" in one.path
    ]
    assert len(closed) > 8
    seen = [one for one in tried(client, coach, closed, things) if any(project in one[1] for project in mine)]
    assert len(seen) >= len(closed)
    assert [one for one in seen if not 400 <= one[2] < 500] == []
