"""Running a job: once in effect however often it is begun, put back when it fails, given up in the end."""

import importlib
import inspect
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from qiplatform.store import jobs
from qiplatform.store.jobs import Job, JobStatus, OutboxJob
from qiplatform.store.session import Store
from tests.support.work import START, Hands, ask, effect, effects, failing, row_of
from workers.job import TASKS, Outcome, run, run_waiting

WORKERS = Path(__file__).resolve().parent.parent.parent / "workers"
MACHINERY = {"__init__", "app", "embedded", "job", "schedule"}


def functions_of_rooms() -> set[object]:
    """Return every function written in the rooms' files of workers/."""
    found: set[object] = set()
    for path in WORKERS.glob("*.py"):
        if path.stem not in MACHINERY:
            module = importlib.import_module(f"workers.{path.stem}")
            members = inspect.getmembers(module, inspect.isfunction)
            found |= {one for _, one in members if one.__module__ == module.__name__}
    return found


def test_no_task_is_written_that_nobody_can_ask_for() -> None:
    assert functions_of_rooms() == set(TASKS.values())


def test_a_job_is_done_once_however_often_it_is_begun(store: Store) -> None:
    job, now = ask(store), Hands()
    assert run(store, job, now=now, tasks={Job.INDEX_REPORT: effect}) == Outcome.DONE
    now.move(days=1)
    assert run(store, job, now=now, tasks={Job.INDEX_REPORT: effect}) == Outcome.NOTHING
    assert effects(store) == ["Effect"]
    assert row_of(store, job).status == JobStatus.DONE


def test_a_row_that_vanished_is_fine(store: Store) -> None:
    job = ask(store)
    with store.session() as db:
        db.execute(delete(OutboxJob))
    assert run(store, job, tasks={Job.INDEX_REPORT: effect}) == Outcome.NOTHING
    assert effects(store) == []


def test_a_failed_attempt_leaves_nothing_behind_and_comes_again(store: Store) -> None:
    job, now = ask(store), Hands()
    tasks = {Job.INDEX_REPORT: failing(2)}
    assert run(store, job, now=now, tasks=tasks) == Outcome.PUT_BACK
    assert effects(store) == [], "the half-done work was rolled back"
    assert row_of(store, job).error == "OSError: the index is away"
    assert run(store, job, now=now, tasks=tasks) == Outcome.NOTHING, "not before its time"
    now.at = row_of(store, job).run_after
    assert run(store, job, now=now, tasks=tasks) == Outcome.PUT_BACK
    now.at = row_of(store, job).run_after
    assert run(store, job, now=now, tasks=tasks) == Outcome.DONE
    assert effects(store) == ["Effect"]
    assert row_of(store, job).error == ""


def test_a_job_that_always_fails_is_given_up_and_says_why(store: Store) -> None:
    job, now, outcomes = ask(store), Hands(), []
    for _ in range(jobs.MOST_ATTEMPTS):
        outcomes.append(run(store, job, now=now, tasks={Job.INDEX_REPORT: failing(99)}))
        now.at = row_of(store, job).run_after
    assert outcomes == [Outcome.PUT_BACK] * (jobs.MOST_ATTEMPTS - 1) + [Outcome.GIVEN_UP]
    row = row_of(store, job)
    assert (row.status, row.error) == (JobStatus.FAILED, "OSError: the index is away")


def test_a_job_that_kills_its_worker_is_given_up_too(store: Store) -> None:
    job, now = ask(store), Hands()
    for _ in range(jobs.MOST_ATTEMPTS):  # begun, and the worker is gone
        with store.session() as db:
            assert jobs.claim(db, job, at=now()) is not None
        now.move(seconds=jobs.LEASE.total_seconds())
    assert run(store, job, now=now, tasks={Job.INDEX_REPORT: effect}) == Outcome.GIVEN_UP
    assert effects(store) == []
    assert row_of(store, job).status == JobStatus.FAILED


def _overtaken_by(store: Store, job: str, now: Hands, *, and_fail: bool) -> Any:
    """Return a task during which its lease runs out and another worker does the same job."""

    def slow(db: Session, at: datetime, *, report_id: str) -> None:
        del at
        # The write comes after the other worker, so that SQLite's single writer is free for it meanwhile.
        db.rollback()
        now.move(seconds=jobs.LEASE.total_seconds())
        assert run(store, job, now=now, tasks={Job.INDEX_REPORT: effect}) == Outcome.DONE
        effect(db, now(), report_id=f"{report_id} again")
        if and_fail:
            message = "too late, and wrong"
            raise ValueError(message)

    return slow


@pytest.mark.parametrize("and_fail", [False, True])
def test_a_worker_that_outlived_its_lease_has_no_effect(store: Store, *, and_fail: bool) -> None:
    job, now = ask(store), Hands()
    slow = _overtaken_by(store, job, now, and_fail=and_fail)
    assert run(store, job, now=now, tasks={Job.INDEX_REPORT: slow}) == Outcome.OVERTAKEN
    assert effects(store) == ["Effect"], "the other worker's effect alone"
    assert row_of(store, job).status == JobStatus.DONE


def test_what_a_job_asks_for_is_sent_after_it(store: Store) -> None:
    sent: list[str] = []
    job, now = ask(store), Hands()
    store.sender = sent.extend

    def asks(db: Session, at: datetime, *, report_id: str) -> None:
        jobs.enqueue(db, Job.INDEX_REPORT, at=at, report_id=report_id + " next")

    run(store, job, now=now, tasks={Job.INDEX_REPORT: asks})
    assert len(sent) == 1
    assert run(store, sent[0], now=now, tasks={Job.INDEX_REPORT: effect}) == Outcome.DONE
    assert effects(store) == ["Effect next"]


def test_all_that_waits_is_done_and_one_failure_does_not_stop_the_rest(store: Store) -> None:
    for name in ("A", "B", "C"):
        ask(store, name=name)
    ask(store, name="Tomorrow", at=START.replace(day=4))

    def all_but_b(db: Session, at: datetime, *, report_id: str) -> None:
        if report_id == "B":
            raise RuntimeError(report_id)
        effect(db, at, report_id=report_id)

    assert run_waiting(store, now=Hands(), tasks={Job.INDEX_REPORT: all_but_b}) == 2
    assert effects(store) == ["A", "C"]
