"""What is kept to find published learning by: one document a report, the facets it stands under, the field's words.

The full-text index itself is the database's own (FTS5 on SQLite, `tsvector` on PostgreSQL); it is made by the
migration and follows this table by itself. A document goes when its publication goes: the database sees to it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, closed, id_column
from qiplatform.store.public import PUBLIC


class Facet(StrEnum):
    """By what a search can be narrowed."""

    RESULT = "result"
    SETTING = "setting"
    TOPIC = "topic"
    ORGANISATION = "organisation"
    METHOD = "method"
    REGION = "region"
    STRENGTH = "strength"
    YEAR = "year"
    INVOLVEMENT = "involvement"


class SearchDocument(Base):
    """What a published report is found by. Made from the published version, or from what another installation signed."""

    __tablename__ = "search_document"
    __table_args__ = (
        Index(None, "published_at"),
        Index(None, "stamp"),
        CheckConstraint("(report_id IS NULL) <> (harvested_id IS NULL)", name="one_source"),
        PUBLIC,
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    """Joins the row to its entry in the full-text index."""
    report_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("publication.report_id", ondelete="CASCADE"), unique=True
    )
    """The report, where it is one of ours."""
    harvested_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("harvested_report.id", ondelete="CASCADE"), unique=True
    )
    """The harvested report, where it is another installation's."""
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
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Its meaning: numbers of two bytes each; none where it was indexed without the model of meaning."""
    stamp: Mapped[int] = mapped_column(default=0)
    """The index's stamp when the row was last written: a process reads again what is newer than what it holds."""
    came_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when it can be found here as it is: published, corrected, or taken from elsewhere. What a saved search tells as new."""


class SearchCard(Base):
    """What a page of results shows of a document. Apart from what it is found by, which is looked through by thousands of rows."""

    __tablename__ = "search_card"
    __table_args__ = (PUBLIC,)

    number: Mapped[int] = mapped_column(
        ForeignKey("search_document.number", ondelete="CASCADE"), primary_key=True
    )
    """Which document."""
    card: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Its card, with the version it shows and the release that drew it: where either differs, it is drawn anew."""


class SearchFacet(Base):
    """One value a document stands under."""

    __tablename__ = "search_facet"
    __table_args__ = (Index(None, "facet", "value"), PUBLIC)

    number: Mapped[int] = mapped_column(
        ForeignKey("search_document.number", ondelete="CASCADE"), primary_key=True
    )
    """Which document."""
    facet: Mapped[Facet] = mapped_column(closed(Facet, "facet"), primary_key=True)
    """Which facet."""
    value: Mapped[str] = mapped_column(String(200), primary_key=True)
    """Which value of it."""


class SearchState(Base):
    """One row: how often the index was changed. Whoever changes it holds the row until the change is committed, so stamps never overtake each other."""

    __tablename__ = "search_state"
    __table_args__ = (PUBLIC,)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    stamp: Mapped[int] = mapped_column()
    """Raised by every change."""
    removed: Mapped[int] = mapped_column()
    """Raised, by the database itself, whenever documents were taken away."""


class SavedSearch(Base):
    """A search somebody wants to be told of when there is something new."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("user_id", "query"),)

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    user_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"))
    """Whose it is; nobody else sees it."""
    query: Mapped[str] = mapped_column(Text)
    """The search as its address says it, behind the ?."""
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Up to when they know of everything: when they kept it, or were last told."""


class SearchWord(Base):
    """A word of the index and in how many documents it stood when they were indexed: for typing errors."""

    __tablename__ = "search_word"
    __table_args__ = (PUBLIC,)

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    """The word, in lower case."""
    documents: Mapped[int] = mapped_column()
    """In how many documents; corrected by a rebuild."""
