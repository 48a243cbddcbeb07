"""A funnel across sites: drawn from the engine's result, one's own marked, those outside in a table, the rest explained."""

import re
from itertools import pairwise

import pytest

import spc
from qiplatform import charts
from qiplatform.measures.models import MeasureType
from qiplatform.measures.rules import Definition
from qiplatform.measures.rules.sites import Pooled, Site, funnel, pooled
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import text
from tests.support.measures import SHARE, Measures
from tests.support.queries import counted
from tests.support.sites import Sites, sites, steady

MOST_QUERIES = 8
COUNTS = {
    "Ash": steady(70, 100),
    "Birch": steady(35, 50),
    "Cedar": steady(14, 20),
    "Elm": steady(140, 200),
    "Fir": steady(56, 80),
    "Hazel": steady(98, 100),
    "Maple": (),
    "Oak": [("0", "0")] * 4,
}
RATE = Definition(name="Falls", type=MeasureType.BALANCING, chart="u", direction=SHARE.direction)


@pytest.fixture
def made(make: Factory) -> Sites:
    return sites(make, COUNTS)


def result_of(made: Sites, measures: Measures, mine: str, last: int = 12) -> spc.Result:
    """Return what the engine says, worked out here from the records."""
    found = []
    for name, one in sorted(made.measures.items()):
        added = pooled(measures.record(one), last)
        if isinstance(added, Pooled):
            found.append(Site(f"{name} (this site)" if name == mine else name, added))
    result = funnel("p", SHARE.direction, "", found)
    assert isinstance(result, spc.Result)
    return result


