"""What stands where: what is public now of what was found, its texts, and what still waits to be indexed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qiplatform.federation import queries as federation
from qiplatform.federation.queries import Harvested
from qiplatform.learning import queries as learning
from qiplatform.learning.models import FeedEntry, FeedState, Publication
from qiplatform.learning.queries import PublishedReport
from qiplatform.search.models import SearchDocument

_LATEST = 20
Found = PublishedReport | Harvested


def present_versions(db: Session, ids: Sequence[str]) -> dict[str, str]:
    """Return what names the version that is public now of each report found, ours or theirs; what is not public is left out."""
    if not ids:
        return {}
    rows = select(Publication.report_id, Publication.version_id).where(Publication.report_id.in_(ids))
    ours = {row[0]: row[1] for row in db.execute(rows)}
    others = [one for one in ids if one not in ours]
    theirs = federation.harvested_versions(db, others)
    return {**ours, **{one: f"{one}/{version}" for one, version in theirs.items()}}


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


def count_without_meaning(db: Session) -> int:
    """Return how many documents were indexed without their meaning."""
    return db.scalar(select(func.count()).where(SearchDocument.vector.is_(None))) or 0
