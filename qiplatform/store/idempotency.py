"""One effect for one request: the answer to a write is kept under the key its sender chose."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from qiplatform.errors import Invalid
from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime


class KeptAnswer(Base):
    """The answer given to a write, so that a retry gets the same answer and writes nothing."""

    __tablename__ = "kept_answer"

    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    """Who sent the write."""
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    """The `Idempotency-Key` the sender chose."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what was sent: the same key with other contents is a mistake."""
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was answered."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""


def earlier_answer(db: Session, *, by: str, key: str, digest: str) -> dict[str, Any] | None:
    """Return what was answered to this very request before, or None; refuse a key used for something else."""
    row = db.scalar(select(KeptAnswer).where(KeptAnswer.by_id == by, KeptAnswer.key == key))
    if row is None:
        return None
    if row.digest != digest:
        raise Invalid.one(
            "Idempotency-Key", "This key was used before for a different request. Use a new key."
        )
    return row.answer


def keep_answer(db: Session, *, at: datetime, by: str, key: str, digest: str, answer: dict[str, Any]) -> None:
    """Keep the answer with the write it belongs to."""
    db.add(KeptAnswer(by_id=by, key=key, digest=digest, answer=answer, at=at))
