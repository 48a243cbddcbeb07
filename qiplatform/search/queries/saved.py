"""What is asked of kept searches: nobody sees another's."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.search.models import SavedSearch


def saved_by(user: User) -> Select[SavedSearch]:
    """Select the searches a person keeps."""
    return select(SavedSearch).where(SavedSearch.user_id == user.id)


def saved(db: Session, user: User) -> list[SavedSearch]:
    """Return the searches a person keeps, the newest first."""
    return list(db.scalars(saved_by(user).order_by(SavedSearch.id.desc())))


def count_saved(db: Session, user: User) -> int:
    """Return how many searches a person keeps."""
    return db.scalar(select(func.count()).where(SavedSearch.user_id == user.id)) or 0
