"""The form leads to a chart, and points to what others count already."""

import re

import pytest

from qiplatform.accounts.models import User
from qiplatform.measures import queries
from qiplatform.organisations import actions as organisations
from qiplatform.organisations.models import Organisation, OrganisationRole
from qiplatform.projects.models import Project
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import text, typed, with_numbers
from tests.support.measures import AT, Measures
from tests.support.queries import counted

ANSWERS = {
    "name": "Falls on the ward",
    "type": "outcome",
    "shape": "rate",
    "differs": "much",
    "direction": "decrease",
    "why": "Because <b>they</b> hurt",
    "minutes_a_month": "half",
}
BUDGET = 9
"""Who comes in, the project, the measures of the organisation, their leads, and the chart where there is one."""


def test_the_suggestion_keeps_everything_typed_and_saves_nothing(
    page: Client, measures: Measures, lead: User
) -> None:
    project = measures.project(lead)
    answer = page.submit(f"/projects/{project.id}/measures/suggest", ANSWERS)
    assert answer.status_code == 200
    assert "Suggested: u chart" in text(answer.text)
    kept = typed(answer.text)
    assert {name: kept[name] for name in ANSWERS} == ANSWERS
    assert kept["chart"] == ""
    assert f'formaction="/projects/{project.id}/measures/suggest#chart-title"' in answer.text
    with measures.store.session(reading=True) as db:
        assert queries.of_project(db, project.id) == []


def test_where_the_page_itself_asks_only_the_suggestion_is_sent(
    page: Client, measures: Measures, lead: User
) -> None:
    address = f"/projects/{measures.project(lead).id}/measures/suggest"
    page.headers["hx-request"] = "true"
    answer = page.submit(address, ANSWERS)
    assert "Suggested: u chart" in answer.text
    assert "<h1" not in answer.text
    assert "<input" not in answer.text
    refused = page.submit(address, {**ANSWERS, "usual_numerator": "3O"})
    assert refused.status_code == 422
    assert "has a letter where a digit should be" in refused.text


def test_the_suggested_chart_is_the_one_taken_where_none_is_chosen(
    page: Client, measures: Measures, lead: User
) -> None:
    project = measures.project(lead)
    address = f"/projects/{project.id}/measures/new"
    sent = {**ANSWERS, "minutes_a_month": "30"}
    assert page.submit(address, sent).status_code == 303
    assert page.submit(address, {**sent, "chart": "run"}).status_code == 303
    with measures.store.session(reading=True) as db:
        assert [one.chart for one in queries.of_project(db, project.id)] == ["u", "run"]


def test_a_target_in_percent_is_read_so_for_a_suggested_p_chart(
    page: Client, measures: Measures, lead: User
) -> None:
    project = measures.project(lead)
    sent = {**ANSWERS, "shape": "proportion", "target": "95", "minutes_a_month": ""}
    assert page.submit(f"/projects/{project.id}/measures/new", sent).status_code == 303
    with measures.store.session(reading=True) as db:
        (measure,) = queries.of_project(db, project.id)
    assert (measure.chart, measures.record(measure).targets[0].value) == ("p", "0.95")


def test_without_a_chart_and_without_answers_the_question_is_asked(
    page: Client, measures: Measures, lead: User
) -> None:
    project = measures.project(lead)
    sent = {"name": "Falls", "type": "outcome", "direction": "decrease"}
    answer = page.submit(f"/projects/{project.id}/measures/new", sent)
    assert answer.status_code == 422
    assert "Say which numbers there will be, or choose a chart." in text(answer.text)
    assert 'href="#shape"' in answer.text


