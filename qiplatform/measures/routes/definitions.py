"""Where measures are defined, and their definitions changed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.measures import actions, forms, pages, queries, rules
from qiplatform.measures.access import VisibleMeasure
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render, see

Asked = Annotated[str, Query(max_length=200)]
OfType = Annotated[str, Query(alias="type", max_length=200)]

router = APIRouter()


@router.get("/projects/{project}/measures/library", name="measures:library")
def show_library(
    request: Request, project: VisibleProject, q: Asked = "", of_type: OfType = "", setting: Asked = ""
) -> Response:
    """Show the ready definitions."""
    page = pages.library.page(project, {"q": q, "type": of_type, "setting": setting})
    return render(request, "measures/library.jinja", page)


@router.get("/projects/{project}/measures/new", name="measures:new")
def show_new(
    request: Request, project: VisibleProject, ready: Annotated[str, Query(alias="from", max_length=80)] = ""
) -> Response:
    """Show the form of a definition, filled with a ready one where the address names it."""
    return render(request, "measures/definition.jinja", pages.definition.new(project, ready=ready))


@router.post("/projects/{project}/measures/new", name="measures:define")
def define(
    *, request: Request, db: Db, now: Now, user: CurrentUser, project: VisibleProject, sent: SentForm
) -> Response:
    """Define a measure."""
    with attempt(db) as tried:
        form = read(forms.DefinitionForm, sent)
        made = actions.define(db, by=user, at=now, seen=project, definition=form.definition(), once=form.once)
    if tried.refusal is not None:
        page = pages.definition.new(project, sent, tried.refusal)
        return render(request, "measures/definition.jinja", page, status=tried.refusal.status)
    return see(request, "measures:show", measure=made.id)


@router.get("/measures/{measure}/edit", name="measures:edit")
def show_edit(request: Request, db: Db, measure: VisibleMeasure) -> Response:
    """Show the definition to be changed."""
    page = pages.definition.edit(measure, queries.record(db, measure.measure))
    return render(request, "measures/definition.jinja", page)


@router.post("/measures/{measure}/edit", name="measures:change")
def change(
    *, request: Request, db: Db, now: Now, user: CurrentUser, measure: VisibleMeasure, sent: SentForm
) -> Response:
    """Change the definition."""
    record = queries.record(db, measure.measure)
    with attempt(db) as tried:
        form = read(forms.DefinitionForm, sent)
        before = rules.definition_of(measure.measure, record.targets).targets
        wanted = form.definition(before)
        actions.change(db, by=user, at=now, seen=measure, definition=wanted, version=form.version)
    if tried.refusal is not None:
        page = pages.definition.edit(measure, record, sent, tried.refusal)
        return render(request, "measures/definition.jinja", page, status=tried.refusal.status)
    return see(request, "measures:show", measure=measure.measure.id)
