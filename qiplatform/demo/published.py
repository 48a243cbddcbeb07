"""The demo's report: written by the lead, signed by the team, approved by a checker of another organisation."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.demo import attendances
from qiplatform.demo.measured import instant
from qiplatform.demo.people import CHECKER, LEAD, MEMBER, Person
from qiplatform.demo.waits import PROVIDER, Waits
from qiplatform.learning import actions, queries
from qiplatform.learning.actions import Words
from qiplatform.learning.models import ReportResult
from qiplatform.projects import queries as projects

SECTIONS = {
    "summary": (
        "A demonstration of what a published report looks like. A made-up team put a senior doctor and a nurse at the front "
        "door of A&E, so that people were seen early by somebody who could decide. From June 2018 more people left within "
        "four hours, month after month."
    ),
    "problem": (
        "One person in ten waited longer than four hours, and in winter more. Most of the waiting was before anybody had "
        "decided what they needed. "
    ),
    "did": (
        "Four PDSA cycles on one change idea: a senior doctor and a nurse at the front door. The first two taught us that one "
        "pair is too few after noon, and that it works only when the doctor cannot be called away. Then it became a line of "
        "the rota. A fifth cycle, asking for blood tests at arrival, was abandoned: it only moved the queue to the laboratory."
    ),
    "happened": (
        "Seen within four hours: 87% before, 95% in the ten months since June 2018. June, July and August 2018 were each "
        "above the upper process limit of the months before. January and February 2019 were lower again."
    ),
    "differently": (
        "Give the doctor at the door no other duty from the first day. Ask the laboratory before asking more of it. Watch the "
        "next winter before calling it held."
    ),
    "known": "Others had put a senior doctor at the door before; what they wrote does not say how the rota was kept.",
    "rationale": "If somebody who can decide sees people first, nobody waits for a decision twice.",
    "ethics": "Service improvement with routine figures; no approval was needed.",
    "meaning": "The step came with the second test and lasted. It does not show how much of it the rota did alone.",
    "sustaining": "The rota's line belongs to the department now. The chart stays on the wall, and the next winter decides.",
    "funding": "Nobody paid for it but the department.",
    "involvement": "Invented, as the rest: people in the waiting room were asked each week what they were waiting for.",
}


def load(db: Session, *, people: Mapping[Person, User], waits: Waits) -> str:
    """Write the report, pass the gate, and return its id."""
    lead, member, checker = people[LEAD], people[MEMBER], people[CHECKER]
    sections = SECTIONS | {"problem": SECTIONS["problem"] + attendances.invented(PROVIDER)}
    words = Words(
        title="A senior doctor at the front door of A&E",
        result=ReportResult.IMPROVED,
        sections=sections,
        measure_ids=[waits.measures.percent.id, waits.measures.share.id, waits.measures.attendances.id],
        region="Midlands",
        contact="improvement@example.org",
    )
    project = projects.get(db, lead, waits.project.id)
    report = actions.begin(db, by=lead, at=instant(date(2019, 4, 17)), seen=project, words=words)
    for author in (lead, member):
        seen = queries.get(db, author, report.id)
        actions.sign(db, by=author, at=instant(date(2019, 4, 18)), seen=seen, agree=True)
    actions.submit(db, by=lead, at=instant(date(2019, 4, 23)), seen=queries.get(db, lead, report.id))
    at = instant(date(2019, 5, 7))
    actions.approve(db, by=checker, at=at, seen=queries.get(db, checker, report.id), cleared=True)
    return report.id
