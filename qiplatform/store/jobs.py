"""The outbox: background work is written beside the change that calls for it and sent after the commit.

The table is the record; a broker only carries the news that a row waits. A lost message costs a
delay, never a job: the scheduler's tick sends whatever has waited too long.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, Index, String, Text, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from qiplatform.store.base import Base, UtcDateTime, closed, id_column

MOST_ATTEMPTS = 5
LEASE = timedelta(minutes=10)
Sender = Callable[[Sequence[str]], None]


class Job(StrEnum):
    """Every job there is, by name; `workers` has exactly one task for each."""

    INDEX_REPORT = "search.index_report"
    HARVEST_PEERS = "federation.harvest_peers"
    HARVEST_PEER = "federation.harvest_peer"
    RECOMPUTE_SIGNALS = "measures.recompute_signals"
    TELL_SEARCHES = "search.tell_searches"


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class OutboxJob(Base):
    """One piece of background work, kept for as long as anyone may ask what became of it."""

    __tablename__ = "outbox_job"
    __table_args__ = (Index(None, "status", "run_after"),)

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    job: Mapped[Job] = mapped_column(
        Enum(Job, native_enum=False, length=60, values_callable=lambda jobs: [job.value for job in jobs])
    )
    """Which job. No CHECK: the list grows with the code, and the house tests hold every job to one task."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Its arguments: ids and plain values."""
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    """A name that makes the job unique (one for each period of scheduled work); none for ordinary jobs."""
    status: Mapped[JobStatus] = mapped_column(closed(JobStatus, "status"), default=JobStatus.QUEUED)
    """Where it stands."""
    attempts: Mapped[int] = mapped_column(default=0)
    """How often it was begun."""
    run_after: Mapped[datetime] = mapped_column(UtcDateTime)
    """Not to be begun before this instant; a running job's lease ends here."""
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was asked for."""
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was done or given up."""
    error: Mapped[str] = mapped_column(Text, default="")
    """What went wrong the last time, in one line; empty when nothing did."""


def enqueue(
    db: Session, job: Job, *, at: datetime, key: str | None = None, **payload: Any
) -> OutboxJob | None:
    """Ask for background work, to be sent once the present transaction is committed.

    With a `key` that was used before nothing is added and None is returned.
    """
    if key is not None and db.scalar(select(OutboxJob.id).where(OutboxJob.key == key)) is not None:
        return None
    row = OutboxJob(job=job, payload=payload, key=key, run_after=at, queued_at=at)
    db.add(row)
    db.flush()
    db.info.setdefault("jobs", []).append(row.id)
    return row


def take_unsent(db: Session) -> list[str]:
    """Return the jobs enqueued on this session since the last call, and forget them."""
    taken: list[str] = db.info.pop("jobs", [])
    return taken


def waiting(db: Session, *, at: datetime) -> list[str]:
    """Return the ids of all jobs that may be begun now, oldest first (a lease that ran out counts)."""
    due = or_(OutboxJob.status == JobStatus.QUEUED, OutboxJob.status == JobStatus.RUNNING)
    return list(db.scalars(select(OutboxJob.id).where(due, OutboxJob.run_after <= at).order_by(OutboxJob.id)))


def claim(db: Session, job_id: str, *, at: datetime) -> OutboxJob | None:
    """Take a job for this worker, or return None when another has it or it is not due.

    One UPDATE decides: of two workers that ask at once exactly one is told yes.
    """
    taken = db.execute(
        update(OutboxJob)
        .where(
            OutboxJob.id == job_id,
            OutboxJob.status.in_([JobStatus.QUEUED, JobStatus.RUNNING]),
            OutboxJob.run_after <= at,
        )
        .values(status=JobStatus.RUNNING, attempts=OutboxJob.attempts + 1, run_after=at + LEASE)
        .returning(OutboxJob.id)
    ).scalar()
    return None if taken is None else db.get_one(OutboxJob, job_id, populate_existing=True)


def finish(row: OutboxJob, *, at: datetime) -> None:
    """Note that the job was done."""
    row.status, row.finished_at, row.error = JobStatus.DONE, at, ""


def forget_done(db: Session, *, before: datetime) -> None:
    """Forget jobs that were done before an instant; those that were given up are kept until somebody looked at them."""
    db.execute(delete(OutboxJob).where(OutboxJob.status == JobStatus.DONE, OutboxJob.run_after < before))


def put_back(row: OutboxJob, *, at: datetime, error: str) -> None:
    """Note a failure: try again later (20 s, 80 s, 5 min, ...), or give up after the last attempt."""
    row.error = error[:500]
    if row.attempts >= MOST_ATTEMPTS:
        row.status, row.finished_at = JobStatus.FAILED, at
    else:
        row.status = JobStatus.QUEUED
        row.run_after = at + timedelta(seconds=5 * 4**row.attempts)
