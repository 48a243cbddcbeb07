"""Where people answer a suggested step."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.errors import Refusal
from qiplatform.measures import actions, forms, pages, queries
from qiplatform.measures.access import VisibleMeasure
from qiplatform.measures.queries import SeenMeasure
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import Sent, SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/measures/{measure}/steps/{period}", name="measures:step")
def show_step(
    request: Request,
    db: Db,
    measure: VisibleMeasure,
    period: date,
    answer: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show a suggested step with its evidence and the three choices."""
    return _page(request, db, measure, period, answer=answer)


@router.post("/measures/{measure}/steps/{period}", name="measures:answer_step")
def answer_step(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    period: date,
    sent: SentForm,
) -> Response:
    """Accept or decline a suggested step, or wait."""
    with attempt(db) as tried:
        form = read(forms.StepForm, sent)
        actions.answer_step(
            db, by=user, at=now, seen=measure, period=period, answer=form.answer, reason=form.text
        )
    if tried.refusal is not None:
        return _page(request, db, measure, period, sent=sent, refusal=tried.refusal)
    return see(request, "measures:show", measure=measure.measure.id)


def _page(
    request: Request,
    db: Session,
    seen: SeenMeasure,
    period: date,
    *,
    answer: str = "",
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> Response:
    record = queries.record(db, seen.measure)
    names = accounts.names(db, pages.story.people(record, ()))
    page = pages.steps.step(seen, record, period, answer=answer, names=names, sent=sent, refusal=refusal)
    return render(request, "measures/step.jinja", page, status=refusal.status if refusal else 200)
