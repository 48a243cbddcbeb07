"""What is kept of what is public: versions that never change, the protected table, what stands now, and what was taken back.

These are the only tables the public pages read (`info={"public": True}`; see `store/public.py`).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Connection, Date, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, closed, id_column
from qiplatform.store.public import PUBLIC


class Treatment(StrEnum):
    """What was done to a measure's numbers before they were published."""

    AS_TYPED = "as_typed"
    ROUNDED = "rounded"
    WITHHELD = "withheld"


class Gone(StrEnum):
    """Why nothing stands where a report stood."""

    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    """For the moment: somebody may be recognised in it, and a curator is looking."""


class PublishedVersion(Base):
    """A report as it was approved. Never changed: a correction is another version."""

    __tablename__ = "published_version"
    __table_args__ = (UniqueConstraint("report_id", "number"), PUBLIC)

    id: Mapped[str] = id_column()
    """Opaque id."""
    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"))
    """The report it was approved from."""
    number: Mapped[int] = mapped_column()
    """1, 2, ...: part of the permanent address."""
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was approved."""
    approved_by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who approved it; not shown."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was written after an earlier one; empty for the first."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The words as published: title, result, sections, changes, authors, organisation, setting, topics, drivers, plans."""


class ProtectedSeries(Base):
    """A measure as published: its definition, and what was done to its numbers."""

    __tablename__ = "protected_series"
    __table_args__ = (UniqueConstraint("version_id", "position"), PUBLIC)

    id: Mapped[str] = id_column()
    """Opaque id."""
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("published_version.id"))
    """In which version."""
    measure_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    """Of which measure: what was published of it before limits what can be published next. None in old rows."""
    position: Mapped[int] = mapped_column()
    """Its place, from 0; part of the chart's address."""
    treatment: Mapped[Treatment] = mapped_column(closed(Treatment, "treatment"))
    """What was done to the numbers."""
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Name, type, chart, unit, direction, profile, what it counts, operational definition and the words around it."""
    setup: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the chart is computed with: targets, phases, baseline, exclusions, and the bands drawn on it."""


class ProtectedPoint(Base):
    """One row of the protected table: the only numbers the public, its files and its search ever see."""

    __tablename__ = "protected_point"
    __table_args__ = (PUBLIC,)

    series_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("protected_series.id"), primary_key=True
    )
    """Of which series."""
    period: Mapped[date] = mapped_column(Date, primary_key=True)
    """First day of the period."""
    value: Mapped[str] = mapped_column(String(40), default="")
    """The single number; `*` when it is too small to show, empty when there is none."""
    numerator: Mapped[str] = mapped_column(String(40), default="")
    """The part of the whole, in the same way."""
    denominator: Mapped[str] = mapped_column(String(40), default="")
    """The whole, in the same way."""


class Publication(Base):
    """The version that stands in public now. A withdrawal takes the row away, and the database takes away what hangs on it."""

    __tablename__ = "publication"
    __table_args__ = (PUBLIC,)

    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"), primary_key=True)
    """Which report."""
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("published_version.id"))
    """Which of its versions."""


class Tombstone(Base):
    """What the public is told where a report stood. Exactly one of this and a publication is there for a report that was published."""

    __tablename__ = "tombstone"
    __table_args__ = (Index(None, "at"), PUBLIC)

    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"), primary_key=True)
    """Which report."""
    kind: Mapped[Gone] = mapped_column(closed(Gone, "kind"))
    """Whether for good."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was taken back."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why, in words for the public."""
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("published_version.id"))
    """The version that stood here: it comes back when a hidden report is shown again."""


class RetiredVersion(Base):
    """A version that is not shown any more although its report is: a curator found that somebody could be recognised."""

    __tablename__ = "retired_version"
    __table_args__ = (PUBLIC,)

    version_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("published_version.id"), primary_key=True
    )
    """Which version."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when."""


def _refuse_change(_mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    message = f"{type(target).__name__}: what was published never changes"
    raise RuntimeError(message)


for _table in (PublishedVersion, ProtectedSeries, ProtectedPoint):
    event.listen(_table, "before_update", _refuse_change)
    event.listen(_table, "before_delete", _refuse_change)
