"""The measure's page, put together for all who come back to it."""

from datetime import datetime

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.models import User
from qiplatform.errors import Refusal
from qiplatform.measures import pages, queries
from qiplatform.measures.queries import SeenMeasure
from qiplatform.web.forms import Sent
from qiplatform.web.rendering import render

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
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> Response:
    """Show a measure, or what was typed on it and refused."""
    record = queries.record(db, seen.measure)
    changes = queries.changes(db, seen.measure.id, most=RECENT)
    page = pages.measure.measure(
        reader=user,
        now=now,
        seen=seen,
        record=record,
        changes=changes,
        names=accounts.names(db, pages.story.people(record, changes)),
        palette=palette,
        many=many,
        replacing=request.headers.get("hx-request") == "true",
        sent=sent,
        refusal=refusal,
    )
    return render(request, "measures/measure.jinja", page, status=refusal.status if refusal else 200)
