"""The audit trail: who did what to which thing, and when, in the same transaction as the change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, Index, String, event
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, id_column


class AuditEvent(Base):
    """One thing done. Rows are added and never changed."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "subject_id", "at"),)

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was done."""
    by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    """Who did it (a user's id); none for the platform itself."""
    action: Mapped[str] = mapped_column(String(60))
    """What was done: room and verb, such as `projects.register`."""
    subject_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    """The thing it was done to."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What a reader needs beside the verb; never a password, token or patient detail."""


def record(
    db: Session, *, at: datetime, by: str | None, action: str, subject: str, **details: Any
) -> AuditEvent:
    """Add one line to the trail, to be committed with the change it describes."""
    line = AuditEvent(at=at, by_id=by, action=action, subject_id=subject, details=details)
    db.add(line)
    return line


@event.listens_for(AuditEvent, "before_update")
@event.listens_for(AuditEvent, "before_delete")
def _refuse_change(_mapper: Mapper[Any], _connection: Connection, _target: AuditEvent) -> None:
    message = "the audit trail is append-only"
    raise RuntimeError(message)
