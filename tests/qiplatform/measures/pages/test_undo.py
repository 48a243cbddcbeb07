"""Every decision about a chart can be taken back by those who may, once, and stays in the story with who and when."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotAllowed, Refusal
from qiplatform.measures import actions, queries
from qiplatform.measures.models import Decision, DecisionKind, Measure
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules.signals import SignalName
from qiplatform.measures.rules.steps import StepAnswer
from qiplatform.store.audit import AuditEvent
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import text
from tests.support.measures import AT, Measures, rows

VALUES = [
    *("50", "52", "49", "51", "48", "50", "52", "49", "51", "50", "49", "51", "50", "48"),
    *("58", "60", "59", "57", "60", "58", "59", "61"),
]
STEP, MAY = date(2025, 3, 1), date(2024, 5, 1)
LATER = AT + timedelta(days=3)
Made = Callable[[Session, User, SeenMeasure, str], Decision]


def _answer(answer: StepAnswer) -> Made:
    return lambda db, by, seen, why: actions.answer_step(
        db, by=by, at=AT, seen=seen, period=STEP, answer=answer, reason=why
    )


def _of(kind: DecisionKind, to_on: date | None = None) -> Made:
    return lambda db, by, seen, why: actions.decide(
        db, kind, by=by, at=AT, seen=seen, from_on=MAY, to_on=to_on, text=why
    )


EVERY: dict[str, Made] = {
    "phase": _of(DecisionKind.PHASE),
    "exclusion": _of(DecisionKind.EXCLUSION),
    "annotation": _of(DecisionKind.ANNOTATION),
    "baseline": _of(DecisionKind.BASELINE, date(2024, 12, 1)),
    "why": lambda db, by, seen, why: actions.say_why(
        db, by=by, at=AT, seen=seen, about=SignalName("shift", "high", STEP), text=why
    ),
    "accept": _answer(StepAnswer.ACCEPT),
    "decline": _answer(StepAnswer.DECLINE),
    "wait": _answer(StepAnswer.WAIT),
}
every = pytest.mark.parametrize("kind", EVERY)


class Team:
    """A lead and a coach with a measure that has a step."""

    def __init__(self, measures: Measures, make: Factory) -> None:
        """Make them."""
        self.measures, self.store = measures, measures.store
        self.lead, self.coach = make.user("Lead"), make.user("Coach")
        organisation = make.organisation(member=self.lead, coach=self.coach)
        project = measures.project(self.lead, organisation_id=organisation.id)
        self.measure: Measure = measures.measure(self.lead, project=project)
        measures.put(self.lead, self.measure, rows(VALUES))

    def decide(self, kind: str, why: str = "The new rota", by: User | None = None) -> Decision:
        """Make a decision."""
        with self.store.session() as db:
            by = by or self.lead
            return EVERY[kind](db, by, queries.get(db, by, self.measure.id), why)

    def take_back(self, decision: Decision, by: User) -> Decision:
        """Take one back."""
        with self.store.session() as db:
            seen = queries.get(db, by, self.measure.id)
            return actions.take_back(db, by=by, at=LATER, seen=seen, decision_id=decision.id)

    def audited(self, action: str) -> int:
        """Count what was noted of an action."""
        with self.store.session(reading=True) as db:
            return len(list(db.scalars(select(AuditEvent).where(AuditEvent.action == action))))

    def version(self) -> int:
        """Return the data version."""
        with self.store.session(reading=True) as db:
            return queries.get(db, self.lead, self.measure.id).measure.data_version


@pytest.fixture
def team(measures: Measures, make: Factory) -> Team:
    return Team(measures, make)


def test_every_kind_of_decision_is_tried_here(team: Team) -> None:
    assert {team.decide(kind).kind for kind in ("phase", "exclusion", "annotation", "baseline", "why")} | {
        DecisionKind.DECLINED,
        DecisionKind.WAIT,
    } == set(DecisionKind)


@every
def test_it_is_taken_back_and_stays_with_who_and_when(client: Client, team: Team, kind: str) -> None:
    made = team.decide(kind)
    assert made.id in {one.id for one in team.measures.record(team.measure).decisions}
    page = client.as_(team.lead)
    address = f"/measures/{team.measure.id}"
    assert page.submit(f"{address}/decisions/{made.id}/remove").status_code == 303
    record = team.measures.record(team.measure)
    assert record.decisions == ()
    assert [one.id for one in record.taken_back] == [made.id]
    words = text(page.get(address).text)
    assert "Taken back:" in words
    assert "Lead (made by Lead on 3 March 2026)" in words
    assert "The new rota" in words


@every
def test_taking_back_twice_keeps_the_first(team: Team, kind: str) -> None:
    made = team.decide(kind)
    by = team.coach if kind not in {"annotation", "why"} else team.lead
    first = team.take_back(made, by)
    version = team.version()
    again = team.take_back(made, team.lead)
    assert (again.removed_by_id, again.removed_at) == (first.removed_by_id, LATER) == (by.id, LATER)
    assert team.version() == version
    assert team.audited("measures.take_back") == 1


@every
def test_two_people_at_once_take_it_back_once(team: Team, make: Factory, kind: str) -> None:
    made, version = team.decide(kind), team.version()
    by = [team.lead, team.coach if kind not in {"annotation", "why"} else team.lead]
    ready = Barrier(2)

    def together(person: User) -> str | None:
        ready.wait()
        return team.take_back(made, person).removed_by_id

    with ThreadPoolExecutor(2) as pool:
        seen = list(pool.map(together, by))
    assert len(set(seen)) == 1
    assert team.version() == version + 1
    assert team.audited("measures.take_back") == 1


@pytest.mark.parametrize("kind", ["accept", "decline", "wait"])
def test_two_people_at_once_answer_a_step_once(team: Team, kind: str) -> None:
    ready = Barrier(2)

    def together(person: User) -> str:
        ready.wait()
        try:
            team.decide(kind, by=person)
        except Refusal as refusal:
            return refusal.words
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(together, [team.lead, team.coach]))
    assert said[1] == "done"
    assert said[0].startswith("The chart suggests no step from March 2025 now.")
    assert len(team.measures.record(team.measure).decisions) == 1


@pytest.mark.parametrize("kind", ["annotation", "why"])
def test_those_who_may_not_make_it_may_not_take_it_back(team: Team, kind: str) -> None:
    made = team.decide(kind)
    with pytest.raises(NotAllowed):
        team.take_back(made, team.coach)
    assert team.audited("measures.take_back") == 0


@every
def test_a_reason_of_blanks_is_refused(team: Team, kind: str) -> None:
    with pytest.raises(Refusal, match="Write"):
        team.decide(kind, " \n\t ")
    assert team.measures.record(team.measure).decisions == ()


@every
def test_the_same_again_is_refused_or_takes_the_place_of_the_first(team: Team, kind: str) -> None:
    team.decide(kind)
    if kind == "baseline":
        team.decide(kind)
    else:
        with pytest.raises(Refusal):
            team.decide(kind)
    assert len(team.measures.record(team.measure).decisions) == 1


@every
def test_a_decision_is_never_lost_behind_many_corrections(client: Client, team: Team, kind: str) -> None:
    made = team.decide(kind)
    for more in range(1, 46):
        team.measures.put(
            team.lead, team.measure, rows([*VALUES[:3], str(50 + more % 3)]), at=AT + timedelta(minutes=more)
        )
    with team.store.session(reading=True) as db:
        assert len(queries.changes(db, team.measure.id, most=100)) > 60
    shown = client.as_(team.lead).get(f"/measures/{team.measure.id}").text
    assert f"/decisions/{made.id}/remove" in shown
