"""What feeds are read from: the last thing that happened to each report in public."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, closed
from qiplatform.store.public import PUBLIC


class PublicFacet(StrEnum):
    """By what a feed of published learning can be narrowed."""

    RESULT = "result"
    SETTING = "setting"
    TOPIC = "topic"
    ORGANISATION = "organisation"
    METHOD = "method"


class FeedState(StrEnum):
    """Whether a report can be read now."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class FeedEntry(Base):
    """The last thing that happened to a report in public: what every feed, in order of time, is read from."""

    __tablename__ = "feed_entry"
    __table_args__ = (Index(None, "at", "report_id"), Index(None, "state", "at", "report_id"), PUBLIC)

    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"), primary_key=True)
    """Which report."""
    state: Mapped[FeedState] = mapped_column(closed(FeedState, "state"))
    """Whether it can be read; a withdrawn one stays as a tombstone, so that others take it out too."""
    version_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("published_version.id"))
    """The version that stands in public; none when withdrawn."""
    number: Mapped[int] = mapped_column()
    """That version's number, or the last one's."""
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When its first version was published."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When this happened: the version was published, or the report withdrawn."""


class FeedFacet(Base):
    """A value a report can be asked for by. Of a withdrawn report only its result stays, which is the set it was in."""

    __tablename__ = "feed_facet"
    __table_args__ = (Index(None, "facet", "value", "at", "report_id"), PUBLIC)

    report_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("feed_entry.report_id", ondelete="CASCADE"), primary_key=True
    )
    """Which report."""
    facet: Mapped[PublicFacet] = mapped_column(closed(PublicFacet, "facet"), primary_key=True)
    """Which facet."""
    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    """Which value of it."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The entry's time again, so that one index gives the newest of a value."""
