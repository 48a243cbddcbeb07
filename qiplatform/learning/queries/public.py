"""What the public may read: built from published versions and the protected table, and from nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import spc
from qiplatform.errors import NotFound
from qiplatform.learning.models import (
    Adoption,
    Gone,
    ProtectedPoint,
    ProtectedSeries,
    PublicAnswer,
    Publication,
    PublishedVersion,
    ReportResult,
    RetiredVersion,
    Tombstone,
    Treatment,
)
from qiplatform.learning.rules import Cells, Hidden, Retired, Strength, Withdrawn, read_chart, record_of
from qiplatform.measures.rules import Record


@dataclass(frozen=True)
class PublicSeries:
    """One measure as published. Its chart is read once, however many ask."""

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

    @cached_property
    def record(self) -> Record:
        """The measure as a record made of published rows only."""
        return record_of(self.definition, self.setup, self.rows)

    def result(self) -> spc.Result | None:
        """Return the chart's reading, worked out from the protected rows; none where no point is published."""
        return self._result

    @cached_property
    def _result(self) -> spc.Result | None:
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
    reason: str = ""

    @property
    def title(self) -> str:
        """What the report is called."""
        title: str = self.content["title"]
        return title

    @property
    def result(self) -> ReportResult:
        """How the work ended."""
        return ReportResult(self.content["result"])

    @property
    def strength(self) -> Strength:
        """What its charts can carry; what was published before this was written down counts as words."""
        return Strength(self.content.get("strength") or Strength.WORDS)

    @property
    def involved(self) -> bool:
        """Whether it says how patients, carers or staff took part."""
        return bool(self.section("involvement").strip())

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
    query = (
        select(PublishedVersion, newest, RetiredVersion.at)
        .join(Publication, Publication.report_id == PublishedVersion.report_id)
        .outerjoin(RetiredVersion, RetiredVersion.version_id == PublishedVersion.id)
    )
    query = query.where(PublishedVersion.report_id == report_id)
    query = query.where(
        PublishedVersion.id == Publication.version_id if number is None else PublishedVersion.number == number
    )
    row = db.execute(query).first()
    if row is None:
        _say_when_gone(db, report_id)
        raise NotFound
    version, of, retired_at = row
    if retired_at is not None:
        raise Retired(retired_at)
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


def versions(db: Session, report_id: str) -> list[tuple[int, datetime, str]]:
    """Return number, time and reason of the versions of a report that are shown, newest first."""
    one = PublishedVersion
    query = select(one.number, one.published_at, one.reason).where(
        one.report_id == report_id, one.id.not_in(select(RetiredVersion.version_id))
    )
    return [(number, at, reason) for number, at, reason in db.execute(query.order_by(one.number.desc()))]


def answers(db: Session, report_id: str) -> list[PublicAnswer]:
    """Return the public questions of a report with their answers, in the order they were asked."""
    query = select(PublicAnswer).where(PublicAnswer.report_id == report_id).order_by(PublicAnswer.id)
    return list(db.scalars(query))


def tombstones(db: Session, report_ids: Sequence[str] | None = None) -> list[Tombstone]:
    """Return what was taken back, the latest first: all, or of these reports."""
    query = select(Tombstone).order_by(Tombstone.at.desc(), Tombstone.report_id)
    return list(db.scalars(query if report_ids is None else query.where(Tombstone.report_id.in_(report_ids))))


def count_public(db: Session) -> int:
    """Return how many reports are public."""
    return db.scalar(select(func.count()).select_from(Publication)) or 0


def count_adoptions(db: Session, report_id: str) -> int:
    """Return how many projects began with a report's idea."""
    return db.scalar(select(func.count()).where(Adoption.report_id == report_id)) or 0


def cells_of(db: Session, series_ids: Sequence[str]) -> dict[str, list[Cells]]:
    """Return the published rows of series by id, in order of time, in one query; a series without rows is left out."""
    found: dict[str, list[Cells]] = {}
    if not series_ids:
        return found
    one = ProtectedPoint
    # Plain rows: a page of results reads hundreds of points, and rows that can be changed would cost more than the reading.
    rows = select(one.series_id, one.period, one.value, one.numerator, one.denominator)
    mine = rows.where(one.series_id.in_(series_ids)).order_by(one.period)
    for series_id, period, value, numerator, denominator in db.execute(mine):
        found.setdefault(series_id, []).append(Cells(period, value, numerator, denominator))
    return found


def _with_series(db: Session, versions: Sequence[tuple[PublishedVersion, int]]) -> list[PublishedReport]:
    ids = [version.id for version, _ in versions]
    series = list(
        db.scalars(
            select(ProtectedSeries)
            .where(ProtectedSeries.version_id.in_(ids))
            .order_by(ProtectedSeries.position)
        )
    )
    points = cells_of(db, [one.id for one in series])
    of_version: dict[str, list[PublicSeries]] = {}
    for one in series:
        made = PublicSeries(
            one.position, one.treatment, one.definition, one.setup, tuple(points.get(one.id, ()))
        )
        of_version.setdefault(one.version_id, []).append(made)
    return [
        PublishedReport(
            version.report_id, version.id, version.number, newest, version.published_at, version.content,
            tuple(of_version.get(version.id, ())), version.reason,
        )
        for version, newest in versions
    ]  # fmt: skip


def _say_when_gone(db: Session, report_id: str) -> None:
    stone = db.get(Tombstone, report_id)
    if stone is not None:
        raise Withdrawn(stone.at, stone.reason) if stone.kind is Gone.WITHDRAWN else Hidden(stone.at)
