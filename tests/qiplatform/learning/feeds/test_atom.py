"""The Atom and JSON feeds: what they tell, in pages, narrowed, with tombstones, and kept for a moment only."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from qiplatform.learning.routes import feeds
from qiplatform.store.session import Store
from qiplatform.web.caching import MOST_SECONDS
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.feeds import put, texts, xml
from tests.support.learning import Reports, reports
from tests.support.queries import counted

ATOM, JSON = "/feeds/published.atom", "/feeds/published.json"
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def kit(make: Factory) -> Reports:
    return reports(make)


def _titles(client: Client, address: str = ATOM) -> list[str]:
    return texts(xml(client.get(address).content), "//a:entry/a:title/text()")


def _walk(client: Client, address: str = ATOM) -> list[Any]:
    pages = [xml(client.get(address).content)]
    while following := texts(pages[-1], "/a:feed/a:link[@rel='next']/@href"):
        pages.append(xml(client.get(following[0]).content))
        assert len(pages) < 20
    return pages


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    answer = client.get(ATOM)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    top = xml(answer.content)
    assert texts(top, "/a:feed/a:id/text()") == [BASE + ATOM]
    assert texts(top, "/a:feed/a:updated/text()") == ["1970-01-01T00:00:00Z"]
    assert client.get(JSON).json()["items"] == []


def test_an_entry_tells_what_a_reader_needs(client: Client, make: Factory) -> None:
    kit = reports(make, setting="Acute hospital", topics=["falls", "flow"])
    version = kit.published("Shorter waits")
    top = xml(client.get(ATOM).content)
    entry = top.find("{*}entry")
    address = f"{BASE}/published/{version.report_id}"
    assert texts(entry, "a:id/text()") == [address]
    assert texts(entry, "a:title/text()") == ["Shorter waits"]
    assert texts(entry, "a:updated/text()") == ["2026-03-03T09:00:00Z"]
    assert texts(entry, "a:published/text()") == ["2026-03-03T09:00:00Z"]
    assert texts(entry, "a:link[@type='text/html' and @rel='alternate']/@href") == [address]
    assert texts(entry, "a:summary/text()") == ["A doctor at the front door made waits shorter."]
    assert texts(entry, "a:rights/text()") == ["CC BY 4.0"]
    assert set(texts(entry, "a:category/@term")) >= {"improved", "falls", "flow", "Acute hospital"}
    assert texts(top, "/a:feed/a:link[@rel='self']/@href") == [BASE + ATOM]
    assert client.get(address.removeprefix(BASE)).status_code == 200


def test_authors_are_named_and_else_the_organisation(client: Client, kit: Reports) -> None:
    put(kit, title="Named", authors=["Ann", "Ben"])
    put(kit, title="Unnamed", authors=[])
    top = xml(client.get(ATOM).content)
    assert texts(top, "//a:entry[a:title='Named']/a:author/a:name/text()") == ["Ann", "Ben"]
    assert texts(top, "//a:entry[a:title='Unnamed']/a:author/a:name/text()") == ["Example Trust"]


def test_a_new_version_comes_first_under_the_same_id(client: Client, kit: Reports) -> None:
    first = put(kit, title="Old")
    put(kit, title="Other", at=AT + timedelta(hours=1))
    put(kit, title="New", at=AT + timedelta(hours=2), report_id=first.report_id)
    top = xml(client.get(ATOM).content)
    assert texts(top, "//a:entry/a:title/text()") == ["New", "Other"]
    assert texts(top, "//a:entry[1]/a:published/text()") == ["2026-03-03T09:00:00Z"]
    assert texts(top, "//a:entry[1]/a:updated/text()") == ["2026-03-03T11:00:00Z"]
    assert texts(top, "//a:entry[1]/a:link[@rel='via']/@href") == [f"{BASE}/published/{first.report_id}/v/2"]


def test_a_withdrawn_report_leaves_a_tombstone_and_no_word(client: Client, kit: Reports) -> None:
    version = kit.published("Canary", indexed=False)
    assert _titles(client) == ["Canary"]
    kit.withdraw(version.report_id)
    top = xml(client.get(ATOM).content)
    assert texts(top, "//at:deleted-entry/@ref") == [f"{BASE}/published/{version.report_id}"]
    assert texts(top, "//at:deleted-entry/@when") == ["2026-03-03T09:00:00Z"]
    told = client.get(JSON)
    assert told.json()["_qiplatform"]["withdrawn"][0]["id"] == f"{BASE}/published/{version.report_id}"
    assert "Canary" not in client.get(ATOM).text + told.text


def test_a_long_feed_comes_in_pages_without_gap_or_repeat(
    client: Client, kit: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "PAGE", 3)
    # All at one instant, as a bulk import would be: only the id tells them apart.
    for number in range(7):
        put(kit, title=f"Report {number}")
    late = put(kit, title="Late", at=AT + timedelta(days=1))
    kit.withdraw(late.report_id)
    pages = _walk(client)
    assert [len(page.findall("{*}entry")) + len(page.findall("{*}deleted-entry")) for page in pages] == [
        3,
        3,
        2,
    ]
    seen = [title for page in pages for title in texts(page, "//a:entry/a:title/text()")]
    assert sorted(seen) == [f"Report {number}" for number in range(7)]
    assert {texts(page, "/a:feed/a:id/text()")[0] for page in pages} == {BASE + ATOM}
    items, address = [], JSON
    while address:
        told = client.get(address).json()
        items += [one["title"] for one in told["items"]]
        address = told.get("next_url")
    assert items == seen


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("topic=falls", ["A"]),
        ("setting=Ward", ["B", "A"]),
        ("result=worse", ["B"]),
        ("organisation=Another%20%26%20Sons", ["C"]),
        ("method=PDSA", ["C", "B", "A"]),
        ("setting=Ward&result=worse", ["B"]),
        ("setting=Ward&result=worse&topic=falls", []),
        ("topic=nothing", []),
        ("topic=", ["C", "B", "A"]),
    ],
)
def test_a_feed_is_narrowed_as_the_search_is(
    client: Client, kit: Reports, query: str, expected: list[str]
) -> None:
    put(kit, title="A")
    put(kit, title="B", topics=["flow"], result="worse", at=AT + timedelta(hours=1))
    put(
        kit,
        title="C",
        topics=["flow"],
        setting="Home",
        organisation="Another & Sons",
        at=AT + timedelta(hours=2),
    )
    gone = put(kit, title="Gone", topics=["x"], result="worse", at=AT + timedelta(hours=3))
    kit.withdraw(gone.report_id)
    top = xml(client.get(f"{ATOM}?{query}").content)
    assert texts(top, "//a:entry/a:title/text()") == expected
    # A narrowed feed tells of every withdrawal: which topics the report had is no longer known.
    assert len(texts(top, "//at:deleted-entry/@ref")) == 1


def test_a_narrowed_feed_pages_within_itself(
    client: Client, kit: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "PAGE", 2)
    for number in range(5):
        put(kit, title=f"Falls {number}", at=AT + timedelta(hours=number))
        put(kit, title=f"Other {number}", topics=["other"], at=AT + timedelta(hours=number))
    pages = _walk(client, f"{ATOM}?topic=falls")
    seen = [title for page in pages for title in texts(page, "//a:entry/a:title/text()")]
    assert seen == [f"Falls {number}" for number in (4, 3, 2, 1, 0)]
    assert texts(pages[1], "/a:feed/a:link[@rel='self']/@href")[0].startswith(
        f"{BASE}{ATOM}?topic=falls&before="
    )


@pytest.mark.parametrize("before", ["x", "1-", "-1", "1-a/b", "9" * 30 + "-a", "²-a", "1-" + "a" * 40])
def test_a_page_that_is_none_is_refused_kindly(client: Client, before: str) -> None:
    answer = client.get(ATOM, params={"before": before})
    assert answer.status_code == 422
    assert "Begin at its first page" in answer.text


def test_nothing_changed_is_said_without_sending_it_again(client: Client, kit: Reports) -> None:
    put(kit, title="One")
    first = client.get(ATOM)
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    assert client.get(ATOM, headers={"if-none-match": tag}).status_code == 304
    assert client.get(ATOM, headers={"if-none-match": f'"other", W/{tag}'}).status_code == 304
    assert client.get(ATOM, headers={"if-modified-since": changed}).status_code == 304
    assert client.get(ATOM, headers={"if-modified-since": "nonsense"}).status_code == 200
    put(kit, title="Two", at=AT + timedelta(hours=1))
    assert client.get(ATOM, headers={"if-none-match": tag}).status_code == 200
    assert client.get(ATOM, headers={"if-modified-since": changed}).status_code == 200
    # The tag decides where both are given.
    both = {"if-none-match": tag, "if-modified-since": format_datetime(datetime(2030, 1, 1, tzinfo=UTC))}
    assert client.get(ATOM, headers=both).status_code == 200


def test_a_change_of_this_second_gives_no_time_to_hold_on_to(client: Client, kit: Reports) -> None:
    put(kit, title="Just now", at=datetime.now(UTC))
    assert "last-modified" not in client.get(ATOM).headers


def test_nobody_keeps_a_feed_for_long(client: Client, kit: Reports) -> None:
    put(kit)
    for address in (ATOM, JSON, "/sitemap.xml", "/robots.txt"):
        assert (
            client.get(address).headers["cache-control"] == f"public, max-age={MOST_SECONDS}, must-revalidate"
        )
    assert MOST_SECONDS < 60


@pytest.mark.parametrize("query", ["", "?topic=falls", "?topic=falls&setting=Ward"])
def test_a_page_costs_the_same_however_many_reports_it_holds(
    client: Client, kit: Reports, store: Store, query: str
) -> None:
    asked = []
    for more in (1, 12):
        for _ in range(more):
            put(kit)
        for address in (ATOM, JSON):
            with counted(store) as queries_:
                client.get(address + query)
            asked.append(len(queries_))
    assert set(asked) == {1}


def test_every_page_tells_where_the_feeds_are(client: Client) -> None:
    for page in ("/published", "/about"):
        html = client.get(page).text
        assert (
            f'<link rel="alternate" type="application/atom+xml" title="Published learning" href="{ATOM}">'
            in html
        )
        assert f'href="{JSON}">' in html
