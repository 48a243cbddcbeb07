"""Work by the clock: a table of what is due how often, and the tick that asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from qiplatform.store import jobs
from qiplatform.store.jobs import Job
from qiplatform.store.session import Store

TICK_EVERY = timedelta(seconds=30)
"""How often somebody ticks. Several may: what is asked for twice is done once."""
KEPT_FOR = timedelta(days=7)
"""How long a job that was done is kept for whoever asks what became of it."""
SEND_AGAIN_AFTER = timedelta(seconds=60)
"""A job that waited this long was not heard of (a broker down, a message lost) and is sent again."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One job and how often it is due."""

    job: Job
    every: timedelta

    def key(self, at: datetime) -> str:
        """Return the name of the period that holds an instant; a job is asked for once in each.

        >>> Scheduled(Job.RECOMPUTE_SIGNALS, timedelta(minutes=10)).key(
        ...     datetime(2026, 3, 3, 9, 47, tzinfo=UTC)
        ... )
        'measures.recompute_signals 2026-03-03T09:40:00+00:00'
        """
        seconds = int(self.every.total_seconds())
        begins = int(at.timestamp()) // seconds * seconds
        return f"{self.job} {datetime.fromtimestamp(begins, UTC).isoformat()}"


SCHEDULE: Sequence[Scheduled] = (
    Scheduled(Job.RECOMPUTE_SIGNALS, every=timedelta(minutes=10)),
    # What is withdrawn elsewhere must be gone here within a minute or two.
    Scheduled(Job.HARVEST_PEERS, every=timedelta(minutes=1)),
    Scheduled(Job.TELL_SEARCHES, every=timedelta(days=7)),
)
"""All scheduled work."""


def tick(store: Store, at: datetime, *, schedule: Sequence[Scheduled] = SCHEDULE) -> int:
    """Ask for what is due, send again what waited too long, and return how many jobs were asked for.

    Idempotent within a period, from however many workers it is called at once.
    """
    asked = 0
    for one in schedule:
        try:
            with store.session() as db:
                asked += jobs.enqueue(db, one.job, at=at, key=one.key(at)) is not None
        except IntegrityError:
            continue  # another worker asked for it between our look and our word
    if asked:
        with store.session() as db:
            jobs.forget_done(db, before=at - KEPT_FOR)
    with store.session(reading=True) as db:
        forgotten = jobs.waiting(db, at=at - SEND_AGAIN_AFTER)
    if forgotten:
        store.sender(forgotten)
    return asked
