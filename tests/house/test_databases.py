"""A test's database is its own: nothing that one test wrote is there for the next."""

from pathlib import Path

import psycopg
import pytest

from tests.support.databases import Databases


def _rows(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT id FROM organisation").fetchall()
        return (
            found
            + connection.execute(
                "SELECT version_num FROM alembic_version WHERE version_num = '0001'"
            ).fetchall()
        )


@pytest.mark.postgres
def test_a_database_that_was_given_back_is_as_new(databases: Databases, tmp_path: Path) -> None:
    url = databases.fresh("postgresql", tmp_path)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO organisation (id, version, name, added_at) VALUES ('x', 1, 'Left', now())"
        )
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    assert len(_rows(url)) == 2
    databases.give_back(url)
    again = databases.fresh("postgresql", tmp_path)
    assert again == url
    assert _rows(again) == []
    databases.give_back(again)


@pytest.mark.postgres
def test_a_database_that_is_still_held_is_not_handed_on(databases: Databases, tmp_path: Path) -> None:
    url = databases.fresh("postgresql", tmp_path)
    with psycopg.connect(url) as holder:
        holder.execute("LOCK TABLE organisation IN ACCESS EXCLUSIVE MODE")
        databases.give_back(url)
        other = databases.fresh("postgresql", tmp_path)
        assert other != url
        databases.give_back(other)
        holder.close()
