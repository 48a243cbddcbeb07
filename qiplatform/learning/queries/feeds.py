"""What is asked by feeds: what happened in public, newest first or oldest first, a page at a time.

Read from `feed_entry`, `feed_facet` and `published_version` only. A page is found by its place in an index, never by counting rows from the
start, so the thousandth page costs what the first does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, exists, func, literal, select, tuple_, union
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import InstrumentedAttribute

from qiplatform.learning.models import (
    FeedEntry,
    FeedFacet,
    FeedState,
    PublicFacet,
    PublishedVersion,
    ReportResult,
)
from qiplatform.learning.rules import Place
from qiplatform.store.base import UtcDateTime

Narrowed = Mapping[PublicFacet, str]
At = InstrumentedAttribute[datetime]
Id = InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Told:
    """One report as a feed tells of it: its published words, or the tombstone (`content` is None)."""

    report_id: str
    number: int
    first_at: datetime
    at: datetime
    result: str
    """The set it is in: how the work ended."""
    content: Mapping[str, Any] | None

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return Place(self.at, self.report_id)


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page of a feed, and whether there is more behind it."""

    items: tuple[Told, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when, both included, and of which set; None leaves it open."""

    since: datetime | None = None
    until: datetime | None = None
    result: ReportResult | None = None


def newest(db: Session, narrowed: Narrowed, *, before: Place | None, size: int) -> ToldPage:
    """Return what was published under all these values and everything that was withdrawn, newest first.

    Tombstones come under every value: the topics of a withdrawn report are no longer kept, and a reader that never held it passes them by.
    """
    if not narrowed:
        wanted = _latest(FeedEntry.at, FeedEntry.report_id, [], before, size + 1)
    else:
        gone = [FeedEntry.state == FeedState.WITHDRAWN]
        parts = (
            _under(narrowed, before, size + 1),
            _latest(FeedEntry.at, FeedEntry.report_id, gone, before, size + 1),
        )
        wanted = union(*(select(part.c.report_id) for part in parts)).subquery()
    query = _told().join(wanted, wanted.c.report_id == FeedEntry.report_id)
    query = query.order_by(FeedEntry.at.desc(), FeedEntry.report_id.desc())
    return _page(db, query, size)


def changes(db: Session, span: Span, *, after: Place | None, size: int) -> ToldPage:
    """Return what happened in a span of time, oldest first: publications and withdrawals alike."""
    of = FeedEntry if span.result is None else FeedFacet
    found = select(of.report_id).where(*_within(of.at, span), *_of_result(span))
    if after is not None:
        found = found.where(tuple_(of.at, of.report_id) > _as_row(after))
    wanted = found.order_by(of.at, of.report_id).limit(size + 1).subquery()
    query = _told().join(wanted, wanted.c.report_id == FeedEntry.report_id)
    return _page(db, query.order_by(FeedEntry.at, FeedEntry.report_id), size)


def count_changes(db: Session, span: Span) -> int:
    """Return how many reports something happened to in a span of time."""
    of = FeedEntry if span.result is None else FeedFacet
    query = select(func.count()).select_from(of).where(*_within(of.at, span), *_of_result(span))
    return db.scalar(query) or 0


def told(db: Session, report_id: str) -> Told | None:
    """Return what there is to tell of one report: nothing where it was never published."""
    found = _page(db, _told().where(FeedEntry.report_id == report_id), 1).items
    return found[0] if found else None


def earliest(db: Session) -> datetime | None:
    """Return when the first thing happened that is still told of."""
    return db.scalar(select(FeedEntry.at).order_by(FeedEntry.at, FeedEntry.report_id).limit(1))


def site_parts(db: Session, size: int) -> Sequence[tuple[str, datetime]]:
    """Return, for each part of the site map, the first report in it and when the last thing happened in it."""
    number = (func.row_number().over(order_by=FeedEntry.report_id) - 1) // size
    public = FeedEntry.state == FeedState.PUBLISHED
    rows = select(FeedEntry.report_id, FeedEntry.at, number.label("part")).where(public).subquery()
    last = func.max(rows.c.at, type_=UtcDateTime())
    query = select(func.min(rows.c.report_id), last).group_by(rows.c.part).order_by(rows.c.part)
    return [(first, at) for first, at in db.execute(query)]


def site_part(db: Session, first: str, size: int) -> Sequence[tuple[str, datetime]]:
    """Return the public reports of one part of the site map, each with when it last changed."""
    query = select(FeedEntry.report_id, FeedEntry.at)
    query = query.where(FeedEntry.state == FeedState.PUBLISHED, FeedEntry.report_id >= first)
    return [(one, at) for one, at in db.execute(query.order_by(FeedEntry.report_id).limit(size))]


def _latest(
    at: At, report_id: Id, where: Sequence[ColumnElement[bool]], before: Place | None, most: int
) -> Subquery:
    query = select(report_id.label("report_id")).where(*where)
    if before is not None:
        query = query.where(tuple_(at, report_id) < _as_row(before))
    return query.order_by(at.desc(), report_id.desc()).limit(most).subquery()


def _under(narrowed: Narrowed, before: Place | None, most: int) -> Subquery:
    (facet, value), *others = narrowed.items()
    where: list[ColumnElement[bool]] = [FeedFacet.facet == facet, FeedFacet.value == value]
    for other, wanted in others:
        also = aliased(FeedFacet)
        mine = also.report_id == FeedFacet.report_id
        where.append(exists().where(mine, also.facet == other, also.value == wanted))
    return _latest(FeedFacet.at, FeedFacet.report_id, where, before, most)


def _as_row(place: Place) -> ColumnElement[Any]:
    return tuple_(literal(place.at, UtcDateTime()), literal(place.report_id))


def _within(at: At, span: Span) -> list[ColumnElement[bool]]:
    found = [] if span.since is None else [at >= span.since]
    return found if span.until is None else [*found, at <= span.until]


def _of_result(span: Span) -> list[ColumnElement[bool]]:
    if span.result is None:
        return []
    return [FeedFacet.facet == PublicFacet.RESULT, FeedFacet.value == span.result.value]


def _told() -> Select[FeedEntry, str | None, dict[str, Any] | None]:
    result = (FeedFacet.report_id == FeedEntry.report_id) & (FeedFacet.facet == PublicFacet.RESULT)
    return (
        select(FeedEntry, FeedFacet.value, PublishedVersion.content)
        .outerjoin(FeedFacet, result)
        .outerjoin(PublishedVersion, PublishedVersion.id == FeedEntry.version_id)
    )


def _page(db: Session, query: Select[FeedEntry, str | None, dict[str, Any] | None], size: int) -> ToldPage:
    rows = db.execute(query.limit(size + 1)).all()
    items = (
        Told(entry.report_id, entry.number, entry.first_at, entry.at, result or "", content)
        for entry, result, content in rows[:size]
    )
    return ToldPage(tuple(items), more=len(rows) > size)
