"""One measure across teams: the same axes, each team's own sentence, no order of results, nothing of other people's."""

import re
from itertools import pairwise
from typing import Any

import pytest

from qiplatform.measures.models import Direction
from qiplatform.measures.pages import compare
from qiplatform.measures.pages.compare import MOST_TEAMS, Asked, Place
from qiplatform.measures.rules import analyse
from tests.qiplatform.measures.pages.test_many import drawings, ticks
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import text
from tests.support.measures import PLAIN, SHARE, Measures, rows
from tests.support.queries import counted
from tests.support.sites import Sites, sites, steady

MOST_QUERIES = 8
THREE = {"Cedar": steady(90, 100), "Ash": steady(5, 10), "Birch": steady(20, 40, 6)}


def teams(html: str) -> list[str]:
    """Return the teams in the order of the page."""
    return re.findall(r'<h3[^>]*><a href="/measures/\w+">([^<]+)</a>', html)


def marks(drawing: str) -> list[tuple[str, str]]:
    """Return where the marks of the axis of values stand and what they say."""
    return re.findall(r'y="([\d.]+)">(\d+%)<', drawing)


@pytest.fixture
def made(make: Factory) -> Sites:
    return sites(make, THREE)


def test_each_team_stands_beside_its_own_past_in_the_order_of_names(
    client: Client, made: Sites, measures: Measures
) -> None:
    html = client.as_(made.coach).get(made.compare("Cedar")).text
    assert teams(html) == ["Ash", "Birch", "Cedar"]
    for one in made.measures.values():
        assert analyse(measures.record(one)).verdict.words in text(html)
    assert "never in order of their results: this is no league table" in text(html)
    assert html.count(">This team<") == 1
    assert '<h3 class="nhsuk-heading-s"><a href="/measures/' + made.measures["Cedar"].id in html


def test_all_charts_have_the_same_axes(client: Client, made: Sites) -> None:
    drawn = drawings(client.as_(made.coach).get(made.compare("Cedar")).text)
    assert len(drawn) == 3
    assert len({tuple(marks(one)) for one in drawn}) == 1
    assert len({tuple(ticks(one)) for one in drawn}) == 1
    assert marks(drawn[0])
    # On pages of their own they have axes of their own: the test can tell.
    own = [
        drawings(client.get(f"/projects/{one.project_id}/measures").text)[0] for one in made.measures.values()
    ]
    assert len({tuple(marks(one)) for one in own}) > 1


def test_the_reader_chooses_teams_and_order(client: Client, made: Sites) -> None:
    page = client.as_(made.coach)
    ash = made.measures["Ash"].id
    assert teams(page.get(made.compare("Cedar", f"chosen=1&team={ash}")).text) == ["Ash", "Cedar"]
    assert teams(page.get(made.compare("Cedar", "order=mine")).text) == ["Cedar", "Ash", "Birch"]
    assert teams(page.get(made.compare("Ash", "order=defined")).text) == ["Cedar", "Ash", "Birch"]
    assert teams(page.get(made.compare("Ash", "order=result")).text) == ["Ash", "Birch", "Cedar"]
    html = page.get(made.compare("Cedar", f"chosen=1&team={ash}")).text
    assert re.search(rf'value="{ash}"[^>]*checked', html)
    assert not re.search(rf'value="{made.measures["Birch"].id}"[^>]*checked', html)
    assert f"view=funnel&amp;chosen=1&amp;team={ash}" in html


def test_only_the_same_definition_is_beside_it(client: Client, make: Factory, measures: Measures) -> None:
    made = sites(make, {"Ash": steady(5, 10)})
    others: list[dict[str, Any]] = [
        {"name": "Seen  within FOUR hours"},
        {"name": "Seen"},
        {"unit": "of 100"},
        {"chart": "u"},
        {"direction": Direction.NEUTRAL},
    ]
    for place, parts in enumerate(others):
        project = measures.project(made.lead, f"Project {place}", organisation_id=made.organisation.id)
        measures.measure(made.lead, SHARE, project=project, **parts)
    assert teams(client.as_(made.coach).get(made.compare("Ash")).text) == ["Ash", "Project 0"]


