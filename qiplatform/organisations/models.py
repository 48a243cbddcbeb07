"""What is kept of organisations."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, Versioned, closed, id_column


class OrganisationRole(StrEnum):
    """What a person is in an organisation."""

    MEMBER = "member"
    COACH = "coach"
    ADMIN = "admin"


class Organisation(Versioned, Base):
    """A trust, practice, board, charity or any other body whose teams improve their work."""

    __tablename__ = "organisation"

    id: Mapped[str] = id_column()
    """Opaque id."""
    name: Mapped[str] = mapped_column(String(160), unique=True)
    """Its full name."""
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it came to the platform."""


class Membership(Base):
    """A person's role in an organisation. Taking the row away takes the rights away at once."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "user_id"),)

    organisation_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    """Where."""
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    """Who."""
    role: Mapped[OrganisationRole] = mapped_column(closed(OrganisationRole, "role"))
    """As what."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when."""
