"""Where measures are defined, and their definitions changed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.errors import Refusal
from qiplatform.measures import actions, forms, pages, queries, rules
from qiplatform.measures.access import VisibleMeasure
from qiplatform.measures.pages.definition import DefinitionPage
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import SentForm, read
from qiplatform.web.rendering import render, see

Asked = Annotated[str, Query(max_length=200)]
OfType = Annotated[str, Query(alias="type", max_length=200)]
Typed = Annotated[str | None, Query(max_length=60)]

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
    request: Request,
    db: Db,
    user: CurrentUser,
    project: VisibleProject,
    ready: Annotated[str, Query(alias="from", max_length=80)] = "",
) -> Response:
    """Show the form of a definition, filled with a ready one where the address names it."""
    found = rules.library.find(ready)
    said = None
    if found is not None:
        near = queries.alike_to(db, user, project.project, found.definition())
        said = pages.advice.advice(found.answers, near, project=project.project.id)
    page = pages.definition.new(project, ready=ready, said=said)
    return render(request, "measures/definition.jinja", page)


@router.post("/projects/{project}/measures/new", name="measures:define")
def define(
    *, request: Request, db: Db, now: Now, user: CurrentUser, project: VisibleProject, sent: SentForm
) -> Response:
    """Define a measure; where there are measures like it, point them out afterwards."""
    with attempt(db) as tried:
        form = read(forms.DefinitionForm, sent)
        made = actions.define(db, by=user, at=now, seen=project, definition=form.definition(), once=form.once)
    if tried.refusal is not None:
        page = pages.definition.new(project, sent, tried.refusal)
        return render(request, "measures/definition.jinja", page, status=tried.refusal.status)
    near = queries.alike_to(db, user, project.project, made, besides=made.id)
    return see(request, "measures:alike" if near else "measures:show", measure=made.id)


@router.post("/projects/{project}/measures/suggest", name="measures:suggest")
def suggest(
    *, request: Request, db: Db, user: CurrentUser, project: VisibleProject, sent: SentForm
) -> Response:
    """Suggest a chart and point out measures like this one, before anything is kept."""
    said = None
    with attempt(db) as tried:
        answers = forms.answers(sent)
        near = queries.alike_to(db, user, project.project, forms.described(sent))
        said = pages.advice.advice(answers, near, project=project.project.id)
    if tried.refusal is not None:
        said = pages.advice.refused(tried.refusal)
    page = pages.definition.new(project, sent, tried.refusal, said=said)
    return _suggested(request, page, tried.refusal)


@router.get("/measures/{measure}/edit", name="measures:edit")
def show_edit(request: Request, db: Db, measure: VisibleMeasure) -> Response:
    """Show the definition to be changed."""
    record = queries.record(db, measure.measure)
    said = pages.advice.advice(rules.choosing.answers_of(measure.measure), record=record)
    page = pages.definition.edit(measure, record, said=said)
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
        wanted = form.definition(before, record)
        actions.change(db, by=user, at=now, seen=measure, definition=wanted, version=form.version)
    if tried.refusal is not None:
        page = pages.definition.edit(measure, record, sent, tried.refusal)
        return render(request, "measures/definition.jinja", page, status=tried.refusal.status)
    return see(request, "measures:show", measure=measure.measure.id)


@router.post("/measures/{measure}/suggest", name="measures:suggest_again")
def suggest_again(
    *, request: Request, db: Db, user: CurrentUser, measure: VisibleMeasure, sent: SentForm
) -> Response:
    """Suggest a chart for the numbers that are there and the answers as they are now."""
    one, said = measure.measure, None
    record = queries.record(db, one)
    with attempt(db) as tried:
        answers = forms.answers(sent)
        near = queries.alike_to(db, user, measure.project.project, forms.described(sent), besides=one.id)
        said = pages.advice.advice(answers, near, record, project=one.project_id)
    if tried.refusal is not None:
        said = pages.advice.refused(tried.refusal)
    page = pages.definition.edit(measure, record, sent, tried.refusal, said=said)
    return _suggested(request, page, tried.refusal)


@router.get("/measures/{measure}/alike", name="measures:alike")
def show_alike(request: Request, db: Db, user: CurrentUser, measure: VisibleMeasure) -> Response:
    """Show the measures like this one, and whom to ask for them."""
    one = measure.measure
    near = queries.alike_to(db, user, measure.project.project, one, besides=one.id)
    return render(request, "measures/alike.jinja", pages.advice.alike_page(measure, near))


@router.get("/measures/{measure}/plan", name="measures:plan")
def show_plan(
    *,
    request: Request,
    db: Db,
    measure: VisibleMeasure,
    change: Typed = None,
    level: Typed = None,
    step: Typed = None,
    size: Typed = None,
    points: Typed = None,
) -> Response:
    """Show how many points it takes until a change could be seen."""
    record = queries.record(db, measure.measure)
    typed = {"change": change, "level": level, "step": step, "size": size, "points": points}
    texts = {name: text or "" for name, text in typed.items()}
    planned = None
    with attempt(db) as tried:
        if change is not None:
            planned = rules.planning.plan(record, rules.planning.Wanted(**texts))
    page = pages.plan.page(measure, record, texts, planned, tried.refusal)
    return render(request, "measures/plan.jinja", page, status=tried.refusal.status if tried.refusal else 200)


def _suggested(request: Request, page: DefinitionPage, refusal: Refusal | None) -> Response:
    """Answer with the whole form, or where the page itself asked with the suggestion alone."""
    inside = "suggestion" if request.headers.get("hx-request") == "true" else None
    status = refusal.status if refusal else 200
    return render(request, "measures/definition.jinja", page, status=status, block=inside)
