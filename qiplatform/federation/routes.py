"""Where other installations ask: who we are, and what we published, signed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from qiplatform.clock import Now
from qiplatform.federation import pages, queries
from qiplatform.federation.access import OurSigner
from qiplatform.learning import queries as learning
from qiplatform.learning.access import OurSite
from qiplatform.learning.rules import read_place
from qiplatform.store.session import Db, PublicDb
from qiplatform.web.caching import open_answer

router = APIRouter()
PAGE = 50


@router.get("/.well-known/qiplatform.json", name="federation:installation")
def installation(request: Request, db: Db, now: Now, site: OurSite, signer: OurSigner) -> Response:
    """Return who we are and our public keys."""
    del signer  # asked for so that there is one
    made = pages.installation(site, queries.keys(db))
    return open_answer(request, made, pages.MEDIA_TYPE, at=now)


@router.get("/federation/published", name="federation:published")
def published(
    request: Request,
    db: PublicDb,
    now: Now,
    site: OurSite,
    signer: OurSigner,
    after: Annotated[str, Query()] = "",
) -> Response:
    """Return a page of what was published and withdrawn, oldest first, signed."""
    place = read_place(after) if after else None
    page = learning.changes(db, learning.Span(), after=place, size=PAGE)
    made = pages.signed(site, page, signer, after=place, at=now)
    return open_answer(request, made, pages.MEDIA_TYPE, at=now)
