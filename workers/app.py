"""Background work through a broker: Celery carries the news that a job waits; the outbox is the record."""

import logging
from collections.abc import Sequence
from typing import Any

from celery import Celery
from celery.signals import worker_process_init, worker_process_shutdown
from kombu.exceptions import KombuError, OperationalError

from qiplatform import clock
from qiplatform.settings import Settings
from qiplatform.store import jobs
from qiplatform.store.session import Store
from workers.job import run
from workers.schedule import TICK_EVERY, tick

log = logging.getLogger(__name__)
RUN = "qiplatform.run"
TICK = "qiplatform.tick"
_LEASE = int(jobs.LEASE.total_seconds())

OPTIONS: dict[str, Any] = {
    # A worker that dies at work has not said "done": its message goes to another.
    "task_acks_late": True,
    # The same when only the child process is killed (out of memory), which Celery would otherwise count as done.
    "task_reject_on_worker_lost": True,
    # A slow job holds up one message, not a row of them that other workers could do.
    "worker_prefetch_multiplier": 1,
    # What became of a job stands in the outbox; a second record could disagree and would fill the broker's memory.
    "task_ignore_result": True,
    "result_backend": None,
    # A message is a job's id as JSON; a pickle from a broker that others can write to could run anything.
    "task_serializer": "json",
    "accept_content": ["json"],
    # A job that hangs is ended before its lease is, so that two workers never do the same job side by side.
    "task_time_limit": _LEASE - 30,
    "task_soft_time_limit": _LEASE - 60,
    # A worker begun before its broker waits for it, for as long as it takes, and does not die of a restart.
    "broker_connection_retry_on_startup": True,
    "broker_connection_retry": True,
    "broker_connection_max_retries": None,
    # Work begun under a connection that was lost will be delivered again: end it here, do it there.
    "worker_cancel_long_running_tasks_on_connection_loss": True,
    # A web page must not wait for a broker that is away: one try, then the tick sends it again.
    "task_publish_retry": False,
    # How the connection to Redis behaves when one side is gone:
    "broker_transport_options": {
        # Redis hands an unanswered message out again after this; sooner than the lease would only find it taken.
        "visibility_timeout": _LEASE,
        # A broker behind a dead network fails in two seconds, not in the system's two minutes.
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        "max_retries": 1,
        "interval_start": 0,
    },
    # Memory that a library never gives back goes with its process.
    "worker_max_tasks_per_child": 500,
    # A queue of our own: another application on the same broker does not take our messages.
    "task_default_queue": "qiplatform",
    # Local time jumps twice a year; a schedule in UTC does not.
    "timezone": "UTC",
    "enable_utc": True,
    # The command line has set up logging; Celery would throw that away.
    "worker_hijack_root_logger": False,
}
"""Every option, with the failure it prevents."""


class _Process:
    """The store of one worker process: opened after the fork, because a connection shared by two is garbage to both."""

    def __init__(self, settings: Settings, app: Celery) -> None:
        self.settings, self.app = settings, app
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        if self._store is None:
            self._store = Store(self.settings)
            self._store.sender = Sender(self.app)
        return self._store

    def forget(self, **_: Any) -> None:
        """Drop what a parent process may have opened, without touching its connections."""
        if self._store is not None:
            self._store.engine.dispose(close=False)
        self._store = None

    def close(self, **_: Any) -> None:
        """Give the connections back."""
        if self._store is not None:
            self._store.close()
        self._store = None


def make_app(settings: Settings) -> Celery:
    """Return the Celery application of an installation that has a broker."""
    app = Celery("qiplatform", broker=settings.broker_url, set_as_current=False)
    app.conf.update(OPTIONS)
    app.conf.beat_schedule = {
        "tick": {
            "task": TICK,
            "schedule": TICK_EVERY.total_seconds(),
            # Ticks pile up while no worker runs, and one is as good as all.
            "options": {"expires": TICK_EVERY.total_seconds()},
        },
    }
    process = _Process(settings, app)
    worker_process_init.connect(process.forget, weak=False)
    worker_process_shutdown.connect(process.close, weak=False)

    def run_job(job_id: str) -> None:
        run(process.store, job_id)

    def run_tick() -> None:
        tick(process.store, clock.now())

    for name, function in ((RUN, run_job), (TICK, run_tick)):
        app.task(function, name=name, shared=False)
    return app


class Sender:
    """Sends the news of committed jobs to the broker; when that is away the jobs wait for the next tick."""

    def __init__(self, app: Celery) -> None:
        """Connect lazily, at the first job."""
        self.app = app

    def __call__(self, ids: Sequence[str]) -> None:
        """Send the ids of jobs, never failing the request that asked for them: it is already committed."""
        try:
            for job_id in ids:
                self.app.send_task(RUN, args=[job_id], retry=False)
        except (KombuError, OperationalError, OSError) as error:
            log.warning("the broker is away (%s); %s jobs wait in the outbox", type(error).__name__, len(ids))


def work(settings: Settings, *, arguments: Sequence[str] = ()) -> None:
    """Run a worker that also ticks, until it is told to stop."""
    beat = [
        "--beat",
        "--scheduler",
        "celery.beat:Scheduler",
    ]  # kept in memory: the periods' keys are the record
    make_app(settings).worker_main(
        ["worker", *beat, "--loglevel", "WARNING", "--without-gossip", "--without-mingle", *arguments]
    )
