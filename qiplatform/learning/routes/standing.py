"""Where what is public is corrected and withdrawn, and where curators look at readers' concerns and teams' answers."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.learning import actions, pages, queries
from qiplatform.learning.access import VisibleReport
from qiplatform.learning.forms import AnswerForm, ReasonForm, SettleForm, ShowForm
from qiplatform.learning.routes.shown import after
from qiplatform.organisations.rules import Right, check_may
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.post("/reports/{report}/withdraw", name="learning:withdraw")
def withdraw(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Take a published report back."""
    with attempt(db) as tried:
        actions.withdraw(db, by=user, at=now, seen=report, reason=read(ReasonForm, sent).reason)
    return after(request, db, user, report, sent, tried.refusal)


@router.post("/reports/{report}/correct", name="learning:correct")
def correct(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Begin the next version of a published report."""
    with attempt(db) as tried:
        actions.correct(db, by=user, at=now, seen=report, reason=read(ReasonForm, sent).reason)
    return after(request, db, user, report, sent, tried.refusal)


@router.post("/reports/{report}/keep", name="learning:keep")
def keep(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Give a correction up."""
    with attempt(db) as tried:
        actions.keep(db, by=user, at=now, seen=report)
    return after(request, db, user, report, sent, tried.refusal)


@router.get("/reports/{report}/questions", name="learning:questions")
def show_questions(request: Request, db: Db, report: VisibleReport) -> Response:
    """Show a team what readers ask."""
    check_may(Right.WORK_ON_PROJECT, report.roles)
    page = pages.answering.questions(report, queries.questions(db, report.report.id))
    return render(request, "learning/questions.jinja", page)


@router.post("/reports/{report}/questions/{question}", name="learning:answer")
def answer(
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    report: VisibleReport,
    question: str,
    sent: SentForm,
) -> Response:
    """Answer a reader's question."""
    with attempt(db) as tried:
        text = read(AnswerForm, sent).answer
        actions.answer(db, by=user, at=now, seen=report, question_id=question, text=text)
    if tried.refusal is not None:
        asked = queries.questions(db, report.report.id)
        page = pages.answering.questions(report, asked, sent, tried.refusal, question)
        return render(request, "learning/questions.jinja", page, status=tried.refusal.status)
    return see(request, "learning:questions", report=report.report.id)


@router.post("/questions/{question}/show", name="learning:show_answer")
def show_answer(
    request: Request, db: Db, now: Now, user: CurrentUser, question: str, sent: SentForm
) -> Response:
    """Decide as a curator whether a question and its answer are public."""
    row = queries.answered(db, user, question)
    actions.show_answer(db, by=user, at=now, row=row, show=read(ShowForm, sent).show)
    return see(request, "learning:reports")


@router.get("/concerns/{concern}", name="learning:concern")
def show_concern(request: Request, db: Db, user: CurrentUser, concern: str) -> Response:
    """Show a curator a reader's concern."""
    page = pages.answering.concern(queries.concern(db, user, concern))
    return render(request, "learning/concern.jinja", page)


@router.post("/concerns/{concern}", name="learning:settle")
def settle(request: Request, db: Db, now: Now, user: CurrentUser, concern: str, sent: SentForm) -> Response:
    """Settle a concern."""
    found = queries.concern(db, user, concern)
    with attempt(db) as tried:
        form = read(SettleForm, sent)
        actions.settle(db, by=user, at=now, concern_id=concern, show=form.show, outcome=form.reason)
    if tried.refusal is not None:
        page = pages.answering.concern(found, sent, tried.refusal)
        return render(request, "learning/concern.jinja", page, status=tried.refusal.status)
    return see(request, "learning:reports")
