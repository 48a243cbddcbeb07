"""What is kept of what is shared: reports, published versions, the protected table, adoptions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Connection, Date, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, Versioned, closed, id_column


class ReportStatus(StrEnum):
    """Where a report stands on its way to the public."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ReportResult(StrEnum):
    """How the work ended. All five are published, found and credited alike."""

    IMPROVED = "improved"
    IMPROVED_AND_HELD = "improved_and_held"
    NO_CHANGE = "no_change"
    WORSE = "worse"
    STOPPED_EARLY = "stopped_early"


class Treatment(StrEnum):
    """What was done to a measure's numbers before they were published."""

    AS_TYPED = "as_typed"
    ROUNDED = "rounded"
    WITHHELD = "withheld"


class Report(Versioned, Base):
    """A team's account of its work, written for others. Only a version approved from it is public."""

    __tablename__ = "report"
    __table_args__ = (Index(None, "project_id"), Index(None, "status", "submitted_at"))

    id: Mapped[str] = id_column()
    """Opaque id; also the permanent public address."""
    project_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("project.id"))
    """The project it tells of."""
    title: Mapped[str] = mapped_column(String(200))
    """What it is called."""
    result: Mapped[ReportResult] = mapped_column(closed(ReportResult, "result"))
    """How the work ended."""
    summary: Mapped[str] = mapped_column(Text, default="")
    """The whole in plain language, for anyone."""
    problem: Mapped[str] = mapped_column(Text, default="")
    """What was wrong and for whom."""
    did: Mapped[str] = mapped_column(Text, default="")
    """What we did."""
    happened: Mapped[str] = mapped_column(Text, default="")
    """What happened."""
    differently: Mapped[str] = mapped_column(Text, default="")
    """What we would do differently."""
    involvement: Mapped[str] = mapped_column(Text, default="")
    """How patients, carers and staff took part."""
    status: Mapped[ReportStatus] = mapped_column(closed(ReportStatus, "status"), default=ReportStatus.DRAFT)
    """Where it stands."""
    written_by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who began it."""
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last sent to be checked."""


class ReportMeasure(Base):
    """A measure chosen to be published with a report."""

    __tablename__ = "report_measure"

    report_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    """In which report."""
    measure_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("measure.id"), primary_key=True)
    """Which measure."""
    position: Mapped[int] = mapped_column()
    """Its place among them, from 0; the first is the report's headline."""


class ReportAuthor(Base):
    """A member of the team who agreed to be named. Nobody can agree for somebody else."""

    __tablename__ = "report_author"

    report_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    """In which report."""
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    """Who."""
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When they agreed."""


class ReportMove(Base):
    """One step of a report's way: who moved it from where to where, when and why."""

    __tablename__ = "report_move"
    __table_args__ = (Index(None, "report_id", "at"),)

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id", ondelete="CASCADE"))
    """Which report."""
    before: Mapped[ReportStatus] = mapped_column(closed(ReportStatus, "before"))
    """Where it stood."""
    after: Mapped[ReportStatus] = mapped_column(closed(ReportStatus, "after"))
    """Where it stands since."""
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who moved it."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why, where a reason is asked for."""


class PublishedVersion(Base):
    """A report as it was approved. Never changed: a correction is another version."""

    __tablename__ = "published_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

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
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The words as published: title, result, sections, authors, organisation, setting, topics, drivers, plans."""


class ProtectedSeries(Base):
    """A measure as published: its definition, and what was done to its numbers."""

    __tablename__ = "protected_series"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[str] = id_column()
    """Opaque id."""
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("published_version.id"))
    """In which version."""
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

    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id"), primary_key=True)
    """Which report."""
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("published_version.id"))
    """Which of its versions."""


class Adoption(Base):
    """Somebody used a published idea: the project that began with it."""

    __tablename__ = "adoption"
    __table_args__ = (Index(None, "report_id"),)

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


def _refuse_change(_mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    message = f"{type(target).__name__}: what was published never changes"
    raise RuntimeError(message)


for _table in (PublishedVersion, ProtectedSeries, ProtectedPoint):
    event.listen(_table, "before_update", _refuse_change)
    event.listen(_table, "before_delete", _refuse_change)
