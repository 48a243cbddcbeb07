"""What is kept of ideas taken up: who began with which, what they say of it, and what of that is public."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, closed
from qiplatform.store.public import PUBLIC


class NoteResult(StrEnum):
    """How it went elsewhere."""

    IMPROVED = "improved"
    NO_CHANGE = "no_change"
    WORSE = "worse"
    STOPPED = "stopped"
    TOO_EARLY = "too_early"


class Adoption(Base):
    """Somebody used a published idea: the project that began with it."""

    __tablename__ = "adoption"
    __table_args__ = (Index(None, "report_id"), PUBLIC)

    project_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    """The new project."""
    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"))
    """Whose idea it is."""
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("published_version.id"))
    """The version it was taken from."""
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who took it up."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    told_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"))
    """The new project's own report, once one was published."""


class AdopterNote(Base):
    """What a team says of an idea it took up. Public only as `PublicNote`, after a curator agreed."""

    __tablename__ = "adopter_note"
    __table_args__ = (Index(None, "settled_at", "written_at"),)

    project_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    """Whose note."""
    result: Mapped[NoteResult] = mapped_column(closed(NoteResult, "result"))
    """How it went."""
    text: Mapped[str] = mapped_column(Text)
    """What was adapted, and why."""
    named: Mapped[bool] = mapped_column(default=False)
    """Whether the organisation may be named."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    written_by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who wrote it; not shown."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a curator had looked at it; none while it waits."""
    settled_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who looked."""


class PublicNote(Base):
    """An adopter's note as the public reads it."""

    __tablename__ = "public_note"
    __table_args__ = (Index(None, "report_id"), PUBLIC)

    project_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("adoption.project_id", ondelete="CASCADE"), primary_key=True
    )
    """Whose note; not shown."""
    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"))
    """Whose idea it is."""
    result: Mapped[NoteResult] = mapped_column(closed(NoteResult, "result"))
    """How it went."""
    text: Mapped[str] = mapped_column(Text)
    """What was adapted, and why."""
    organisation: Mapped[str] = mapped_column(String(160))
    """Where; empty where the team does not want to be named."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was written."""
