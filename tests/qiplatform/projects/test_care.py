"""Nothing is done twice, nothing is written over unseen, nothing costs more with more of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from qiplatform.cycles import actions as cycles
from qiplatform.cycles import queries as cycle_queries
from qiplatform.cycles.rules import Plan
from qiplatform.projects import actions, queries
from qiplatform.projects.models import Project, ProjectStatus
from qiplatform.projects.rules import from_outline
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.projects import Team, team
from tests.support.queries import counted


def number_of_projects(make: Factory) -> int:
    with make.store.session(reading=True) as db:
        return db.scalar(select(func.count()).select_from(Project)) or 0


def test_a_double_click_registers_one_project(client: Client, make: Factory) -> None:
    client.as_(make.user())
    assert 'name="once" value="' in client.get("/projects/new").text
    typed = {"title": "Fewer falls", "once": "0123456789"}
    first, second = client.submit("/projects/new", typed), client.submit("/projects/new", typed)
    assert first.headers["location"] == second.headers["location"]
    assert number_of_projects(make) == 1
    client.submit("/projects/new", {**typed, "title": "Something else, typed after going back"})
    assert number_of_projects(make) == 2


def test_a_retry_from_another_machine_registers_one_project(client: Client, make: Factory) -> None:
    client.token(make.user())
    sent, key = {"title": "Fewer falls"}, {"Idempotency-Key": "a-retry"}
    first, second = (client.post("/api/v1/projects", json=sent, headers=key) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert number_of_projects(make) == 1
    assert client.post("/api/v1/projects", json=sent).json()["id"] != first.json()["id"]


def test_two_people_see_both_versions(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.member)
    path = f"/projects/{made.project.id}/edit"
    client.submit(path, {"title": "Ours", "goal": "98%", "version": "1"})
    answer = client.submit(path, {"title": "Mine", "goal": "98%", "version": "1"})
    assert answer.status_code == 412
    assert "Saved by somebody else meanwhile" in answer.text
    assert ">Ours<" in answer.text
    assert 'value="Mine"' in answer.text
    assert ">98%<" not in answer.text
    assert client.submit(path, {"title": "Mine", "goal": "98%", "version": "2"}).status_code == 303


@pytest.mark.parametrize("title", ["\u200b", " \u2060 "])
def test_a_title_nobody_can_see_is_refused(client: Client, make: Factory, title: str) -> None:
    client.as_(make.user())
    answer = client.submit("/projects/new", {"title": title})
    assert (answer.status_code, number_of_projects(make)) == (422, 0)
    client.token(make.user())
    assert client.post("/api/v1/projects", json={"title": title}).status_code == 422


def test_the_last_lead_is_told_beside_the_button_that_is_off(client: Client, make: Factory) -> None:
    made = team(make)
    page = client.as_(made.lead).get(f"/projects/{made.project.id}/team").text
    assert page.count("A project needs a lead. Make somebody else a lead first.") == 1
    refused = client.submit(f"/projects/{made.project.id}/team/remove", {"user": made.lead.id})
    assert refused.status_code == 409
    assert "A project needs a lead. Make somebody else a lead first." in refused.text


def test_a_patient_is_never_named(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    href, number = f"/projects/{made.project.id}", "999 000 0018"
    for page, typed in (
        ("edit", {"title": "Fine", "problem": f"{number} fell twice", "version": "1"}),
        ("edit", {"title": "Fine", "for_whom": number, "version": "1"}),
        ("move", {"to": "stopped", "reason": f"{number} moved away"}),
        ("drivers", {"aim": "Aim", "outline": f"Flow\n  {number}"}),
    ):
        answer = client.submit(f"{href}/{page}", typed)
        assert answer.status_code == 422, page
        assert "This looks like an NHS number" in answer.text
    assert client.submit("/projects/new", {"title": f"Better care for {number}"}).status_code == 422
    assert number_of_projects(make) == 1
    with make.store.session(reading=True) as db:
        assert db.get_one(Project, made.project.id).version == 1
        assert queries.drivers_of(db, made.project.id) is None


def test_how_it_came_here_is_told(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    path = f"/projects/{made.project.id}/move"
    assert "How it came here" not in client.get(path).text
    client.submit(path, {"to": "stopped", "reason": "The ward was closed."})
    page = client.get(path).text
    assert "How it came here" in page
    assert "The ward was closed." in page
    assert "Team lead" in page


def _many(make: Factory, made: Team, number: int) -> None:
    with make.store.session() as db:
        for _ in range(number):
            project = actions.register(
                db, by=made.lead, at=AT, title="Another", organisation_id=made.organisation.id
            )
            seen = queries.get(db, made.lead, project.id)
            actions.set_drivers(db, by=made.lead, at=AT, seen=seen, tree=from_outline("Aim", "Flow"))


def _grown(make: Factory, made: Team, number: int) -> None:
    """Let one project grow: boxes and cycles."""
    ideas = "\n".join(f"* Idea {place}" for place in range(number))
    with make.store.session() as db:
        seen = queries.get(db, made.lead, made.project.id)
        actions.set_drivers(db, by=made.lead, at=AT, seen=seen, tree=from_outline("Aim", f"Flow\n{ideas}"))
        for place in range(number):
            wanted = Plan(questions="Q", prediction="P", change_idea=f"Idea {place}")
            if f"Idea {place}" not in {
                one.change_idea for one in cycle_queries.of_project(db, made.project.id)
            }:
                cycles.plan(db, by=made.lead, at=AT, seen=seen, plan=wanted)


@pytest.mark.parametrize("path", ["/projects", "/api/v1/projects"])
def test_a_longer_list_asks_no_more(client: Client, make: Factory, path: str) -> None:
    made = team(make)
    client.as_(made.lead).token(made.lead)
    _many(make, made, 2)
    with counted(make.store) as few:
        assert client.get(path).status_code == 200
    _many(make, made, 10)
    with counted(make.store) as many:
        assert client.get(path).status_code == 200
    assert len(few) == len(many) <= 5, many


@pytest.mark.parametrize(
    "path", ["/projects/{0}/drivers", "/projects/{0}/cycles", "/projects/{0}/cycles/new"]
)
def test_a_larger_project_asks_no_more(client: Client, make: Factory, path: str) -> None:
    made = team(make)
    client.as_(made.lead)
    _grown(make, made, 2)
    with counted(make.store) as few:
        assert client.get(path.format(made.project.id)).status_code == 200
    _grown(make, made, 12)
    with counted(make.store) as many:
        assert client.get(path.format(made.project.id)).status_code == 200
    assert len(few) == len(many) <= 7, many


def test_two_who_plan_at_once_get_two_numbers(app: FastAPI, make: Factory) -> None:
    made = team(make)
    path = f"/api/v1/projects/{made.project.id}/cycles"
    with Client(app).token(made.lead) as machine, ThreadPoolExecutor(4) as people:
        sent = [{"questions": "Q", "prediction": "P", "change_idea": f"Idea {place}"} for place in range(4)]
        answers = list(people.map(lambda body: machine.post(path, json=body), sent))
    assert sorted(answer.json()["number"] for answer in answers) == [1, 2, 3, 4]


def test_a_list_says_what_one_is_to_each_project(client: Client, make: Factory) -> None:
    made = team(make)
    assert f"Team lead \u00b7 {made.organisation.name}" in client.as_(made.lead).get("/projects").text
    assert "Team lead" not in client.as_(made.coach).get("/projects").text


@pytest.mark.parametrize("place", ["stranger", "colleague", "curator"])
def test_whose_project_it_is_not_finds_nothing(client: Client, make: Factory, place: str) -> None:
    made = team(make)
    client.as_(made.people()[place])
    for page in ("edit", "team", "move", "drivers", "cycles", "cycles/new"):
        assert client.get(f"/projects/{made.project.id}/{page}").status_code == 404, page
    assert client.submit(f"/projects/{made.project.id}/move", {"to": "testing"}).status_code == 404
    with make.store.session(reading=True) as db:
        assert db.get_one(Project, made.project.id).status is ProjectStatus.PLANNING
