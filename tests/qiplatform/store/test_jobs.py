"""The outbox: of two workers one gets the job, a failure is tried again, a dead worker's job comes back."""

from datetime import UTC, datetime, timedelta

from qiplatform.store import jobs
from qiplatform.store.jobs import Job, JobStatus, OutboxJob
from qiplatform.store.session import Store

AT = datetime(2026, 3, 3, tzinfo=UTC)


def _queued(store: Store) -> str:
    with store.session() as db:
        row = jobs.enqueue(db, Job.INDEX_REPORT, at=AT, report_id="x")
    assert row is not None
    return row.id


def test_exactly_one_of_two_workers_gets_the_job(store: Store) -> None:
    job = _queued(store)
    with store.session() as db:
        assert jobs.claim(db, job, at=AT) is not None
    with store.session() as db:
        assert jobs.claim(db, job, at=AT) is None


def test_a_dead_workers_job_comes_back_when_its_lease_ends(store: Store) -> None:
    job = _queued(store)
    with store.session() as db:
        jobs.claim(db, job, at=AT)
    with store.session() as db:
        assert jobs.waiting(db, at=AT + jobs.LEASE - timedelta(seconds=1)) == []
        assert jobs.waiting(db, at=AT + jobs.LEASE) == [job]
        again = jobs.claim(db, job, at=AT + jobs.LEASE)
    assert again is not None
    assert again.attempts == 2


def test_a_failure_is_tried_again_later_and_given_up_at_last(store: Store) -> None:
    job, at, waits = _queued(store), AT, []
    for _ in range(jobs.MOST_ATTEMPTS):
        with store.session() as db:
            row = jobs.claim(db, job, at=at)
            assert row is not None
            jobs.put_back(row, at=at, error="the index is away")
            waits.append((row.run_after - at).total_seconds())
            at = row.run_after
    with store.session() as db:
        row = db.get_one(OutboxJob, job)
    assert row.status == JobStatus.FAILED
    assert row.error == "the index is away"
    assert waits[:4] == [20, 80, 320, 1280]


def test_a_job_that_is_done_is_not_begun_again(store: Store) -> None:
    job = _queued(store)
    with store.session() as db:
        row = jobs.claim(db, job, at=AT)
        assert row is not None
        jobs.finish(row, at=AT)
    with store.session() as db:
        assert jobs.waiting(db, at=AT + timedelta(days=1)) == []
        assert jobs.claim(db, job, at=AT + timedelta(days=1)) is None
