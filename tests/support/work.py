"""Jobs for tests of the workers: a real effect in the database, and faults on order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.organisations import actions as organisations
from qiplatform.organisations.models import Organisation
from qiplatform.store import jobs
from qiplatform.store.jobs import Job, OutboxJob
from qiplatform.store.session import Store

START = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


class Hands:
    """A clock that is moved by hand."""

    def __init__(self, at: datetime = START) -> None:
        """Begin somewhere."""
        self.at = at

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at

    def move(self, **by: float) -> datetime:
        """Move on."""
        self.at += timedelta(**by)
        return self.at


def ask(store: Store, *, at: datetime = START, name: str = "Effect") -> str:
    """Ask for a job whose effect is an organisation of this name."""
    with store.session() as db:
        row = jobs.enqueue(db, Job.INDEX_REPORT, at=at, report_id=name)
    assert row is not None
    return row.id


def effect(db: Session, at: datetime, *, report_id: str) -> None:
    """Do the job: twice done is an integrity error, as the name is unique, unless the first was undone."""
    db.add(Organisation(name=report_id, added_at=at))
    db.flush()


def failing(times: int) -> Callable[..., None]:
    """Return a job that has its effect and then fails so many times before it goes well."""
    left = [times]

    def task(db: Session, at: datetime, **payload: Any) -> None:
        organisations.add(db, at=at, name=str(payload["report_id"]))
        left[0] -= 1
        if left[0] >= 0:
            message = "the index is away"
            raise OSError(message)

    return task


def effects(store: Store) -> list[str]:
    """Return the effects that are in the database."""
    with store.session() as db:
        return list(db.scalars(select(Organisation.name).order_by(Organisation.name)))


def row_of(store: Store, job_id: str) -> OutboxJob:
    """Return a job's row as it stands."""
    with store.session() as db:
        return db.get_one(OutboxJob, job_id)


def rows(store: Store) -> list[OutboxJob]:
    """Return all jobs, oldest first."""
    with store.session() as db:
        return list(db.scalars(select(OutboxJob).order_by(OutboxJob.id)))
