"""What is kept of what people were told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, id_column


class Notice(Base):
    """One thing one person is told, once."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("user_id", "key"), Index(None, "user_id", "seen_at"))

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    user_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"))
    """Who is told."""
    key: Mapped[str] = mapped_column(String(200))
    """What it is about, such as the measure, rule and first point of a signal: nobody is told the same twice."""
    text: Mapped[str] = mapped_column(Text)
    """The sentence they read."""
    href: Mapped[str] = mapped_column(String(300))
    """The page of this service that it speaks of: a path, never another site."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When they were told."""
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they said they had seen it; none until then."""
