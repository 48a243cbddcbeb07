"""A report's measures as they would be published, after the attack: everything that is or was public of the project is known to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.learning.models import (
    ProtectedSeries,
    PublishedVersion,
    Report,
    ReportMeasure,
    Treatment,
)
from qiplatform.learning.queries.preparation import Prepared, prepared
from qiplatform.learning.queries.public import cells_of
from qiplatform.learning.rules import FREE, Cells
from qiplatform.learning.rules.disclosure import Outcome, Table, guarded
from qiplatform.measures import queries as measures
from qiplatform.measures.models import Measure


@dataclass(frozen=True, slots=True)
class Ready:
    """The chosen measures made ready, and what the attack on them came to."""

    series: tuple[Prepared, ...]
    outcome: Outcome
    names: Mapping[str, str]
    """Names of the measures by id."""
    publications: int
    """Versions that are or were public of the same project."""
    seconds: float


def ready(db: Session, report: Report) -> Ready:
    """Return a report's measures exactly as they would be published now."""
    known = {one.id: one for one in measures.of_project(db, report.project_id)}
    query = select(ReportMeasure.measure_id).where(ReportMeasure.report_id == report.id)
    chosen = [one for one in db.scalars(query.order_by(ReportMeasure.position)) if one in known]
    before = _published(db, report.project_id, known.values())
    # The chosen ones first, so that later ones are left out before the headline.
    looked = [known[one] for one in dict.fromkeys([*chosen, *known])]
    made = {one.measure.id: one for one in prepared(db, looked)}
    began = perf_counter()
    tables = [
        _table(one, before.of.get(key, ()), ours=key in chosen)
        for key, one in made.items()
        if _counts(one) and (key in chosen or key in before.of)
    ]
    outcome, rows = guarded(tables)
    seconds = perf_counter() - began
    series = tuple(_with(made[one], rows.get(one)) for one in chosen)
    return Ready(
        series, outcome, {key: one.measure.name for key, one in made.items()}, before.versions, seconds
    )


@dataclass(frozen=True, slots=True)
class _Before:
    of: Mapping[str, tuple[tuple[Cells, ...], ...]]
    versions: int


def _published(db: Session, project_id: str, known: Iterable[Measure]) -> _Before:
    """Return what every version of every report of a project ever showed, by measure."""
    named = {(one.name, one.chart): one.id for one in known}
    query = select(ProtectedSeries).join(PublishedVersion, PublishedVersion.id == ProtectedSeries.version_id)
    query = query.join(Report, Report.id == PublishedVersion.report_id).where(Report.project_id == project_id)
    series = [
        one
        for one in db.scalars(query.order_by(ProtectedSeries.id))
        if one.treatment is not Treatment.WITHHELD
    ]
    points = cells_of(db, [one.id for one in series])
    found: dict[str, list[tuple[Cells, ...]]] = {}
    for one in series:
        key = one.measure_id or named.get((one.definition["name"], one.definition["chart"]), "")
        found.setdefault(key, []).append(tuple(points.get(one.id, ())))
    return _Before(
        {key: tuple(dict.fromkeys(rows)) for key, rows in found.items() if key},
        len({one.version_id for one in series}),
    )


def _counts(one: Prepared) -> bool:
    """Whether a measure's numbers are counts: rounded ones of people, or things shown as they are."""
    return one.protected.treatment is Treatment.ROUNDED or one.measure.counts.value == FREE


def _table(one: Prepared, others: Sequence[tuple[Cells, ...]], *, ours: bool) -> Table:
    measure = one.measure
    rows = tuple(Cells(row.period, row.value, row.numerator, row.denominator) for row in one.record.points)
    return Table(
        key=measure.id,
        name=measure.name,
        frequency=measure.frequency,
        rows=rows,
        ours=one.protected.rows if ours else None,
        others=tuple(others),
        exact=measure.counts.value == FREE,
    )


def _with(one: Prepared, rows: tuple[Cells, ...] | None) -> Prepared:
    if rows is None or rows == one.protected.rows:
        return one
    return replace(one, protected=replace(one.protected, rows=rows))
