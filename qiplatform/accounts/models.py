"""What is kept of people: accounts, sign-in sessions and API tokens."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, Versioned, closed, id_column


class User(Versioned, Base):
    """A person with an account."""

    __tablename__ = "user_account"

    id: Mapped[str] = id_column()
    """Opaque id."""
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Where to write to them, in lower case; also how they sign in."""
    name: Mapped[str] = mapped_column(String(120))
    """How they are called on pages."""
    password_hash: Mapped[str] = mapped_column(String(255))
    """Argon2id hash of the password."""
    is_curator: Mapped[bool] = mapped_column(default=False)
    """Whether they check reports before publication, nationally."""
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the account was made."""
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when they may not come in; none for everybody else."""


class SignIn(Base):
    """One sign-in in one browser. Deleting the row ends it at once."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "user_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the secret in the browser's cookie: the table alone lets nobody in."""
    user_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"))
    """Who signed in."""
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Until when it counts."""


class Scope(StrEnum):
    """What an API token may do on its owner's behalf."""

    READ = "read"
    WRITE = "write"


class ApiToken(Base):
    """A token another machine uses on a person's behalf."""

    __tablename__ = "api_token"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[str] = id_column()
    """Opaque id."""
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the token, which is shown once and never kept."""
    user_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"))
    """On whose behalf."""
    scope: Mapped[Scope] = mapped_column(closed(Scope, "scope"))
    """Read only, or read and write."""
    name: Mapped[str] = mapped_column(String(80), default="")
    """What it is for, in its owner's words."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was made."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it no longer works."""
