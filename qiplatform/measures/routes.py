"""Where measures are: defined, looked at, filled with numbers, decided about."""

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from qiplatform import charts
from qiplatform.accounts import queries as accounts
from qiplatform.accounts.access import CurrentUser
from qiplatform.accounts.models import User
from qiplatform.clock import Now
from qiplatform.errors import Refusal
from qiplatform.measures import actions, forms, pages, queries, rules
from qiplatform.measures.access import VisibleMeasure
from qiplatform.measures.actions import IfDifferent
from qiplatform.measures.models import DecisionKind
from qiplatform.measures.pages import drawing
from qiplatform.measures.queries import SeenMeasure
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import Sent, SentForm, read
from qiplatform.web.rendering import render, see

router = APIRouter()
Palette = Annotated[str, Query(max_length=20)]
RECENT, WHOLE = 60, 1000


@router.get("/projects/{project}/measures/new", name="measures:new")
def show_new(request: Request, project: VisibleProject) -> Response:
    """Show the form of a definition."""
    return render(request, "measures/definition.jinja", pages.definition.new(project))


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


@router.get("/measures/{measure}", name="measures:show")
def show(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    palette: Palette = "nhs",
    rows: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show a measure."""
    return _show(request, db, now, user, measure, palette=palette, many=rows == "all")


@router.post("/measures/{measure}", name="measures:put")
def put(
    *, request: Request, db: Db, now: Now, user: CurrentUser, measure: VisibleMeasure, sent: SentForm
) -> Response:
    """Save the numbers typed in the grid."""
    with attempt(db) as tried:
        rows, places = forms.grid_rows(measure.measure, sent, queries.periods_of(db, measure.measure.id))
        actions.put_points(
            db, by=user, at=now, seen=measure, rows=rows, if_different=IfDifferent.REPLACE, places=places
        )
    if tried.refusal is not None:
        return _show(
            request, db, now, user, measure, sent=sent, refusal=tried.refusal, many=sent.get("rows") == "all"
        )
    return see(request, "measures:show", measure=measure.measure.id)


@router.get("/measures/{measure}/paste", name="measures:paste")
def show_paste(request: Request, measure: VisibleMeasure) -> Response:
    """Show the box to paste into."""
    return render(request, "measures/paste.jinja", pages.pasting.paste(measure))


@router.post("/measures/{measure}/paste", name="measures:check_pasted")
def check_pasted(request: Request, db: Db, measure: VisibleMeasure, sent: SentForm) -> Response:
    """Show how what was pasted is read; nothing is kept yet."""
    with attempt(db) as tried:
        form = read(forms.PasteForm, sent)
        reading = actions.check_pasted(db, seen=measure, text=form.pasted, order=form.order)
    if tried.refusal is not None:
        page = pages.pasting.paste(measure, sent, None, tried.refusal)
        return render(request, "measures/paste.jinja", page, status=tried.refusal.status)
    return render(request, "measures/paste.jinja", pages.pasting.paste(measure, sent, reading))


@router.post("/measures/{measure}/paste/save", name="measures:put_pasted")
def put_pasted(
    *, request: Request, db: Db, now: Now, user: CurrentUser, measure: VisibleMeasure, sent: SentForm
) -> Response:
    """Keep what was pasted."""
    with attempt(db) as tried:
        form = read(forms.PasteForm, sent)
        actions.put_pasted(
            db,
            by=user,
            at=now,
            seen=measure,
            text=form.pasted,
            order=form.order,
            if_different=form.if_different,
        )
    if tried.refusal is not None:
        page = pages.pasting.paste(measure, sent, None, tried.refusal)
        return render(request, "measures/paste.jinja", page, status=tried.refusal.status)
    return see(request, "measures:show", measure=measure.measure.id)


@router.get("/measures/{measure}/history", name="measures:history")
def show_history(request: Request, db: Db, measure: VisibleMeasure) -> Response:
    """Show every change of the numbers: who, when, from, to."""
    record = queries.record(db, measure.measure)
    changes = queries.changes(db, measure.measure.id, most=WHOLE + 1)
    names = accounts.names(db, {one.by_id for one in changes})
    return render(
        request, "measures/history.jinja", pages.measure.history(measure, record, changes, names, WHOLE)
    )


@router.get("/measures/{measure}/decide/{kind}", name="measures:decide")
def show_decide(request: Request, db: Db, measure: VisibleMeasure, kind: DecisionKind) -> Response:
    """Show the form of a decision about the chart."""
    page = pages.decision.decision(measure, queries.record(db, measure.measure), kind)
    return render(request, "measures/decision.jinja", page)


@router.post("/measures/{measure}/decide/{kind}", name="measures:do_decide")
def decide(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    kind: DecisionKind,
    sent: SentForm,
) -> Response:
    """Decide about the chart, or write a note on it."""
    with attempt(db) as tried:
        form = read(forms.DecisionForm, sent)
        actions.decide(
            db, kind, by=user, at=now, seen=measure, from_on=form.from_on, to_on=form.to_on, text=form.text
        )
    if tried.refusal is not None:
        page = pages.decision.decision(
            measure, queries.record(db, measure.measure), kind, sent, tried.refusal
        )
        return render(request, "measures/decision.jinja", page, status=tried.refusal.status)
    return see(request, "measures:show", measure=measure.measure.id)


@router.post("/measures/{measure}/decisions/{decision}/remove", name="measures:take_back")
def take_back(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    decision: str,
    sent: SentForm,
) -> RedirectResponse:
    """Take a decision back; it stays in the story."""
    del sent  # asked for so that its token is checked
    actions.take_back(db, by=user, at=now, seen=measure, decision_id=decision)
    return see(request, "measures:show", measure=measure.measure.id)


@router.get("/measures/{measure}/figure.json", name="measures:figure")
def figure(
    db: Db,
    measure: VisibleMeasure,
    palette: Palette = "nhs",
    shape: Annotated[str, Query(max_length=20)] = "wide",
) -> JSONResponse:
    """Return the live chart's data."""
    one = measure.measure
    key = (one.id, one.data_version, palette, shape)
    item = drawing.LIVE.find(key)
    if item is None:
        item = drawing.live(queries.record(db, one), palette, shape)
        drawing.LIVE.keep(key, item)
    return JSONResponse(item)


@router.get("/measures/{measure}/chart.svg", name="measures:svg")
def chart_svg(db: Db, measure: VisibleMeasure, palette: Palette = "nhs") -> Response:
    """Return the chart as a drawing."""
    record = queries.record(db, measure.measure)
    drawn = drawing.drawing(record, rules.analyse(record), palette=palette)
    return _file(drawn, "image/svg+xml", drawing.file_name(record, "svg"))


@router.get("/measures/{measure}/chart.png", name="measures:png")
def chart_png(db: Db, measure: VisibleMeasure, palette: Palette = "nhs") -> Response:
    """Return the chart as a picture."""
    record = queries.record(db, measure.measure)
    drawn = drawing.drawing(record, rules.analyse(record), palette=palette)
    return _file(charts.png(drawn), "image/png", drawing.file_name(record, "png"))


@router.get("/measures/{measure}/chart.json", name="measures:chart_file")
def chart_file(db: Db, measure: VisibleMeasure) -> Response:
    """Return the chart as a file that anyone can work out again."""
    record = queries.record(db, measure.measure)
    written = json.dumps(drawing.chart_file(record), indent=1, ensure_ascii=False)
    return _file(written, "application/json", drawing.file_name(record, "json"))


@router.get("/measures/{measure}/data.csv", name="measures:csv")
def data_csv(db: Db, measure: VisibleMeasure) -> Response:
    """Return the numbers as typed."""
    record = queries.record(db, measure.measure)
    return _file(drawing.data_csv(record), "text/csv; charset=utf-8", drawing.file_name(record, "csv"))


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(
        content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _show(
    request: Request,
    db: Session,
    now: datetime,
    user: User,
    seen: SeenMeasure,
    *,
    palette: str = "nhs",
    many: bool = False,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> Response:
    record = queries.record(db, seen.measure)
    changes = queries.changes(db, seen.measure.id, most=RECENT)
    page = pages.measure.measure(
        reader=user,
        now=now,
        seen=seen,
        record=record,
        changes=changes,
        names=accounts.names(db, pages.story.people(record, changes)),
        palette=palette,
        many=many,
        replacing=request.headers.get("hx-request") == "true",
        sent=sent,
        refusal=refusal,
    )
    return render(request, "measures/measure.jinja", page, status=refusal.status if refusal else 200)
