"""The demo's improvement story: a ramp of cycles at the front door, a step in the chart, a published report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.demo import attendances, measured, ramps, tested
from qiplatform.demo.measured import Measures, instant
from qiplatform.demo.people import COACH, LEAD, MEMBER, Person
from qiplatform.measures import actions as measures
from qiplatform.measures import queries as measure_queries
from qiplatform.organisations.models import Organisation
from qiplatform.projects import actions, queries
from qiplatform.projects.models import DriverKind, Project, ProjectStatus, TeamRole
from qiplatform.projects.rules import AimParts, DriverNode

PROVIDER = "RDD"
BEGAN = date(2017, 9, 4)
STEP = date(2018, 6, 1)


@dataclass(frozen=True, slots=True)
class Waits:
    """What the later chapters need."""

    project: Project
    measures: Measures


def load(db: Session, *, people: Mapping[Person, User], organisation: Organisation) -> Waits:
    """Register the project, its team, drivers and measures, and put the numbers."""
    lead = people[LEAD]
    project = actions.register(
        db,
        by=lead,
        at=instant(BEGAN),
        title="Shorter waits in A&E",
        problem=(
            "One person in ten waits longer than four hours, and in winter more. Most of the waiting is before anybody has decided what they need. "
            + attendances.invented(PROVIDER)
        ),
        organisation_id=organisation.id,
        setting="Emergency department",
        topics=("waiting", "flow", "emergency care"),
        aim=AimParts(
            measure_of_success="attendances that end within four hours",
            baseline="90%",
            goal="95%",
            by_on=date(2019, 3, 31),
            for_whom="everybody who comes to A&E",
        ),
    )
    seen = queries.get(db, lead, project.id)
    actions.add_member(db, by=lead, at=instant(BEGAN), seen=seen, email=MEMBER.email, role=TeamRole.MEMBER)
    actions.set_drivers(db, by=lead, at=instant(date(2017, 9, 11)), seen=seen, tree=_drivers())
    defined = measured.define(db, at=instant(date(2017, 9, 12)), by=lead, project=seen, provider=PROVIDER)
    measured.put_by_year(db, by=people[MEMBER], measures=defined, provider=PROVIDER)
    actions.move(db, by=lead, at=instant(date(2017, 9, 25)), seen=seen, to=ProjectStatus.TESTING)
    watched, before = [defined.percent.id, defined.share.id], None
    for told in ramps.FRONT_DOOR:
        before = tested.live(db, by=lead, project=seen, measure_ids=watched, told=told, follows=before)
    tested.live(db, by=people[MEMBER], project=seen, measure_ids=watched, told=ramps.BLOODS)
    return Waits(project, defined)


def _drivers() -> DriverNode:
    def idea(text: str) -> DriverNode:
        return DriverNode(DriverKind.CHANGE_IDEA, text)

    def secondary(text: str, *ideas: str) -> DriverNode:
        return DriverNode(DriverKind.SECONDARY, text, tuple(map(idea, ideas)))

    return DriverNode(
        DriverKind.AIM,
        "95% of attendances end within four hours by March 2019",
        (
            DriverNode(
                DriverKind.PRIMARY,
                "The right first contact",
                (
                    secondary(
                        "Somebody senior decides early",
                        "Senior doctor and nurse meet people at the front door",
                    ),
                    secondary("Tests begin before the wait", "Blood tests and X-ray asked for at arrival"),
                ),
            ),
            DriverNode(
                DriverKind.PRIMARY,
                "No waiting for a bed",
                (
                    secondary(
                        "Wards know what comes",
                        "Beds asked for when the decision is likely, not when it is made",
                    ),
                    secondary(
                        "Beds free earlier in the day", "Two people ready to go home before ten on each ward"
                    ),
                ),
            ),
            DriverNode(
                DriverKind.PRIMARY,
                "Care elsewhere for those it suits better",
                (
                    secondary(
                        "A place to send people to the same day",
                        "Booked same-day visit at the GP service next door",
                    ),
                ),
            ),
        ),
    )


def decide(db: Session, *, people: Mapping[Person, User], waits: Waits) -> None:
    """Write on the chart what was decided once the step had held."""
    lead = people[LEAD]
    percent = measure_queries.get(db, lead, waits.measures.percent.id)
    measures.annotate(
        db,
        by=lead,
        at=instant(date(2018, 1, 15)),
        seen=percent,
        period=date(2018, 1, 1),
        text="Much flu on the wards this month (invented for the demonstration).",
    )
    share = measure_queries.get(db, lead, waits.measures.share.id)
    for seen in (percent, share):
        measures.start_phase(
            db,
            by=people[COACH],
            at=instant(date(2019, 4, 15)),
            seen=seen,
            from_on=STEP,
            reason=(
                "Ten points above the mean since June 2018, the month after the front-door team became part of daily work; "
                "expected to last. An invented reason for a real step."
            ),
        )


def finish(db: Session, *, people: Mapping[Person, User], waits: Waits) -> None:
    """Take the project to its end."""
    lead = people[LEAD]
    seen = queries.get(db, lead, waits.project.id)
    actions.move(db, by=lead, at=instant(date(2018, 5, 21)), seen=seen, to=ProjectStatus.IMPLEMENTING)
    actions.move(
        db,
        by=lead,
        at=instant(date(2019, 4, 16)),
        seen=seen,
        to=ProjectStatus.COMPLETED,
        reason="The step has held for ten months and the front-door team is part of the rota.",
    )
