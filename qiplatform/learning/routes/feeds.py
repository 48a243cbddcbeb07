"""Where other machines read what was published: feeds, the site map, robots.txt."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from qiplatform.clock import Now
from qiplatform.errors import NotFound
from qiplatform.learning import queries
from qiplatform.learning.access import OurSite
from qiplatform.learning.models import PublicFacet
from qiplatform.learning.pages import feeds
from qiplatform.learning.rules import LONGEST_VALUE, read_place
from qiplatform.store.session import PublicDb
from qiplatform.web.caching import open_answer

router = APIRouter()
PAGE = 50


def _asked(request: Request, site: OurSite, before: Annotated[str, Query()] = "") -> feeds.Asked:
    narrowed = {
        facet: kept
        for facet in PublicFacet
        if (kept := request.query_params.get(facet.value, "").replace("\x00", "").strip()[:LONGEST_VALUE])
    }
    return feeds.Asked(site, request.url.path, narrowed, read_place(before) if before else None)


AskedFeed = Annotated[feeds.Asked, Depends(_asked)]
"""A page of a feed in an address: `topic`, `setting`, `result`, `organisation`, `method`, and `before` for the next page."""


@router.get("/feeds/published.atom", name="learning:atom")
def atom(request: Request, db: PublicDb, now: Now, asked: AskedFeed) -> Response:
    """Return a page of the Atom feed."""
    page = queries.newest(db, asked.narrowed, before=asked.before, size=PAGE)
    changed = page.items[0].at if page.items else None
    return open_answer(request, feeds.atom(asked, page), feeds.ATOM_TYPE, at=now, changed=changed)


@router.get("/feeds/published.json", name="learning:json_feed")
def json_feed(request: Request, db: PublicDb, now: Now, asked: AskedFeed) -> Response:
    """Return a page of the JSON feed."""
    page = queries.newest(db, asked.narrowed, before=asked.before, size=PAGE)
    changed = page.items[0].at if page.items else None
    return open_answer(request, feeds.json_feed(asked, page), feeds.JSON_MEDIA_TYPE, at=now, changed=changed)


@router.get("/sitemap.xml", name="learning:sitemap")
def sitemap(request: Request, db: PublicDb, now: Now, site: OurSite) -> Response:
    """Return the site map, or the list of its parts where one file would be too long."""
    parts = queries.site_parts(db, feeds.PART)
    if len(parts) > 1:
        made = feeds.sitemap_index(site, parts)
    else:
        made = feeds.sitemap(site, queries.site_part(db, "", feeds.PART), with_pages=True)
    return open_answer(request, made, feeds.XML_TYPE, at=now)


@router.get("/sitemap/{report}.xml", name="learning:sitemap_part")
def sitemap_part(request: Request, db: PublicDb, now: Now, site: OurSite, report: str) -> Response:
    """Return one part of the site map: the reports from one on."""
    lines = queries.site_part(db, report, feeds.PART)
    if not lines:
        raise NotFound
    return open_answer(request, feeds.sitemap(site, lines, with_pages=False), feeds.XML_TYPE, at=now)


@router.get("/robots.txt", name="learning:robots")
def robots(request: Request, now: Now, site: OurSite) -> Response:
    """Return what crawlers are asked to leave alone."""
    return open_answer(request, feeds.robots(site), "text/plain; charset=utf-8", at=now)
