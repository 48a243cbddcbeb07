"""Work through a broker: a real Redis, a real worker, killed at work; and a broker that is away."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from qiplatform.settings import Settings
from qiplatform.store import jobs
from qiplatform.store.jobs import JobStatus
from qiplatform.store.session import Store
from tests.support.databases import require
from tests.support.work import ask, effects, row_of, rows
from workers.app import OPTIONS, RUN, Sender, make_app

pytestmark = pytest.mark.redis
Start = Callable[[], None]


class Redis:
    """A Redis server of this test alone, which can go away and come back."""

    def __init__(self, folder: Path) -> None:
        """Choose a free port; start nothing yet."""
        program = shutil.which("redis-server")
        if program is None:
            require("there is no redis-server on this machine")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.command = [
            str(program),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(folder),
        ]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        pytest.fail("Redis did not start")

    def stop(self) -> None:
        """Take it away, with all it held."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    made = Redis(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def settings(settings: Settings, redis: Redis) -> Settings:
    return replace(settings, broker_url=redis.url)


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    return tmp_path / "begun"


@contextmanager
def worker(settings: Settings, begun: Path, *, seconds: float = 0.0) -> Iterator[subprocess.Popen[bytes]]:
    """Give a running worker in a process group of its own; end it and its children afterwards."""
    environment = os.environ | {
        "QIP_DATABASE_URL": settings.database_url,
        "QIP_DATA_DIR": str(settings.data_dir),
        "QIP_BROKER_URL": settings.broker_url,
        "QIP_TEST_JOB_SECONDS": str(seconds),
        "QIP_TEST_BEGUN": str(begun),
    }
    command = [sys.executable, "-m", "tests.support.celery_worker"]
    process = subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and all its children at once, as a power cut would."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def until(true: Callable[[], bool], *, within: float = 90.0) -> bool:
    """Wait until something holds; False when the time is up."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_a_worker_does_what_was_committed_and_ticks(
    store: Store, settings: Settings, redis: Redis, begun: Path
) -> None:
    redis.start()
    store.sender = Sender(make_app(settings))
    with worker(settings, begun):
        job = ask(store)
        assert until(lambda: row_of(store, job).status == JobStatus.DONE)
        assert until(lambda: any(row.key and row.status == JobStatus.DONE for row in rows(store))), (
            "scheduled work"
        )
        for _ in range(3):  # the same message again and again
            store.sender([job])
        last = ask(store, name="Last")
        assert until(lambda: row_of(store, last).status == JobStatus.DONE)
    assert effects(store) == ["Effect", "Last"]
    assert row_of(store, job).attempts == 1


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_worker_killed_at_work_leaves_the_job_to_the_next(
    store: Store, settings: Settings, redis: Redis, begun: Path
) -> None:
    redis.start()
    store.sender = Sender(make_app(settings))
    with worker(settings, begun, seconds=60) as first:
        job = ask(store)
        assert until(begun.exists), "the job has had its effect and goes on"
        kill(first)
    assert effects(store) == [], "what was not committed did not happen"
    assert row_of(store, job).status == JobStatus.RUNNING, "nobody could say that it failed"
    with worker(settings, begun):
        assert until(lambda: row_of(store, job).status == JobStatus.DONE)
    assert effects(store) == ["Effect"]
    assert row_of(store, job).attempts == 2


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_without_a_next_worker_the_job_waits(store: Store, settings: Settings, redis: Redis) -> None:
    redis.start()
    store.sender = Sender(make_app(settings))
    job = ask(store)
    time.sleep(1)
    assert row_of(store, job).status == JobStatus.QUEUED


def test_a_broker_that_is_away_holds_up_nobody_and_loses_nothing(
    store: Store, settings: Settings, redis: Redis, begun: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.sender = Sender(make_app(settings))
    started = time.monotonic()
    job = ask(store)
    assert time.monotonic() - started < 2.5, "the page did not wait for the broker"
    assert "the broker is away" in caplog.text
    assert row_of(store, job).status == JobStatus.QUEUED
    redis.start()
    with worker(settings, begun):
        assert until(lambda: row_of(store, job).status == JobStatus.DONE), "the tick sent it again"
    assert effects(store) == ["Effect"]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_message_is_an_id_as_json_and_outlives_its_worker(settings: Settings) -> None:
    app = make_app(settings)
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.tasks[RUN].ignore_result
    assert OPTIONS["task_time_limit"] < jobs.LEASE.total_seconds()


def test_every_option_says_which_failure_it_prevents() -> None:
    assert _unexplained(Path(sys.modules["workers.app"].__file__ or "").read_text()) == []


def test_an_option_without_a_reason_is_noticed() -> None:
    assert _unexplained('OPTIONS = {\n    # Why.\n    "a": 1,\n    "task_track_started": True,\n}\n') == [
        "task_track_started"
    ]


EXPLAINED_TOGETHER = {
    "result_backend",
    "accept_content",
    "task_soft_time_limit",
    "broker_connection_retry",
    "broker_connection_max_retries",
    "enable_utc",
}


def _unexplained(text: str) -> list[str]:
    """Return the options without a comment above them, but for the second word of a pair."""
    lines = text[text.index("OPTIONS") :].split("\n}\n", maxsplit=1)[0].splitlines()
    found = []
    for above, line in pairwise(lines):
        name = line.strip().split('"')[1] if line.startswith('    "') else ""
        if name and name not in EXPLAINED_TOGETHER and not above.strip().startswith("#"):
            found.append(name)
    return found
