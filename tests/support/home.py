"""Makes a project in the middle of its work: measures with numbers, a cycle waiting to be studied, a diagram."""

from dataclasses import dataclass
from datetime import date

from qiplatform.accounts.models import User
from qiplatform.cycles import actions as cycles
from qiplatform.cycles import queries as cycle_queries
from qiplatform.cycles.models import Cycle
from qiplatform.cycles.rules import Plan
from qiplatform.measures.models import Measure, MeasureType
from qiplatform.projects import actions as projects
from qiplatform.projects import queries
from qiplatform.projects.models import DriverKind
from qiplatform.projects.rules import DriverNode
from tests.support.factories import AT, Factory
from tests.support.measures import Measures, rows
from tests.support.projects import Team, team

NUMBERS = ("61", "64", "60", "63", "62", "65", "59", "62", "64", "61", "63", "62", "60")


@dataclass(frozen=True)
class Story:
    """A project and what stands in it."""

    team: Team
    measure: Measure
    cycle: Cycle

    @property
    def path(self) -> str:
        """The project's page."""
        return f"/projects/{self.team.project.id}"


def story(make: Factory, *, measures: int = 1, title: str = "Shorter waits in A&E") -> Story:
    """Make it."""
    people, making = team(make, title), Measures(make.store)
    defined = [measure(making, people.lead, people, number) for number in range(measures)]
    with make.store.session() as db:
        seen = queries.get(db, people.lead, people.project.id)
        tree = DriverNode(
            DriverKind.AIM,
            "Nobody waits too long",
            (
                DriverNode(
                    DriverKind.PRIMARY,
                    "First contact",
                    (
                        DriverNode(
                            DriverKind.SECONDARY,
                            "Early decision",
                            (DriverNode(DriverKind.CHANGE_IDEA, "Senior at the door"),),
                        ),
                    ),
                ),
            ),
        )
        projects.set_drivers(db, by=people.lead, at=AT, seen=seen, tree=tree)
        plan = Plan("Can one pair keep up?", "Nine in ten are out in time.", change_idea="Senior at the door")
        cycle = cycles.plan(db, by=people.lead, at=AT, seen=seen, plan=plan, measure_ids=[defined[0].id])
        open_ = cycle_queries.get(db, people.lead, cycle.id)
        cycles.start(db, by=people.lead, at=AT, seen=open_, starts_on=date(2024, 6, 3))
        cycles.do(db, by=people.lead, at=AT, seen=open_, did="It took place.", ends_on=date(2024, 6, 14))
    return Story(people, defined[0], cycle)


def measure(making: Measures, lead: User, people: Team, number: int) -> Measure:
    """Define a measure with numbers; the first is the outcome."""
    kind = MeasureType.OUTCOME if number == 0 else MeasureType.PROCESS
    made = making.measure(lead, project=people.project, name=f"Measure number {number}", type=kind)
    making.put(lead, made, rows(NUMBERS))
    return made
