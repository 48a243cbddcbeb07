"""A report's page as its team sees it: shown by every route that changes something on it."""

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.models import User
from qiplatform.errors import Refusal
from qiplatform.learning import pages, queries
from qiplatform.learning.queries import SeenReport
from qiplatform.web.forms import Sent
from qiplatform.web.rendering import render, see


def after(
    request: Request, db: Session, user: User, seen: SeenReport, sent: Sent, refusal: Refusal | None
) -> Response:
    """Answer a form on the report's page: the page again, with what was refused."""
    if refusal is not None:
        db.refresh(seen.report)
        return report_page(request, db, user, seen, sent, refusal)
    return see(request, "learning:report", report=seen.report.id)


def report_page(
    request: Request,
    db: Session,
    user: User,
    seen: SeenReport,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> Response:
    """Show a report as it stands."""
    report = seen.report
    ready = queries.ready(db, report).series
    named = queries.authors(db, report.id)
    page = pages.report(
        seen,
        reader=user,
        blocks=[pages.block(one) for one in queries.as_series(ready)],
        changes=queries.described(db, report.id),
        moves=queries.moves(db, report.id),
        names=accounts.names(db, set(named)),
        authors=named,
        agreed=len(queries.approvals(db, report.id)),
        sent=sent,
        refusal=refusal,
    )
    return render(request, "learning/report.jinja", page, status=refusal.status if refusal else 200)