def test_nobody_sees_another_organisations_team(client: Client, make: Factory, made: Sites) -> None:
    others = sites(make, {"Elsewhere": steady(5, 10)})
    page = client.as_(made.coach)
    foreign = others.measures["Elsewhere"].id
    html = page.get(made.compare("Ash", f"chosen=1&team={foreign}")).text
    assert teams(html) == ["Ash"]
    assert foreign not in html
    assert page.get(others.compare("Elsewhere")).status_code == 404
    assert page.get(others.compare("Elsewhere", "view=funnel")).status_code == 404
    # Whoever may see both sees both: the test can tell.
    make.organisation(others.organisation.name, coach=made.coach)
    html = page.get(made.compare("Ash", f"chosen=1&team={foreign}")).text
    assert teams(html) == [
        f"Ash, {made.organisation.name}",
        f"Elsewhere, {others.organisation.name}",
    ]


def test_a_team_of_one_organisation_that_one_is_no_part_of_is_not_shown(
    client: Client, make: Factory, made: Sites, measures: Measures
) -> None:
    member = make.user("Member")
    project = measures.project(member, "Own project")
    own = measures.measure(member, SHARE, project=project)
    html = client.as_(member).get(f"/measures/{own.id}/compare").text
    assert "Other teams' charts will stand here" in text(html)
    assert not any(name in html for name in THREE)


def test_one_team_alone_is_told_what_makes_two_measures_the_same(client: Client, make: Factory) -> None:
    made = sites(make, {"Ash": steady(5, 10)})
    html = client.as_(made.coach).get(made.compare("Ash")).text
    assert "a measure with the same name, chart, unit and direction" in text(html)
    assert drawings(html) == []


def test_a_team_without_numbers_or_cases_says_so(client: Client, make: Factory) -> None:
    made = sites(make, {"Ash": steady(5, 10), "Birch": (), "Cedar": [("0", "0")] * 3})
    words = text(client.as_(made.coach).get(made.compare("Ash")).text)
    assert "Birch No numbers yet." in words
    assert "Cedar No cases in any period so far." in words


def test_a_measure_of_single_numbers_has_no_funnel(client: Client, make: Factory, measures: Measures) -> None:
    made = sites(make, {"Ash": (), "Birch": ()}, PLAIN)
    for one in made.measures.values():
        measures.put(made.lead, one, rows(["5", "6", "7"]))
    html = client.as_(made.coach).get(made.compare("Ash")).text
    assert len(drawings(html)) == 2
    assert "view=funnel" not in html
    assert "A funnel needs cases out of how many" in client.get(made.compare("Ash", "view=funnel")).text


def test_it_asks_as_often_for_24_teams_as_for_two(client: Client, make: Factory) -> None:
    asked = []
    for count in (2, MOST_TEAMS):
        made = sites(make, {f"Team {place:02}": steady(5, 10, 3) for place in range(count)})
        address = made.compare("Team 00")
        client.as_(made.coach)
        with counted(make.store) as statements:
            html = client.get(address).text
        assert len(teams(html)) == count
        asked.append(len(statements))
    assert asked[0] == asked[1] <= MOST_QUERIES


def test_more_teams_than_fit_are_counted_and_ones_own_is_always_there() -> None:
    found = tuple(Place(f"{place:03}", f"Team {place:03}", place == 29) for place in range(30))
    kept = compare.shown(found, Asked())
    assert len(kept) == MOST_TEAMS
    assert kept[-1].mine
    assert compare.left_out(found, kept, Asked()).startswith("24 of 30 teams are shown")
    assert len(compare.shown(found, Asked(funnel=True))) == 30
    assert compare.left_out(found[:24], found[:24], Asked()) == ""


def test_headings_are_in_order(client: Client, made: Sites) -> None:
    for query in ("", "view=funnel"):
        html = client.as_(made.coach).get(made.compare("Ash", query)).text
        levels = [int(one) for one in re.findall(r"<h([1-6])[\s>]", html)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_measure_leads_to_it(client: Client, made: Sites) -> None:
    one = made.measures["Ash"]
    html = client.as_(made.coach).get(f"/measures/{one.id}").text
    assert f'<a href="/measures/{one.id}/compare">' in html
    assert f'<a href="/projects/{one.project_id}/measures">' in html
