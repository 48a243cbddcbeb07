"""The search as JSON for other machines; open, no token."""

from typing import Any

from fastapi import APIRouter, Request

from qiplatform.learning import queries as learning
from qiplatform.search import pages, queries
from qiplatform.search.forms import AskedSearch
from qiplatform.search.rules import Synonyms
from qiplatform.store.session import PublicDb

router = APIRouter(tags=["search"])


def _synonyms(request: Request) -> Synonyms:
    kept: Synonyms = request.app.state.synonyms
    return kept


@router.get("/published")
def find(request: Request, db: PublicDb, asked: AskedSearch) -> dict[str, Any]:
    """Return what was found, best first; without words the newest first."""
    hits = queries.find(
        db,
        asked.q,
        asked.chosen,
        asked.page,
        sort=asked.sort,
        exactly=asked.exactly,
        synonyms=_synonyms(request),
    )
    reports = queries.found_of(db, hits.items)
    return pages.as_json(hits, reports, page=asked.page, base=request.app.state.settings.public_url)


@router.get("/published/{report}/similar")
def similar(request: Request, db: PublicDb, report: str) -> dict[str, Any]:
    """Return reports that share topics, setting or words with one report."""
    learning.published(db, report)
    ids = queries.similar(db, report)
    found = queries.found_of(db, ids)
    base = request.app.state.settings.public_url
    return {"items": [pages.short_json(found[one], base) for one in ids if one in found], "next": None}
