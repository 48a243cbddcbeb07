"""What every test can ask for: a migrated database of its own (on SQLite and PostgreSQL), the app, a browserless client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from qiplatform.app import create_app
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.factories import Factory


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Template databases of this test process."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.drop_all()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Each database test runs on both kinds; parametrize `database_kind` to run on one."""
    kind: str = request.param
    return kind


@pytest.fixture
def settings(databases: Databases, database_kind: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a fresh installation with an empty, migrated database."""
    url = databases.fresh(database_kind, tmp_path)
    yield Settings(data_dir=tmp_path, database_url=url, secret_key="a secret for tests, long enough to pass")
    databases.give_back(url)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """The installation's store."""
    made = Store(settings)
    yield made
    made.close()


@pytest.fixture
def db(store: Store) -> Iterator[Session]:
    """A session that is never committed by the test: what it adds is flushed, visible to itself only."""
    with Session(store.engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture
def app(settings: Settings, store: Store) -> FastAPI:
    """The application on this store."""
    return create_app(settings, store=store)


@pytest.fixture
def client(app: FastAPI) -> Iterator[Client]:
    """Somebody without an account."""
    with Client(app) as made:
        yield made


@pytest.fixture
def make(store: Store) -> Factory:
    """Makes people and things, committed."""
    return Factory(store)
