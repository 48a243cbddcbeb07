"""The first page: their work to people who are signed in, the search to everybody else; and the pages about the service."""

import json

import pytest

from qiplatform.home.queries import MOST_PROJECTS
from qiplatform.learning import actions as learning
from qiplatform.learning import queries as reports
from qiplatform.learning.actions import Words
from qiplatform.learning.models import ReportResult
from qiplatform.learning.rules import SECTIONS
from qiplatform.measures import actions as measures
from qiplatform.projects import actions
from qiplatform.projects import queries as projects
from qiplatform.store.session import Store
from tests.support import learning as published
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.home import story
from tests.support.queries import counted

MOST_QUERIES = 12
MOST_QUERIES_OF_VISITORS = 3


def test_everybody_finds_the_search_at_once(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    for words in ('action="/published"', 'type="search"', "What teams learned will stand here", "/sign-in"):
        assert words in answer.text
    assert "waiting+in+A%26E" in answer.text, "an example's words survive their way into the address"


def test_a_visitors_page_asks_the_same_however_much_is_published(
    client: Client, make: Factory, store: Store
) -> None:
    """Constant, and less when the same cards are shown again: they are kept."""
    kit = published.reports(make)
    asked = []
    for many in (2, 6):
        for number in range(many):
            kit.published(f"Report {many} of {number}", result=ReportResult.NO_CHANGE)
        with counted(store) as first:
            html = client.get("/").text
        with counted(store) as again:
            assert client.get("/").text.count("Report 6 of 5") == html.count("Report 6 of 5")
        asked.append((len(again), len(first) > len(again)))
    assert asked[0] == asked[1] == (MOST_QUERIES_OF_VISITORS, True), asked
    assert "See all 8 reports" in html
    assert html.count("Report 6 of 5") >= 2, "the newest, and what did not work"


def test_a_newcomer_is_shown_how_to_begin(client: Client, make: Factory) -> None:
    html = client.as_(make.user("Ward sister")).get("/").text
    assert "Ward sister: nothing waits for you." in html
    assert "Your projects will stand here" in html
    assert 'href="/projects/new"' in html


def test_it_shows_what_waits_what_is_new_and_what_the_charts_say(
    client: Client, make: Factory, store: Store
) -> None:
    made = story(make)
    with store.session() as db:
        measures.note_new_signals(db, at=AT)
    html = client.as_(made.team.lead).get("/").text
    assert "1 PDSA cycle waits to be studied" in html
    assert f'<a href="/cycles/{made.cycle.id}">PDSA 1, Shorter waits in A&amp;E</a>' in html
    assert "You predicted: Nine in ten are out in time." in html
    assert "ordinary variation" in html
    assert "Measure number 0: last data January 2025" in html


def test_nothing_of_others_is_shown(client: Client, make: Factory, store: Store) -> None:
    made = story(make, title="Their secret project")
    with store.session() as db:
        measures.note_new_signals(db, at=AT)
    for outsider in (made.team.stranger, made.team.colleague, made.team.curator):
        html = client.as_(outsider).get("/").text
        assert "Their secret project" not in html
        assert "PDSA" not in html.replace("What is a PDSA", "")
        assert "Your projects will stand here" in html
    assert "Their secret project" in client.as_(made.team.coach).get("/").text


def test_more_projects_than_fit_are_counted(client: Client, make: Factory, store: Store) -> None:
    lead = make.user()
    with store.session() as db:
        for number in range(MOST_PROJECTS + 3):
            actions.register(db, by=lead, at=AT, title=f"Project {number:02}")
    html = client.as_(lead).get("/").text
    assert "All projects, 3 more" in html
    assert html.count('class="qi-card"') == MOST_PROJECTS


def test_the_queries_do_not_grow_with_the_projects(client: Client, make: Factory, store: Store) -> None:
    made = story(make)
    client.as_(made.team.lead)
    counts = []
    for more in (0, 5):
        with store.session() as db:
            for number in range(more):
                actions.register(db, by=made.team.lead, at=AT, title=f"Another {number}")
        with counted(store) as asked:
            assert client.get("/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


@pytest.mark.parametrize("palette", ["nhs", "contrast", "none such"])
def test_every_component_is_shown_living(client: Client, palette: str) -> None:
    answer = client.get("/components", params={"palette": palette})
    assert answer.status_code == 200
    assert "Special cause, improvement" in answer.text
    figure = client.get("/components/figure.json", params={"palette": palette, "shape": "narrow"})
    assert figure.status_code == 200
    json.loads(figure.text, parse_constant=lambda name: pytest.fail(f"{name} in the figure"))


def test_the_service_says_what_it_is_for(client: Client) -> None:
    assert "for improving services; not for the care of an individual patient" in client.get("/about").text


def test_a_checker_is_shown_what_waits_for_them_and_nobody_else_is(
    client: Client, make: Factory, store: Store
) -> None:
    made = story(make)
    lead = made.team.lead
    with store.session() as db:
        seen = projects.get(db, lead, made.team.project.id)
        words = Words(
            "What we learned at the door", ReportResult.NO_CHANGE, dict.fromkeys(SECTIONS, "It did not work.")
        )
        report = learning.begin(db, by=lead, at=AT, seen=seen, words=words)
        learning.sign(db, by=lead, at=AT, seen=reports.get(db, lead, report.id), agree=True)
        learning.submit(db, by=lead, at=AT, seen=reports.get(db, lead, report.id))
    html = client.as_(made.team.curator).get("/").text
    assert "1 report waits to be checked" in html
    assert f'href="/reports/{report.id}/check"' in html
    assert "What we learned at the door" not in client.as_(made.team.stranger).get("/").text
    on_project = client.as_(lead).get(made.path).text
    assert f'<a href="/reports/{report.id}">What we learned at the door</a>' in on_project
    assert "Waiting to be checked" in on_project
    assert "Write another report" in on_project
