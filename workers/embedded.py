"""Background work inside the web process, for an installation without a broker: one thread beside the server."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from qiplatform import clock
from qiplatform.store.jobs import Job
from qiplatform.store.session import Store
from workers.job import TASKS, Clock, Task, run_waiting
from workers.schedule import TICK_EVERY, tick

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0
"""Seconds between looks at the outbox when nobody calls: jobs put back come due by themselves."""
STOP_WITHIN = 10.0
"""Seconds a job at work may take to end when the server stops; cut off, it begins anew after its lease."""


class _Thread(Thread):
    """Looks, works, waits to be woken."""

    def __init__(self, store: Store, now: Clock, tasks: Mapping[Job, Task]) -> None:
        super().__init__(name="qiplatform-work", daemon=True)
        self.store, self.now, self.tasks = store, now, tasks
        self.wake, self.stop = Event(), Event()
        self.next_tick = now()

    def run(self) -> None:
        while not self.stop.is_set():
            self.wake.clear()
            try:
                self._look()
            except Exception:
                # A database that is away for a moment must not end the work for good.
                log.exception("background work was interrupted; it goes on")
            self.wake.wait(LOOK_EVERY)

    def _look(self) -> None:
        at = self.now()
        if at >= self.next_tick:
            tick(self.store, at)
            self.next_tick = at + TICK_EVERY
        run_waiting(self.store, now=self.now, tasks=self.tasks)


@contextmanager
def working(store: Store, *, now: Clock = clock.now, tasks: Mapping[Job, Task] = TASKS) -> Iterator[None]:
    """Work beside whatever stands inside `with`: at once when a job was committed, else every second or so."""
    thread = _Thread(store, now, tasks)

    def wake(_ids: Sequence[str]) -> None:
        thread.wake.set()

    before, store.sender = store.sender, wake
    thread.start()
    try:
        yield
    finally:
        store.sender = before
        thread.stop.set()
        thread.wake.set()
        thread.join(STOP_WITHIN)
