"""A project from its first line: registered, aimed, staffed, drawn, moved; refused kindly and without loss."""

import re

import pytest
from sqlalchemy import select

from qiplatform.projects import queries
from qiplatform.projects.models import Project, ProjectStatus, TeamRole
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.projects import team

OUTLINE = (
    "The right person first\n  A senior clinician at the door\n    Consultant at triage\nBeds when needed"
)


def test_one_line_starts_a_project_and_leads_to_its_aim(client: Client, make: Factory) -> None:
    client.as_(make.user())
    answer = client.submit("/projects/new", {"title": "  Fewer falls at night "})
    assert answer.status_code == 303
    assert re.fullmatch(r"/projects/\w{20}/edit", answer.headers["location"])
    page = client.get(answer.headers["location"]).text
    assert 'value="Fewer falls at night"' in page
    assert "The aim does not say yet: what will be measured, for whom, from what starting point" in page


def test_the_aim_is_composed_and_its_gaps_named(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    page = client.get(f"/projects/{made.project.id}/edit").text
    assert "Patients seen within four hours, for everyone who comes to A&amp;E: from 78% to 95%." in page
    assert "The aim does not say yet: by when." in page


def test_an_empty_line_is_refused_and_says_what_to_type(client: Client, make: Factory) -> None:
    client.as_(make.user())
    answer = client.submit("/projects/new", {"title": "   "})
    assert answer.status_code == 422
    assert "Enter what you want to make better." in answer.text
    with client.store.session() as db:
        assert db.scalars(select(Project)).all() == []


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_typed(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.member)
    path = f"/projects/{made.project.id}/edit"
    assert client.submit(path, {"title": "Sam's title", "version": "1"}).status_code == 303
    answer = client.submit(path, {"title": "Alex's title", "version": "1"})
    assert answer.status_code == 412
    assert 'value="Alex&#39;s title"' in answer.text
    with client.store.session() as db:
        assert db.get_one(Project, made.project.id).title == "Sam's title"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"by_on": "31/04/2026"}, "By when must be a real date, such as 2026-03-27."),
        ({"title": "x" * 201}, "Title must be 200 characters or fewer."),
        ({"is_curator": "1"}, "There is no field called"),
    ],
)
def test_bad_input_is_named_at_its_field(
    client: Client, make: Factory, typed: dict[str, str], words: str
) -> None:
    made = team(make)
    client.as_(made.lead)
    answer = client.submit(f"/projects/{made.project.id}/edit", {"title": "Fine", "version": "1", **typed})
    assert answer.status_code == 422
    assert words in answer.text


def test_what_is_typed_is_never_markup(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    bad = "<script>alert(1)</script>"
    client.submit(
        f"/projects/{made.project.id}/edit", {"title": bad, "problem": bad, "statement": bad, "version": "1"}
    )
    for path in ("/projects", f"/projects/{made.project.id}/edit"):
        assert "<script>alert" not in client.get(path).text


def test_an_outline_becomes_a_diagram_and_boxes_keep_their_ids(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.member)
    path = f"/projects/{made.project.id}/drivers"
    assert client.submit(path, {"aim": "Seen in four hours", "outline": OUTLINE}).status_code == 303
    with client.store.session() as db:
        before = {one.text: one.id for one in queries.change_ideas_of(db, made.project.id)}
    assert (
        client.submit(path, {"aim": "Seen in four hours", "outline": "New first\n" + OUTLINE}).status_code
        == 303
    )
    with client.store.session() as db:
        tree = queries.drivers_of(db, made.project.id)
        after = {one.text: one.id for one in queries.change_ideas_of(db, made.project.id)}
    assert before == after == {"Consultant at triage": before["Consultant at triage"]}
    assert tree is not None
    assert [one.text for one in tree.children] == ["New first", "The right person first", "Beds when needed"]
    page = client.get(path).text
    assert "Consultant at triage" in page
    assert "    Consultant at triage" in page


def test_an_outline_that_is_too_deep_is_refused_with_its_line(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    deep = "a\n  b\n    c\n      d"
    answer = client.submit(f"/projects/{made.project.id}/drivers", {"aim": "x", "outline": deep})
    assert answer.status_code == 422
    assert "Line 4 is indented too far" in answer.text
    assert deep in answer.text
    with client.store.session() as db:
        assert queries.drivers_of(db, made.project.id) is None


def test_the_lead_brings_people_in_and_rights_end_with_the_place(client: Client, make: Factory) -> None:
    made = team(make)
    newcomer = make.user("Newcomer")
    path = f"/projects/{made.project.id}/team"
    client.as_(made.lead)
    assert client.submit(path, {"email": newcomer.email, "role": "member"}).status_code == 303
    assert client.as_(newcomer).get(path).status_code == 200
    client.as_(made.lead).submit(f"{path}/remove", {"user": newcomer.id})
    assert client.as_(newcomer).get(path).status_code == 404


def test_a_team_keeps_a_lead(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    answer = client.submit(f"/projects/{made.project.id}/team/remove", {"user": made.lead.id})
    assert answer.status_code == 409
    assert "A project needs a lead." in answer.text
    with client.store.session() as db:
        assert (made.lead.id, TeamRole.LEAD) in {
            (one.id, role) for one, role in queries.team_of(db, made.project.id)
        }


def test_stopping_asks_why_and_keeps_the_answer(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    path = f"/projects/{made.project.id}/move"
    refused = client.submit(path, {"to": "stopped"})
    assert refused.status_code == 422
    assert "Say why in a sentence" in refused.text
    assert client.submit(path, {"to": "stopped", "reason": "It did not help."}).status_code == 303
    with client.store.session() as db:
        assert db.get_one(Project, made.project.id).status is ProjectStatus.STOPPED
        assert [one.reason for one in queries.moves_of(db, made.project.id)] == ["It did not help."]


def test_a_move_that_is_not_in_the_table_is_refused(client: Client, make: Factory) -> None:
    made = team(make)
    client.as_(made.lead)
    answer = client.submit(f"/projects/{made.project.id}/move", {"to": "completed", "reason": "Done"})
    assert answer.status_code == 409
