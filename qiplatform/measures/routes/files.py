"""What can be taken away: the live chart's data, drawings, the chart file, the numbers."""

import json
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from qiplatform import charts
from qiplatform.clock import Now
from qiplatform.measures import queries, rules
from qiplatform.measures.access import VisibleMeasure
from qiplatform.measures.pages import drawing, exporting
from qiplatform.store.session import Db

Palette = Annotated[str, Query(max_length=20)]

router = APIRouter()


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


@router.get("/measures/{measure}/slide.pptx", name="measures:slide")
def chart_slide(db: Db, now: Now, measure: VisibleMeasure, palette: Palette = "nhs") -> Response:
    """Return the chart as a slide whose chart can be edited."""
    record = queries.record(db, measure.measure)
    made = drawing.slide(measure, record, now.date(), palette)
    return _file(made, charts.SLIDE_KIND, drawing.file_name(record, "pptx"))


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
    return _file(exporting.data_csv(record), "text/csv; charset=utf-8", drawing.file_name(record, "csv"))


@router.get("/measures/{measure}/data.xlsx", name="measures:xlsx")
def data_xlsx(db: Db, measure: VisibleMeasure) -> Response:
    """Return the numbers as a workbook."""
    record = queries.record(db, measure.measure)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(exporting.data_xlsx(record), kind, drawing.file_name(record, "xlsx"))


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(
        content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )
