"""Where people decide about a chart, and take a decision back."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.measures import actions, forms, pages, queries
from qiplatform.measures.access import VisibleMeasure
from qiplatform.measures.models import DecisionKind
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/measures/{measure}/decide/{kind}", name="measures:decide")
def show_decide(request: Request, db: Db, measure: VisibleMeasure, kind: DecisionKind) -> Response:
    """Show the form of a decision about the chart."""
    page = pages.decision.decision(measure, queries.record(db, measure.measure), kind)
    return render(request, "measures/decision.jinja", page)


@router.post("/measures/{measure}/decide/{kind}", name="measures:do_decide")
def decide(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    kind: DecisionKind,
    sent: SentForm,
) -> Response:
    """Decide about the chart, or write a note on it."""
    with attempt(db) as tried:
        form = read(forms.DecisionForm, sent)
        actions.decide(
            db, kind, by=user, at=now, seen=measure, from_on=form.from_on, to_on=form.to_on, text=form.text
        )
    if tried.refusal is not None:
        page = pages.decision.decision(
            measure, queries.record(db, measure.measure), kind, sent, tried.refusal
        )
        return render(request, "measures/decision.jinja", page, status=tried.refusal.status)
    return see(request, "measures:show", measure=measure.measure.id)


@router.get("/measures/{measure}/why", name="measures:why")
def show_why(
    request: Request,
    db: Db,
    measure: VisibleMeasure,
    signal: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """Show the form that asks why a signal came."""
    page = pages.decision.why(measure, queries.record(db, measure.measure), signal)
    return render(request, "measures/decision.jinja", page)


@router.post("/measures/{measure}/why", name="measures:say_why")
def say_why(
    request: Request, db: Db, now: Now, user: CurrentUser, measure: VisibleMeasure, sent: SentForm
) -> Response:
    """Keep what somebody knows of a signal."""
    with attempt(db) as tried:
        form = read(forms.WhyForm, sent)
        actions.say_why(db, by=user, at=now, seen=measure, about=form.about, text=form.text)
    if tried.refusal is not None:
        page = pages.decision.why(
            measure, queries.record(db, measure.measure), sent=sent, refusal=tried.refusal
        )
        return render(request, "measures/decision.jinja", page, status=tried.refusal.status)
    return see(request, "measures:show", measure=measure.measure.id)


@router.post("/measures/{measure}/decisions/{decision}/remove", name="measures:take_back")
def take_back(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    decision: str,
    sent: SentForm,
) -> RedirectResponse:
    """Take a decision back; it stays in the story."""
    del sent  # asked for so that its token is checked
    actions.take_back(db, by=user, at=now, seen=measure, decision_id=decision)
    return see(request, "measures:show", measure=measure.measure.id)
