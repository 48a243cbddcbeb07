"""Work by the clock: asked for once in each period, from however many workers; what was not heard is sent again."""

from datetime import timedelta
from threading import Barrier, Thread

from qiplatform.store.jobs import Job, JobStatus, OutboxJob
from qiplatform.store.session import Store
from tests.support.work import START, ask, rows
from workers.job import TASKS
from workers.schedule import KEPT_FOR, SCHEDULE, SEND_AGAIN_AFTER, Scheduled, tick

TEN = Scheduled(Job.RECOMPUTE_SIGNALS, timedelta(minutes=10))


def test_a_period_is_asked_for_once(store: Store) -> None:
    asked = [
        tick(store, START + timedelta(minutes=minute), schedule=[TEN]) for minute in (0, 1, 9, 10, 11, 20)
    ]
    assert asked == [1, 0, 0, 1, 0, 1]
    assert len(rows(store)) == 3


def test_two_workers_that_tick_at_once_ask_once(store: Store) -> None:
    together, faults = Barrier(4), []

    def worker() -> None:
        together.wait()
        try:
            tick(store, START, schedule=[TEN])
        except Exception as error:  # noqa: BLE001 - any fault of a thread fails the test below
            faults.append(error)

    threads = [Thread(target=worker) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    assert len(rows(store)) == 1


def test_what_was_not_heard_of_is_sent_again_and_no_sooner(store: Store) -> None:
    sent: list[str] = []
    job = ask(store)
    store.sender = sent.extend
    tick(store, START + SEND_AGAIN_AFTER - timedelta(seconds=1), schedule=[])
    assert sent == []
    tick(store, START + SEND_AGAIN_AFTER, schedule=[])
    assert sent == [job]


def test_what_was_done_is_forgotten_after_a_week_and_what_was_given_up_is_kept(store: Store) -> None:
    done, given_up, waits = ask(store), ask(store), ask(store)
    with store.session() as db:
        for job, status in ((done, JobStatus.DONE), (given_up, JobStatus.FAILED)):
            db.get_one(OutboxJob, job).status = status
    tick(store, START + KEPT_FOR, schedule=[TEN])
    assert {done, given_up, waits} <= {row.id for row in rows(store)}
    tick(store, START + KEPT_FOR + timedelta(hours=1), schedule=[TEN])
    left = {row.id for row in rows(store)}
    assert done not in left
    assert {given_up, waits} <= left


def test_everything_scheduled_has_a_task_and_a_period() -> None:
    assert {one.job for one in SCHEDULE} <= set(TASKS)
    assert all(one.every >= timedelta(minutes=1) for one in SCHEDULE)
