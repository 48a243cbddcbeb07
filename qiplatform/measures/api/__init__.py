"""Measures as JSON for other machines."""

import hashlib
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import JSONResponse

from qiplatform import charts
from qiplatform.accounts.access import ApiUser
from qiplatform.clock import Now
from qiplatform.measures import actions, queries, rules
from qiplatform.measures.access import ApiMeasure
from qiplatform.measures.api import answers
from qiplatform.measures.api.bodies import (
    AnnotationBody,
    BaselineBody,
    ExclusionBody,
    MeasureBody,
    MeasureChanges,
    PhaseBody,
    PointsBody,
    StepBody,
    WhyBody,
)
from qiplatform.measures.api.exact import ExactRoute
from qiplatform.measures.pages import drawing
from qiplatform.projects.access import ApiProject
from qiplatform.store import idempotency
from qiplatform.store.session import Db, attempt
from qiplatform.web.errors import problem
from qiplatform.web.preconditions import expected_version, show_version

router = APIRouter(tags=["measures"], route_class=ExactRoute)
Palette = Annotated[str, Query(max_length=20)]
Key = Annotated[str, Header(alias="Idempotency-Key", max_length=200)]
MOST_CHANGES = 100_000


@router.post("/projects/{project}/measures", status_code=201)
def define(
    *, db: Db, now: Now, user: ApiUser, project: ApiProject, body: MeasureBody, once: Key = ""
) -> dict[str, Any]:
    """Define a measure of a project."""
    made = actions.define(db, by=user, at=now, seen=project, definition=body.definition(), once=once)
    return answers.measure(made, queries.record(db, made).targets)


@router.get("/projects/{project}/measures")
def list_measures(db: Db, project: ApiProject) -> dict[str, Any]:
    """Return a project's measures."""
    found = queries.of_project(db, project.project.id)
    records = queries.records(db, found)
    return {"items": [answers.measure(one, records[one.id].targets) for one in found], "next": None}


@router.get("/measures/{measure}")
def show(db: Db, measure: ApiMeasure, response: Response) -> dict[str, Any]:
    """Return a measure's definition; its version is also the ETag."""
    show_version(response, measure.measure.version)
    return answers.measure(measure.measure, queries.record(db, measure.measure).targets)


@router.patch("/measures/{measure}")
def change(
    *,
    db: Db,
    now: Now,
    user: ApiUser,
    measure: ApiMeasure,
    body: MeasureChanges,
    response: Response,
    if_match: Annotated[str, Header(max_length=40)] = "",
) -> dict[str, Any]:
    """Change parts of a definition; `If-Match` carries the version it was read in."""
    before = rules.definition_of(measure.measure, queries.record(db, measure.measure).targets)
    wanted = replace(before, **body.changes())
    if "chart" in body.model_fields_set and "profile" not in body.model_fields_set:
        wanted = replace(wanted, profile="")
    actions.change(db, by=user, at=now, seen=measure, definition=wanted, version=expected_version(if_match))
    return show(db, measure, response)


@router.put("/measures/{measure}/points")
def put_points(
    *, db: Db, now: Now, user: ApiUser, measure: ApiMeasure, body: PointsBody, key: Key = ""
) -> Response:
    """Put numbers: all of them or, with any rejected row, none. The same key gets the same answer."""
    digest = hashlib.sha256(f"{measure.measure.id}\n{body.model_dump_json()}".encode()).hexdigest()
    named = f"points:{key}"
    with attempt(db) as tried:
        answer = idempotency.earlier_answer(db, by=user.id, key=named, digest=digest) if key else None
        if answer is None:
            rows = body.rows()
            put = actions.put_points(
                db, by=user, at=now, seen=measure, rows=rows, if_different=body.if_different
            )
            answer = {"added": put.added, "unchanged": put.unchanged, "changed": put.changed, "rejected": []}
            if key:
                idempotency.keep_answer(db, at=now, by=user.id, key=named, digest=digest, answer=answer)
    if tried.refusal is not None:
        return problem(tried.refusal, rejected=answers.rejected(tried.refusal.mistakes))
    return JSONResponse(answer)


@router.get("/measures/{measure}/points")
def list_points(db: Db, measure: ApiMeasure, *, history: bool = False) -> dict[str, Any]:
    """Return every number exactly as typed; with `history=true` the earlier ones of each period too."""
    record = queries.record(db, measure.measure)
    changes = queries.changes(db, measure.measure.id, most=MOST_CHANGES) if history else None
    return {"items": answers.points(measure.measure.chart, record.points, changes), "next": None}


@router.post("/measures/{measure}/phases", status_code=201)
def start_phase(db: Db, now: Now, user: ApiUser, measure: ApiMeasure, body: PhaseBody) -> dict[str, Any]:
    """Work out the limits anew from a period on."""
    return answers.decision(
        actions.start_phase(db, by=user, at=now, seen=measure, from_on=body.from_on, reason=body.reason)
    )


