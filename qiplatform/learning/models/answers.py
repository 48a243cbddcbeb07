"""What is kept of what readers say: concerns, questions, and the answers that are public."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, closed, id_column
from qiplatform.store.public import PUBLIC


class ConcernKind(StrEnum):
    """What a reader is concerned about."""

    PERSON = "person"
    """Somebody can be recognised: the report is hidden at once."""
    WRONG = "wrong"
    OTHER = "other"


class ConcernReport(Base):
    """A reader's concern about a published report."""

    __tablename__ = "concern"
    __table_args__ = (Index(None, "report_id"), Index(None, "settled_at", "at"))

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"))
    """About which report."""
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("published_version.id"))
    """The version that stood there."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    kind: Mapped[ConcernKind] = mapped_column(closed(ConcernKind, "kind"))
    """Of what kind."""
    text: Mapped[str] = mapped_column(Text)
    """What the reader wrote; seen by curators only."""
    hid: Mapped[bool] = mapped_column(default=False)
    """Whether it hid the report."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a curator had looked; none while it waits."""
    settled_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who looked."""
    outcome: Mapped[str] = mapped_column(Text, default="")
    """What came of it."""


class Question(Base):
    """A reader's question to a team, and the team's answer. Public only as `PublicAnswer`, after a curator agreed."""

    __tablename__ = "question"
    __table_args__ = (Index(None, "report_id"), Index(None, "answered_at", "settled_at"))

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"))
    """About which report."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was asked."""
    text: Mapped[str] = mapped_column(Text)
    """The question."""
    answer: Mapped[str] = mapped_column(Text, default="")
    """The team's answer; empty while it waits."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was answered."""
    answered_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who answered; not shown."""
    shown: Mapped[bool] = mapped_column(default=False)
    """Whether a curator agreed that it is public."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a curator had looked at it; none while it waits."""
    settled_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who looked."""


class PublicAnswer(Base):
    """A question with its answer as the public reads it."""

    __tablename__ = "public_answer"
    __table_args__ = (Index(None, "report_id"), PUBLIC)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    """The question's id."""
    report_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("publication.report_id", ondelete="CASCADE")
    )
    """Under which report; it goes when the publication goes."""
    question: Mapped[str] = mapped_column(Text)
    """The question."""
    answer: Mapped[str] = mapped_column(Text)
    """The answer."""
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was answered."""
