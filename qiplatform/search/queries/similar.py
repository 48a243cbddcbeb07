"""Reports like one report: near in meaning, and sharing topics and setting."""

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.search.models import Facet, SearchDocument
from qiplatform.search.queries.columns import columns
from qiplatform.search.queries.finding import nearest
from qiplatform.search.queries.matching import with_some
from qiplatform.search.rules import fused, words_of

LIKE = 0.60
"""How alike two whole reports must be in meaning; reports share more words than a search does with a report."""
_LIKELY = 30


def similar(db: Session, report_id: str, *, most: int = 4) -> tuple[str, ...]:
    """Return reports near in meaning to a report or of its topics and setting, nearest first."""
    row = db.execute(
        select(SearchDocument.number, SearchDocument.title).where(SearchDocument.report_id == report_id)
    ).first()
    if row is None:
        return ()
    held = columns(db)
    here = held.rows_of(np.array([row.number], np.int64))
    if not len(here):
        return ()
    me = int(here[0])
    vector = held.vectors[me]
    near = nearest(held, vector, least=LIKE, most=_LIKELY) if vector.any() else np.zeros(0, np.int64)
    shared = np.zeros(len(held), np.int64)
    for facet in (Facet.TOPIC, Facet.SETTING):
        if (codes := held.facets.get(facet)) is not None:
            mine = codes.codes[codes.rows == me]
            np.add.at(shared, codes.rows[np.isin(codes.codes, mine)], 1)
    alike = held.vectors @ vector
    sharing = np.flatnonzero(shared)
    sharing = sharing[np.lexsort((-alike[sharing], -shared[sharing]))][:_LIKELY]
    groups = words_of(row.title)
    worded = held.rows_of(with_some(db, groups, [2.0] * len(groups), _LIKELY).numbers) if groups else near[:0]
    rows = fused(fused(sharing, near), worded)
    return tuple(held.reports[one] for one in rows if one != me)[:most]
