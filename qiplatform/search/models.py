"""What is kept to find published learning by: one document a report, and the facets it stands under.

The full-text index itself is the database's own (FTS5 on SQLite, `tsvector` on PostgreSQL); it is made by the
migration and follows this table by itself. A document goes when its publication goes: the database sees to it.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, closed


class Facet(StrEnum):
    """By what a search can be narrowed."""

    RESULT = "result"
    SETTING = "setting"
    TOPIC = "topic"
    ORGANISATION = "organisation"
    METHOD = "method"


class SearchDocument(Base):
    """What a published report is found by. Made from the published version only."""

    __tablename__ = "search_document"
    __table_args__ = (Index(None, "published_at"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    """Joins the row to its entry in the full-text index."""
    report_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("publication.report_id", ondelete="CASCADE"), unique=True
    )
    """The report."""
    title: Mapped[str] = mapped_column(Text)
    """Its title: weighs most."""
    problem: Mapped[str] = mapped_column(Text)
    """What was wrong."""
    did: Mapped[str] = mapped_column(Text)
    """What was done."""
    happened: Mapped[str] = mapped_column(Text)
    """What came of it."""
    body: Mapped[str] = mapped_column(Text)
    """Everything else one might look for: the other sections, change ideas, measures, topics, place."""
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the version was published: the newest come first where no words are given."""


class SearchFacet(Base):
    """One value a document stands under."""

    __tablename__ = "search_facet"
    __table_args__ = (Index(None, "facet", "value"),)

    number: Mapped[int] = mapped_column(
        ForeignKey("search_document.number", ondelete="CASCADE"), primary_key=True
    )
    """Which document."""
    facet: Mapped[Facet] = mapped_column(closed(Facet, "facet"), primary_key=True)
    """Which facet."""
    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    """Which value of it."""
