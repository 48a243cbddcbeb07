"""The wall before the raw tables: the public's door reads what is public, and the database refuses the rest."""

import pytest
from sqlalchemy import bindparam, func, literal_column, select, text
from sqlalchemy.exc import DBAPIError

from qiplatform.learning.models import PublishedVersion, Report
from qiplatform.store.base import Base
from qiplatform.store.public import public_tables
from qiplatform.store.session import Store
from tests.support.factories import Factory
from tests.support.learning import reports

RAW = ("data_point", "measure", "report", "project", "user_account", "web_session", "cycle", "audit_event")


def readable(store: Store) -> set[str]:
    """Return the tables that the public's door opens."""
    found = set()
    for name in Base.metadata.tables:
        with store.public_session() as db:
            try:
                db.execute(text(f'SELECT * FROM "{name}" LIMIT 1')).all()  # noqa: S608 - names of our own tables
            except DBAPIError:
                continue
        found.add(name)
    return found


def test_the_public_reads_the_public_tables_and_no_other(store: Store) -> None:
    assert readable(store) == public_tables()
    assert len(public_tables()) < len(Base.metadata.tables) / 2


def test_the_wall_stands_before_each_raw_table(store: Store) -> None:
    named = [name for name in RAW if name in Base.metadata.tables]
    assert len(named) > 5
    assert not public_tables() & set(named)
    assert not readable(store) & set(named)


def test_a_join_with_a_raw_table_is_refused_too(store: Store, make: Factory) -> None:
    reports(make).published()
    query = select(PublishedVersion.number).join(Report, Report.id == PublishedVersion.report_id)
    with store.public_session() as db:
        assert db.scalars(select(PublishedVersion.number)).all() == [1]
        with pytest.raises(DBAPIError, match=r"prohibited|not authorized|permission denied"):
            db.scalars(query).all()


def test_nothing_is_written_through_it(store: Store, make: Factory) -> None:
    reports(make).published()
    for statement in (
        "DELETE FROM publication",
        "UPDATE published_version SET number = 2",
        "CREATE TABLE more (one int)",
        "PRAGMA query_only=OFF" if store.settings.embedded else "DROP TABLE publication",
    ):
        with store.public_session() as db, pytest.raises(DBAPIError):
            db.execute(text(statement))


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_what_is_asked_often_is_still_planned_with_its_words(store: Store) -> None:
    """PostgreSQL would plan for any words after a few times, and then read the words of a search again for each row."""
    words = select(func.phraseto_tsquery(literal_column("'english'"), bindparam("words")))
    with store.public_session() as db:
        for _ in range(20):
            db.execute(words, {"words": "falls"}).all()
        plans = text(
            "SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements WHERE statement LIKE '%tsquery(%'"
        )
        generic, own = db.execute(plans).one()
    assert generic == 0
    assert own > 5


def test_without_the_wall_the_door_would_open_everything(store: Store) -> None:
    """The negative control: the same questions through the ordinary door are all answered."""
    with store.session(reading=True) as db:
        for name in Base.metadata.tables:
            db.execute(text(f'SELECT * FROM "{name}" LIMIT 1')).all()  # noqa: S608 - names of our own tables
