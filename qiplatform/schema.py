"""All tables of all rooms, and the migrations that lead to them."""

import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import SQLAlchemyError

import qiplatform.accounts.models
import qiplatform.cycles.models
import qiplatform.federation.models
import qiplatform.learning.models
import qiplatform.measures.models
import qiplatform.notices.models
import qiplatform.organisations.models
import qiplatform.projects.models
import qiplatform.search.models
import qiplatform.store.audit
import qiplatform.store.idempotency
import qiplatform.store.jobs  # noqa: F401 - imported so that their tables are known
from qiplatform.store.base import Base
from qiplatform.store.session import Store

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def metadata() -> MetaData:
    """Return every table of the platform."""
    return Base.metadata


def ours(_object: Any, name: str | None, kind: str, reflected: bool, _compare_to: Any) -> bool:  # noqa: FBT001 - Alembic's signature
    """Tell Alembic to leave alone what the models do not declare on purpose: the full-text index and its shadow tables."""
    return not (reflected and kind in {"table", "index", "column"} and (name or "").startswith("search_text"))


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to a connection."""
    made = Config()
    made.set_main_option("script_location", str(_MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def migrate(store: Store, revision: str = "head") -> None:
    """Bring the database to a revision, up or down, in one transaction."""
    with store.engine.connect() as connection:
        if store.settings.embedded:
            # A batch change copies and drops a table; with the guard on, that would empty the tables that refer to it.
            # It can only be switched outside a transaction, so on the driver's own connection.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            going_down = revision not in {"head", "heads"} and _is_older(connection, revision)
            (command.downgrade if going_down else command.upgrade)(config(connection), revision)
        connection.invalidate()


def pending(store: Store) -> bool:
    """Whether the database is behind the code."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() != _script().get_current_head()


def readiness(store: Store) -> dict[str, str]:
    """Name what keeps the installation from working, by part; an empty text is a part in order."""
    found = {"database": "", "migrations": "", "broker": ""}
    try:
        found["migrations"] = (
            "The database is behind the code: run `qiplatform migrate`." if pending(store) else ""
        )
    except SQLAlchemyError as error:
        found["database"] = f"The database cannot be reached ({type(error).__name__})."
    if store.settings.broker_url:
        found["broker"] = _broker_fault(store.settings.broker_url)
    return found


def _broker_fault(url: str) -> str:
    address = urlsplit(url)
    try:
        with socket.create_connection((address.hostname or "127.0.0.1", address.port or 6379), timeout=2):
            return ""
    except OSError:
        return "The broker cannot be reached; work waits in the outbox until it can."


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def _is_older(connection: Connection, revision: str) -> bool:
    if revision == "base":
        return True
    current = MigrationContext.configure(connection).get_current_revision()
    return current is not None and int(revision[:4]) < int(current[:4])
