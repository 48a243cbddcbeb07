"""Where anyone searches what was published."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiplatform.learning import queries as learning
from qiplatform.search import pages, queries
from qiplatform.search.forms import AskedSearch
from qiplatform.store.session import Db
from qiplatform.web.rendering import render

router = APIRouter()


@router.get("/published", name="search:find")
def find(request: Request, db: Db, asked: AskedSearch) -> Response:
    """Show what was found."""
    hits = queries.find(db, asked.q, asked.chosen, asked.page)
    reports = learning.public_of(db, hits.items)
    page = pages.search(
        hits, reports, q=asked.q, chosen=asked.chosen, page=asked.page, pending=queries.count_pending(db)
    )
    return render(request, "search/results.jinja", page)


@router.get("/published/{report}/similar", name="search:similar")
def similar(request: Request, db: Db, report: str) -> Response:
    """Show reports like one report; inside its page, only the list."""
    found = learning.published(db, report)
    others = learning.public_of(db, ids := queries.similar(db, report))
    page = pages.similar(found, [others[one] for one in ids if one in others])
    inside = request.headers.get("hx-request") == "true"
    return render(request, "search/similar.jinja", page, block="inside" if inside else None)
