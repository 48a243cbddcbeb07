"""What is asked of notices."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.notices.models import Notice


def visible_to(user: User) -> Select[Notice]:
    """Select what a person was told: nobody reads another's."""
    return select(Notice).where(Notice.user_id == user.id)


def unseen_of(db: Session, user: User, *, most: int = 20) -> list[Notice]:
    """Return what a person has not yet seen, newest first, at most `most`."""
    return list(
        db.scalars(visible_to(user).where(Notice.seen_at.is_(None)).order_by(Notice.id.desc()).limit(most))
    )


def count_unseen(db: Session, user: User) -> int:
    """Return how many notices a person has not yet seen."""
    return db.scalar(select(func.count()).where(Notice.user_id == user.id, Notice.seen_at.is_(None))) or 0
