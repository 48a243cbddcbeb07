"""Run one job of the outbox: take it, do it and note it done in one transaction; or put it back.

A job may arrive twice (a message sent again, a lease that ran out), late, or after its row was dealt
with. Its effect is in the database once: the note "done" is committed with the effect, and only by
the worker that still holds the job.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform import clock
from qiplatform.store import jobs
from qiplatform.store.jobs import Job, JobStatus, OutboxJob
from qiplatform.store.session import Store
from workers import federation, measures, search

log = logging.getLogger(__name__)
Task = Callable[..., None]
Clock = Callable[[], datetime]

TASKS: dict[Job, Task] = {
    Job.INDEX_REPORT: search.index_report,
    Job.HARVEST_PEERS: federation.harvest_peers,
    Job.HARVEST_PEER: federation.harvest_peer,
    Job.RECOMPUTE_SIGNALS: measures.recompute_signals,
    Job.TELL_SEARCHES: search.tell_searches,
}
"""Every job and the one function that does it: called with the session, the time and the job's arguments."""


class Outcome(StrEnum):
    """How a run ended."""

    DONE = "done"
    NOTHING = "nothing to do"
    PUT_BACK = "put back"
    GIVEN_UP = "given up"
    OVERTAKEN = "overtaken"


class Overtaken(Exception):
    """The lease ran out and another worker has the job: what was done here must not count."""


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A job in this worker's hands."""

    id: str
    job: Job
    payload: dict[str, Any]
    attempt: int


def run(store: Store, job_id: str, *, now: Clock = clock.now, tasks: Mapping[Job, Task] = TASKS) -> Outcome:
    """Run one job and say how it ended; a row that vanished or is not due is fine and nothing happens."""
    at = now()
    with store.session() as db:
        row = jobs.claim(db, job_id, at=at)
        if row is None:
            return Outcome.NOTHING
        if row.attempts > jobs.MOST_ATTEMPTS:
            # Only a worker that dies at work leaves a job begun and never put back: do not let it kill the rest.
            jobs.put_back(row, at=at, error=f"Given up: begun {jobs.MOST_ATTEMPTS} times and never ended.")
            log.error("job %s (%s) given up: its workers died", row.id, row.job)
            return Outcome.GIVEN_UP
        mine = _Claimed(row.id, row.job, dict(row.payload), row.attempts)
    try:
        with store.session() as db:
            tasks[mine.job](db, now(), **mine.payload)
            jobs.finish(_held(db, mine), at=now())
    except Overtaken:
        log.warning("job %s (%s) took longer than its lease; another worker has it", mine.id, mine.job)
        return Outcome.OVERTAKEN
    except Exception as error:  # noqa: BLE001 - whatever went wrong is kept with the job and tried again
        return _put_back(store, mine, error, now())
    return Outcome.DONE


def _put_back(store: Store, mine: _Claimed, error: Exception, at: datetime) -> Outcome:
    log.warning("job %s (%s) failed at attempt %s", mine.id, mine.job, mine.attempt, exc_info=error)
    with store.session() as db:
        try:
            row = _held(db, mine)
        except Overtaken:
            return Outcome.OVERTAKEN
        jobs.put_back(row, at=at, error=f"{type(error).__name__}: {error}")
        return Outcome.GIVEN_UP if row.status == JobStatus.FAILED else Outcome.PUT_BACK


def _held(db: Session, mine: _Claimed) -> OutboxJob:
    """Return the job's row, locked, if this attempt still holds it."""
    same = (
        OutboxJob.id == mine.id,
        OutboxJob.attempts == mine.attempt,
        OutboxJob.status == JobStatus.RUNNING,
    )
    row = db.scalar(select(OutboxJob).where(*same).with_for_update())
    if row is None:
        raise Overtaken
    return row


def run_waiting(store: Store, *, now: Clock = clock.now, tasks: Mapping[Job, Task] = TASKS) -> int:
    """Run every job that may be begun now, oldest first, and return how many were done."""
    with store.session(reading=True) as db:
        due = jobs.waiting(db, at=now())
    return sum(run(store, job_id, now=now, tasks=tasks) == Outcome.DONE for job_id in due)
