"""The migrations lead to the models, in one line, up and down, on both kinds of database."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, MetaData, String, Table, inspect

from qiplatform import schema
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from tests.house import tree
from tests.support.databases import Databases


@pytest.fixture
def empty(databases: Databases, database_kind: str, tmp_path: Path) -> Iterator[Store]:
    """An installation whose database has no table."""
    url = databases.empty(database_kind, tmp_path)
    store = Store(Settings(data_dir=tmp_path, database_url=url))
    yield store
    store.close()
    databases.drop(url)


def differences(engine: Engine, metadata: MetaData) -> list[object]:
    """Return what Alembic would change to make the database fit the models."""
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": schema.ours}
        found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return found


def _tables(store: Store) -> set[str]:
    return set(inspect(store.engine).get_table_names()) - {"alembic_version"}


def test_there_is_one_head_and_one_line() -> None:
    script = ScriptDirectory.from_config(schema.config())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_every_revision_is_numbered_as_its_file_in_order() -> None:
    script = ScriptDirectory.from_config(schema.config())
    line = [one.revision for one in reversed(list(script.walk_revisions()))]
    files = [Path(name).stem for name in tree.named(".py", under=("migrations/versions/",))]
    assert (
        [one[:4] for one in line]
        == [name[:4] for name in files]
        == [f"{number:04}" for number in range(1, len(files) + 1)]
    )
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", name) for name in files)


def test_the_migrations_lead_to_the_models(store: Store) -> None:
    assert differences(store.engine, schema.metadata()) == []


def test_a_model_without_migration_would_be_seen(store: Store) -> None:
    planted = MetaData()
    for table in schema.metadata().tables.values():
        table.to_metadata(planted)
    Table("planted", planted, Column("id", String, primary_key=True))
    assert [type(one).__name__ for one in differences(store.engine, planted)] != []


def test_every_revision_goes_up_down_and_up_again(empty: Store) -> None:
    script = ScriptDirectory.from_config(schema.config())
    line = [one.revision for one in reversed(list(script.walk_revisions()))]
    before = ["base", *line]
    seen: dict[str, set[str]] = {"base": set()}
    for revision in line:
        schema.migrate(empty, revision)
        seen[revision] = _tables(empty)
    for revision in reversed(before[:-1]):
        schema.migrate(empty, revision)
        assert _tables(empty) == seen[revision], revision
    schema.migrate(empty)
    assert not schema.pending(empty)
    assert _tables(empty) == seen[line[-1]]
    assert differences(empty.engine, schema.metadata()) == []


def test_an_old_database_is_told_from_a_new_one(empty: Store) -> None:
    assert schema.pending(empty)
    schema.migrate(empty)
    assert not schema.pending(empty)
