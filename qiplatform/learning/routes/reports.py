"""Where reports begin, are signed, sent and checked."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts.access import CurrentUser
from qiplatform.accounts.models import User
from qiplatform.clock import Now
from qiplatform.errors import Refusal
from qiplatform.learning import actions, pages, queries, rules
from qiplatform.learning.access import VisibleReport
from qiplatform.learning.forms import ApproveForm, ReasonForm, ReportForm, SignForm
from qiplatform.learning.queries import SeenReport
from qiplatform.learning.routes.shown import after, report_page
from qiplatform.measures import queries as measures
from qiplatform.organisations.rules import Right, Role, check_may
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import Sent, SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/reports", name="learning:reports")
def show_list(request: Request, db: Db, user: CurrentUser) -> Response:
    """Show what waits for a curator, and the reader's own reports."""
    checks = user.is_curator
    page = pages.listed(
        queries.waiting(db) if checks else [],
        queries.mine(db, user),
        queries.concerns(db) if checks else [],
        queries.unchecked_answers(db) if checks else [],
        queries.waiting_notes(db) if checks else [],
        checks=checks,
    )
    return render(request, "learning/list.jinja", page)


@router.get("/projects/{project}/report/new", name="learning:new")
def show_new(request: Request, db: Db, project: VisibleProject) -> Response:
    """Show the form of a report, filled from the record."""
    check_may(Right.WORK_ON_PROJECT, project.roles)
    page = pages.new(
        project.project,
        measures.of_project(db, project.project.id),
        queries.draft(db, project.project),
        None,
        None,
    )
    return render(request, "learning/form.jinja", page)


@router.post("/projects/{project}/report/new", name="learning:begin")
def begin(
    request: Request, db: Db, now: Now, user: CurrentUser, project: VisibleProject, sent: SentForm
) -> Response:
    """Begin the report."""
    with attempt(db) as tried:
        form = read(ReportForm, sent)
        report = actions.begin(db, by=user, at=now, seen=project, words=form.words(), once=form.once)
    if tried.refusal is not None:
        known = measures.of_project(db, project.project.id)
        page = pages.new(project.project, known, queries.draft(db, project.project), sent, tried.refusal)
        return render(request, "learning/form.jinja", page, status=tried.refusal.status)
    return see(request, "learning:report", report=report.id)


@router.get("/reports/{report}", name="learning:report")
def show(request: Request, db: Db, user: CurrentUser, report: VisibleReport) -> Response:
    """Show a report as it stands."""
    return report_page(request, db, user, report)


@router.post("/reports/{report}/sign", name="learning:sign")
def sign(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Put one's own name on the report, or take it off."""
    with attempt(db) as tried:
        actions.sign(db, by=user, at=now, seen=report, agree=read(SignForm, sent).agree)
    return after(request, db, user, report, sent, tried.refusal)


@router.post("/reports/{report}/submit", name="learning:submit")
def submit(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Send the report to be checked."""
    with attempt(db) as tried:
        actions.submit(db, by=user, at=now, seen=report)
    return after(request, db, user, report, sent, tried.refusal)


@router.get("/reports/{report}/check", name="learning:check")
def show_check(request: Request, db: Db, user: CurrentUser, report: VisibleReport) -> Response:
    """Show the checker both tables and both readings."""
    check_may(Right.CHECK_REPORT, report.roles)
    return _check_page(request, db, user, report, None, None)


@router.post("/reports/{report}/approve", name="learning:approve")
def approve(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Publish the report."""
    with attempt(db) as tried:
        form = read(ApproveForm, sent)
        version = actions.approve(
            db,
            by=user,
            at=now,
            seen=report,
            cleared=form.cleared,
            digest=form.digest,
            ask_another=form.ask_another,
        )
    if tried.refusal is not None:
        return _refused_check(request, db, user, report, sent, tried.refusal)
    return see(request, "learning:published" if version else "learning:report", report=report.report.id)


@router.post("/reports/{report}/return", name="learning:return")
def give_back(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Return the report to its team."""
    with attempt(db) as tried:
        actions.give_back(db, by=user, at=now, seen=report, reason=read(ReasonForm, sent).reason)
    if tried.refusal is not None:
        return _refused_check(request, db, user, report, sent, tried.refusal)
    return see(request, "learning:reports")


def _refused_check(
    request: Request, db: Session, user: User, seen: SeenReport, sent: Sent, refusal: Refusal
) -> Response:
    db.refresh(seen.report)
    if Role.CURATOR not in seen.roles:
        raise refusal
    return _check_page(request, db, user, seen, sent, refusal)


def _check_page(
    request: Request, db: Session, user: User, seen: SeenReport, sent: Sent | None, refusal: Refusal | None
) -> Response:
    guarded = queries.ready(db, seen.report)
    ready = guarded.series
    content = queries.content(db, seen.report, seen.project, ready)
    texts = queries.texts(content, ready)
    may_not: Refusal | None = None
    try:
        rules.check_waiting(seen.report.status)
        rules.check_can_check(
            is_curator=user.is_curator, user_id=user.id, team=seen.team, involved=seen.involved
        )
    except Refusal as found:
        may_not = found
    concerns = rules.concerns({at: text for at, (_, text) in texts.items()})
    page = pages.check(
        seen,
        content,
        texts,
        ready,
        concerns,
        digest=queries.digest(content, ready),
        attack=pages.attack(guarded),
        may_not=may_not,
        sent=sent,
        refusal=refusal,
    )
    return render(request, "learning/check.jinja", page, status=refusal.status if refusal else 200)
