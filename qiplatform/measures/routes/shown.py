"""The measure's page, put together for all who come back to it."""

from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.models import User
from qiplatform.errors import Refusal
from qiplatform.measures import pages, queries
from qiplatform.measures.queries import SeenMeasure
from qiplatform.web.forms import Sent
from qiplatform.web.rendering import render, render_kept, to_keep

RECENT = 60


def shown(
    request: Request,
    db: Session,
    now: datetime,
    user: User,
    seen: SeenMeasure,
    *,
    palette: str = "nhs",
    many: bool = False,
) -> Response:
    """Show a measure: as it was made for this reader before, where nothing that it shows has changed since."""
    replacing = _replacing(request)
    key = pages.standing.key(user, now, seen, palette=palette, many=many, replacing=replacing)
    if (html := pages.standing.find(key, now)) is None:
        page = _page(request, db, now, user, seen, palette=palette, many=many)
        html = to_keep(request, "measures/measure.jinja", page)
        pages.standing.keep(key, html, page.saved_until)
    return render_kept(request, html)


def refused(
    request: Request,
    db: Session,
    now: datetime,
    user: User,
    seen: SeenMeasure,
    *,
    sent: Sent,
    refusal: Refusal,
) -> Response:
    """Show a measure with what was typed on it and refused."""
    many = sent.get("rows") == "all"
    page = _page(request, db, now, user, seen, many=many, sent=sent, refusal=refusal)
    return render(request, "measures/measure.jinja", page, status=refusal.status)


def _page(
    request: Request, db: Session, now: datetime, user: User, seen: SeenMeasure, **rest: Any
) -> pages.measure.MeasurePage:
    record = queries.record(db, seen.measure)
    changes = queries.changes(db, seen.measure.id, most=RECENT)
    return pages.measure.measure(
        reader=user,
        now=now,
        seen=seen,
        record=record,
        changes=changes,
        names=accounts.names(db, pages.story.people(record, changes)),
        replacing=_replacing(request),
        **rest,
    )


def _replacing(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"