def cells(html: str, table: str) -> list[list[str]]:
    """Return the rows of a table."""
    inside = re.search(rf'<table[^>]*id="{table}".*?</table>', html, re.DOTALL)
    assert inside, f"there is no table {table}"
    rows = re.findall(r"<tr.*?</tr>", inside[0], re.DOTALL)
    return [[text(cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]


def test_the_page_says_what_the_engine_says(client: Client, made: Sites, measures: Measures) -> None:
    html = client.as_(made.coach).get(made.compare("Ash", "view=funnel")).text
    result = result_of(made, measures, "Ash")
    words = text(html)
    assert result.verdict.words in words
    assert result.verdict.not_to_conclude in words
    figure = charts.figure(result, title="Seen within four hours")
    assert cells(html, "funnel-table")[1:] == [[cell or "none" for cell in row] for row in figure.rows]
    assert [row[0] for row in cells(html, "outside")[1:]] == ["Hazel"]
    hazel = next(row for row in figure.rows if row[0] == "Hazel")
    assert cells(html, "outside")[1] == [
        "Hazel",
        hazel[-1],
        hazel[1],
        f"{hazel[5]} to {hazel[6]}",
        hazel[3],
    ]
    assert f'<a href="/measures/{made.measures["Hazel"].id}">Hazel</a>' in html


@pytest.mark.parametrize("last", [3, 6, 12])
def test_so_many_periods_are_added_up(client: Client, made: Sites, measures: Measures, last: int) -> None:
    html = client.as_(made.coach).get(made.compare("Ash", f"view=funnel&last={last}")).text
    result = result_of(made, measures, "Ash", last)
    assert f"The last {last} periods of each site added up" in html
    assert cells(html, "funnel-table")[1][3] == f"{100 * last:,}"
    assert result.series.denominator is not None
    assert result.series.denominator[0] == 100 * last
    assert cells(html, "pooled")[1][:2] == ["Ash (this site)", str(last)]


def test_ones_own_site_is_ringed_and_named(client: Client, made: Sites, measures: Measures) -> None:
    html = client.as_(made.coach).get(made.compare("Birch", "view=funnel")).text
    assert "Birch, ringed and named in the chart, is inside the limits." in text(html)
    rings = re.findall(r'<g class="mine"><title>([^<]+)</title><circle', html)
    assert rings == ["Birch", "Birch"]  # wide and narrow
    assert "Birch is ringed and named." in html
    ringed, other = (
        charts.figure(result_of(made, measures, "Birch"), title=SHARE.name, mine=(row, "Birch"))
        for row in (1, 0)
    )
    assert ringed.wide in html
    assert ringed.narrow in html
    assert other.wide not in html
    html = client.get(made.compare("Hazel", "view=funnel")).text
    assert "Hazel, ringed and named in the chart, is outside the limits, on the high side." in text(html)


def test_a_site_that_is_not_drawn_is_named_with_its_reason(client: Client, made: Sites) -> None:
    html = client.as_(made.coach).get(made.compare("Oak", "view=funnel")).text
    words = text(html)
    assert "Maple: no numbers yet." in words
    assert "Oak (this site): no cases in these periods" in words
    assert "Oak is not in the funnel: no cases in these periods" in words
    assert 'class="mine"' not in html
    assert {"Maple", "Oak"}.isdisjoint({row[0] for row in cells(html, "funnel-table")})


def test_it_says_kindly_what_it_does_not_say(client: Client, made: Sites) -> None:
    words = text(client.as_(made.coach).get(made.compare("Ash", "view=funnel")).text)
    assert "It is not a ranking" in words
    question = words.index("are the numbers right")
    assert question < words.index("care for the same people") < words.index("what do they do differently")


@pytest.mark.parametrize("count", [1, 4])
def test_too_few_sites_are_told_why(client: Client, make: Factory, count: int) -> None:
    made = sites(make, {name: COUNTS[name] for name in list(COUNTS)[:count]})
    html = client.as_(made.coach).get(made.compare("Ash", "view=funnel")).text
    assert "Too few sites for a funnel" in html
    assert ("There is 1 site" if count == 1 else "There are 4 sites") in html
    assert 'id="funnel"' not in html


def test_sites_of_one_size_have_limits_too(client: Client, make: Factory) -> None:
    made = sites(make, {f"Site {place}": steady(70 + place, 100) for place in range(6)})
    html = client.as_(made.coach).get(made.compare("Site 1", "view=funnel")).text
    drawn = re.search(r'<path class="upper" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', html)
    assert drawn
    left, height, right, again = map(float, drawn.groups())
    assert right - left > 100
    assert height == again


def test_rates_have_a_funnel_too(client: Client, make: Factory) -> None:
    made = sites(make, {f"Site {place}": steady(2 + place, 900 + 90 * place) for place in range(6)}, RATE)
    html = client.as_(made.coach).get(made.compare("Site 1", "view=funnel")).text
    assert "Funnel plot of rates" in html
    assert "the larger its rate" in text(html)


def test_different_times_are_said(client: Client, make: Factory) -> None:
    counts = {name: COUNTS[name] for name in list(COUNTS)[:6]}
    same = sites(make, counts)
    unlike = sites(make, counts | {"Fir": steady(56, 80, 5)})
    said = "The numbers of the sites are not all from the same time"
    assert said not in client.as_(same.coach).get(same.compare("Ash", "view=funnel")).text
    html = client.as_(unlike.coach).get(unlike.compare("Ash", "view=funnel")).text
    assert said in html
    assert ["Fir", "5", "Jan 2024", "May 2024"] in cells(html, "pooled")


def test_it_asks_as_often_for_30_sites_as_for_six(client: Client, make: Factory) -> None:
    asked = []
    for count in (6, 30):
        made = sites(make, {f"Site {place:02}": steady(5, 10, 2) for place in range(count)})
        client.as_(made.coach)
        with counted(make.store) as statements:
            html = client.get(made.compare("Site 00", "view=funnel")).text
        assert len(cells(html, "funnel-table")) == count + 1
        asked.append(len(statements))
    assert asked[0] == asked[1] <= MOST_QUERIES


def test_units_stand_by_size_and_not_by_result(client: Client, made: Sites) -> None:
    html = client.as_(made.coach).get(made.compare("Ash", "view=funnel")).text
    names = [row[0] for row in cells(html, "funnel-table")[1:]]
    assert all(before < after for before, after in pairwise(names))


def test_what_people_type_is_shown_as_typed(client: Client, make: Factory) -> None:
    made = sites(make, {"<b>Ash</b> & Co": COUNTS["Ash"]} | {f"S{one}": COUNTS["Fir"] for one in range(5)})
    html = client.as_(made.coach).get(made.compare("<b>Ash</b> & Co", "view=funnel")).text
    assert "<b>Ash" not in html
    assert "&lt;b&gt;Ash&lt;/b&gt; &amp; Co" in html
