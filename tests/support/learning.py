"""Makes reports on their way to the public for tests, through the room's own actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.cycles import actions as cycles
from qiplatform.cycles.rules import Plan
from qiplatform.learning import actions, queries
from qiplatform.learning.actions import Words
from qiplatform.learning.models import PublishedVersion, Report, ReportResult
from qiplatform.measures.models import Measure
from qiplatform.projects import actions as projects
from qiplatform.projects import queries as seen_projects
from qiplatform.projects.models import DriverKind, Project
from qiplatform.projects.rules import DriverNode
from qiplatform.search import actions as search
from qiplatform.search.pages import drawn
from tests.support.factories import AT, Factory
from tests.support.measures import Measures
from tests.support.projects import Team, team

SECTIONS = {
    "summary": "A doctor at the front door made waits shorter.",
    "problem": "Patients waited too long in A&E.",
    "did": "We tested a senior doctor at the front door.",
    "happened": "More patients were seen within four hours.",
    "differently": "We would begin with the evening shift.",
    "involvement": "",
}


@dataclass(frozen=True)
class Reports:
    """Makes reports of one team in one store."""

    make: Factory
    team: Team

    @property
    def measures(self) -> Measures:
        """Makes the team's measures."""
        return Measures(self.make.store)

    def tree(self, *ideas: str) -> None:
        """Draw a driver diagram with these change ideas."""
        leaves = tuple(DriverNode(DriverKind.CHANGE_IDEA, idea) for idea in ideas)
        branch = DriverNode(DriverKind.SECONDARY, "Early decision", leaves)
        tree = DriverNode(
            DriverKind.AIM, "Shorter waits", (DriverNode(DriverKind.PRIMARY, "Front door", (branch,)),)
        )
        with self.make.store.session() as db:
            seen = seen_projects.get(db, self.team.lead, self.team.project.id)
            projects.set_drivers(db, by=self.team.lead, at=AT, seen=seen, tree=tree)

    def cycle(
        self,
        idea: str = "Senior doctor at the front door",
        *,
        starts_on: date | None = None,
        measures: Sequence[Measure] = (),
        **parts: Any,
    ) -> None:
        """Plan a cycle; drawn on the charts of these measures from its first day."""
        given = {
            "questions": "Does it help?",
            "prediction": "Half an hour less.",
            "plan": "On weekdays.",
            **parts,
        }
        with self.make.store.session() as db:
            seen = seen_projects.get(db, self.team.lead, self.team.project.id)
            cycles.plan(
                db,
                by=self.team.lead,
                at=AT,
                seen=seen,
                plan=Plan(change_idea=idea, **given),
                starts_on=starts_on,
                measure_ids=[one.id for one in measures],
            )

    def draft(
        self,
        title: str = "Shorter waits in A&E",
        result: ReportResult = ReportResult.IMPROVED,
        *,
        measures: Sequence[Measure] | None = None,
        by: User | None = None,
        **sections: str,
    ) -> Report:
        """Begin a report."""
        writer = by or self.team.lead
        chosen = None if measures is None else [one.id for one in measures]
        words = Words(title, result, {**SECTIONS, **sections}, chosen)
        with self.make.store.session() as db:
            seen = seen_projects.get(db, writer, self.team.project.id)
            return actions.begin(db, by=writer, at=AT, seen=seen, words=words)

    def submitted(self, *args: Any, **parts: Any) -> Report:
        """Begin a report and send it."""
        report = self.draft(*args, **parts)
        with self.make.store.session() as db:
            seen = queries.get(db, self.team.lead, report.id)
            return actions.submit(db, by=self.team.lead, at=AT, seen=seen)

    def published(self, *args: Any, indexed: bool = True, **parts: Any) -> PublishedVersion:
        """Begin, send and approve a report, and put it into the index."""
        report = self.submitted(*args, **parts)
        with self.make.store.session() as db:
            seen = queries.get(db, self.team.curator, report.id)
            version = actions.approve(db, by=self.team.curator, at=AT, seen=seen, cleared=True)
            if indexed:
                search.index(db, at=AT, report_id=report.id, draw=drawn)
        assert version is not None, "another checker is waited for"
        return version

    @staticmethod
    def row(db: Session, report_id: str) -> Report:
        """Return a report's row."""
        return db.get_one(Report, report_id)

    def withdraw(self, report_id: str, reason: str = "The numbers were wrong.") -> None:
        """Take a published report back."""
        with self.make.store.session() as db:
            seen = queries.get(db, self.team.lead, report_id)
            actions.withdraw(db, by=self.team.lead, at=AT, seen=seen, reason=reason)


def reports(make: Factory, title: str = "Shorter waits in A&E", **parts: Any) -> Reports:
    """Return a maker of reports of a new team; `parts` are columns of its project."""
    made = Reports(make, team(make, title))
    if parts:
        with make.store.session() as db:
            project = db.get_one(Project, made.team.project.id)
            for name, value in parts.items():
                setattr(project, name, value)
    return made
