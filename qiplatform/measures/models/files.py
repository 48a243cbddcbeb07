"""Files on their way in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, id_column


class ImportFile(Base):
    """A file between being chosen and being saved: kept for a day at most, seen by the one who chose it."""

    __tablename__ = "import_file"
    __table_args__ = (Index(None, "measure_id", "by_id"), Index(None, "at"))

    id: Mapped[str] = id_column()
    """Opaque id."""
    measure_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("measure.id", ondelete="CASCADE"))
    """For which measure."""
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"))
    """Who chose it."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    name: Mapped[str] = mapped_column(String(200), default="")
    """Its name; empty for pasted text."""
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """What is in it, as sent. It was looked through for patient identifiers before it was kept."""
