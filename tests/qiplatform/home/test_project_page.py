"""A project as a whole: for those who may see it, in a constant number of queries, with everything in words too."""

import re
from pathlib import Path

import pytest

from qiplatform.home.pages.diary import WORDS
from qiplatform.home.pages.project import MOST_BOXES, Box, in_play
from qiplatform.projects import actions, queries
from qiplatform.projects.models import TeamRole
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.home import story
from tests.support.queries import counted

MOST_QUERIES = 16
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("lead", 200),
        ("member", 200),
        ("coach", 200),
        ("admin", 200),
        ("curator", 404),
        ("stranger", 404),
        ("colleague", 404),
    ],
)
def test_it_opens_to_those_who_may_see_it(client: Client, make: Factory, who: str, status: int) -> None:
    made = story(make)
    answer = client.as_(made.team.people()[who]).get(made.path)
    assert answer.status_code == status
    assert ("Nine in ten are out in time." in answer.text) is (status == 200)


def test_it_tells_everything_in_order(client: Client, make: Factory) -> None:
    made = story(make, measures=2)
    html = client.as_(made.team.lead).get(made.path).text
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", html)
    assert headings[:5] == [
        "Outcome",
        "Process and balancing measures",
        "What we are testing now",
        "Driver diagram",
        "Diary",
    ]
    for words in (
        "Patients seen within four hours, for everyone who comes to A&amp;E: from 78% to 95%.",
        "The aim does not say yet: by when.",
        "Measure number 0",
        "ordinary variation",
        "Waiting to be studied",
        "PDSA 1",
        "Senior at the door",
        "Team lead",
        "added 13 numbers",
    ):
        assert words in html, words
    assert html.count("<svg") >= 2


def test_only_those_who_work_on_it_are_shown_how(client: Client, make: Factory) -> None:
    made = story(make)
    links = ("/edit", "/measures/new", "/cycles/new", "/report/new")
    for_lead = client.as_(made.team.lead).get(made.path).text
    for_coach = client.as_(made.team.coach).get(made.path).text
    for link in links:
        assert f'href="{made.path}{link}"' in for_lead
        assert f'href="{made.path}{link}"' not in for_coach
    assert f"{made.path}/team" in for_lead
    assert f'"{made.path}/team"' not in client.as_(made.team.member).get(made.path).text


def test_an_empty_project_teaches_its_next_step(client: Client, make: Factory, store: Store) -> None:
    lead = make.user()
    with store.session() as db:
        project = actions.register(db, by=lead, at=AT, title="Only a line")
    html = client.as_(lead).get(f"/projects/{project.id}").text
    assert "Your charts will stand here" in html
    assert (
        "what will be measured, for whom, from what starting point, how good it should become and by when"
        in html
    )


def test_what_people_type_is_shown_as_typed(client: Client, make: Factory) -> None:
    made = story(make, title="<script>alert(1)</script> & more")
    html = client.as_(made.team.lead).get(made.path).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html


def test_the_queries_do_not_grow_with_the_measures(client: Client, make: Factory, store: Store) -> None:
    counts = []
    for number in (1, 5):
        made = story(make, measures=number)
        client.as_(made.team.lead).get(made.path)
        with counted(store) as asked:
            assert client.get(made.path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_somebody_taken_out_of_the_team_is_out_at_once(client: Client, make: Factory, store: Store) -> None:
    made = story(make)
    client.as_(made.team.member)
    assert client.get(made.path).status_code == 200
    with store.session() as db:
        seen = queries.get(db, made.team.lead, made.team.project.id)
        actions.remove_member(db, by=made.team.lead, at=AT, seen=seen, user_id=made.team.member.id)
    assert client.get(made.path).status_code == 404
    with store.session() as db:
        seen = queries.get(db, made.team.lead, made.team.project.id)
        actions.add_member(
            db, by=made.team.lead, at=AT, seen=seen, email=made.team.member.email, role=TeamRole.MEMBER
        )
    assert client.get(made.path).status_code == 200


def test_new_is_not_the_name_of_a_project(client: Client, make: Factory) -> None:
    assert "What do you want to make better?" in client.as_(make.user()).get("/projects/new").text


# --- the diary ------------------------------------------------------------------------------------


def recorded(text: str) -> set[str]:
    """Return the events of the rooms below that a file records."""
    return set(re.findall(r'"((?:projects|measures|cycles)\.[a-z_]+)"', text))


def test_the_diary_has_words_for_everything_that_is_recorded() -> None:
    files = [
        path
        for room in ("projects", "measures", "cycles")
        for path in (ROOT / "qiplatform" / room).rglob("*.py")
        if "actions" in path.parts or path.stem == "actions"
    ]
    found = set().union(*(recorded(path.read_text()) for path in files))
    assert len(found) >= 8
    assert found - set(WORDS) == set()


def test_an_event_without_words_would_be_noticed() -> None:
    assert recorded('action="projects.planted"') - set(WORDS) == {"projects.planted"}


# --- the part of a diagram that is in play --------------------------------------------------------


def idea(text: str, *, tested: bool = False) -> Box:
    return Box("idea", text, "", (), tested=tested)


def test_a_small_diagram_is_drawn_whole() -> None:
    small = (Box("primary", "A", "", (idea("x"), idea("y", tested=True))),)
    assert in_play(small) == small


def test_of_a_large_one_the_tested_branches_are_drawn() -> None:
    many = tuple(idea(str(number)) for number in range(MOST_BOXES))
    large = (Box("primary", "A", "", many), Box("primary", "B", "", (idea("x"), idea("y", tested=True))))
    assert in_play(large) == (Box("primary", "B", "", (idea("y", tested=True),)),)


def test_of_a_large_one_at_rest_the_primary_drivers_are_drawn() -> None:
    many = tuple(idea(str(number)) for number in range(MOST_BOXES))
    assert in_play((Box("primary", "A", "", many),)) == (Box("primary", "A", "", ()),)