@router.post("/measures/{measure}/exclusions", status_code=201)
def exclude(db: Db, now: Now, user: ApiUser, measure: ApiMeasure, body: ExclusionBody) -> dict[str, Any]:
    """Leave a period out of limits and rules."""
    return answers.decision(
        actions.exclude(db, by=user, at=now, seen=measure, period=body.period, reason=body.reason)
    )


@router.post("/measures/{measure}/annotations", status_code=201)
def annotate(db: Db, now: Now, user: ApiUser, measure: ApiMeasure, body: AnnotationBody) -> dict[str, Any]:
    """Write a note onto the chart."""
    return answers.decision(
        actions.annotate(db, by=user, at=now, seen=measure, period=body.period, text=body.text)
    )


@router.post("/measures/{measure}/whys", status_code=201)
def say_why(db: Db, now: Now, user: ApiUser, measure: ApiMeasure, body: WhyBody) -> dict[str, Any]:
    """Say why a signal came: the one that begins at a period."""
    return answers.decision(
        actions.say_why_at(
            db, by=user, at=now, seen=measure, period=body.period, rule=body.rule, text=body.text
        )
    )


@router.post("/measures/{measure}/baseline", status_code=201)
def fix_baseline(db: Db, now: Now, user: ApiUser, measure: ApiMeasure, body: BaselineBody) -> dict[str, Any]:
    """Work out the limits from some periods alone."""
    return answers.decision(
        actions.fix_baseline(
            db, by=user, at=now, seen=measure, from_on=body.from_on, to_on=body.to_on, reason=body.reason
        )
    )


@router.get("/measures/{measure}/steps")
def list_steps(db: Db, measure: ApiMeasure) -> dict[str, Any]:
    """Return the step changes that the chart suggests and nobody has answered, with their evidence."""
    return {"items": answers.steps(queries.record(db, measure.measure)), "next": None}


@router.post("/measures/{measure}/steps", status_code=201)
def answer_step(db: Db, now: Now, user: ApiUser, measure: ApiMeasure, body: StepBody) -> dict[str, Any]:
    """Accept or decline a suggested step, or wait; the evidence is kept with the answer."""
    return answers.decision(
        actions.answer_step(
            db, by=user, at=now, seen=measure, period=body.period, answer=body.answer, reason=body.reason
        )
    )


@router.get("/measures/{measure}/linkage")
def linkage(db: Db, measure: ApiMeasure) -> dict[str, Any]:
    """Return which PDSA cycles came before which signals, and how often random dates would come as close."""
    return answers.linkage(queries.record(db, measure.measure))


@router.get("/measures/{measure}/decisions")
def list_decisions(db: Db, measure: ApiMeasure) -> dict[str, Any]:
    """Return what was decided about the chart and written on it, what was taken back included."""
    record = queries.record(db, measure.measure)
    found = sorted((*record.decisions, *record.taken_back), key=lambda one: one.id)
    return {"items": [answers.decision(one) for one in found], "next": None}


@router.delete("/measures/{measure}/decisions/{decision}")
def take_back(db: Db, now: Now, user: ApiUser, measure: ApiMeasure, decision: str) -> dict[str, Any]:
    """Take a decision back; it stays in the story."""
    return answers.decision(actions.take_back(db, by=user, at=now, seen=measure, decision_id=decision))


@router.get("/measures/{measure}/analysis")
def analysis(db: Db, measure: ApiMeasure) -> dict[str, Any]:
    """Return the chart's reading: every point with its limits and signals, the phases and the verdict."""
    return {"measure": measure.measure.id, **rules.analyse(queries.record(db, measure.measure)).to_dict()}


@router.get("/measures/{measure}/chart.svg")
def chart_svg(db: Db, measure: ApiMeasure, palette: Palette = "nhs") -> Response:
    """Return the chart as a drawing."""
    record = queries.record(db, measure.measure)
    return Response(
        drawing.drawing(record, rules.analyse(record), palette=palette), media_type="image/svg+xml"
    )


@router.get("/measures/{measure}/chart.png")
def chart_png(db: Db, measure: ApiMeasure, palette: Palette = "nhs") -> Response:
    """Return the chart as a picture."""
    record = queries.record(db, measure.measure)
    drawn = drawing.drawing(record, rules.analyse(record), palette=palette)
    return Response(charts.png(drawn), media_type="image/png")


@router.get("/measures/{measure}/chart.json")
def chart_json(db: Db, measure: ApiMeasure) -> dict[str, Any]:
    """Return the reproducible chart file that `python -m spc verify` reads."""
    return drawing.chart_file(queries.record(db, measure.measure))
