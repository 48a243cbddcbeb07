"""Where several measures are seen together: all of a project."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from qiplatform.measures import pages, queries
from qiplatform.projects.access import VisibleProject
from qiplatform.store.session import Db
from qiplatform.web.rendering import render

Word = Annotated[str, Query(max_length=20)]

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
