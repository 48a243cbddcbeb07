"""Use this idea: a new project from a published report, with the credit kept and its originators told."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.learning import queries
from qiplatform.learning.models import Adoption
from qiplatform.learning.queries import PublicSeries, PublishedReport
from qiplatform.measures import actions as measures
from qiplatform.measures.models import Counts, Direction, Frequency, MeasureType
from qiplatform.measures.rules import Definition
from qiplatform.notices import actions as notices
from qiplatform.projects import actions as projects
from qiplatform.projects import queries as seen_projects
from qiplatform.projects.models import DriverKind, Project
from qiplatform.projects.rules import DriverNode
from qiplatform.store import audit, idempotency

_LONGEST_AIM = 400


def adopt(db: Session, *, by: User, at: datetime, report_id: str, title: str = "", once: str = "") -> Project:
    """Begin a project with a published idea: drivers, measures' definitions and the plan; never its numbers.

    Everything comes from the published version. The prediction is not copied: a test's prediction is its own team's.
    `once` names the form or request it came from: sent twice, it begins one project.
    """
    report = queries.published(db, report_id)
    digest = hashlib.sha256(repr((report_id, title)).encode()).hexdigest()
    key = f"adopt:{once}"
    if once and (answer := idempotency.earlier_answer(db, by=by.id, key=key, digest=digest)) is not None:
        return db.get_one(Project, answer["id"])
    words = _credit(report)
    project = projects.register(
        db,
        by=by,
        at=at,
        title=title or report.title,
        problem=f"Begun with the idea of “{report.title}”. Their problem was:\n\n{report.section('problem')}",
        setting=report.content["setting"],
        topics=report.content["topics"],
    )
    project.credit_report_id, project.credit_words = report.report_id, words
    db.flush()
    seen = seen_projects.get(db, by, project.id)
    projects.set_drivers(db, by=by, at=at, seen=seen, tree=_tree(report))
    for one in report.series:
        measures.define(db, by=by, at=at, seen=seen, definition=_definition(one))
    db.add(
        Adoption(
            project_id=project.id,
            report_id=report.report_id,
            version_id=report.version_id,
            by_id=by.id,
            at=at,
        )
    )
    db.flush()
    notices.tell(
        db,
        at=at,
        user_ids=queries.team_of(db, report.report_id) - {by.id},
        text=f"Somebody began a project with your idea: “{report.title}”.",
        href=f"/published/{report.report_id}",
        key=f"adopted:{project.id}",
    )
    audit.record(db, at=at, by=by.id, action="learning.adopt", subject=report_id, project=project.id)
    if once:
        idempotency.keep_answer(db, at=at, by=by.id, key=key, digest=digest, answer={"id": project.id})
    return project


def _credit(report: PublishedReport) -> str:
    authors = ", ".join(report.content["authors"]) or "its team"
    place = report.content["organisation"]
    return f"Begun with the idea of “{report.title}” by {authors}{f', {place}' if place else ''} (version {report.number})."


def _tree(report: PublishedReport) -> DriverNode:
    aim = report.content["aim"] or report.title
    return DriverNode(DriverKind.AIM, aim[:_LONGEST_AIM], _nodes(report.content["drivers"]))


def _nodes(nodes: Iterable[Mapping[str, Any]]) -> tuple[DriverNode, ...]:
    # The state of a change idea is what became of it there: here it is untried.
    return tuple(DriverNode(DriverKind(one["kind"]), one["text"], _nodes(one["children"])) for one in nodes)


def _definition(series: PublicSeries) -> Definition:
    given = series.definition
    return Definition(
        name=given["name"],
        type=MeasureType(given["type"]),
        chart=given["chart"],
        direction=Direction(given["direction"]),
        profile=given["profile"],
        unit=given["unit"],
        counts=Counts(given["counts"]),
        frequency=Frequency(given["frequency"]),
        operational_definition=given["operational_definition"],
        numerator_words=given["numerator_words"],
        denominator_words=given["denominator_words"],
        source=given["source"],
        why=given["why"],
        # What was published before these were asked for has none.
        exclusion_words=given.get("exclusion_words", ""),
        sampling=given.get("sampling", ""),
    )
