"""Projects as JSON for other machines."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from qiplatform.accounts.access import ApiUser
from qiplatform.clock import Now
from qiplatform.projects import actions, pages, queries
from qiplatform.projects.access import ApiProject
from qiplatform.projects.forms import DriverBody, ProjectBody, ProjectPatch
from qiplatform.projects.models import Project
from qiplatform.store.base import ID_LENGTH
from qiplatform.store.session import Db
from qiplatform.web.pagination import MOST, SIZE, piece
from qiplatform.web.preconditions import expected_version

router = APIRouter(tags=["projects"])


def _answer(request: Request, response: Response, project: Project) -> dict[str, Any]:
    response.headers["ETag"] = f'"{project.version}"'
    return pages.as_json(project, request.app.state.settings.public_url)


@router.post("/projects", status_code=201)
def register(
    request: Request,
    response: Response,
    db: Db,
    now: Now,
    user: ApiUser,
    body: ProjectBody,
    idempotency_key: Annotated[str, Header(max_length=60)] = "",
) -> dict[str, Any]:
    """Register a project; the token's owner leads it."""
    project = actions.register(
        db,
        by=user,
        at=now,
        title=body.title,
        problem=body.problem,
        organisation_id=body.organisation,
        setting=body.setting,
        topics=body.topics,
        aim=body.aim.parts(),
        once=idempotency_key,
    )
    return _answer(request, response, project)


@router.get("/projects")
def list_projects(
    request: Request,
    db: Db,
    user: ApiUser,
    after: Annotated[str | None, Query(max_length=ID_LENGTH)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = SIZE,
) -> dict[str, Any]:
    """Return the caller's projects, newest first; `next` goes into `after`."""
    found = piece(
        db, queries.visible_to(user), by=Project.id, key=lambda row: row.id, after=after, size=limit
    )
    base = request.app.state.settings.public_url
    return {"items": [pages.as_json(one, base) for one in found.items], "next": found.next}


@router.get("/projects/{project}")
def show(request: Request, response: Response, seen: ApiProject) -> dict[str, Any]:
    """Return one project; its version is the `ETag`."""
    return _answer(request, response, seen.project)


@router.patch("/projects/{project}")
def change(
    request: Request,
    response: Response,
    db: Db,
    now: Now,
    user: ApiUser,
    seen: ApiProject,
    body: ProjectPatch,
    if_match: Annotated[str, Header()] = "",
) -> dict[str, Any]:
    """Change parts of a project; `If-Match` carries the `ETag` it was read with."""
    project = actions.change(
        db, by=user, at=now, seen=seen, version=expected_version(if_match), **body.parts()
    )
    return _answer(request, response, project)


@router.get("/projects/{project}/drivers")
def show_drivers(db: Db, seen: ApiProject) -> dict[str, Any] | None:
    """Return the driver diagram as a tree that begins with the aim; null before there is one."""
    return pages.tree_as_json(queries.drivers_of(db, seen.project.id))


@router.put("/projects/{project}/drivers")
def set_drivers(db: Db, now: Now, user: ApiUser, seen: ApiProject, body: DriverBody) -> dict[str, Any] | None:
    """Replace the driver diagram."""
    return pages.tree_as_json(actions.set_drivers(db, by=user, at=now, seen=seen, tree=body.node()))