def test_numbers_that_are_there_speak_on_the_form_of_a_change(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = with_numbers(measures, lead, ["30", "31", "29"])
    for form in (
        page.get(f"/measures/{measure.id}/edit"),
        page.submit(f"/measures/{measure.id}/suggest", {"shape": "value", "name": "Waiting time"}),
    ):
        assert form.status_code == 200
        assert "Suggested: Run chart" in text(form.text)
        assert "There are 3 points" in text(form.text)


def test_the_questions_come_in_the_order_in_which_they_lead(
    page: Client, measures: Measures, lead: User
) -> None:
    form = page.get(f"/projects/{measures.project(lead).id}/measures/new").text
    asked = list(dict.fromkeys(re.findall(r'name="(\w+)"', form[form.index("<main") :])))
    wanted = ["name", "type", "counts", "shape", "differs", "frequency", "direction", "chart"]
    assert [name for name in asked if name in wanted] == wanted


@pytest.fixture
def neighbours(make: Factory, measures: Measures, lead: User) -> tuple[Project, User]:
    """Another team of our organisation counts falls; our lead coaches the organisation, and so sees it."""
    other = make.user("Olu Lead")
    organisation = make.organisation("Hospital", coach=lead, member=other)
    theirs = measures.project(other, "Steadier on the ward", organisation_id=organisation.id)
    measures.measure(other, project=theirs, name="Inpatient falls per 1,000 bed days", chart="u")
    measures.measure(other, project=theirs, name="Complaints", chart="c")
    mine = measures.project(lead, "Fewer falls", organisation_id=organisation.id)
    return mine, other


def test_a_measure_like_it_is_pointed_out_before_and_after_saving_and_blocks_nothing(
    page: Client, measures: Measures, lead: User, neighbours: tuple[Project, User]
) -> None:
    project = neighbours[0].id
    before = text(page.submit(f"/projects/{project}/measures/suggest", ANSWERS).text)
    assert "These teams already collect something like this" in before
    assert "Inpatient falls per 1,000 bed days" in before
    assert "Steadier on the ward . Ask Olu Lead." in before
    assert "Complaints :" not in before
    sent = {**ANSWERS, "minutes_a_month": "", "once": "one-form"}
    first, again = (page.submit(f"/projects/{project}/measures/new", sent) for _ in range(2))
    assert (first.status_code, first.headers["location"]) == (303, again.headers["location"])
    assert first.headers["location"].endswith("/alike")
    after = text(page.get(first.headers["location"]).text)
    assert "Ask Olu Lead." in after
    assert "Go on to Falls on the ward" in after
    with measures.store.session(reading=True) as db:
        assert [one.name for one in queries.of_project(db, project)] == ["Falls on the ward"]


def test_a_measure_like_nothing_goes_straight_to_its_page(
    page: Client, neighbours: tuple[Project, User]
) -> None:
    sent = {**ANSWERS, "name": "Theatre lists that end late", "minutes_a_month": ""}
    answer = page.submit(f"/projects/{neighbours[0].id}/measures/new", sent)
    assert re.fullmatch(r"/measures/\w{20}", answer.headers["location"])
    shown = text(page.get(answer.headers["location"] + "/alike").text)
    assert "No other measure that you can see is like this one." in shown


def test_what_a_person_may_not_see_is_not_pointed_out(
    client: Client, make: Factory, measures: Measures, neighbours: tuple[Project, User]
) -> None:
    stranger = make.user("Stranger")
    with measures.store.session() as db:
        ours = db.get_one(Organisation, neighbours[0].organisation_id)
        organisations.join(db, at=AT, user=stranger, organisation=ours, role=OrganisationRole.MEMBER)
    project = measures.project(stranger, "Mine alone", organisation_id=ours.id)
    shown = client.as_(stranger).submit(f"/projects/{project.id}/measures/suggest", ANSWERS)
    assert "Suggested: u chart" in text(shown.text)
    assert "These teams already collect" not in text(shown.text)


def test_however_many_measures_there_are_the_questions_to_the_database_stay_few(
    page: Client, measures: Measures, neighbours: tuple[Project, User]
) -> None:
    project, other = neighbours
    address = f"/projects/{project.id}/measures/suggest"
    page.csrf("/sign-in?next=/about")
    with counted(measures.store) as few:
        page.submit(address, ANSWERS)
    for number in range(6):
        theirs = measures.project(other, f"Falls {number}", organisation_id=project.organisation_id)
        measures.measure(other, project=theirs, name="Falls on the ward", chart="u")
    with counted(measures.store) as many:
        page.submit(address, ANSWERS)
    assert len(many) == len(few) <= BUDGET, many
