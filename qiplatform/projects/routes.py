"""Where projects are. The project's own page gathers from every room and is in `home`."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.errors import Refusal
from qiplatform.organisations import queries as organisations
from qiplatform.projects import actions, pages, queries, rules
from qiplatform.projects.access import VisibleProject
from qiplatform.projects.forms import LeaverForm, MemberForm, MoveForm, OutlineForm, ProjectForm, StartForm
from qiplatform.projects.models import Project
from qiplatform.projects.queries import Seen
from qiplatform.store.base import ID_LENGTH
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import Sent, SentForm, read
from qiplatform.web.pagination import piece
from qiplatform.web.rendering import render, see

router = APIRouter()


@router.get("/projects", name="projects:list")
def show_list(
    request: Request,
    db: Db,
    user: CurrentUser,
    after: Annotated[str | None, Query(max_length=ID_LENGTH)] = None,
) -> Response:
    """Show the projects this person may see."""
    found = piece(db, queries.visible_to(user), by=Project.id, key=lambda row: row.id, after=after)
    places = organisations.names(db, {one.organisation_id for one in found.items if one.organisation_id})
    roles = queries.roles_in_teams(db, user, [one.id for one in found.items])
    return render(request, "projects/list.jinja", pages.listed(found.items, places, roles, found.next))


@router.get("/projects/new", name="projects:new")
def show_start(request: Request, db: Db, user: CurrentUser) -> Response:
    """Ask the one question that starts a project."""
    return render(request, "projects/new.jinja", pages.start(Sent(), organisations.of_user(db, user), None))


@router.post("/projects/new", name="projects:register")
def register(request: Request, db: Db, now: Now, user: CurrentUser, sent: SentForm) -> Response:
    """Register a project and go on to its aim."""
    with attempt(db) as tried:
        form = read(StartForm, sent)
        project = actions.register(
            db, by=user, at=now, title=form.title, organisation_id=form.organisation, once=form.once
        )
    if tried.refusal is not None:
        page = pages.start(sent, organisations.of_user(db, user), tried.refusal)
        return render(request, "projects/new.jinja", page, status=tried.refusal.status)
    return see(request, "projects:edit", project=project.id)


@router.get("/projects/{project}/edit", name="projects:edit")
def show_edit(request: Request, seen: VisibleProject) -> Response:
    """Show what a project says of itself, to be changed."""
    return render(request, "projects/edit.jinja", pages.edit(seen, None, None))


@router.post("/projects/{project}/edit", name="projects:change")
def change(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleProject, sent: SentForm
) -> Response:
    """Change it."""
    with attempt(db) as tried:
        form = read(ProjectForm, sent)
        actions.change(db, by=user, at=now, seen=seen, version=form.version, **form.parts())
    if tried.refusal is not None:
        return render(
            request, "projects/edit.jinja", pages.edit(seen, sent, tried.refusal), status=tried.refusal.status
        )
    return see(request, "home:project", project=seen.project.id)


@router.get("/projects/{project}/team", name="projects:team")
def show_team(request: Request, db: Db, seen: VisibleProject) -> Response:
    """Show the team."""
    page = pages.team(seen, queries.team_of(db, seen.project.id), None, None)
    return render(request, "projects/team.jinja", page)


@router.post("/projects/{project}/team", name="projects:add_member")
def add_member(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleProject, sent: SentForm
) -> Response:
    """Bring somebody into the team."""
    with attempt(db) as tried:
        form = read(MemberForm, sent)
        actions.add_member(db, by=user, at=now, seen=seen, email=form.email, role=form.role)
    if tried.refusal is not None:
        page = pages.team(seen, queries.team_of(db, seen.project.id), sent, tried.refusal)
        return render(request, "projects/team.jinja", page, status=tried.refusal.status)
    return see(request, "projects:team", project=seen.project.id)


@router.post("/projects/{project}/team/remove", name="projects:remove_member")
def remove_member(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleProject, sent: SentForm
) -> Response:
    """Take somebody out of the team."""
    with attempt(db) as tried:
        actions.remove_member(db, by=user, at=now, seen=seen, user_id=read(LeaverForm, sent).user)
    if tried.refusal is not None:
        page = pages.team(seen, queries.team_of(db, seen.project.id), None, tried.refusal)
        return render(request, "projects/team.jinja", page, status=tried.refusal.status)
    return see(request, "projects:team", project=seen.project.id)


@router.get("/projects/{project}/move", name="projects:stage")
def show_stage(request: Request, db: Db, seen: VisibleProject) -> Response:
    """Show the stage, the moves from it and those that led to it."""
    return _stage(request, db, seen, None, None)


@router.post("/projects/{project}/move", name="projects:move")
def move(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleProject, sent: SentForm
) -> Response:
    """Take a project along its course."""
    with attempt(db) as tried:
        form = read(MoveForm, sent)
        actions.move(db, by=user, at=now, seen=seen, to=form.to, reason=form.reason)
    if tried.refusal is not None:
        return _stage(request, db, seen, sent, tried.refusal)
    return see(request, "home:project", project=seen.project.id)


def _stage(request: Request, db: Session, seen: Seen, sent: Sent | None, refusal: Refusal | None) -> Response:
    past = queries.moves_of(db, seen.project.id)
    page = pages.move(seen, past, accounts.names(db, {one.by_id for one in past}), sent, refusal)
    return render(request, "projects/move.jinja", page, status=refusal.status if refusal else 200)


@router.get("/projects/{project}/drivers", name="projects:drivers")
def show_drivers(request: Request, db: Db, seen: VisibleProject) -> Response:
    """Show the driver diagram."""
    page = pages.drivers(seen, queries.drivers_of(db, seen.project.id), None, None)
    return render(request, "projects/drivers.jinja", page)


@router.post("/projects/{project}/drivers", name="projects:set_drivers")
def set_drivers(
    request: Request, db: Db, now: Now, user: CurrentUser, seen: VisibleProject, sent: SentForm
) -> Response:
    """Save the driver diagram from its outline."""
    with attempt(db) as tried:
        form = read(OutlineForm, sent)
        actions.set_drivers(
            db, by=user, at=now, seen=seen, tree=rules.from_outline(form.aim, sent.get("outline"))
        )
    if tried.refusal is not None:
        page = pages.drivers(seen, queries.drivers_of(db, seen.project.id), sent, tried.refusal)
        return render(request, "projects/drivers.jinja", page, status=tried.refusal.status)
    return see(request, "projects:drivers", project=seen.project.id)
