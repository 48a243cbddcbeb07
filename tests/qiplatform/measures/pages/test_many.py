"""All a project's charts on one page: what each says, lined up, in six queries however many there are."""

import re

import pytest

from qiplatform import charts
from qiplatform.accounts.models import User
from qiplatform.measures.models import Measure, MeasureType
from qiplatform.measures.pages import many
from qiplatform.measures.rules import analyse
from qiplatform.projects.models import Project
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.home import story
from tests.support.measure_pages import text
from tests.support.measures import FIRST, PLAIN, SHARE, Measures, months, pairs, rows
from tests.support.queries import counted

VALUES = ["50", "52", "48", "51", "49", "50", "53", "47", "50", "52", "48", "51", "80"]
MOST_QUERIES = 6


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Begin each test with nothing kept, as after a start."""
    many.CHARTED.clear()
    many.DRAWINGS.clear()


@pytest.fixture
def project(measures: Measures, lead: User) -> Project:
    return measures.project(lead)


def filled(measures: Measures, lead: User, project: Project, count: int) -> list[Measure]:
    """Define measures of every type with a number a month, each beginning a month later."""
    made = []
    for place in range(count):
        kind = tuple(MeasureType)[place % 3]
        one = measures.measure(lead, PLAIN, project=project, name=f"Measure {place + 1}", type=kind)
        measures.put(lead, one, rows(VALUES, months(2, FIRST)[place % 2]))
        made.append(one)
    return made


def drawings(html: str) -> list[str]:
    """Return the small charts of a page."""
    return re.findall(r'<svg[^>]*viewBox="0 0 360 200".*?</svg>', html, re.DOTALL)


def ticks(drawing: str) -> list[tuple[str, str]]:
    """Return where the marks of the time axis stand and what they say."""
    return re.findall(r'<text x="([\d.]+)" y="17[\d.]+">(\w{3})', drawing)


def test_each_measure_says_what_its_own_chart_says(
    page: Client, measures: Measures, lead: User, project: Project
) -> None:
    plain = filled(measures, lead, project, 3)[0]
    share = measures.measure(lead, SHARE, project=project)
    measures.put(lead, share, pairs([("8", "10"), ("9", "12"), ("7", "11")] * 5))
    html = page.get(f"/projects/{project.id}/measures").text
    words = text(html)
    for measure, count in ((plain, 13), (share, 15)):
        result = analyse(measures.record(measure))
        assert result.verdict.words in words
        assert result.verdict.assurance_words in words
        assert f'<a href="/measures/{measure.id}">{measure.name}</a>' in html
        assert f"{count} points, last {'Jan' if count == 13 else 'Mar'} 2025" in words
    assert "1 point above the upper limit" in words
    assert len(drawings(html)) == 4
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", html) == [
        "Outcome measures",
        "Process measures",
        "Balancing measures",
    ]


def test_an_icon_stands_before_each_sentence(
    page: Client, measures: Measures, lead: User, project: Project
) -> None:
    share = measures.measure(lead, SHARE, project=project)
    measures.put(lead, share, pairs([("8", "10"), ("9", "12"), ("7", "11")] * 5))
    html = page.get(f"/projects/{project.id}/measures").text
    verdict = analyse(measures.record(share)).verdict
    assert verdict.variation == "common"
    assert 'aria-label="Ordinary variation"' in html
    assert verdict.assurance == "hit_or_miss"
    assert 'aria-label="Will sometimes meet the target, by chance"' in html


def test_one_period_stands_under_the_other_unless_the_reader_wishes_otherwise(
    page: Client, measures: Measures, lead: User, project: Project
) -> None:
    filled(measures, lead, project, 2)
    address = f"/projects/{project.id}/measures"
    first, second = (ticks(one) for one in drawings(page.get(address).text))
    assert first
    assert first == second
    first, second = (ticks(one) for one in drawings(page.get(f"{address}?axis=own").text))
    assert first != second


def test_the_dots_of_one_month_line_up_though_margins_would_differ(measures: Measures, lead: User) -> None:
    small, large = measures.measure(lead), measures.measure(lead)
    measures.put(lead, small, rows(["1", "2", "1", "2"]))
    measures.put(lead, large, rows(["1000000", "2000000", "1000000", "2000000"]))
    facets = [charts.facet(analyse(measures.record(one)), title="x") for one in (small, large)]
    assert facets[0].geometry.left != facets[1].geometry.left
    frame = charts.frame(facets)
    places = [
        re.findall(r"M([\d.]+) [\d.]+m-3", charts.drawn(one, shared))
        for one in facets
        for shared in (frame, None)
    ]
    assert len(places[0]) == 4
    assert places[0] == places[2]
    assert places[1] != places[3]


def test_it_asks_six_times_for_36_measures_as_for_one(page: Client, measures: Measures, lead: User) -> None:
    for count in (1, 36):
        project = measures.project(lead)
        made = filled(measures, lead, project, count)
        address = f"/projects/{project.id}/measures"
        asked = []
        for _ in range(2):
            with counted(measures.store) as statements:
                html = page.get(address).text
            assert len(drawings(html)) == count
            asked.append(len(statements))
        assert asked[0] <= MOST_QUERIES
        assert asked[1] < asked[0]  # the second time everything is known
        measures.put(lead, made[0], rows(["99"]))
        with counted(measures.store) as statements:
            page.get(address)
        assert len(statements) <= MOST_QUERIES


def test_what_is_kept_never_outlives_a_change(
    page: Client, measures: Measures, lead: User, project: Project
) -> None:
    one = filled(measures, lead, project, 2)[0]
    address = f"/projects/{project.id}/measures"
    before = page.get(address).text
    assert page.get(address).text.count("<svg") == before.count("<svg")
    measures.put(lead, one, rows(["51"]))
    after = page.get(address).text
    assert drawings(after)[0] != drawings(before)[0]
    assert drawings(after)[1] == drawings(before)[1]
    # The test can tell: under the former version the former drawing would be shown.
    assert len(many.CHARTED) == 3


def test_a_measure_without_numbers_says_so(
    page: Client, measures: Measures, lead: User, project: Project
) -> None:
    made = measures.measure(lead, project=project)
    emptied = measures.measure(lead, project=project, name="Emptied")
    measures.put(lead, emptied, rows(["5"]))
    measures.put(lead, emptied, rows([""]))
    html = page.get(f"/projects/{project.id}/measures").text
    assert text(html).count("No numbers yet. Every month: add the first") == 2
    assert f'href="/measures/{made.id}"' in html
    assert drawings(html) == []


def test_a_project_without_measures_teaches_its_first_step(
    page: Client, measures: Measures, lead: User, make: Factory, project: Project
) -> None:
    html = page.get(f"/projects/{project.id}/measures").text
    assert "All your charts will stand here" in html
    assert f'href="/projects/{project.id}/measures/new"' in html
    coach = make.user()
    place = make.organisation(coach=coach, member=lead)
    other = measures.project(lead, "Another", organisation_id=place.id)
    html = page.as_(coach).get(f"/projects/{other.id}/measures").text
    assert "as soon as the team has defined a measure" in html
    assert "measures/new" not in html


def test_an_unknown_palette_or_axis_is_the_usual_one(
    page: Client, measures: Measures, lead: User, project: Project
) -> None:
    filled(measures, lead, project, 1)
    address = f"/projects/{project.id}/measures"
    usual = drawings(page.get(address).text)
    assert drawings(page.get(f"{address}?palette=pink&axis=x").text) == usual
    assert len(many.DRAWINGS) == 1
    assert drawings(page.get(f"{address}?palette=contrast").text) != usual


@pytest.mark.parametrize("who", ["stranger", "colleague", "curator"])
def test_there_is_nothing_here_for_those_outside(client: Client, make: Factory, who: str) -> None:
    made = story(make)
    address = f"{made.path}/measures"
    assert client.as_(made.team.coach).get(address).status_code == 200
    assert client.as_(made.team.people()[who]).get(address).status_code == 404


def test_the_project_leads_to_it(client: Client, make: Factory) -> None:
    made = story(make)
    html = client.as_(made.team.coach).get(made.path).text
    assert f'<a href="{made.path}/measures">All charts on one page</a>' in html


def test_headings_are_in_order_and_every_drawing_has_a_name(
    page: Client, measures: Measures, lead: User, project: Project
) -> None:
    filled(measures, lead, project, 4)
    html = page.get(f"/projects/{project.id}/measures").text
    levels = [int(one) for one in re.findall(r"<h([1-6])[\s>]", html)]
    assert levels == [1, 2, 3, 3, 2, 3, 2, 3]
    for one in drawings(html):
        assert re.match(r'<svg[^>]*role="img" aria-label="XmR chart of Measure \d', one)
