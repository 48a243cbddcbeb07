"""One transaction a request: what is told as saved is saved, what is refused leaves nothing."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from qiplatform.errors import Invalid, NotFound
from qiplatform.organisations.models import Organisation
from qiplatform.store import audit
from qiplatform.store.audit import AuditEvent
from qiplatform.store.base import new_id
from qiplatform.store.jobs import Job, OutboxJob, enqueue
from qiplatform.store.session import Db, Store, attempt

AT = datetime(2026, 3, 3, tzinfo=UTC)


def _add(db: Session, name: str) -> None:
    db.add(Organisation(name=name, added_at=AT))


def _names(store: Store) -> list[str]:
    with store.session(reading=True) as db:
        return list(db.scalars(select(Organisation.name).order_by(Organisation.name)))


def _refuse() -> None:
    raise Invalid.one("name", "No.")


def test_an_error_rolls_everything_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.session() as db:
        _add(db, "Half done")
        db.flush()
        _ = 1 / 0
    assert _names(store) == []


def test_jobs_leave_after_the_commit_and_only_then(store: Store) -> None:
    sent: list[str] = []

    def sender(ids: Any) -> None:
        # What is sent can be read by another connection: it was committed before.
        with store.session(reading=True) as db:
            sent.extend(db.scalars(select(OutboxJob.id).where(OutboxJob.id.in_(ids))))

    store.sender = sender
    with store.session() as db:
        row = enqueue(db, Job.INDEX_REPORT, at=AT, report_id="x")
        assert sent == []
    assert row is not None
    assert sent == [row.id]
    with pytest.raises(ZeroDivisionError), store.session() as db:
        enqueue(db, Job.INDEX_REPORT, at=AT, report_id="y")
        _ = 1 / 0
    assert sent == [row.id]


def test_a_refused_attempt_writes_nothing_and_forgets_its_jobs(store: Store) -> None:
    sent: list[str] = []
    store.sender = sent.extend
    with store.session() as db:
        _add(db, "Before")
        with attempt(db) as tried:
            _add(db, "Refused")
            db.flush()
            enqueue(db, Job.INDEX_REPORT, at=AT, report_id="x")
            _refuse()
        assert tried.refused
    assert _names(store) == ["Before"]
    assert sent == []


def test_what_is_missing_is_not_swallowed_by_an_attempt(store: Store) -> None:
    with pytest.raises(NotFound), store.session() as db, attempt(db):
        raise NotFound


def test_a_key_makes_a_job_unique(store: Store) -> None:
    with store.session() as db:
        assert enqueue(db, Job.RECOMPUTE_SIGNALS, at=AT, key="recompute:2026-03-03") is not None
        assert enqueue(db, Job.RECOMPUTE_SIGNALS, at=AT, key="recompute:2026-03-03") is None
    with store.session() as db:
        assert db.scalar(select(func.count()).select_from(OutboxJob)) == 1


def test_no_update_is_lost_between_writers_that_read_first(store: Store) -> None:
    """Read, add one, write: a hundred times by four threads. SQLite's own driver loses some of these."""
    with store.session() as db:
        _add(db, "0")
    faults: list[BaseException] = []

    def add_one() -> None:
        try:
            for _ in range(25):
                with store.session() as db:
                    row = db.scalars(select(Organisation).with_for_update()).one()
                    row.name = str(int(row.name) + 1)
        except BaseException as error:  # noqa: BLE001 - carried out of the thread
            faults.append(error)

    threads = [threading.Thread(target=add_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert _names(store) == ["100"]


def test_the_audit_trail_cannot_be_rewritten(store: Store) -> None:
    with store.session() as db:
        line = audit.record(db, at=AT, by=None, action="tests.look", subject="x")
    with pytest.raises(RuntimeError, match="append-only"), store.session() as db:
        db.get_one(AuditEvent, line.id).action = "tests.rewritten"
    with pytest.raises(RuntimeError, match="append-only"), store.session() as db:
        db.delete(db.get_one(AuditEvent, line.id))


def test_the_database_itself_refuses_what_the_lists_do_not_hold(store: Store) -> None:
    """The closed lists are CHECK constraints, so a script beside the application cannot break them either."""
    with pytest.raises(IntegrityError), store.session() as db:
        db.connection().exec_driver_sql(
            "INSERT INTO outbox_job (id, job, payload, status, attempts, run_after, queued_at, error) "
            "VALUES ('x', 'search.index_report', '{}', 'sleeping', 0, '2026-03-03', '2026-03-03', '')"
        )


def test_ids_are_ordered_by_time_and_do_not_repeat() -> None:
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert {len(one) for one in ids} == {20}
    assert [one[:9] for one in ids] == sorted(one[:9] for one in ids)


def test_the_commit_comes_before_the_answer(
    app: FastAPI, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that fails is told as a failure, because the answer had not left yet."""

    @app.post("/tests/write")
    def write(db: Db) -> dict[str, str]:
        _add(db, "Saved?")
        return {"saved": "yes"}

    def fail(_session: Session) -> None:
        message = "the disk is full"
        raise OSError(message)

    client = TestClient(app, raise_server_exceptions=False)
    assert client.post("/tests/write").status_code == 200
    with monkeypatch.context() as planted:
        planted.setattr(Session, "commit", fail)
        assert client.post("/tests/write").status_code == 500
    assert _names(store) == ["Saved?"]
