"""The demo's open project: waits that grew longer, one cycle waiting to be studied, another idea abandoned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.demo import attendances, measured, ramps, tested
from qiplatform.demo.measured import Measures, instant
from qiplatform.demo.people import LEAD, MEMBER, Person
from qiplatform.organisations.models import Organisation
from qiplatform.projects import actions, queries
from qiplatform.projects.models import DriverKind, Project, ProjectStatus, TeamRole
from qiplatform.projects.rules import AimParts, DriverNode

PROVIDER = "RJZ"
BEGAN = date(2018, 9, 3)


@dataclass(frozen=True, slots=True)
class Winter:
    """What the later chapters need."""

    project: Project
    measures: Measures


def load(db: Session, *, people: Mapping[Person, User], organisation: Organisation) -> Winter:
    """Register the project, its team, drivers and measures, and put the numbers."""
    member = people[MEMBER]
    project = actions.register(
        db,
        by=member,
        at=instant(BEGAN),
        title="Steady through the winter",
        problem=(
            "Every winter more people wait longer than four hours, and in spring it does not go back to where it was. "
            + attendances.invented(PROVIDER)
        ),
        organisation_id=organisation.id,
        setting="Emergency department",
        topics=("waiting", "winter", "emergency care"),
        aim=AimParts(
            measure_of_success="attendances that end within four hours",
            baseline="73%",
            goal="80%",
            for_whom="everybody who comes to A&E",
        ),
    )
    seen = queries.get(db, member, project.id)
    actions.add_member(db, by=member, at=instant(BEGAN), seen=seen, email=LEAD.email, role=TeamRole.LEAD)
    actions.set_drivers(db, by=member, at=instant(date(2018, 9, 6)), seen=seen, tree=_drivers())
    defined = measured.define(db, at=instant(date(2018, 9, 6)), by=member, project=seen, provider=PROVIDER)
    measured.put_by_year(db, by=member, measures=defined, provider=PROVIDER)
    actions.move(db, by=member, at=instant(date(2018, 10, 1)), seen=seen, to=ProjectStatus.TESTING)
    for told in (ramps.LATE_SHIFT, ramps.CHAIRS):
        tested.live(db, by=member, project=seen, measure_ids=[defined.percent.id], told=told)
    return Winter(project, defined)


def _drivers() -> DriverNode:
    def idea(text: str) -> DriverNode:
        return DriverNode(DriverKind.CHANGE_IDEA, text)

    return DriverNode(
        DriverKind.AIM,
        "80% of attendances end within four hours through the winter",
        (
            DriverNode(
                DriverKind.PRIMARY,
                "Enough people when most come",
                (
                    DriverNode(
                        DriverKind.SECONDARY,
                        "Rota follows the hours of arrival",
                        (idea("Late shift begins two hours later"),),
                    ),
                ),
            ),
            DriverNode(
                DriverKind.PRIMARY,
                "A way out of the department",
                (
                    DriverNode(
                        DriverKind.SECONDARY,
                        "A place for those who only wait for a result",
                        (idea("Chairs for people who are fit to sit"),),
                    ),
                ),
            ),
        ),
    )
