"""Where a report's words are changed: its parts, and each change it describes."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.errors import NotFound, Refusal
from qiplatform.learning import actions, pages, queries
from qiplatform.learning.access import VisibleReport
from qiplatform.learning.forms import ChangeForm, ReportForm, SectionsForm
from qiplatform.learning.queries import SeenReport
from qiplatform.learning.rules import PARTS
from qiplatform.measures import queries as measures
from qiplatform.organisations.rules import Right, check_may
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import Sent, SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()
ESSENTIALS = "essentials"


@router.get("/reports/{report}/edit", name="learning:edit")
def show_edit(request: Request, db: Db, report: VisibleReport) -> Response:
    """Show the form of the report's essentials."""
    return _form_page(request, db, report, ESSENTIALS)


@router.post("/reports/{report}/edit", name="learning:change")
def change(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, sent: SentForm
) -> Response:
    """Change the report's essentials."""
    with attempt(db) as tried:
        form = read(ReportForm, sent)
        actions.change(db, by=user, at=now, seen=report, words=form.words(), version=form.version)
    if tried.refusal is not None:
        return _form_page(request, db, report, ESSENTIALS, sent, tried.refusal)
    return see(request, "learning:report", report=report.report.id)


@router.get("/reports/{report}/edit/{part}", name="learning:edit_part")
def show_part(request: Request, db: Db, report: VisibleReport, part: str) -> Response:
    """Show the form of one part."""
    return _form_page(request, db, report, part)


@router.post("/reports/{report}/edit/{part}", name="learning:change_part")
def change_part(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, part: str, sent: SentForm
) -> Response:
    """Change one part."""
    _known(part)
    with attempt(db) as tried:
        form = read(SectionsForm, sent)
        actions.change(db, by=user, at=now, seen=report, words=form.words(part), version=form.version)
    if tried.refusal is not None:
        return _form_page(request, db, report, part, sent, tried.refusal)
    return see(request, "learning:report", report=report.report.id)


@router.get("/reports/{report}/changes/{change}", name="learning:described")
def show_change(request: Request, db: Db, report: VisibleReport, change: str) -> Response:
    """Show the form of one change; “new” is one that is not there yet."""
    check_may(Right.WORK_ON_PROJECT, report.roles)
    return _change_page(request, db, report, change)


@router.post("/reports/{report}/changes/{change}", name="learning:describe")
def describe(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, change: str, sent: SentForm
) -> Response:
    """Describe one change."""
    with attempt(db) as tried:
        form = read(ChangeForm, sent)
        known = "" if change == "new" else change
        actions.describe(
            db, by=user, at=now, seen=report, name=form.name, items=form.items(), change_id=known
        )
    if tried.refusal is not None:
        return _change_page(request, db, report, change, sent, tried.refusal)
    return see(request, "learning:report", report=report.report.id)


@router.post("/reports/{report}/changes/{change}/remove", name="learning:leave_out")
def leave_out(
    request: Request, db: Db, now: Now, user: CurrentUser, report: VisibleReport, change: str, sent: SentForm
) -> Response:
    """Take one change out of the report."""
    del sent  # asked for, so that the form's token is checked
    actions.leave_out(db, by=user, at=now, seen=report, change_id=change)
    return see(request, "learning:report", report=report.report.id)


def _known(part: str) -> None:
    if part not in PARTS or part == ESSENTIALS:
        raise NotFound


def _form_page(
    request: Request,
    db: Session,
    seen: SeenReport,
    part: str,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> Response:
    if part != ESSENTIALS:
        _known(part)
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    if refusal is not None:
        db.refresh(seen.report)
    known = measures.of_project(db, seen.report.project_id)
    chosen = [one.id for one in queries.chosen(db, seen.report)]
    page = pages.edit(seen, known, chosen, sent, refusal, part=part)
    return render(request, "learning/form.jinja", page, status=refusal.status if refusal else 200)


def _change_page(
    request: Request,
    db: Session,
    seen: SeenReport,
    change: str,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> Response:
    row = next((one for one in queries.described(db, seen.report.id) if one.id == change), None)
    if row is None and change != "new":
        raise NotFound
    page = pages.change(seen, row, sent, refusal)
    return render(request, "learning/change.jinja", page, status=refusal.status if refusal else 200)
