"""Where anyone searches what was published, and people keep searches."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.learning import queries as learning
from qiplatform.learning.access import OurSite
from qiplatform.learning.pages.feeds import ATOM_TYPE
from qiplatform.search import actions, pages, queries
from qiplatform.search.forms import AskedSearch, KeepForm
from qiplatform.search.rules import NEWEST
from qiplatform.store.session import Db, PublicDb
from qiplatform.web.caching import open_answer
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/published", name="search:find")
def find(request: Request, db: PublicDb, asked: AskedSearch) -> Response:
    """Show what was found."""
    synonyms = request.app.state.synonyms
    hits = queries.find(
        db, asked.q, asked.chosen, asked.page, sort=asked.sort, exactly=asked.exactly, synonyms=synonyms
    )
    present = queries.present(db, hits.items)
    cards = pages.cards(present, lambda missing: queries.found_of(db, missing))
    page = pages.search(hits, cards, asked=asked, pending=queries.count_pending(db))
    return render(request, "search/results.jinja", page)


@router.get("/published/{report}/similar", name="search:similar")
def similar(request: Request, db: PublicDb, report: str) -> Response:
    """Show reports like one report; inside its page, only the list."""
    found = learning.published(db, report)
    present = queries.present(db, ids := queries.similar(db, report))
    cards = pages.cards(present, lambda missing: queries.found_of(db, missing))
    page = pages.similar(found, [cards[one] for one in ids if one in cards])
    inside = request.headers.get("hx-request") == "true"
    return render(request, "search/similar.jinja", page, block="inside" if inside else None)


@router.get("/feeds/search.atom", name="search:feed")
def feed(request: Request, db: PublicDb, now: Now, site: OurSite, asked: AskedSearch) -> Response:
    """Return the newest of what a search finds, to be followed without an account."""
    synonyms = request.app.state.synonyms
    hits = queries.find(
        db, asked.q, asked.chosen, sort=NEWEST, exactly=asked.exactly, certain=True, synonyms=synonyms
    )
    made = pages.feed(site, asked, hits.items, queries.found_of(db, hits.items))
    return open_answer(request, made, ATOM_TYPE, at=now)


@router.get("/searches", name="search:kept")
def show_kept(request: Request, db: Db, user: CurrentUser) -> Response:
    """Show the searches this person keeps."""
    return render(request, "search/kept.jinja", pages.kept(queries.saved(db, user)))


@router.post("/searches", name="search:keep")
def keep(request: Request, db: Db, now: Now, user: CurrentUser, sent: SentForm) -> Response:
    """Keep a search."""
    actions.keep(db, by=user, at=now, query=read(KeepForm, sent).search)
    return see(request, "search:kept")


@router.post("/searches/{saved}/remove", name="search:let_go")
def let_go(request: Request, db: Db, user: CurrentUser, saved: str) -> Response:
    """Keep a search no longer."""
    actions.let_go(db, by=user, saved_id=saved)
    return see(request, "search:kept")
