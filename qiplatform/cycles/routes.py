"""Where cycles are: a project's ramps, the plan's form, and a cycle with its four panels."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.cycles import actions, pages, queries
from qiplatform.cycles.access import VisibleCycle
from qiplatform.cycles.forms import ActForm, DoForm, PlanForm, StartForm, StudyForm
from qiplatform.cycles.queries import SeenCycle
from qiplatform.errors import Refusal
from qiplatform.measures import queries as measures
from qiplatform.projects import queries as projects
from qiplatform.projects.access import VisibleProject
from qiplatform.store.base import ID_LENGTH
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import Sent, SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/projects/{project}/cycles", name="cycles:list")
def show_list(request: Request, db: Db, seen: VisibleProject) -> Response:
    """Show a project's ramps."""
    ramps = queries.ramps_of(queries.of_project(db, seen.project.id))
    return render(request, "cycles/list.jinja", pages.listed(seen, ramps))


@router.get("/projects/{project}/cycles/new", name="cycles:new")
def show_plan(
    request: Request,
    db: Db,
    user: CurrentUser,
    seen: VisibleProject,
    follows: Annotated[str, Query(max_length=ID_LENGTH)] = "",
    idea: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show the form of a plan; `follows` is the cycle before it on the ramp."""
    before = queries.get(db, user, follows) if follows else None
    page = pages.plan(
        seen,
        begun=actions.next_plan(before) if before else None,
        follows=follows,
        sent=None if before or not idea else Sent({"change_idea": idea, "objective": "test"}),
        ideas=projects.change_ideas_of(db, seen.project.id),
        measures=measures.of_project(db, seen.project.id),
        chosen=before.measure_ids if before else (),
    )
    return render(request, "cycles/plan.jinja", page)


@router.post("/projects/{project}/cycles/new", name="cycles:plan")
def plan(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleProject, sent: SentForm
) -> Response:
    """Plan a cycle."""
    with attempt(db) as tried:
        form = read(PlanForm, sent)
        cycle = actions.plan(
            db,
            by=user,
            at=now,
            seen=seen,
            plan=form.typed(),
            starts_on=form.starts_on,
            ends_on=form.ends_on,
            measure_ids=form.measures,
            follows=queries.get(db, user, form.follows).cycle if form.follows else None,
            once=form.once,
        )
    if tried.refusal is not None:
        page = pages.plan(
            seen,
            sent=sent,
            ideas=projects.change_ideas_of(db, seen.project.id),
            measures=measures.of_project(db, seen.project.id),
            refusal=tried.refusal,
        )
        return render(request, "cycles/plan.jinja", page, status=tried.refusal.status)
    return see(request, "cycles:show", cycle=cycle.id)


@router.get("/cycles/{cycle}", name="cycles:show")
def show(request: Request, db: Db, seen: VisibleCycle) -> Response:
    """Show a cycle."""
    return _page(request, db, seen, None, None)


@router.get("/cycles/{cycle}/plan", name="cycles:show_change_plan")
def show_change_plan(request: Request, db: Db, seen: VisibleCycle) -> Response:
    """Show the form of a plan that was not started."""
    return _plan_page(request, db, seen, None, None)


@router.post("/cycles/{cycle}/plan", name="cycles:change_plan")
def change_plan(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleCycle, sent: SentForm
) -> Response:
    """Change the plan."""
    with attempt(db) as tried:
        form = read(PlanForm, sent)
        actions.change_plan(
            db,
            by=user,
            at=now,
            seen=seen,
            plan=form.typed(),
            starts_on=form.starts_on,
            ends_on=form.ends_on,
            measure_ids=form.measures,
            version=form.version,
        )
    if tried.refusal is not None:
        return _plan_page(request, db, seen, sent, tried.refusal)
    return see(request, "cycles:show", cycle=seen.cycle.id)


@router.post("/cycles/{cycle}/start", name="cycles:start")
def start(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleCycle, sent: SentForm
) -> Response:
    """Start the test."""
    with attempt(db) as tried:
        form = read(StartForm, sent)
        actions.start(db, by=user, at=now, seen=seen, starts_on=form.starts_on, version=form.version)
    return _after(request, db, seen, sent, tried.refusal)


@router.post("/cycles/{cycle}/do", name="cycles:do")
def do(request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleCycle, sent: SentForm) -> Response:
    """Write what happened."""
    with attempt(db) as tried:
        form = read(DoForm, sent)
        actions.do(
            db,
            by=user,
            at=now,
            seen=seen,
            did=form.did,
            problems=form.problems,
            ends_on=form.ends_on,
            version=form.version,
        )
    return _after(request, db, seen, sent, tried.refusal)


@router.post("/cycles/{cycle}/study", name="cycles:study")
def study(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleCycle, sent: SentForm
) -> Response:
    """Compare the result with the prediction."""
    with attempt(db) as tried:
        form = read(StudyForm, sent)
        actions.study(
            db,
            by=user,
            at=now,
            seen=seen,
            prediction_held=form.prediction_held,
            studied=form.studied,
            learned=form.learned,
            version=form.version,
        )
    return _after(request, db, seen, sent, tried.refusal)


@router.post("/cycles/{cycle}/act", name="cycles:act")
def act(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleCycle, sent: SentForm
) -> Response:
    """Adopt, adapt or abandon."""
    with attempt(db) as tried:
        form = read(ActForm, sent)
        actions.act(
            db, by=user, at=now, seen=seen, act=form.act, reason=form.act_reason, version=form.version
        )
    return _after(request, db, seen, sent, tried.refusal)


def _after(request: Request, db: Session, seen: SeenCycle, sent: Sent, refusal: Refusal | None) -> Response:
    """Show the cycle as it now is, or the form again as it was typed."""
    if refusal is not None:
        return _page(request, db, seen, sent, refusal)
    return see(request, "cycles:show", cycle=seen.cycle.id)


def _page(
    request: Request, db: Session, seen: SeenCycle, sent: Sent | None, refusal: Refusal | None
) -> Response:
    watched = [one for one in measures.of_project(db, seen.cycle.project_id) if one.id in seen.measure_ids]
    cycle = seen.cycle
    page = pages.cycle(
        seen,
        measures.records(db, watched),
        before=queries.get_one(db, cycle.follows_id) if cycle.follows_id else None,
        after=queries.after(db, cycle.id),
        sent=sent,
        refusal=refusal,
    )
    return render(request, "cycles/cycle.jinja", page, status=refusal.status if refusal else 200)


def _plan_page(
    request: Request, db: Session, seen: SeenCycle, sent: Sent | None, refusal: Refusal | None
) -> Response:
    page = pages.change_plan(
        seen,
        sent=sent,
        ideas=projects.change_ideas_of(db, seen.cycle.project_id),
        measures=measures.of_project(db, seen.cycle.project_id),
        refusal=refusal,
    )
    return render(request, "cycles/plan.jinja", page, status=refusal.status if refusal else 200)
