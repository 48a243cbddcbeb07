"""Work inside the web process: begun at once, goes on after a fault, stops with the server."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import workers.embedded
from qiplatform.store.jobs import Job, JobStatus
from qiplatform.store.session import Store
from tests.support.work import ask, effect, effects, row_of, rows
from workers.embedded import working
from workers.job import Task, run_waiting
from workers.schedule import SCHEDULE

TASKS: dict[Job, Task] = {Job.INDEX_REPORT: effect, Job.RECOMPUTE_SIGNALS: lambda _db, _at: None}


def until(true: Callable[[], Any], *, within: float = 60.0) -> bool:
    """Wait until something holds; False when the time is up."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.01)
    return False


def test_a_job_is_done_as_soon_as_it_is_committed(store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr(workers.embedded, "LOOK_EVERY", 60.0)  # only being woken can make it quick
    with working(store, tasks=TASKS):
        until(lambda: len(rows(store)) == len(SCHEDULE))  # the first look, with its tick, is over
        time.sleep(0.2)
        job = ask(store)
        assert until(lambda: row_of(store, job).status == JobStatus.DONE, within=50)
    assert effects(store) == ["Effect"]


def test_without_the_thread_nothing_is_done(store: Store) -> None:
    job = ask(store)
    time.sleep(0.3)
    assert row_of(store, job).status == JobStatus.QUEUED


def test_it_goes_on_after_the_database_was_away(store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr(workers.embedded, "LOOK_EVERY", 0.02)
    faults: list[int] = []

    def away(*given: Any, **named: Any) -> int:
        if len(faults) < 3:
            faults.append(1)
            raise OperationalError("select", {}, OSError("away"))
        return run_waiting(*given, **named)

    monkeypatch.setattr(workers.embedded, "run_waiting", away)
    job = ask(store)
    with working(store, tasks=TASKS):
        assert until(lambda: row_of(store, job).status == JobStatus.DONE)
    assert len(faults) == 3


def test_it_stops_with_the_server_and_lets_a_job_at_work_end(store: Store) -> None:
    begun = threading.Event()

    def slow(db: Session, at: datetime, *, report_id: str) -> None:
        begun.set()
        time.sleep(0.3)
        effect(db, at, report_id=report_id)

    job = ask(store)
    with working(store, tasks=TASKS | {Job.INDEX_REPORT: slow}):
        assert begun.wait(50)
    assert row_of(store, job).status == JobStatus.DONE
    assert not [one for one in threading.enumerate() if one.name == "qiplatform-work"]
    before = store.sender
    ask(store, name="After")
    assert store.sender is before, "the store sends as it did before"
    assert effects(store) == ["Effect"]
