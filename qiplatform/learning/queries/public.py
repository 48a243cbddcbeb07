"""What the public may read: built from published versions and the protected table, and from nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import spc
from qiplatform.errors import NotFound
from qiplatform.learning.models import (
    Adoption,
    ProtectedPoint,
    ProtectedSeries,
    Publication,
    PublishedVersion,
    Report,
    ReportMove,
    ReportResult,
    ReportStatus,
    Treatment,
)
from qiplatform.learning.rules import Cells, Withdrawn, read_chart, record_of
from qiplatform.measures.rules import Record


@dataclass(frozen=True, slots=True)
class PublicSeries:
    """One measure as published."""

    position: int
    treatment: Treatment
    definition: Mapping[str, Any]
    setup: Mapping[str, Any]
    rows: tuple[Cells, ...]

    @property
    def name(self) -> str:
        """What the measure is called."""
        name: str = self.definition["name"]
        return name

    @property
    def record(self) -> Record:
        """The measure as a record made of published rows only."""
        return record_of(self.definition, self.setup, self.rows)

    def result(self) -> spc.Result | None:
        """Return the chart's reading, worked out from the protected rows; none where no point is published."""
        return read_chart(self.record) if self.rows else None


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """One published version with its protected table."""

    report_id: str
    version_id: str
    number: int
    newest: int
    published_at: datetime
    content: Mapping[str, Any]
    series: tuple[PublicSeries, ...]

    @property
    def title(self) -> str:
        """What the report is called."""
        title: str = self.content["title"]
        return title

    @property
    def result(self) -> ReportResult:
        """How the work ended."""
        return ReportResult(self.content["result"])

    def section(self, name: str) -> str:
        """Return the text of a section; empty when it was left out."""
        text: str = self.content["sections"].get(name, "")
        return text


def published(db: Session, report_id: str, number: int | None = None) -> PublishedReport:
    """Return a published version, the present one without a number; refuse with the tombstone what was withdrawn."""
    newest = (
        select(func.max(PublishedVersion.number))
        .where(PublishedVersion.report_id == report_id)
        .scalar_subquery()
    )
    query = select(PublishedVersion, newest).join(
        Publication, Publication.report_id == PublishedVersion.report_id
    )
    query = query.where(PublishedVersion.report_id == report_id)
    query = query.where(
        PublishedVersion.id == Publication.version_id if number is None else PublishedVersion.number == number
    )
    row = db.execute(query).first()
    if row is None:
        _say_when_withdrawn(db, report_id)
        raise NotFound
    version, of = row
    return _with_series(db, [(version, of)])[0]


def public_of(db: Session, report_ids: Sequence[str]) -> dict[str, PublishedReport]:
    """Return the present versions of reports by id, in a constant number of queries; what is not public is left out."""
    if not report_ids:
        return {}
    rows = db.execute(
        select(PublishedVersion, PublishedVersion.number)
        .join(Publication, Publication.version_id == PublishedVersion.id)
        .where(Publication.report_id.in_(report_ids))
    )
    return {one.report_id: one for one in _with_series(db, [(version, number) for version, number in rows])}


def count_public(db: Session) -> int:
    """Return how many reports are public."""
    return db.scalar(select(func.count()).select_from(Publication)) or 0


def count_adoptions(db: Session, report_id: str) -> int:
    """Return how many projects began with a report's idea."""
    return db.scalar(select(func.count()).where(Adoption.report_id == report_id)) or 0


def _with_series(db: Session, versions: Sequence[tuple[PublishedVersion, int]]) -> list[PublishedReport]:
    ids = [version.id for version, _ in versions]
    series = list(
        db.scalars(
            select(ProtectedSeries)
            .where(ProtectedSeries.version_id.in_(ids))
            .order_by(ProtectedSeries.position)
        )
    )
    points: dict[str, list[Cells]] = {}
    of_series = select(ProtectedPoint).where(ProtectedPoint.series_id.in_([one.id for one in series]))
    for point in db.scalars(of_series.order_by(ProtectedPoint.period)):
        cells = Cells(point.period, point.value, point.numerator, point.denominator)
        points.setdefault(point.series_id, []).append(cells)
    of_version: dict[str, list[PublicSeries]] = {}
    for one in series:
        made = PublicSeries(
            one.position, one.treatment, one.definition, one.setup, tuple(points.get(one.id, ()))
        )
        of_version.setdefault(one.version_id, []).append(made)
    return [
        PublishedReport(
            version.report_id, version.id, version.number, newest, version.published_at, version.content,
            tuple(of_version.get(version.id, ())),
        )
        for version, newest in versions
    ]  # fmt: skip


def _say_when_withdrawn(db: Session, report_id: str) -> None:
    query = (
        select(ReportMove).join(Report).where(Report.id == report_id, Report.status == ReportStatus.WITHDRAWN)
    )
    last = db.scalars(query.where(ReportMove.after == ReportStatus.WITHDRAWN)).first()
    if last is not None:
        raise Withdrawn(last.at, last.reason)
