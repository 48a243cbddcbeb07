"""What stands where: what is public now of what was found, its texts, and what still waits to be indexed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from qiplatform.federation import queries as federation
from qiplatform.federation.models import HarvestedReport
from qiplatform.federation.queries import Harvested
from qiplatform.learning import queries as learning
from qiplatform.learning.models import FeedEntry, FeedState, Publication
from qiplatform.learning.queries import PublishedReport
from qiplatform.search.models import SearchCard, SearchDocument

_LATEST = 20
Found = PublishedReport | Harvested


@dataclass(frozen=True, slots=True)
class Present:
    """What is public now of a report found: its version, and the card the index keeps, which may be of an earlier one."""

    version: str
    card: Mapping[str, Any] | None


def present(db: Session, ids: Sequence[str]) -> dict[str, Present]:
    """Return what is public now of each report found, ours or theirs, in one query; what is not public is left out."""
    if not ids:
        return {}
    one, here, there = SearchDocument, Publication, HarvestedReport
    query = (
        select(one.report_id, here.version_id, one.harvested_id, there.version, SearchCard.card)
        .outerjoin(SearchCard, SearchCard.number == one.number)
        .outerjoin(here, here.report_id == one.report_id)
        .outerjoin(there, and_(there.id == one.harvested_id, there.withdrawn.is_(False)))
        .where(or_(one.report_id.in_(ids), one.harvested_id.in_(ids)))
    )
    found = {}
    for report_id, ours, harvested_id, theirs, card in db.execute(query):
        if ours is not None:
            found[report_id] = Present(ours, card)
        elif theirs is not None:
            found[harvested_id] = Present(their_version(harvested_id, theirs), card)
    return found


def their_version(harvested_id: str, version: int) -> str:
    """Return what names a version of another installation's report."""
    return f"{harvested_id}/{version}"


def found_of(db: Session, ids: Sequence[str]) -> Mapping[str, Found]:
    """Return reports by id, ours or another installation's, in a constant number of queries."""
    ours = learning.public_of(db, ids)
    return {**ours, **federation.harvested_of(db, [one for one in ids if one not in ours])}


def count_pending(db: Session) -> int:
    """Return how many of the reports published last are not in the index yet."""
    latest = (
        select(FeedEntry.report_id)
        .where(FeedEntry.state == FeedState.PUBLISHED)
        .order_by(FeedEntry.at.desc(), FeedEntry.report_id.desc())
        .limit(_LATEST)
        .subquery()
    )
    missing = (
        select(func.count())
        .select_from(latest)
        .outerjoin(SearchDocument, SearchDocument.report_id == latest.c.report_id)
    )
    return db.scalar(missing.where(SearchDocument.number.is_(None))) or 0


def count_drawn_before(db: Session, release: str) -> int:
    """Return of how many documents the index has no card drawn by a release: they are drawn anew whenever they are shown."""
    drawn = select(SearchCard.number).where(SearchCard.card["release"].as_string() == release)
    missing = select(func.count()).where(SearchDocument.number.not_in(drawn))
    return db.scalar(missing) or 0


def count_without_meaning(db: Session) -> int:
    """Return how many documents were indexed without their meaning."""
    return db.scalar(select(func.count()).where(SearchDocument.vector.is_(None))) or 0
