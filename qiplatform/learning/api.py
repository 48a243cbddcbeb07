"""Reports and what was published, as JSON for other machines."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from sqlalchemy.orm import Session

from qiplatform.accounts.access import ApiUser
from qiplatform.clock import Now
from qiplatform.learning import actions, pages, queries
from qiplatform.learning.access import ApiReport
from qiplatform.learning.forms import AdoptBody, ApproveBody, ReasonBody, ReportBody
from qiplatform.projects import pages as project_pages
from qiplatform.projects.access import ApiProject
from qiplatform.store.session import Db, PublicDb

router = APIRouter(tags=["learning"])
Once = Annotated[str, Header(alias="Idempotency-Key", max_length=150)]


def _base(request: Request) -> str:
    base: str = request.app.state.settings.public_url
    return base


@router.post("/projects/{project}/reports", status_code=201)
def begin(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: ApiUser,
    project: ApiProject,
    body: ReportBody,
    once: Once = "",
) -> dict[str, Any]:
    """Begin a report; what is left out is filled from the record."""
    report = actions.begin(db, by=user, at=now, seen=project, words=body.words(), once=once)
    return pages.as_report_json(report, _base(request))


@router.get("/projects/{project}/reports")
def list_reports(request: Request, db: Db, project: ApiProject) -> dict[str, Any]:
    """Return a project's reports, newest first."""
    found = queries.of_project(db, project.project.id)
    return {"items": [pages.as_report_json(one, _base(request)) for one in found], "next": None}


@router.get("/reports/{report}")
def show(request: Request, report: ApiReport) -> dict[str, Any]:
    """Return a report as it stands."""
    return pages.as_report_json(report.report, _base(request))


@router.post("/reports/{report}/submit")
def submit(request: Request, db: Db, now: Now, user: ApiUser, report: ApiReport) -> dict[str, Any]:
    """Send a report to be checked; its lead asks."""
    return pages.as_report_json(actions.submit(db, by=user, at=now, seen=report), _base(request))


@router.post("/reports/{report}/approve")
def approve(
    request: Request, db: Db, now: Now, user: ApiUser, report: ApiReport, body: ApproveBody | None = None
) -> dict[str, Any]:
    """Publish a report; a curator who is not of its team decides."""
    cleared = body.cleared if body else False
    version = actions.approve(db, by=user, at=now, seen=report, cleared=cleared)
    if version is None:
        return {**pages.as_report_json(report.report, _base(request)), "agreed": 1, "needed": 2}
    url = f"{_base(request)}/published/{version.report_id}"
    return {
        "id": version.report_id,
        "status": report.report.status.value,
        "version": version.number,
        "url": url,
        "version_url": f"{url}/v/{version.number}",
    }


@router.post("/reports/{report}/return")
def give_back(
    request: Request, db: Db, now: Now, user: ApiUser, report: ApiReport, body: ReasonBody
) -> dict[str, Any]:
    """Return a report to its team with the reason."""
    returned = actions.give_back(db, by=user, at=now, seen=report, reason=body.reason)
    return pages.as_report_json(returned, _base(request))


@router.post("/reports/{report}/withdraw")
def withdraw(
    request: Request, db: Db, now: Now, user: ApiUser, report: ApiReport, body: ReasonBody
) -> dict[str, Any]:
    """Take a published report back with the reason; a tombstone stays."""
    withdrawn = actions.withdraw(db, by=user, at=now, seen=report, reason=body.reason)
    return pages.as_report_json(withdrawn, _base(request))


@router.get("/published/{report}")
def published(request: Request, db: PublicDb, report: str) -> dict[str, Any]:
    """Return the present version of a published report; open, no token."""
    return _with_uses(request, db, queries.published(db, report))


@router.get("/published/{report}/v/{number}")
def version(request: Request, db: PublicDb, report: str, number: int) -> dict[str, Any]:
    """Return one version of a published report; open, no token."""
    return _with_uses(request, db, queries.published(db, report, number))


@router.get("/published/{report}/data.csv", response_class=Response)
def data(db: PublicDb, report: str) -> Response:
    """Return the protected table; open, no token."""
    return Response(pages.data_csv(queries.published(db, report)), media_type="text/csv; charset=utf-8")


@router.get("/published/{report}/evidence")
def evidence(db: PublicDb, report: str) -> dict[str, Any]:
    """Return what an idea did at all places that published it; open, no token."""
    tree = queries.lineage(db, queries.published(db, report))
    return pages.evidence_files.evidence_json(pages.evidence.evidence(tree))


@router.post("/published/{report}/adoptions", status_code=201)
def adopt(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: ApiUser,
    report: str,
    body: AdoptBody | None = None,
    once: Once = "",
) -> dict[str, Any]:
    """Use this idea: a new project with drivers, measures and plan, and the credit kept."""
    title = body.title if body else ""
    project = actions.adopt(db, by=user, at=now, report_id=report, title=title, once=once)
    first = queries.first_plan(queries.begun_with(db, project.id))
    return {**project_pages.as_json(project, _base(request)), "plan": first}


def _with_uses(request: Request, db: Session, report: queries.PublishedReport) -> dict[str, Any]:
    return {
        **pages.as_json(report, _base(request)),
        "adoptions": queries.count_adoptions(db, report.report_id),
    }
