"""The one door to the database: open -> commit -> send jobs, or roll back -> forget jobs.

A request is one transaction. It is committed here, at the edge, before the answer leaves.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from qiplatform.errors import Invalid, NotAllowed, NotNow, Refusal
from qiplatform.settings import Settings
from qiplatform.store import jobs
from qiplatform.store.public import make_public_engine


def make_engine(url: str) -> Engine:
    """Return an engine; on SQLite one that loses no update and survives a power cut."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)
    engine = create_engine(url, pool_size=8, max_overflow=8)

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling begins too late and loses read-modify-write updates:
        # it is switched off, and BEGIN is ours (below).
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock before it reads, so that what it read is still true when it writes.
        # Readers (GET) need no lock: they see one snapshot.
        reading = connection.get_execution_options().get("qip_reading", False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")

    return engine


class Store:
    """An installation's database and the way its jobs are sent."""

    def __init__(self, settings: Settings) -> None:
        """Connect lazily: nothing is opened before the first use."""
        if settings.embedded:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.settings = settings
        self.engine = make_engine(settings.database)
        self._reading = self.engine.execution_options(qip_reading=True)
        self.public_engine = make_public_engine(settings.database)
        self.sender: jobs.Sender = _keep

    @contextmanager
    def session(self, *, reading: bool = False) -> Iterator[Session]:
        """Give one transaction: committed at the end and its jobs sent, or rolled back by any error."""
        engine = self._reading if reading else self.engine
        with Session(engine, expire_on_commit=False, info={"settings": self.settings}) as db:
            try:
                yield db
                db.commit()
            except BaseException:
                db.rollback()
                raise
            if unsent := jobs.take_unsent(db):
                self.sender(unsent)

    @contextmanager
    def public_session(self) -> Iterator[Session]:
        """Give one reading of the public tables: of anything else the database itself refuses to tell."""
        with Session(self.public_engine, expire_on_commit=False) as db:
            yield db

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
        self.public_engine.dispose()


def _keep(ids: Sequence[str]) -> None:
    """Send nothing: the jobs wait in their table for the next worker."""
    del ids


def _open(request: Request) -> Iterator[Session]:
    store: Store = request.app.state.store
    with store.session(reading=request.method in {"GET", "HEAD"}) as db:
        yield db


# scope="function": the code after `yield` (the commit) runs before the answer leaves. With FastAPI's
# default it would run after, and a person could be told "saved" of something that then failed.
Db = Annotated[Session, Depends(_open, scope="function")]
"""A route's session. The only way to ask for one."""


def _open_public(request: Request) -> Iterator[Session]:
    store: Store = request.app.state.store
    with store.public_session() as db:
        yield db


PublicDb = Annotated[Session, Depends(_open_public, scope="function")]
"""The session of a public page. It reads published tables only; the database refuses the rest."""


@dataclass(slots=True)
class Attempt:
    """How an attempt ended: `refusal` is None when it was done."""

    refusal: Refusal | None = None

    @property
    def refused(self) -> bool:
        """Whether it was refused, with nothing written."""
        return self.refusal is not None


@contextmanager
def attempt(db: Session) -> Iterator[Attempt]:
    """Do something in a savepoint: on a refusal nothing is written and no job is sent, and the form can be shown again.

    `NotFound` and everything unexpected pass through.
    """
    result = Attempt()
    kept: list[Any] = list(db.info.get("jobs", []))
    try:
        with db.begin_nested():
            yield result
            db.flush()
    except (Invalid, NotNow, NotAllowed) as refusal:
        db.info["jobs"] = kept
        result.refusal = refusal
