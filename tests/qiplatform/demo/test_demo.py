"""The demo: real numbers, invented stories that say so, through the same doors as everybody's work; once."""

import csv
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from qiplatform.accounts import actions as accounts
from qiplatform.accounts.models import User
from qiplatform.cycles.models import Cycle, CycleStatus
from qiplatform.demo import attendances, framework, people, published
from qiplatform.demo.load import load
from qiplatform.demo.people import CHECKER, EVERYBODY, PASSWORD
from qiplatform.learning.models import PublishedVersion, Report, ReportStatus
from qiplatform.measures.models import DataPoint, Measure
from qiplatform.projects import queries as projects
from qiplatform.projects.models import DriverKind, Project, ProjectStatus
from qiplatform.projects.rules import DriverNode
from qiplatform.schema import metadata
from qiplatform.search.queries import find
from qiplatform.store.jobs import JobStatus, OutboxJob
from qiplatform.store.session import Store
from tests.support.client import Client
from workers.job import run_waiting

NOW = datetime(2026, 3, 3, tzinfo=UTC)


def rows_of_all_tables(store: Store) -> dict[str, int]:
    with store.session() as db:
        tables = metadata().sorted_tables
        return {one.name: db.scalar(select(func.count()).select_from(one)) or 0 for one in tables}


def test_it_is_loaded_once_and_quickly(store: Store) -> None:
    began = time.process_time()
    assert load(store)
    assert time.process_time() - began < 10
    before = rows_of_all_tables(store)
    assert not load(store)
    assert rows_of_all_tables(store) == before
    assert before["project"] == 3 + 3
    assert before["published_version"] == 1 + 3
    with store.session() as db:
        assert db.scalars(select(OutboxJob.status)).all() == [JobStatus.QUEUED] * 4
    assert run_waiting(store) == 4
    with store.session() as db:
        assert db.scalars(select(OutboxJob.status)).all() == [JobStatus.DONE] * 4
        assert len(find(db, "front door").items) == 4


def test_all_of_it_or_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_named: object) -> str:
        message = "the power went"
        raise OSError(message)

    empty = rows_of_all_tables(store)
    monkeypatch.setattr(published, "load", broken)
    with pytest.raises(OSError, match="the power went"):
        load(store)
    assert rows_of_all_tables(store) == empty
    monkeypatch.undo()
    assert load(store)


@pytest.fixture
def loaded(store: Store) -> Store:
    load(store)
    run_waiting(store)
    return store


ONCE = pytest.mark.parametrize("database_kind", ["sqlite"])


@ONCE
def test_the_numbers_are_those_that_were_published(loaded: Store) -> None:
    with (attendances.DATA / "ae_attendances.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 72
    expected = {
        (row["period"], int(row["attendances"]), int(row["attendances"]) - int(row["breaches"]))
        for row in rows
    }
    with loaded.session() as db:
        share = (
            select(DataPoint).join(Measure, Measure.id == DataPoint.measure_id).where(Measure.chart == "p")
        )
        points = db.scalars(share).all()
        assert db.scalar(select(func.count()).select_from(DataPoint)) == 3 * 72 + 24 + 24 + 18
    kept = {(one.period.isoformat(), int(one.denominator), int(one.numerator)) for one in points}
    assert kept == expected


@ONCE
def test_everybody_is_named_by_their_role_and_can_sign_in(loaded: Store) -> None:
    with loaded.session() as db:
        for one in EVERYBODY:
            assert accounts.sign_in(db, at=NOW, email=one.email, password=PASSWORD)
            assert one.email.endswith("@example.org")
        assert {user.name for user in db.scalars(select(User))} == {
            *(one.name for one in EVERYBODY),
            "Invented teams",
        }
        curators = db.scalars(select(User.email).where(User.is_curator)).all()
    assert list(curators) == [CHECKER.email]
    assert all(
        one.email in line and PASSWORD in line for one, line in zip(EVERYBODY, people.lines(), strict=True)
    )


@ONCE
def test_what_is_invented_says_so(loaded: Store) -> None:
    with loaded.session() as db:
        for project in db.scalars(select(Project)):
            assert "invented" in project.problem or "part of the demonstration" in project.problem
        plans = db.scalars(select(Cycle.plan)).all()
        assert len(plans) == 7 + 3
        assert all("nvented for the demonstration" in plan for plan in plans)
        assert all("invented" in str(one) for one in db.scalars(select(PublishedVersion.content)))


@ONCE
def test_the_report_passed_the_gate(loaded: Store) -> None:
    with loaded.session() as db:
        report = db.scalars(select(Report).order_by(Report.begun_at)).first()
        version = db.scalars(select(PublishedVersion).order_by(PublishedVersion.published_at)).first()
        assert report is not None
        assert version is not None
        checker = db.scalars(select(User).where(User.email == CHECKER.email)).one()
        team = {user.id for user, _role in projects.team_of(db, report.project_id)}
    assert report.status is ReportStatus.PUBLISHED
    assert version.approved_by_id == checker.id
    assert checker.id not in team
    assert version.content["authors"] == ["Team lead", "Team member"]


@ONCE
def test_its_people_find_their_work(loaded: Store, client: Client) -> None:
    with loaded.session() as db:
        everybody = {user.name: user for user in db.scalars(select(User))}
        open_ = db.scalars(select(Cycle.id).where(Cycle.status == CycleStatus.STUDYING)).all()
        statuses = db.scalars(select(Project.status)).all()
    assert len(open_) == 1
    assert set(statuses) == {ProjectStatus.PLANNING, ProjectStatus.TESTING, ProjectStatus.COMPLETED}
    html = client.as_(everybody["Team member"]).get("/").text
    assert f"/cycles/{open_[0]}" in html
    assert "Special cause, concern" in html
    assert "Your projects will stand here" in client.as_(everybody["Report checker"]).get("/").text
    client.cookies.clear()
    assert "A decision at the front door" in client.get("/").text
    assert "A senior doctor at the front door of A&amp;E" in client.get("/published").text


def test_the_framework_is_whole() -> None:
    kinds: list[DriverKind] = []

    def walk(node: DriverNode) -> None:
        kinds.append(node.kind)
        for child in node.children:
            walk(child)

    walk(framework.read())
    counts = [kinds.count(kind) for kind in DriverKind]
    assert counts == [1, 5, 15, 13]
