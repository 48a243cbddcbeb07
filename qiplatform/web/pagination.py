"""Lists in pieces: a page of rows and a cursor to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

T = TypeVar("T")
SIZE = 50
MOST = 200


@dataclass(frozen=True, slots=True)
class Piece(Generic[T]):
    """Some rows of a list; `next` is the cursor of the rest, or None at the end."""

    items: Sequence[T]
    next: str | None


def piece(
    db: Session,
    select: Select[T],
    *,
    by: InstrumentedAttribute[str],
    key: Callable[[T], str],
    after: str | None,
    size: int = SIZE,
) -> Piece[T]:
    """Return the newest rows of `select` that are older than the cursor, at most `size` of them.

    Ids are ordered by time, so the id itself is the cursor and a row added meanwhile moves nothing.
    """
    size = max(1, min(size, MOST))
    query = select.order_by(by.desc()).limit(size + 1)
    if after:
        query = query.where(by < after)
    rows = list(db.scalars(query))
    return Piece(rows[:size], key(rows[size - 1]) if len(rows) > size else None)
