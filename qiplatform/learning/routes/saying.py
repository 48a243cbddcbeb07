"""Where readers without an account report a concern and ask the team."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiplatform.clock import Now
from qiplatform.learning import actions, pages, queries
from qiplatform.learning.forms import ConcernForm, QuestionForm
from qiplatform.store.session import Db, PublicDb, attempt
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render

router = APIRouter()


@router.get("/published/{report}/concern", name="learning:concern_form")
def show_concern_form(request: Request, db: PublicDb, report: str) -> Response:
    """Show the form of a concern."""
    page = pages.answering.concern_form(queries.published(db, report))
    return render(request, "learning/say.jinja", page)


@router.post("/published/{report}/concern", name="learning:report_concern")
def report_concern(request: Request, db: Db, now: Now, report: str, sent: SentForm) -> Response:
    """Take a concern."""
    found = queries.published(db, report)
    with attempt(db) as tried:
        form = read(ConcernForm, sent)
        row = actions.report_concern(db, at=now, report_id=report, kind=form.kind, text=form.text)
    if tried.refusal is not None:
        page = pages.answering.concern_form(found, sent, tried.refusal)
        return render(request, "learning/say.jinja", page, status=tried.refusal.status)
    return render(request, "learning/thanks.jinja", pages.answering.thanks_for_concern(hid=row.hid))


@router.get("/published/{report}/ask", name="learning:question_form")
def show_question_form(request: Request, db: PublicDb, report: str) -> Response:
    """Show the form of a question to the team."""
    page = pages.answering.question_form(queries.published(db, report))
    return render(request, "learning/say.jinja", page)


@router.post("/published/{report}/ask", name="learning:ask")
def ask(request: Request, db: Db, now: Now, report: str, sent: SentForm) -> Response:
    """Take a question."""
    found = queries.published(db, report)
    with attempt(db) as tried:
        actions.ask(db, at=now, report_id=report, text=read(QuestionForm, sent).text)
    if tried.refusal is not None:
        page = pages.answering.question_form(found, sent, tried.refusal)
        return render(request, "learning/say.jinja", page, status=tried.refusal.status)
    return render(request, "learning/thanks.jinja", pages.answering.thanks_for_question(report))
