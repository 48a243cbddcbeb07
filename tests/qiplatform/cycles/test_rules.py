"""What planning is refused for, each with its own sentence; and the same form sent twice makes one cycle."""

from datetime import date
from typing import Any

import pytest

from qiplatform.accounts.models import User
from qiplatform.cycles import actions, queries, rules
from qiplatform.cycles.models import Act, Cycle, Held
from qiplatform.cycles.rules import Plan
from qiplatform.errors import Invalid, NotFound, NotNow
from qiplatform.projects import actions as projects
from qiplatform.projects import queries as projects_asked
from qiplatform.projects.models import Project, ProjectStatus
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.projects import team

PLAN = Plan(questions="Does it help?", prediction="From 78% to 82%.", change_idea="Nurse at the door")
NHS_NUMBER = "999 000 0018"


def planned(make: Factory, by: User, project: Project, **more: Any) -> Cycle:
    with make.store.session() as db:
        seen = projects_asked.get(db, by, project.id)
        return actions.plan(db, by=by, at=AT, seen=seen, **{"plan": PLAN, **more})


def finished(make: Factory, by: User, project: Project, act: Act = Act.ADAPT) -> Cycle:
    cycle = planned(make, by, project)
    with make.store.session() as db:
        return actions.advance(
            db,
            by=by,
            at=AT,
            seen=queries.get(db, by, cycle.id),
            did="Four shifts.",
            studied="80%.",
            prediction_held=Held.PARTLY,
            decided=act,
        )


def test_an_open_cycle_on_the_same_idea_comes_first(make: Factory) -> None:
    made = team(make)
    planned(make, made.lead, made.project)
    with pytest.raises(NotNow, match="Finish cycle 1 before planning another on the same change idea"):
        planned(make, made.lead, made.project)
    other = Plan(questions="Q", prediction="P", change_idea="Ward round before ten")
    assert planned(make, made.lead, made.project, plan=other).number == 2


def test_a_closed_project_plans_nothing(client: Client, make: Factory) -> None:
    made = team(make)
    finished(make, made.lead, made.project)
    with make.store.session() as db:
        seen = projects_asked.get(db, made.lead, made.project.id)
        projects.move(db, by=made.lead, at=AT, seen=seen, to=ProjectStatus.STOPPED, reason="No staff.")
    said = "This project is stopped. Take it up again before planning another test."
    with pytest.raises(NotNow, match=said):
        planned(make, made.lead, made.project)
    page = client.as_(made.lead).get(f"/projects/{made.project.id}/cycles").text
    assert page.count(said) == 2
    assert "cycles/new" not in page


def test_an_abandoned_change_has_no_next_cycle(client: Client, make: Factory) -> None:
    made = team(make)
    last = finished(make, made.lead, made.project, Act.ABANDON)
    with pytest.raises(NotNow, match="This change was abandoned"):
        planned(make, made.lead, made.project, follows=last)
    answer = client.as_(made.lead).get(f"/projects/{made.project.id}/cycles/new?follows={last.id}")
    assert answer.status_code == 409


def test_a_cycle_of_another_project_cannot_be_followed(make: Factory) -> None:
    made, other = team(make), team(make)
    last = finished(make, other.lead, other.project)
    with pytest.raises(NotFound):
        planned(make, made.lead, made.project, follows=last)


def test_a_patient_is_never_named(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    typed = {"questions": f"How did {NHS_NUMBER} fare?", "prediction": "Well", "plan": "Kept"}
    answer = client.submit(f"/projects/{made.project.id}/cycles/new", typed)
    assert answer.status_code == 422
    assert "This looks like an NHS number" in answer.text
    cycle = planned(make, made.lead, made.project)
    with make.store.session() as db, pytest.raises(Invalid, match="NHS number"):
        seen = queries.get(db, made.lead, cycle.id)
        actions.advance(db, by=made.lead, at=AT, seen=seen, did=f"{NHS_NUMBER} came late")


@pytest.mark.parametrize("blank", ["", "  ", "\u200b\u2060"])
def test_what_cannot_be_seen_is_no_prediction(blank: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_plan(Plan(questions="Q", prediction=blank))
    assert [one.at for one in refused.value.mistakes] == ["prediction"]


def test_the_last_day_cannot_come_first(make: Factory) -> None:
    made = team(make)
    with pytest.raises(Invalid, match="The last day cannot be before the first"):
        planned(make, made.lead, made.project, starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 2))


def test_a_double_click_plans_one_cycle(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    typed = {"questions": "Q", "prediction": "P", "change_idea": "Nurse", "once": "0123456789"}
    path = f"/projects/{made.project.id}/cycles/new"
    first, second = client.submit(path, typed), client.submit(path, typed)
    assert first.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    with make.store.session() as db:
        assert len(queries.of_project(db, made.project.id)) == 1


def test_the_form_carries_a_name_of_its_own_so_that_a_double_click_can_be_told(
    client: Client, make: Factory
) -> None:
    made = team(make)
    client.as_(made.lead)
    path = f"/projects/{made.project.id}/cycles/new"
    assert 'name="once" value="' in client.get(path).text
    assert 'name="once" value="kept"' in client.submit(path, {"once": "kept"}).text
