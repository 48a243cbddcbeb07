"""What is done: people told, notices seen."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound
from qiplatform.notices.models import Notice
from qiplatform.notices.rules import check_href
from qiplatform.store.base import new_id


def tell(db: Session, *, at: datetime, user_ids: Iterable[str], text: str, href: str, key: str) -> int:
    """Tell people something and return how many of them did not know it yet.

    Whoever was told under the same `key` before is left alone, seen or unseen. The database decides,
    so that two workers that tell the same at once tell it once.
    """
    rows = [
        {"id": new_id(), "user_id": one, "key": key, "text": text, "href": check_href(href), "at": at}
        for one in sorted(set(user_ids))
    ]
    if not rows:
        return 0
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    told = insert(Notice).values(rows).on_conflict_do_nothing(index_elements=["user_id", "key"])
    return len(db.scalars(told.returning(Notice.id)).all())


def see(db: Session, *, by: User, at: datetime, notice_id: str) -> None:
    """Note that a person has seen one notice; seeing it again changes nothing."""
    mine = update(Notice).where(Notice.id == notice_id, Notice.user_id == by.id)
    seen = db.scalar(mine.values(seen_at=func.coalesce(Notice.seen_at, at)).returning(Notice.id))
    if seen is None:
        raise NotFound


def see_all(db: Session, *, by: User, at: datetime, newest: str) -> None:
    """Note that a person has seen everything up to the newest notice that stood on their page.

    What came in while they read stays unseen.
    """
    mine = update(Notice).where(Notice.user_id == by.id, Notice.seen_at.is_(None), Notice.id <= newest)
    db.execute(mine.values(seen_at=at))
