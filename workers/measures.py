"""Background work of the room measures."""

from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform.measures import actions


def recompute_signals(db: Session, at: datetime) -> None:
    """Read the charts that changed again and tell their teams of signals that are new."""
    actions.note_new_signals(db, at=at)
