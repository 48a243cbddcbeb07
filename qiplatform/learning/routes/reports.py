"""Where reports are written, sent, checked and withdrawn."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.access import CurrentUser
from qiplatform.accounts.models import User
from qiplatform.clock import Now
from qiplatform.errors import Refusal
from qiplatform.learning import actions, pages, queries, rules
from qiplatform.learning.access import VisibleReport
from qiplatform.learning.forms import ApproveForm, ReasonForm, ReportForm, SignForm
from qiplatform.learning.models import ReportStatus
from qiplatform.learning.queries import SeenReport
from qiplatform.measures import queries as measures
from qiplatform.organisations.rules import Right, Role, check_may
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import Sent, SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/reports", name="learning:reports")
def show_list(request: Request, db: Db, user: CurrentUser) -> Response:
    """Show what waits to be checked (to curators) and the reader's own reports."""
    waiting = queries.waiting(db) if user.is_curator else []
    return render(
        request, "learning/list.jinja", pages.listed(waiting, queries.mine(db, user), checks=user.is_curator)
    )


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
    return _report_page(request, db, user, report)


@router.get("/reports/{report}/edit", name="learning:edit")
def show_edit(request: Request, db: Db, report: VisibleReport) -> Response:
    """Show the report's form."""
    check_may(Right.WORK_ON_PROJECT, report.roles)
    return _form_page(request, db, report, None, None)


@router.post("/reports/{report}/edit", name="learning:change")
def change(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Change the report."""
    with attempt(db) as tried:
        form = read(ReportForm, sent)
        actions.change(db, by=user, at=now, seen=report, words=form.words(), version=form.version)
    if tried.refusal is not None:
        return _form_page(request, db, report, sent, tried.refusal)
    return see(request, "learning:report", report=report.report.id)


@router.post("/reports/{report}/sign", name="learning:sign")
def sign(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Put one's own name on the report, or take it off."""
    with attempt(db) as tried:
        actions.sign(db, by=user, at=now, seen=report, agree=read(SignForm, sent).agree)
    return _after(request, db, user, report, sent, tried.refusal)


@router.post("/reports/{report}/submit", name="learning:submit")
def submit(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Send the report to be checked."""
    with attempt(db) as tried:
        actions.submit(db, by=user, at=now, seen=report)
    return _after(request, db, user, report, sent, tried.refusal)


@router.post("/reports/{report}/withdraw", name="learning:withdraw")
def withdraw(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Take a published report back."""
    with attempt(db) as tried:
        actions.withdraw(db, by=user, at=now, seen=report, reason=read(ReasonForm, sent).reason)
    return _after(request, db, user, report, sent, tried.refusal)


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
        actions.approve(db, by=user, at=now, seen=report, cleared=read(ApproveForm, sent).cleared)
    if tried.refusal is not None:
        return _refused_check(request, db, user, report, sent, tried.refusal)
    return see(request, "learning:published", report=report.report.id)


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


def _after(
    request: Request, db: Session, user: User, seen: SeenReport, sent: Sent, refusal: Refusal | None
) -> Response:
    if refusal is not None:
        db.refresh(seen.report)
        return _report_page(request, db, user, seen, sent, refusal)
    return see(request, "learning:report", report=seen.report.id)


def _report_page(
    request: Request,
    db: Session,
    user: User,
    seen: SeenReport,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> Response:
    report = seen.report
    ready = queries.prepared(db, queries.chosen(db, report))
    named = queries.authors(db, report.id)
    page = pages.report(
        seen,
        reader=user,
        blocks=[pages.block(one) for one in queries.as_series(ready)],
        moves=queries.moves(db, report.id),
        names=accounts.names(db, set(named)),
        authors=named,
        sent=sent,
        refusal=refusal,
    )
    return render(request, "learning/report.jinja", page, status=refusal.status if refusal else 200)


def _form_page(
    request: Request, db: Session, seen: SeenReport, sent: Sent | None, refusal: Refusal | None
) -> Response:
    if refusal is not None:
        db.refresh(seen.report)
    known = measures.of_project(db, seen.report.project_id)
    chosen = [one.id for one in queries.chosen(db, seen.report)]
    page = pages.edit(seen, known, chosen, sent, refusal)
    return render(request, "learning/form.jinja", page, status=refusal.status if refusal else 200)


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
    ready = queries.prepared(db, queries.chosen(db, seen.report))
    content = queries.content(db, seen.report, seen.project, ready)
    texts = queries.texts(content, ready)
    may_not: Refusal | None = None
    try:
        rules.check_move(seen.report.status, ReportStatus.PUBLISHED)
        rules.check_can_check(
            is_curator=user.is_curator, user_id=user.id, team=seen.team, involved=seen.involved
        )
    except Refusal as found:
        may_not = found
    concerns = rules.concerns({at: text for at, (_, text) in texts.items()})
    page = pages.check(seen, content, texts, ready, concerns, may_not=may_not, sent=sent, refusal=refusal)
    return render(request, "learning/check.jinja", page, status=refusal.status if refusal else 200)
