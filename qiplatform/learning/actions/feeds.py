"""What the feeds are told, in the transaction of the publication or the withdrawal itself."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from qiplatform.learning import rules
from qiplatform.learning.models import FeedEntry, FeedFacet, FeedState, PublicFacet, PublishedVersion


def note_published(db: Session, *, at: datetime, version: PublishedVersion) -> None:
    """Let the feeds tell of a version from now on, in place of the report's earlier one or of its tombstone."""
    entry = db.get(FeedEntry, version.report_id)
    if entry is None:
        entry = FeedEntry(report_id=version.report_id, first_at=version.published_at)
        db.add(entry)
    entry.state, entry.version_id = FeedState.PUBLISHED, version.id
    entry.number, entry.at = version.number, at
    db.flush()
    db.execute(delete(FeedFacet).where(FeedFacet.report_id == version.report_id))
    db.add_all(
        FeedFacet(report_id=version.report_id, facet=facet, value=value, at=at)
        for facet, value in rules.facets_of(version.content)
    )
    db.flush()


def note_withdrawn(db: Session, *, at: datetime, report_id: str) -> None:
    """Leave a tombstone: when, and the set it was in; nothing of what the report said."""
    entry = db.get_one(FeedEntry, report_id)
    entry.state, entry.version_id, entry.at = FeedState.WITHDRAWN, None, at
    db.flush()
    mine = FeedFacet.report_id == report_id
    db.execute(delete(FeedFacet).where(mine, FeedFacet.facet != PublicFacet.RESULT))
    db.execute(update(FeedFacet).where(mine).values(at=at))
