"""Where published learning is read by anyone, and taken up by people with an account.

The list, the search and similar reports are in `search`.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from qiplatform.accounts.access import CurrentUser, Reader
from qiplatform.clock import Now
from qiplatform.cycles import actions as cycles
from qiplatform.cycles.rules import Plan
from qiplatform.errors import NotFound
from qiplatform.learning import actions, pages, queries
from qiplatform.learning.forms import AdoptForm, FirstTestForm
from qiplatform.learning.queries import PublicSeries, PublishedReport
from qiplatform.measures import queries as measures
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db, PublicDb, attempt
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()
Choice = Annotated[str, Query(max_length=20)]


@router.get("/published/{report}", name="learning:published")
def show(request: Request, db: PublicDb, report: str) -> Response:
    """Show the present version of a report."""
    return _page(request, db, queries.published(db, report))


@router.get("/published/{report}/v/{number}", name="learning:version")
def show_version(request: Request, db: PublicDb, report: str, number: int) -> Response:
    """Show one version of a report."""
    return _page(request, db, queries.published(db, report, number))


@router.get("/published/{report}/data.csv", name="learning:data")
def data(db: PublicDb, report: str) -> Response:
    """Return the protected table."""
    return _data(queries.published(db, report), "csv")


@router.get("/published/{report}/data.xlsx", name="learning:workbook")
def workbook(db: PublicDb, report: str) -> Response:
    """Return the protected table as a workbook."""
    return _data(queries.published(db, report), "xlsx")


@router.get("/published/{report}/v/{number}/data.csv", name="learning:version_data")
def version_data(db: PublicDb, report: str, number: int) -> Response:
    """Return the protected table of one version."""
    return _data(queries.published(db, report, number), "csv")


@router.get("/published/{report}/v/{number}/data.xlsx", name="learning:version_workbook")
def version_workbook(db: PublicDb, report: str, number: int) -> Response:
    """Return the protected table of one version as a workbook."""
    return _data(queries.published(db, report, number), "xlsx")


@router.get("/published/{report}/v/{number}/cite.{ending}", name="learning:cite")
def cite(request: Request, db: PublicDb, report: str, number: int, ending: str) -> Response:
    """Return the citation of one version for a reference manager."""
    kind = pages.CITATION_KINDS.get(ending)
    if kind is None:
        raise NotFound
    found = queries.published(db, report, number)
    text = pages.cited(found, request.app.state.settings.public_url, ending)
    return _file(text, kind, pages.file_name(found, ending))


@router.get("/published/{report}/charts/{place}.{ending}", name="learning:chart")
def chart(db: PublicDb, report: str, place: int, ending: str) -> Response:
    """Return one chart as a drawing, a picture or a chart file."""
    return _chart(queries.published(db, report), place, ending)


@router.get("/published/{report}/v/{number}/charts/{place}.{ending}", name="learning:version_chart")
def version_chart(db: PublicDb, report: str, number: int, place: int, ending: str) -> Response:
    """Return one chart of one version."""
    return _chart(queries.published(db, report, number), place, ending)


@router.get("/published/{report}/charts/{place}/figure.json", name="learning:figure")
def figure(
    db: PublicDb, report: str, place: int, palette: Choice = "nhs", shape: Choice = "wide"
) -> Response:
    """Return the live chart's data."""
    return _live(queries.published(db, report), place, palette, shape)


@router.get("/published/{report}/v/{number}/charts/{place}/figure.json", name="learning:version_figure")
def version_figure(
    db: PublicDb, report: str, number: int, place: int, palette: Choice = "nhs", shape: Choice = "wide"
) -> Response:
    """Return the live chart's data of one version."""
    return _live(queries.published(db, report, number), place, palette, shape)


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
    page = pages.public(
        report,
        base=base,
        adoptions=queries.count_adoptions(db, report.report_id),
        versions=queries.versions(db, report.report_id),
        answers=queries.answers(db, report.report_id),
    )
    return render(request, "learning/published.jinja", page)


def _data(report: PublishedReport, ending: str) -> Response:
    name = pages.file_name(report, ending)
    if ending == "csv":
        return _file(pages.data_csv(report), "text/csv; charset=utf-8", name)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(pages.data_xlsx(report), kind, name)


def _chart(report: PublishedReport, place: int, ending: str) -> Response:
    series = _series(report, place)
    kind = pages.CHART_KINDS.get(ending)
    made = pages.chart_as(series, ending) if kind is not None else ""
    if kind is None or not made:
        raise NotFound
    return Response(made, media_type=kind)


def _live(report: PublishedReport, place: int, palette: str, shape: str) -> Response:
    item = pages.live_chart(_series(report, place), report.version_id, palette, shape)
    if item is None:
        raise NotFound
    return JSONResponse(item)


def _series(report: PublishedReport, place: int) -> PublicSeries:
    found = next((one for one in report.series if one.position == place), None)
    if found is None:
        raise NotFound
    return found


def _file(content: str | bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
