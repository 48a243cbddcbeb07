"""A report that is withdrawn is gone from every surface that anyone can open, at once, and from every cache within a minute.

The addresses are read from the routes themselves: a new one is visited without anybody thinking of it.
"""

import re
from collections.abc import Sequence

import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

from qiplatform.web.caching import MOST_SECONDS
from tests.house.surfaces import ASKED, text_of, visits
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.learning import Reports, reports
from tests.support.measures import PLAIN, rows

CANARY = "Zanzibar"
SAYS_NO_NAME = {"GET /published/{report}/evidence.csv"} | {
    f"GET /published/{{report}}{one}/charts/{{place}}/figure.json" for one in ("", "/v/{number}")
}
"""Numbers for a drawing whose name stands beside it, and those of places that can be pooled."""
LEAVES_NO_NAME = {"GET /sitemap.xml", "GET /sitemap/{report}.xml"}
"""Surfaces that tell of a report by its address alone, and afterwards not even by that."""
TELLS_THAT_IT_IS_GONE = {
    "GET /feeds/published.atom": 'deleted-entry ref="http://127.0.0.1:8000/published/{report}"',
    "GET /feeds/published.json": '"withdrawn": [{{"id": "http://127.0.0.1:8000/published/{report}"',
    "GET /oai": '<header status="deleted"><identifier>oai:127.0.0.1:{report}',
    "GET /federation/published": '"status": "withdrawn"',
}
"""Where others come to learn that they must take it out too."""


@pytest.fixture
def kit(make: Factory) -> Reports:
    """A team with a report to come, beside one that shares its topics."""
    made = reports(make, f"{CANARY} one", topics=["birds"], setting="Ward")
    measure = made.measures.measure(
        made.team.lead, PLAIN, project=made.team.project, name=f"{CANARY} counted"
    )
    made.measures.put(made.team.lead, measure, rows(["35", "47", "56"] * 5))
    return made


def telling(client: Client, visited: Sequence[tuple[str, str]], words: str) -> set[str]:
    """Return the rows whose answer holds these words."""
    return {key for key, path in visited if words in text_of(client.get(path).content)}


def test_a_withdrawn_report_is_gone_from_every_surface(
    app: FastAPI, client: Client, make: Factory, kit: Reports
) -> None:
    beside = reports(make, "Beside", topics=["birds"], setting="Ward").published("Beside")
    report = kit.published(f"{CANARY} one", problem="Ornithology was slow.").report_id
    visited = list(visits(app, [report, beside.report_id]))
    before = telling(client, visited, CANARY)
    named = telling(client, visited, report)
    of_report = {key for key, _ in visited if "{report}" in key} - LEAVES_NO_NAME
    of_report -= SAYS_NO_NAME
    assert before >= of_report | set(ASKED) | {"GET /federation/published"}, "the visit sees what is public"
    assert named >= LEAVES_NO_NAME - {"GET /sitemap/{report}.xml"}
    kit.withdraw(report, "The chart was wrong.")
    assert telling(client, visited, CANARY) == set()
    assert not telling(client, visited, report) & LEAVES_NO_NAME
    for key, words in TELLS_THAT_IT_IS_GONE.items():
        assert key in telling(client, visited, words.format(report=report)), key
    for key, path in visited:
        if key in of_report | SAYS_NO_NAME and report in path:
            answer = client.get(path)
            assert answer.status_code == 410, path
    page = client.get(f"/published/{report}")
    assert "The chart was wrong." in page.text


def kept_too_long(client: Client, visited: Sequence[tuple[str, str]]) -> list[str]:
    """Return the rows whose answer a cache may hold for more than a minute."""
    found = []
    for key, path in visited:
        said = client.get(path).headers.get("cache-control", "")
        age = re.search(r"(?:s-maxage|max-age)=(\d+)", said)
        stale = "stale-" in said
        if "no-store" not in said and (age is None or int(age[1]) > 60 or stale):
            found.append(key)
    return found


def test_no_cache_holds_a_public_answer_for_more_than_a_minute(
    app: FastAPI, client: Client, kit: Reports
) -> None:
    report = kit.published(f"{CANARY} one", problem="Ornithology was slow.").report_id
    assert kept_too_long(client, list(visits(app, [report]))) == []
    assert MOST_SECONDS < 60


def test_a_surface_that_forgot_would_be_seen(app: FastAPI, client: Client, kit: Reports) -> None:
    report = kit.published(f"{CANARY} one", problem="Ornithology was slow.").report_id
    kept = client.get(f"/published/{report}").text

    @app.get("/planted")
    def planted() -> PlainTextResponse:
        return PlainTextResponse(kept, headers={"cache-control": "public, max-age=3600"})

    kit.withdraw(report)
    visited = [("GET /planted", "/planted")]
    assert telling(client, visited, CANARY) == {"GET /planted"}
    assert kept_too_long(client, visited) == ["GET /planted"]
