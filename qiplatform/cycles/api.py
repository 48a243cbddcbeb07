"""Cycles as JSON for other machines."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response

from qiplatform.accounts.access import ApiUser
from qiplatform.clock import Now
from qiplatform.cycles import actions, pages, queries
from qiplatform.cycles.access import ApiCycle
from qiplatform.cycles.forms import CycleBody, CyclePatch
from qiplatform.projects.access import ApiProject
from qiplatform.store.session import Db
from qiplatform.web.preconditions import expected_version

router = APIRouter(tags=["cycles"])


@router.post("/projects/{project}/cycles", status_code=201)
def plan(
    request: Request,
    response: Response,
    db: Db,
    now: Now,
    user: ApiUser,
    seen: ApiProject,
    body: CycleBody,
    idempotency_key: Annotated[str, Header(max_length=60)] = "",
) -> dict[str, Any]:
    """Plan a cycle. Without a question and a prediction it is refused."""
    cycle = actions.plan(
        db,
        by=user,
        at=now,
        seen=seen,
        plan=body.typed(),
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        measure_ids=body.measures,
        once=idempotency_key,
    )
    response.headers["ETag"] = f'"{cycle.version}"'
    return pages.as_json(cycle, body.measures, request.app.state.settings.public_url)


@router.get("/projects/{project}/cycles")
def list_cycles(request: Request, db: Db, seen: ApiProject) -> dict[str, Any]:
    """Return a project's cycles by number."""
    cycles = queries.of_project(db, seen.project.id)
    watched = queries.measures_of(db, [one.id for one in cycles])
    base = request.app.state.settings.public_url
    return {"items": [pages.as_json(one, watched.get(one.id, ()), base) for one in cycles], "next": None}


@router.get("/cycles/{cycle}")
def show(request: Request, response: Response, seen: ApiCycle) -> dict[str, Any]:
    """Return one cycle; its version is the `ETag`."""
    response.headers["ETag"] = f'"{seen.cycle.version}"'
    return pages.as_json(seen.cycle, seen.measure_ids, request.app.state.settings.public_url)


@router.patch("/cycles/{cycle}")
def advance(
    request: Request,
    db: Db,
    now: Now,
    user: ApiUser,
    seen: ApiCycle,
    body: CyclePatch,
    if_match: Annotated[str, Header()] = "",
) -> dict[str, Any]:
    """Take the next step or steps: do, study, act. `If-Match` is checked when it is sent."""
    cycle = actions.advance(
        db,
        by=user,
        at=now,
        seen=seen,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        did=body.do,
        problems=body.problems,
        studied=body.study,
        learned=body.learned,
        prediction_held=body.prediction_held,
        decided=body.act,
        reason=body.act_reason,
        version=expected_version(if_match) if if_match else None,
    )
    return pages.as_json(cycle, seen.measure_ids, request.app.state.settings.public_url)
