"""Where published learning is read by anyone, and taken up by people with an account.

The list, the search and similar reports are in `search`.
"""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from qiplatform.accounts.access import CurrentUser, Reader
from qiplatform.clock import Now
from qiplatform.cycles import actions as cycles
from qiplatform.cycles.rules import Plan
from qiplatform.errors import NotFound
from qiplatform.learning import actions, pages, queries
from qiplatform.learning.forms import AdoptForm, FirstTestForm
from qiplatform.learning.queries import PublishedReport
from qiplatform.measures import queries as measures
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/published/{report}", name="learning:published")
def show(request: Request, db: Db, report: str) -> Response:
    """Show the present version of a report."""
    return _page(request, db, queries.published(db, report))


@router.get("/published/{report}/v/{number}", name="learning:version")
def show_version(request: Request, db: Db, report: str, number: int) -> Response:
    """Show one version of a report."""
    return _page(request, db, queries.published(db, report, number))


@router.get("/published/{report}/data.csv", name="learning:data")
def data(db: Db, report: str) -> Response:
    """Return the protected table."""
    return _csv(queries.published(db, report))


@router.get("/published/{report}/v/{number}/data.csv", name="learning:version_data")
def version_data(db: Db, report: str, number: int) -> Response:
    """Return the protected table of one version."""
    return _csv(queries.published(db, report, number))


@router.get("/published/{report}/charts/{place}.svg", name="learning:chart")
def chart(db: Db, report: str, place: int) -> Response:
    """Return one chart as a drawing."""
    return _svg(queries.published(db, report), place)


@router.get("/published/{report}/v/{number}/charts/{place}.svg", name="learning:version_chart")
def version_chart(db: Db, report: str, number: int, place: int) -> Response:
    """Return one chart of one version as a drawing."""
    return _svg(queries.published(db, report, number), place)


@router.post("/published/{report}/adopt", name="learning:adopt")
def adopt(request: Request, db: Db, now: Now, reader: Reader, report: str, sent: SentForm) -> Response:
    """Begin a project with this idea; whoever is not signed in is led there and back."""
    if reader is None:
        queries.published(db, report)
        return RedirectResponse(f"/sign-in?next=/published/{report}", status_code=303)
    project = actions.adopt(db, by=reader, at=now, report_id=report, once=read(AdoptForm, sent).once)
    return see(request, "learning:adopted", project=project.id)


@router.get("/projects/{project}/adopted", name="learning:adopted")
def show_adopted(request: Request, db: Db, project: VisibleProject) -> Response:
    """Show what was copied, and the first test to be completed."""
    content = queries.begun_with(db, project.project.id)
    known = measures.of_project(db, project.project.id)
    return render(request, "learning/adopted.jinja", pages.adopted(project.project, content, known))


@router.post("/projects/{project}/adopted", name="learning:first_test")
def plan_first_test(
    request: Request, db: Db, now: Now, user: CurrentUser, project: VisibleProject, sent: SentForm
) -> Response:
    """Plan the first test, with the team's own prediction."""
    content = queries.begun_with(db, project.project.id)
    known = measures.of_project(db, project.project.id)
    with attempt(db) as tried:
        form = read(FirstTestForm, sent)
        plan = Plan(
            questions=form.questions,
            prediction=form.prediction,
            change_idea=form.change_idea,
            plan=form.plan,
            data_plan=form.data_plan,
        )
        cycles.plan(db, by=user, at=now, seen=project, plan=plan, measure_ids=[one.id for one in known])
    if tried.refusal is not None:
        page = pages.adopted(project.project, content, known, sent, tried.refusal)
        return render(request, "learning/adopted.jinja", page, status=tried.refusal.status)
    return RedirectResponse(f"/projects/{project.project.id}", status_code=303)


def _page(request: Request, db: Session, report: PublishedReport) -> Response:
    base: str = request.app.state.settings.public_url
    page = pages.public(report, base=base, adoptions=queries.count_adoptions(db, report.report_id))
    return render(request, "learning/published.jinja", page)


def _csv(report: PublishedReport) -> Response:
    name = pages.file_name(report, "csv")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pages.data_csv(report), media_type="text/csv; charset=utf-8", headers=headers)


def _svg(report: PublishedReport, place: int) -> Response:
    series = next((one for one in report.series if one.position == place), None)
    drawn = pages.chart_svg(series) if series else ""
    if not drawn:
        raise NotFound
    return Response(drawn, media_type="image/svg+xml")
