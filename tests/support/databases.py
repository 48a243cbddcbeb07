"""Databases for tests: migrated once for each test process, then copied in milliseconds."""

import os
import shutil
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.script import ScriptDirectory
from psycopg import sql

from qiplatform.schema import config, metadata, migrate
from qiplatform.settings import Settings
from qiplatform.store.session import Store

SERVER = os.environ.get("QIP_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


def require(fault: str) -> None:
    """Skip a test visibly because a server is missing; on machines that must have it, fail."""
    if os.environ.get("QIP_REQUIRE_SERVICES") == "1":
        pytest.fail(f"required here: {fault}")
    pytest.skip(fault)


_AT_HEAD = "UPDATE alembic_version SET version_num = %s"


@cache
def _rows_away() -> bytes:
    """Return what empties every table at once, whatever refers to what."""
    statements = ["SET session_replication_role = replica"]
    statements += [f'DELETE FROM "{table}"' for table in metadata().tables]  # noqa: S608 - names of our own tables
    return "; ".join(statements).encode()


@cache
def _head() -> str:
    return ScriptDirectory.from_config(config()).get_current_head() or ""


class Databases:
    """Template databases of one test process."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made before the first test asks."""
        self.folder = folder
        self.mark = uuid4().hex[:10]
        self._templates: dict[str, str] = {}
        self._emptied: list[str] = []

    def fresh(self, kind: str, folder: Path) -> str:
        """Return the address of a new, migrated, empty database."""
        if kind == "sqlite":
            target = folder / "test.db"
            shutil.copyfile(self._sqlite_template(), target)
            return f"sqlite:///{target}"
        if self._emptied:
            return self._emptied.pop()
        template = self._postgresql_template()
        name = f"qip_{self.mark}_{uuid4().hex[:10]}"
        self._server(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return SERVER.rsplit("/", 1)[0] + f"/{name}"

    def empty(self, kind: str, folder: Path) -> str:
        """Return the address of a new database without any table."""
        if kind == "sqlite":
            return f"sqlite:///{folder / f'{uuid4().hex}.db'}"
        name = f"qip_{self.mark}_{uuid4().hex[:10]}"
        self._server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return SERVER.rsplit("/", 1)[0] + f"/{name}"

    def give_back(self, url: str) -> None:
        """Take a `fresh` database back: on PostgreSQL its rows go and the next test gets it, which is far quicker than a copy."""
        if not url.startswith("postgresql"):
            return
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
                connection.execute("SET lock_timeout = '2s'")
                connection.execute(_rows_away())
                connection.execute(_AT_HEAD, (_head(),))
        except psycopg.Error:
            # Somebody still holds a row, or a test changed the tables: not worth mending.
            self.drop(url)
        else:
            self._emptied.append(url)

    def drop(self, url: str) -> None:
        """Remove a database again."""
        if url.startswith("postgresql"):
            name = url.rsplit("/", 1)[1]
            self._server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_all(self) -> None:
        """Remove the templates and the databases that wait for another test."""
        for url in (*self._emptied, *self._templates.values()):
            self.drop(url)

    def _sqlite_template(self) -> str:
        if "sqlite" not in self._templates:
            path = self.folder / "template.db"
            self._migrated(f"sqlite:///{path}")
            self._templates["sqlite"] = str(path)
        return self._templates["sqlite"]

    def _postgresql_template(self) -> str:
        if "postgresql" not in self._templates:
            url = self.empty("postgresql", self.folder)
            self._migrated(url)
            self._templates["postgresql"] = url
        return self._templates["postgresql"].rsplit("/", 1)[1]

    def _migrated(self, url: str) -> None:
        store = Store(Settings(data_dir=self.folder, database_url=url))
        migrate(store)
        if url.startswith("sqlite"):
            # Everything into the one file that is copied.
            with store.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()

    def _server(self, statement: sql.Composed) -> None:
        try:
            with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as connection:
                connection.execute(statement)
        except psycopg.OperationalError as error:
            require(f"PostgreSQL cannot be reached for tests ({type(error).__name__})")
