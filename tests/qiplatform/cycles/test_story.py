"""A PDSA cycle from its prediction to its decision, and every step refused out of turn."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from qiplatform.cycles import queries, rules
from qiplatform.cycles.models import Act, Cycle, CycleStatus
from qiplatform.errors import NotNow
from qiplatform.measures.models import Band
from qiplatform.projects import actions as projects
from qiplatform.projects import queries as projects_asked
from qiplatform.projects.models import IdeaState
from qiplatform.projects.rules import from_outline
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.projects import Team, team

PLAN = {
    "change_idea": "consultant at triage",
    "objective": "test",
    "questions": "Does a consultant at the door shorten the wait?",
    "prediction": "From about 78% to about 82% that week.",
    "starts_on": "2026-03-02",
}


def _team_with_idea(make: Factory) -> Team:
    made = team(make)
    with make.store.session() as db:
        seen = projects_asked.get(db, made.lead, made.project.id)
        tree = from_outline("Aim", "Right person\n  Senior at the door\n    Consultant at triage")
        projects.set_drivers(db, by=made.lead, at=AT, seen=seen, tree=tree)
    return made


def _plan(client: Client, made: Team, **more: Any) -> str:
    answer = client.submit(f"/projects/{made.project.id}/cycles/new", {**PLAN, **more})
    assert answer.status_code == 303, re.findall(r"error-message[^<]*>(.*?)</", answer.text)
    return str(answer.headers["location"])


def _step(client: Client, path: str, step: str, **typed: str) -> int:
    version = re.search(r'name="version" value="(\d+)"', client.get(path).text)
    return client.submit(
        f"{path}/{step}", {**typed, "version": version.group(1) if version else "1"}
    ).status_code


def _idea(client: Client, made: Team) -> IdeaState | None:
    with client.store.session() as db:
        return projects_asked.change_ideas_of(db, made.project.id)[0].state


def test_the_whole_cycle_and_the_next_of_the_ramp(client: Client, make: Factory) -> None:
    made = _team_with_idea(make)
    client.as_(made.member)
    path = _plan(client, made)
    assert "PDSA 1: Consultant at triage" in client.get(path).text
    assert _step(client, path, "start") == 303
    assert _idea(client, made) is IdeaState.TESTING
    assert _step(client, path, "do", did="Four shifts were covered.", problems="One gap on Tuesday.") == 303
    page = client.get(path).text
    assert "You predicted:" in page
    assert page.count(PLAN["prediction"]) >= 2
    assert (
        _step(
            client,
            path,
            "study",
            prediction_held="partly",
            studied="80% that week.",
            learned="Worth a month.",
        )
        == 303
    )
    assert _step(client, path, "act", act="adopt", act_reason="Staff want it.") == 303
    assert _idea(client, made) is IdeaState.ADOPTED
    page = client.get(path).text
    following = re.search(r'href="(/projects/\w+/cycles/new\?follows=\w+)"', page)
    assert following is not None
    form = client.get(following.group(1)).text
    assert "Does a consultant at the door shorten the wait?" in form
    assert PLAN["prediction"] not in form
    again = _plan(client, made, follows=path.rsplit("/", 1)[1], objective="implement")
    with client.store.session() as db:
        ramps = queries.ramps_of(queries.of_project(db, made.project.id))
    assert [[cycle.number for cycle in ramp.cycles] for ramp in ramps] == [[1, 2]]
    assert "It follows" in client.get(again).text


@pytest.mark.parametrize("missing", ["prediction", "questions"])
def test_question_and_prediction_cannot_be_skipped(client: Client, make: Factory, missing: str) -> None:
    made = team(make)
    client.as_(made.lead)
    answer = client.submit(
        f"/projects/{made.project.id}/cycles/new", {**PLAN, "plan": "Typed already", missing: " "}
    )
    assert answer.status_code == 422
    assert f'href="#{missing}"' in answer.text
    assert "Typed already" in answer.text
    with client.store.session() as db:
        assert queries.of_project(db, made.project.id) == []


def test_steps_out_of_turn_are_refused_in_the_buttons_own_words(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    path = _plan(client, made)
    page = client.get(path).text
    assert "Start the test before writing what happened." in page
    for step, typed in (
        ("do", {"did": "x"}),
        ("study", {"prediction_held": "yes", "studied": "x"}),
        ("act", {"act": "adopt"}),
    ):
        assert _step(client, path, step, **typed) == 409, step
    with client.store.session() as db:
        cycle = db.scalars(select(Cycle)).one()
    assert (cycle.status, cycle.did, cycle.act) == (CycleStatus.PLANNED, "", None)


def test_a_prediction_cannot_be_made_afterwards(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    path = _plan(client, made)
    assert (
        client.submit(f"{path}/plan", {**PLAN, "prediction": "A better guess", "version": "1"}).status_code
        == 303
    )
    _step(client, path, "start")
    answer = client.submit(f"{path}/plan", {**PLAN, "prediction": "What we saw", "version": "3"})
    assert answer.status_code == 409
    assert "The plan cannot be changed once the test has started." in answer.text
    with client.store.session() as db:
        assert db.scalars(select(Cycle)).one().prediction == "A better guess"


def test_a_test_may_be_abandoned_early_with_its_reason(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    client.token(made.lead)
    path = _plan(client, made)
    api = f"/api/v1{path}"
    assert client.patch(api, json={"act": "abandon"}).status_code == 422
    assert (
        client.patch(api, json={"act": "abandon", "act_reason": "The post was not filled."}).json()["status"]
        == "done"
    )


def test_a_last_day_before_the_first_is_refused(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    answer = client.submit(f"/projects/{made.project.id}/cycles/new", {**PLAN, "ends_on": "2026-03-01"})
    assert answer.status_code == 422
    assert "The last day cannot be before the first day." in answer.text


def test_the_same_story_by_api_draws_its_band_on_the_chart(client: Client, make: Factory) -> None:
    made = _team_with_idea(make)
    client.token(made.lead)
    measure = client.post(
        f"/api/v1/projects/{made.project.id}/measures",
        json={"name": "Seen in four hours", "type": "outcome", "chart": "xmr", "direction": "increase"},
    ).json()
    cycle = client.post(
        f"/api/v1/projects/{made.project.id}/cycles", json={**PLAN, "measures": [measure["id"]]}
    )
    assert cycle.status_code == 201, cycle.text
    assert cycle.json()["change_idea"] == "Consultant at triage"
    path = f"/api/v1/cycles/{cycle.json()['id']}"
    body = {
        "do": "It ran.",
        "ends_on": "2026-03-08",
        "study": "80%",
        "prediction_held": "partly",
        "act": "adapt",
    }
    done = client.patch(path, json=body)
    assert (done.status_code, done.json()["status"], done.json()["act"]) == (200, "done", "adapt")
    with client.store.session() as db:
        band = db.scalars(select(Band)).one()
    assert (band.label, str(band.starts_on), str(band.ends_on), band.href) == (
        "PDSA 1",
        "2026-03-02",
        "2026-03-08",
        f"/cycles/{cycle.json()['id']}",
    )


def test_one_refused_step_refuses_all(client: Client, make: Factory) -> None:
    made = team(make)
    client.token(made.lead)
    cycle = client.post(f"/api/v1/projects/{made.project.id}/cycles", json=PLAN).json()
    answer = client.patch(f"/api/v1/cycles/{cycle['id']}", json={"do": "It ran.", "act": "adopt"})
    assert answer.status_code == 409
    assert client.get(f"/api/v1/cycles/{cycle['id']}").json() == cycle


def test_measures_of_another_project_are_refused(client: Client, make: Factory) -> None:
    made, other = team(make), team(make, "Another")
    client.token(other.lead)
    body = {"name": "Theirs", "type": "outcome", "chart": "xmr", "direction": "increase"}
    theirs = client.post(f"/api/v1/projects/{other.project.id}/measures", json=body).json()
    client.token(made.lead)
    answer = client.post(
        f"/api/v1/projects/{made.project.id}/cycles", json={**PLAN, "measures": [theirs["id"]]}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("status", list(CycleStatus))
@pytest.mark.parametrize("step", list(CycleStatus))
def test_the_rule_and_the_table_agree(status: CycleStatus, step: CycleStatus) -> None:
    allowed = step in rules.MOVES[status]
    assert (rules.why_not(step, status) == "") is allowed
    if not allowed:
        with pytest.raises(NotNow):
            rules.check_can(step, status)


def test_each_choice_says_what_happens_next() -> None:
    assert set(rules.NEXT_WORDS) == set(Act)
