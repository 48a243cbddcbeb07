"""Three invented places that took the demo's idea up: one improved, one saw no change, one stopped. All of it is invented."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from qiplatform.accounts import actions as accounts
from qiplatform.accounts.models import User
from qiplatform.cycles import actions as cycles
from qiplatform.cycles.rules import Plan
from qiplatform.demo.measured import instant
from qiplatform.demo.people import CHECKER, Person
from qiplatform.learning import actions, queries
from qiplatform.learning.actions import Words
from qiplatform.learning.models import ReportResult
from qiplatform.measures import actions as measuring
from qiplatform.measures import queries as measures
from qiplatform.measures.rules import PointRow
from qiplatform.measures.rules.periods import add_months
from qiplatform.organisations import actions as organisations
from qiplatform.organisations.models import OrganisationRole
from qiplatform.projects import queries as projects

FIRST, BEGAN = date(2019, 6, 1), date(2020, 6, 1)
_UPS = (0.4, -1.1, 0.9, 0.2, -0.6, 1.3, -0.9, 0.1, 0.7, -1.4, 0.5, -0.1)
"""One year of ups and downs in percentage points; invented."""


@dataclass(frozen=True, slots=True)
class Place:
    """One invented place: how it went there."""

    name: str
    result: ReportResult
    before: float
    after: float
    months: int
    """Months after the change began."""
    did: str
    happened: str
    differently: str


PLACES = (
    Place(
        "Northfield Hospital (invented)",
        ReportResult.IMPROVED,
        84.2,
        88.9,
        12,
        "We copied the pair at the front door and kept the doctor free of other duties from the first day.",
        "More people were seen within four hours from the second month on, and it held for the year we watched.",
        "Tell the laboratory before you begin, not after.",
    ),
    Place(
        "Southmere Infirmary (invented)",
        ReportResult.NO_CHANGE,
        91.0,
        91.2,
        12,
        "We put a senior nurse at the front door, because no doctor could be spared.",
        "Nothing changed. We think that a nurse who may not discharge people cannot shorten the wait.",
        "Do not begin without somebody who can decide.",
    ),
    Place(
        "Westcote General (invented)",
        ReportResult.STOPPED_EARLY,
        87.6,
        87.1,
        6,
        "We tried the pair on weekdays for half a year.",
        "We stopped when the doctor was needed on the wards. Until then nothing had changed.",
        "Agree first what happens when the wards call.",
    ),
)


def load(db: Session, *, people: Mapping[Person, User], report_id: str) -> list[str]:
    """Let the three take the idea up, measure, and publish; return the ids of their reports."""
    at = instant(FIRST)
    # Nobody knows the password: this account is nobody's.
    lead = accounts.add(
        db, at=at, email="invented@example.org", name="Invented teams", password=secrets.token_urlsafe(24)
    )
    return [_publish(db, people[CHECKER], lead, report_id, one) for one in PLACES]


def _publish(db: Session, checker: User, lead: User, report_id: str, place: Place) -> str:
    at = instant(FIRST)
    organisation = organisations.add(db, at=at, name=place.name)
    organisations.join(db, at=at, user=lead, organisation=organisation, role=OrganisationRole.MEMBER)
    project = actions.adopt(
        db, by=lead, at=at, report_id=report_id, title=f"A decision at the door, {place.name}"
    )
    project.organisation_id = organisation.id
    db.flush()
    seen = projects.get(db, lead, project.id)
    measure = next(
        one for one in measures.of_project(db, project.id) if (one.chart, one.unit) == ("xmr", "%")
    )
    measuring.put_points(
        db,
        by=lead,
        at=instant(add_months(BEGAN, place.months)),
        seen=measures.get(db, lead, measure.id),
        rows=_rows(place),
    )
    cycles.plan(
        db,
        by=lead,
        at=at,
        seen=seen,
        plan=Plan(
            questions="Does a decision at the door shorten the wait here too?",
            prediction="Four percentage points more within four hours.",
            change_idea="Somebody who can decide at the front door",
            plan="All of it is invented for the demonstration.",
        ),
        starts_on=BEGAN,
        measure_ids=[measure.id],
    )
    words = Words(
        title=f"A decision at the front door: {place.name}",
        result=place.result,
        sections={
            "summary": "An invented example of a place that took the idea up.",
            "problem": "Too many people waited longer than four hours. Place, people and numbers are invented.",
            "did": place.did,
            "happened": place.happened,
            "differently": place.differently,
        },
        measure_ids=[measure.id],
    )
    done = instant(add_months(BEGAN, place.months + 1))
    report = actions.begin(db, by=lead, at=done, seen=seen, words=words)
    actions.submit(db, by=lead, at=done, seen=queries.get(db, lead, report.id))
    actions.approve(db, by=checker, at=done, seen=queries.get(db, checker, report.id), cleared=True)
    return report.id


def _rows(place: Place) -> Sequence[PointRow]:
    levels = [place.before] * 12 + [place.after] * place.months
    return [
        PointRow(add_months(FIRST, month), value=f"{level + _UPS[(5 * month) % 12]:.1f}")
        for month, level in enumerate(levels)
    ]
