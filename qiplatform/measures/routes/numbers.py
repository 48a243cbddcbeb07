"""Where numbers are: the measure with its grid, pasting, and the history of every value."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.measures import actions, forms, pages, queries
from qiplatform.measures.access import VisibleMeasure
from qiplatform.measures.actions import IfDifferent
from qiplatform.measures.routes.shown import refused, shown
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import SentForm
from qiplatform.web.rendering import render, see

Palette = Annotated[str, Query(max_length=20)]
WHOLE = 1000

router = APIRouter()


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
    return shown(request, db, now, user, measure, palette=palette, many=rows == "all")


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
        return refused(request, db, now, user, measure, sent=sent, refusal=tried.refusal)
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
