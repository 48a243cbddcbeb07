"""What is kept to share with other installations: our signing keys, the peers we trust, and what they published."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, id_column
from qiplatform.store.public import PUBLIC

KEY_LENGTH = 44
SIGNATURE_LENGTH = 88
ADDRESS_LENGTH = 300


class InstallationKey(Base):
    """One of the keys this installation signs with, or signed with once."""

    __tablename__ = "installation_key"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    """The beginning of the public key's fingerprint."""
    public: Mapped[str] = mapped_column(String(KEY_LENGTH))
    """The public key (Ed25519), in base64."""
    sealed: Mapped[str] = mapped_column(Text)
    """The private key, encrypted with a key made of `QIP_SECRET_KEY`; empty once retired: who reads the database cannot sign."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was made."""
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when it signed; none for the one that signs now."""


class Peer(Base):
    """Another installation whose published reports are taken into our search, and the one key we believe."""

    __tablename__ = "peer"

    id: Mapped[str] = id_column()
    """Opaque id."""
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), unique=True)
    """Where it is, without a slash at the end."""
    name: Mapped[str] = mapped_column(String(200))
    """What it calls itself."""
    public_key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    """The key an operator compared and pinned; nothing signed with another is taken."""
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was added."""
    cursor: Mapped[str] = mapped_column(String(100), default="")
    """Up to where its list was read."""
    status: Mapped[str] = mapped_column(String(300), default="Not asked yet.")
    """How the last harvest went, in a sentence."""
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last asked."""


class HarvestedReport(Base):
    """A report another installation published, or the mark that it was withdrawn."""

    __tablename__ = "harvested_report"
    __table_args__ = (UniqueConstraint("peer_id", "remote_id"), Index(None, "harvested_at"), PUBLIC)

    id: Mapped[str] = id_column()
    """Opaque id of our own."""
    peer_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("peer.id", ondelete="CASCADE"))
    """From whom: a peer that is removed takes its reports along."""
    remote_id: Mapped[str] = mapped_column(String(64))
    """Its id there."""
    version: Mapped[int] = mapped_column()
    """The version we hold; it only ever goes up."""
    withdrawn: Mapped[bool] = mapped_column()
    """Whether it was taken back there: then no words of it are kept, and no older copy is taken again."""
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH + 100))
    """Where people read it."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The record exactly as it was signed; empty when withdrawn."""
    signature: Mapped[str] = mapped_column(String(SIGNATURE_LENGTH))
    """The signature of its canonical form, in base64."""
    harvested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was taken."""
