"""Use this idea: what is copied, what is not, and who is told."""

import pytest
from sqlalchemy import select

from qiplatform.cycles.models import Cycle
from qiplatform.learning.models import Adoption
from qiplatform.measures import queries as measures
from qiplatform.measures.models import DataPoint
from qiplatform.notices.queries import unseen_of
from qiplatform.projects import queries as projects
from qiplatform.projects.models import Project
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.learning import Reports, reports
from tests.support.measures import SHARE, pairs


@pytest.fixture
def ready(make: Factory) -> Reports:
    made = reports(make)
    made.tree("Senior doctor at the front door", "Early blood tests")
    made.cycle("Senior doctor at the front door", questions="Is it quicker?", prediction="Half an hour less")
    measure = made.measures.measure(made.team.lead, SHARE, project=made.team.project)
    made.measures.put(made.team.lead, measure, pairs([("90", "100")] * 12))
    return made


def test_an_adopter_gets_drivers_measures_and_the_plan_with_the_credit(
    client: Client, ready: Reports, store: Store
) -> None:
    version = ready.published(title="A doctor at the door")
    stranger = ready.team.stranger
    client.as_(stranger)
    answer = client.submit(f"/published/{version.report_id}/adopt", {"once": "x"})
    again = client.submit(f"/published/{version.report_id}/adopt", {"once": "x"})
    assert answer.status_code == 303
    assert answer.headers["location"] == again.headers["location"], "pressed twice, begun once"
    with store.session(reading=True) as db:
        project = db.scalars(select(Project).where(Project.credit_report_id == version.report_id)).one()
        assert "A doctor at the door" in project.credit_words
        assert "the project team" in project.credit_words or "its team" in project.credit_words
        tree = projects.drivers_of(db, project.id)
        assert tree is not None
        ideas = [idea.text for idea in projects.change_ideas_of(db, project.id)]
        assert ideas == ["Senior doctor at the front door", "Early blood tests"]
        copied = measures.of_project(db, project.id)
        assert [one.name for one in copied] == ["Seen within four hours"]
        points = select(DataPoint).where(DataPoint.measure_id == copied[0].id)
        assert db.scalars(points).all() == [], "definitions, not data"
        assert db.scalars(select(Cycle).where(Cycle.project_id == project.id)).all() == []
        assert db.scalars(select(Adoption)).one().by_id == stranger.id
        told = {one.text for one in unseen_of(db, ready.team.member)}
    assert "Somebody began a project with your idea: “A doctor at the door”." in told
    page = client.get(answer.headers["location"]).text
    assert 'value="Senior doctor at the front door"' in page
    assert "Is it quicker?" in page
    assert "They predicted: Half an hour less" in page
    assert "One project here began with this idea." in client.get(f"/published/{version.report_id}").text


def test_the_prediction_is_the_new_teams_own(client: Client, ready: Reports, store: Store) -> None:
    version = ready.published()
    client.as_(ready.team.stranger)
    landing = client.submit(f"/published/{version.report_id}/adopt").headers["location"]
    typed = {"change_idea": "Senior doctor", "questions": "Is it quicker here?", "prediction": ""}
    refused = client.submit(landing, typed)
    assert refused.status_code == 422
    assert "Is it quicker here?" in refused.text
    done = client.submit(landing, {**typed, "prediction": "Ten minutes less"})
    assert done.status_code == 303
    with store.session(reading=True) as db:
        cycle = db.scalars(select(Cycle).where(Cycle.questions == "Is it quicker here?")).one()
    assert cycle.prediction == "Ten minutes less"


def test_without_an_account_one_is_led_to_sign_in_and_back(
    client: Client, ready: Reports, store: Store
) -> None:
    version = ready.published()
    address = f"/published/{version.report_id}"
    assert f'href="/sign-in?next={address}"' in client.get(address).text
    answer = client.submit(f"{address}/adopt")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={address}")
    with store.session(reading=True) as db:
        assert db.scalars(select(Adoption)).all() == []


def test_a_withdrawn_idea_cannot_be_taken_up(client: Client, ready: Reports) -> None:
    version = ready.published()
    ready.withdraw(version.report_id)
    assert client.as_(ready.team.stranger).submit(f"/published/{version.report_id}/adopt").status_code == 410


def test_a_project_that_began_on_its_own_has_no_landing(client: Client, ready: Reports) -> None:
    assert client.as_(ready.team.lead).get(f"/projects/{ready.team.project.id}/adopted").status_code == 404
