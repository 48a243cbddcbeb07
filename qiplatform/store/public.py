"""The wall before the raw tables: public pages read through a door that can open no other.

A table that the public may read says so where it is defined (`__table_args__ = (..., PUBLIC)`). On PostgreSQL the public pages
connect as a role that was granted those tables and nothing else; on SQLite every statement is asked for the tables it reads
before it is run. A mistake in a query, or a hole in a route, then meets the database's own refusal.
"""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from qiplatform.store.base import Base

PUBLIC: dict[str, Any] = {"info": {"public": True}}
"""What a public table carries at the end of its `__table_args__`."""

ROLE = "qiplatform_public"
_INDEX = "search_"
"""What SQLite's full-text index is made of begins like this: it holds what the public search holds."""
_ALWAYS = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_RECURSIVE}
)
_MAKE_ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    BEGIN
      CREATE ROLE {ROLE} NOLOGIN;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The role {ROLE} is not there, and this user may not make it. Ask an administrator of the server for: CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO %;', current_user;
    END;
  END IF;
  IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
    EXECUTE format('GRANT {ROLE} TO %I', current_user);
  END IF;
END $$
"""


def public_tables(metadata: MetaData | None = None) -> frozenset[str]:
    """Return the names of the tables that the public may read."""
    known = metadata or Base.metadata
    return frozenset(name for name, table in known.tables.items() if table.info.get("public"))


def grant(connection: Connection) -> None:
    """Let the public's role read the public tables that are there, and nothing else; on SQLite there is nothing to do."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(text(_MAKE_ROLE))
    connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ROLE}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {ROLE}"))
    there = public_tables() & set(inspect(connection).get_table_names())
    for name in sorted(there):
        connection.execute(text(f'GRANT SELECT ON "{name}" TO {ROLE}'))


def make_public_engine(url: str) -> Engine:
    """Return an engine that reads the public tables only."""
    if not url.startswith("sqlite"):
        given = make_url(url)
        # A plan for any values reads the words of a search again for each row it looks at: planning with them costs far less.
        own = {"role": ROLE, "default_transaction_read_only": "on", "plan_cache_mode": "force_custom_plan"}
        set_so = " ".join(f"-c {name}={value}" for name, value in own.items())
        return create_engine(
            given.update_query_dict({"options": f"{given.query.get('options', '')} {set_so}".strip()}),
            pool_size=8,
            max_overflow=8,
            pool_pre_ping=True,
            # Here each statement sees what was committed before it, in a transaction or not: BEGIN and ROLLBACK would only cost time.
            isolation_level="AUTOCOMMIT",
        )
    engine = create_engine(url, pool_size=8, max_overflow=8)

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "busy_timeout=10000", "query_only=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        seen = public_tables()
        connection.set_authorizer(lambda action, first, *_more: _may(action, first, seen))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN DEFERRED")

    return engine


def _may(action: int, first: str | None, seen: frozenset[str]) -> int:
    """Say whether a statement may do one thing; SQLite asks while it prepares the statement."""
    if action in _ALWAYS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and first is not None and (first in seen or first.startswith(_INDEX)):
        return sqlite3.SQLITE_OK
    if action in {sqlite3.SQLITE_READ, sqlite3.SQLITE_UPDATE} and first == "sqlite_master":
        # The full-text index declares itself on each connection. Nothing is written: the connection is for queries only.
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first == "data_version":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
