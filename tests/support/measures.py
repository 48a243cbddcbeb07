"""Makes measures with numbers for tests, committed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from qiplatform.accounts.models import User
from qiplatform.measures import actions, queries
from qiplatform.measures.actions import IfDifferent
from qiplatform.measures.models import Direction, Measure, MeasureType
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Definition, Level, PointRow, Record
from qiplatform.measures.rules.periods import add_months
from qiplatform.projects import actions as projects
from qiplatform.projects import queries as seen_projects
from qiplatform.projects.models import Project
from qiplatform.store.session import Store

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
PLAIN = Definition(
    name="Waiting time", type=MeasureType.OUTCOME, chart="xmr", direction=Direction.DECREASE, unit="minutes"
)
SHARE = Definition(
    name="Seen within four hours",
    type=MeasureType.OUTCOME,
    chart="p",
    direction=Direction.INCREASE,
    targets=(Level(None, "0.95"),),
)
FIRST = date(2024, 1, 1)


def months(count: int, first: date = FIRST) -> list[date]:
    """Return firsts of months."""
    return [add_months(first, ahead) for ahead in range(count)]


def rows(values: Iterable[str], first: date = FIRST) -> list[PointRow]:
    """Return one row a month for single values."""
    return [PointRow(add_months(first, ahead), value=value) for ahead, value in enumerate(values)]


def pairs(counts: Iterable[tuple[str, str]], first: date = FIRST) -> list[PointRow]:
    """Return one row a month for numerators and denominators."""
    return [
        PointRow(add_months(first, ahead), numerator=top, denominator=bottom)
        for ahead, (top, bottom) in enumerate(counts)
    ]


class Measures:
    """Makes measures in one store."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self.store = store

    def project(
        self, lead: User, title: str = "Shorter waits in A&E", *, organisation_id: str | None = None
    ) -> Project:
        """Register a project led by a person."""
        with self.store.session() as db:
            return projects.register(db, by=lead, at=AT, title=title, organisation_id=organisation_id)

    def measure(
        self, lead: User, definition: Definition = PLAIN, *, project: Project | None = None, **parts: Any
    ) -> Measure:
        """Define a measure; `parts` replace parts of the definition."""
        project = project or self.project(lead)
        with self.store.session() as db:
            seen = seen_projects.get(db, lead, project.id)
            return actions.define(db, by=lead, at=AT, seen=seen, definition=replace(definition, **parts))

    def put(self, by: User, measure: Measure, wanted: Sequence[PointRow], *, at: datetime = AT) -> None:
        """Put numbers, in place of those that are there."""
        with self.store.session() as db:
            seen = queries.get(db, by, measure.id)
            actions.put_points(db, by=by, at=at, seen=seen, rows=wanted, if_different=IfDifferent.REPLACE)

    def seen(self, by: User, measure: Measure) -> SeenMeasure:
        """Return the measure as a person sees it."""
        with self.store.session(reading=True) as db:
            return queries.get(db, by, measure.id)

    def record(self, measure: Measure) -> Record:
        """Return what is kept."""
        with self.store.session(reading=True) as db:
            return queries.record(db, measure)
