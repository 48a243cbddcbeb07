"""Counts what is asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from qiplatform.store.session import Store


class Asked(list[str]):
    """The statements sent, in order; those that begin and end transactions are left out."""


@contextmanager
def counted(store: Store) -> Iterator[Asked]:
    """Collect the statements that are sent while the block runs."""
    asked = Asked()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")):
            asked.append(statement)

    engines = (store.engine, store.public_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
