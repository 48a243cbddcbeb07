"""A report made ready: the protected tables and the words exactly as they would be published.

The checker's page shows this and the approval writes it: there is no second way to the public.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import spc
from qiplatform.accounts import queries as accounts
from qiplatform.cycles import queries as cycles
from qiplatform.cycles.models import Cycle
from qiplatform.learning.models import Report
from qiplatform.learning.queries import reports
from qiplatform.learning.queries.public import PublicSeries
from qiplatform.learning.rules import (
    SECTIONS,
    Cells,
    Protected,
    definition_of,
    protect,
    read_chart,
    record_of,
    setup_of,
    strength_of,
)
from qiplatform.measures import queries as measures
from qiplatform.measures.models import Measure, MeasureType
from qiplatform.measures.rules import Record
from qiplatform.organisations import queries as organisations
from qiplatform.projects import queries as projects
from qiplatform.projects.models import Project
from qiplatform.projects.rules import DriverNode, aim_sentence


@dataclass(frozen=True, slots=True)
class Prepared:
    """One chosen measure: what the team has, and what the public would get."""

    measure: Measure
    record: Record
    definition: Mapping[str, Any]
    setup: Mapping[str, Any]
    protected: Protected

    @property
    def public_record(self) -> Record:
        """The measure as the public would have it."""
        return record_of(self.definition, self.setup, self.protected.rows)

    def series(self, position: int = 0) -> PublicSeries:
        """Return the measure as it would be published."""
        return PublicSeries(
            position, self.protected.treatment, self.definition, self.setup, self.protected.rows
        )

    def private(self) -> spc.Result:
        """Return the team's own chart."""
        return read_chart(self.record)

    def public(self) -> spc.Result | None:
        """Return the chart the public would see; none where no point is published."""
        return read_chart(self.public_record) if self.protected.rows else None


def prepared(db: Session, chosen: Sequence[Measure]) -> tuple[Prepared, ...]:
    """Return measures made ready, in the order given."""
    found = measures.records(db, chosen)
    return tuple(_prepare(found[one.id]) for one in chosen)


def as_series(ready: Iterable[Prepared]) -> list[PublicSeries]:
    """Return measures made ready as the public would have them."""
    return [one.series(place) for place, one in enumerate(ready)]


def chosen(db: Session, report: Report) -> list[Measure]:
    """Return the measures chosen for a report in their order; one that left the project is left out."""
    known = {one.id: one for one in measures.of_project(db, report.project_id)}
    return [known[one] for one in reports.chosen(db, report.id) if one in known]


def content(db: Session, report: Report, project: Project, series: Sequence[Prepared]) -> dict[str, Any]:
    """Return the words of a report as they would be published."""
    named = reports.authors(db, report.id)
    names = accounts.names(db, set(named))
    place = organisations.names(db, {project.organisation_id} if project.organisation_id else set())
    tree = projects.drivers_of(db, project.id)
    rounds = cycles.of_project(db, project.id)
    return {
        "title": report.title,
        "result": report.result.value,
        "sections": {name: getattr(report, name) for name in SECTIONS},
        "changes": [{"name": one.name, "items": dict(one.items)} for one in reports.described(db, report.id)],
        "region": report.region,
        "contact": report.contact,
        "strength": strength_of(one.public() for one in _outcomes_first(series)).value,
        "aim": aim_sentence(project),
        "authors": [names[one] for one in named if one in names],
        "organisation": place.get(project.organisation_id or "", ""),
        "setting": project.setting,
        "topics": list(project.topics),
        "drivers": [_node(one) for one in tree.children] if tree else [],
        "cycles": [_cycle(one) for one in rounds],
        "methods": _methods(rounds, tree, series),
        "credit": {"report_id": project.credit_report_id, "words": project.credit_words}
        if project.credit_report_id
        else None,
    }


def texts(words: Mapping[str, Any], series: Iterable[Prepared]) -> dict[str, tuple[str, str]]:
    """Return every free text that would be published: place -> where it stands in words, and the text."""
    found = {"title": ("the title", words["title"]), "aim": ("the aim", words["aim"])}
    found |= {name: (f"“{heading}”", words["sections"][name]) for name, heading in SECTIONS.items()}
    found["contact"] = ("how to reach the team", words["contact"])
    for place, change in enumerate(words["changes"], start=1):
        said = "\n".join([change["name"], *change["items"].values()])
        found[f"changes/{place}"] = (f"the change “{change['name']}”", said)
    for cycle in words["cycles"]:
        where = f"PDSA {cycle['number']}"
        said = "\n".join(text for text in cycle.values() if isinstance(text, str))
        found[f"cycles/{cycle['number']}"] = (where, said)
    boxes = "\n".join(_boxes(words["drivers"]))
    found["drivers"] = ("the driver diagram", boxes)
    for one in series:
        parts = [text for name, text in one.definition.items() if name not in {"counts", "type"}]
        parts += [band["detail"] for band in one.setup["bands"]]
        found[f"measures/{one.measure.id}"] = (f"the measure “{one.measure.name}”", "\n".join(parts))
    return found


def digest(words: Mapping[str, Any], series: Iterable[Prepared]) -> str:
    """Return a mark of exactly what would be published: whoever agreed to one agrees to no other."""
    numbers = [
        (
            one.definition,
            one.setup,
            one.protected.treatment.value,
            [astuple(row) for row in one.protected.rows],
        )
        for one in series
    ]
    written = json.dumps([words, numbers], sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _outcomes_first(series: Iterable[Prepared]) -> list[Prepared]:
    return sorted(series, key=lambda one: one.measure.type is not MeasureType.OUTCOME)


def _prepare(record: Record) -> Prepared:
    measure = record.measure
    rows = [Cells(one.period, one.value, one.numerator, one.denominator) for one in record.points]
    protected = protect(
        counts=measure.counts.value,
        chart=measure.chart,
        unit=measure.unit,
        frequency=measure.frequency.value,
        rows=rows,
    )
    return Prepared(measure, record, definition_of(measure), setup_of(record), protected)


def _node(node: DriverNode) -> dict[str, Any]:
    return {
        "kind": node.kind.value,
        "text": node.text,
        "state": node.state.value if node.state else None,
        "children": [_node(child) for child in node.children],
    }


def _boxes(nodes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [text for node in nodes for text in (node["text"], *_boxes(node["children"]))]


def _cycle(cycle: Cycle) -> dict[str, Any]:
    def iso(on: date | None) -> str | None:
        return on.isoformat() if on else None

    return {
        "number": cycle.number,
        "change_idea": cycle.change_idea,
        "objective": cycle.objective.value,
        "questions": cycle.questions,
        "prediction": cycle.prediction,
        "plan": cycle.plan,
        "data_plan": cycle.data_plan,
        "starts_on": iso(cycle.starts_on),
        "ends_on": iso(cycle.ends_on),
        "did": cycle.did,
        "learned": cycle.learned,
        "act": cycle.act.value if cycle.act else None,
    }


def _methods(rounds: Sequence[Cycle], tree: DriverNode | None, series: Sequence[Prepared]) -> list[str]:
    charts = [spc.CHARTS[one.measure.chart].title for one in series]
    used = ["PDSA cycles"] * bool(rounds) + ["Driver diagram"] * bool(tree and tree.children)
    return list(dict.fromkeys([*used, *charts]))
