"""The site map and robots.txt: every public page can be found, nothing else is asked for."""

import sys
from datetime import timedelta
from urllib.robotparser import RobotFileParser

import pytest

from qiplatform.learning.pages import feeds
from qiplatform.store.session import Store
from tests.house import access
from tests.house.access import Who
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.feeds import put, texts, xml
from tests.support.learning import Reports, reports
from tests.support.queries import counted

BASE = "http://127.0.0.1:8000"
MADE_FOR_PROGRAMS = (
    "/oai",
    "/healthz",
    "/readyz",
    "/components",
    "/sign-in",
    "/federation",
    "/.well-known",
    "/feeds/search.atom",
)


@pytest.fixture
def kit(make: Factory) -> Reports:
    return reports(make)


def test_the_map_names_every_public_report_with_its_last_change(client: Client, kit: Reports) -> None:
    one, gone = put(kit), put(kit)
    put(kit, report_id=one.report_id, at=AT + timedelta(days=2))
    kit.withdraw(gone.report_id)
    top = xml(client.get("/sitemap.xml").content)
    found = texts(top, "//s:url/s:loc/text()")
    assert found == [*(BASE + path for path in feeds.OPEN), f"{BASE}/published/{one.report_id}"]
    assert texts(top, "//s:lastmod/text()") == ["2026-03-05T09:00:00Z"]
    for address in found:
        assert client.get(address.removeprefix(BASE)).status_code == 200


def test_a_long_map_comes_in_parts(client: Client, kit: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PART", 3)
    made = [put(kit, at=AT + timedelta(hours=number)).report_id for number in range(7)]
    top = xml(client.get("/sitemap.xml").content)
    parts = texts(top, "/s:sitemapindex/s:sitemap/s:loc/text()")
    assert len(parts) == 3
    assert len(texts(top, "//s:lastmod/text()")) == 3
    found = [
        loc
        for part in parts
        for loc in texts(xml(client.get(part.removeprefix(BASE)).content), "//s:loc/text()")
    ]
    assert sorted(found) == sorted(f"{BASE}/published/{one}" for one in made)


def test_a_map_costs_a_constant_number_of_queries(client: Client, kit: Reports, store: Store) -> None:
    asked = []
    for more in (1, 9):
        for _ in range(more):
            put(kit)
        with counted(store) as queries_:
            client.get("/sitemap.xml")
        asked.append(len(queries_))
    assert asked == [2, 2]


def _robots(client: Client) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").text.splitlines())
    return parser


def wrongly_told(parser: RobotFileParser) -> list[str]:
    """Return the pages a crawler would miss, or waste its time on."""
    table = {key: who for key, who in access.PAGES.items() if key.startswith("GET ")}
    found = []
    for key, who in table.items():
        path = key.removeprefix("GET ").replace("{", "").replace("}", "")
        wanted = who is Who.ANYONE and not path.startswith(MADE_FOR_PROGRAMS)
        if parser.can_fetch("AnyBot", BASE + path) != wanted:
            found.append(key)
    return found


def test_crawlers_may_read_what_anyone_may_and_nothing_else(client: Client) -> None:
    parser = _robots(client)
    assert wrongly_told(parser) == []
    assert parser.site_maps() == [f"{BASE}/sitemap.xml"]
    assert not parser.can_fetch("AnyBot", f"{BASE}/api/v1/me")


def test_an_area_nobody_closed_would_be_seen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sys.modules["qiplatform.learning.pages.feeds.sitemap"], "CLOSED", ("/published", "/api/")
    )
    found = wrongly_told(_robots(client))
    assert "GET /projects" in found
    assert "GET /published/{report}" in found
