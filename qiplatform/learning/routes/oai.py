"""Where harvesters of libraries read what was published: OAI-PMH 2.0."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.clock import Now
from qiplatform.learning import queries, rules
from qiplatform.learning.access import OurSite
from qiplatform.learning.pages import feeds
from qiplatform.store.session import PublicDb
from qiplatform.web.caching import open_answer

router = APIRouter()
PAGE = 100
_MOST_ARGUMENTS = 20
Given = Sequence[tuple[str, str]]


async def _sent(request: Request) -> Given:
    if request.method == "GET":
        return request.query_params.multi_items()
    # No CSRF token: nothing is changed, and harvesters have no browser to keep one in.
    body = await request.body()
    try:
        return parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_ARGUMENTS
        )
    except ValueError:
        return [("", "")]  # more than any request has: answered as the argument it is not


SentArguments = Annotated[Given, Depends(_sent)]
"""The arguments in the address or, with POST, in the body; in their order, repeated ones too."""


@router.get("/oai", name="learning:oai")
def get(request: Request, db: PublicDb, now: Now, site: OurSite, given: SentArguments) -> Response:
    """Answer a harvester."""
    return _answer(request, db, now, site, given)


@router.post("/oai", name="learning:oai_post")
def post(request: Request, db: PublicDb, now: Now, site: OurSite, given: SentArguments) -> Response:
    """Answer a harvester that sends its arguments as a form."""
    return _answer(request, db, now, site, given)


def _answer(request: Request, db: Session, now: Now, site: feeds.Site, given: Given) -> Response:
    secret: str = request.app.state.settings.secret_key
    try:
        asked = rules.read_request(given, secret=secret, at=now)
        found = queries.answer(db, asked, host=site.host, size=PAGE)
        body = feeds.oai(site, asked, found, secret=secret, at=now)
    except rules.OaiFault as fault:
        body = feeds.oai_fault(site, dict(given), fault, at=now)
    return open_answer(request, body, feeds.OAI_TYPE, at=now)
