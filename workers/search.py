"""Background work of the room search."""

from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform.search import actions, pages
from qiplatform.search.rules import chosen_synonyms


def index_report(db: Session, at: datetime, *, report_id: str) -> None:
    """Put a published report into the index, in place of what stood there for it."""
    actions.index(db, at=at, report_id=report_id, draw=pages.drawn)


def tell_searches(db: Session, at: datetime) -> None:
    """Tell people, once a week, of what is new for the searches they keep, by the synonyms their pages search with."""
    actions.tell_searches(db, at=at, synonyms=chosen_synonyms(db.info["settings"].synonyms))
