"""Where several measures are seen together: all of a project, or one across teams."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import StringConstraints

from qiplatform.accounts.access import CurrentUser
from qiplatform.measures import pages, queries
from qiplatform.measures.access import VisibleMeasure
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db
from qiplatform.web.rendering import render

Word = Annotated[str, Query(max_length=20)]
Ids = Annotated[
    list[Annotated[str, StringConstraints(max_length=40)]], Query(max_length=400, default_factory=list)
]

router = APIRouter()


@router.get("/projects/{project}/measures", name="measures:many")
def show_many(
    request: Request, db: Db, project: VisibleProject, axis: Word = "same", palette: Word = "nhs"
) -> Response:
    """Show all a project's measures, small."""
    defined = queries.defined_in(db, project.project.id)
    known = pages.many.held(defined)
    records = queries.small_records(db, [one for one in defined if one.measure.id not in known])
    page = pages.many.many(project, defined, known, records, same_axis=axis != "own", palette=palette)
    return render(request, "measures/many.jinja", page)


@router.get("/measures/{measure}/compare", name="measures:compare")
def show_compare(
    *,
    request: Request,
    db: Db,
    user: CurrentUser,
    measure: VisibleMeasure,
    team: Ids,
    view: Word = "",
    chosen: Word = "",
    order: Word = "",
    last: Word = "",
) -> Response:
    """Show one measure across the teams the reader may see: over time, or in a funnel."""
    wanted = pages.compare.asked(view=view, chosen=chosen, teams=team, order=order, last=last)
    places = pages.compare.places(measure, queries.same_elsewhere(db, user, measure.measure))
    defined = queries.defined_of(db, [one.measure_id for one in pages.compare.shown(places, wanted)])
    records = queries.small_records(db, defined)
    if wanted.funnel:
        return render(request, "measures/funnel.jinja", pages.funnel.funnel(measure, places, records, wanted))
    page = pages.compare.compare(measure, places, defined, records, wanted)
    return render(request, "measures/compare.jinja", page)
