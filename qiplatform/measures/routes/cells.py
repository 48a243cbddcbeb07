"""Where the grid saves cell by cell, and says while somebody types what the chart would say."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from qiplatform.accounts.access import CurrentUser
from qiplatform.clock import Now
from qiplatform.measures import actions, forms, pages, queries
from qiplatform.measures.access import VisibleMeasure
from qiplatform.measures.actions import IfDifferent
from qiplatform.organisations.rules import Right, check_may
from qiplatform.store.session import Db, attempt
from qiplatform.web.forms import SentForm
from qiplatform.web.rendering import written

Word = Annotated[str, Query(max_length=20)]

router = APIRouter()


@router.post("/measures/{measure}/typed", name="measures:typed")
def typed(
    *,
    request: Request,
    db: Db,
    measure: VisibleMeasure,
    sent: SentForm,
    shape: Word = "wide",
    palette: Word = "nhs",
) -> JSONResponse:
    """Say what the chart would say with the cells as typed; nothing is kept."""
    check_may(Right.WORK_ON_PROJECT, measure.project.roles)
    rows, places = forms.grid_rows(measure.measure, sent, ())
    record = queries.record(db, measure.measure)
    page, said = pages.live.typed(record, rows, places, shape=shape, palette=palette)
    return JSONResponse(_answer(request, page, said))


@router.post("/measures/{measure}/cells", name="measures:put_cells")
def put_cells(
    *,
    request: Request,
    db: Db,
    now: Now,
    user: CurrentUser,
    measure: VisibleMeasure,
    sent: SentForm,
    shape: Word = "wide",
    palette: Word = "nhs",
) -> JSONResponse:
    """Save the cells of some rows: all or none, merged with what others changed in other cells."""
    rows, places = forms.grid_rows(measure.measure, sent, ())
    with attempt(db) as tried:
        actions.put_points(
            db, by=user, at=now, seen=measure, rows=rows, if_different=IfDifferent.REPLACE, places=places
        )
    record = queries.record(db, measure.measure)
    page, said = pages.live.kept(record, now, places, tried.refusal, shape=shape, palette=palette)
    status = tried.refusal.status if tried.refusal else 200
    return JSONResponse(_answer(request, page, said), status)


def _answer(request: Request, page: pages.live.LivePage, said: dict[str, object]) -> dict[str, object]:
    """Put the sentence, as its page prints it, and the drawing beside what became of the cells."""
    sentence = written(request, "measures/measure.jinja", page, block="verdict")
    return {**said, "verdict": sentence, "drawing": page.drawing}
