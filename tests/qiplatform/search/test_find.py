"""Searching: the same answers on both databases, whatever is typed."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiplatform.learning.models import ReportResult
from qiplatform.search import actions, queries
from qiplatform.search.models import Facet
from qiplatform.search.pages import drawn
from qiplatform.search.queries import finding
from qiplatform.search.rules import Chosen, Vocabulary, marked, words_of
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.learning import Reports, reports
from tests.support.measures import SHARE, pairs
from tests.support.queries import counted

FALLS, WAITS, PILLS = "Fewer falls on the ward", "Shorter waits in A&E", "Safer medicines at home"


@pytest.fixture
def shelf(make: Factory) -> dict[str, tuple[Reports, str]]:
    """Three published reports by title."""
    kit = {
        FALLS: reports(make, FALLS, statement=FALLS, setting="Ward", topics=["falls", "frailty"]),
        WAITS: reports(make, WAITS, statement=WAITS, setting="Emergency department", topics=["patient flow"]),
        PILLS: reports(make, PILLS, statement=PILLS, setting="Care home", topics=["medicines", "frailty"]),
    }
    told = {
        FALLS: ("Residents fell at night.", "We tested intentional rounding.", ReportResult.IMPROVED),
        WAITS: ("Patients waited too long.", "We tested a senior doctor.", ReportResult.NO_CHANGE),
        PILLS: ("Doses were missed.", "We tested a falls alarm reminder.", ReportResult.WORSE),
    }
    made = {}
    for title, (problem, did, result) in told.items():
        version = kit[title].published(title, result, problem=problem, did=did, summary="", differently="")
        made[title] = (kit[title], version.report_id)
    return made


def _titles(
    store: Store, shelf: dict[str, tuple[Reports, str]], words: str, facets: Chosen | None = None
) -> list[str]:
    of = {report_id: title for title, (_, report_id) in shelf.items()}
    with store.session(reading=True) as db:
        return [of[one] for one in queries.find(db, words, facets).items]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("falls", [FALLS, PILLS]),
        ("fall", [FALLS, PILLS]),
        ("FALLS on the ward", [FALLS, PILLS]),
        ("waiting", [WAITS]),
        ("waiting in A&E", [WAITS]),
        ("emergency", [WAITS]),
        ("a&e", [WAITS]),
        ("medication", [PILLS]),
        ("", [PILLS, WAITS, FALLS]),
        ("   ", [PILLS, WAITS, FALLS]),
        ("zebra", []),
        ("!!!", []),
        ("😀", []),
    ],
)
def test_words_find_reports_the_title_first(
    store: Store, shelf: dict[str, tuple[Reports, str]], words: str, found: list[str]
) -> None:
    assert _titles(store, shelf, words) == found


def test_did_not_work_is_found_like_any_other(store: Store, shelf: dict[str, tuple[Reports, str]]) -> None:
    assert set(_titles(store, shelf, "did not work")) == {WAITS, PILLS}
    assert _titles(store, shelf, "", {Facet.RESULT: "no_change"}) == [WAITS]


def test_without_a_report_of_all_words_those_with_some_are_shown_and_it_is_said(
    client: Client, shelf: dict[str, tuple[Reports, str]]
) -> None:
    page = client.get("/published", params={"q": "zebra falls"}).text
    assert FALLS in page
    assert "No report has all of these words; these have some of them." in page


def test_where_a_word_stands_in_no_report_the_others_are_still_looked_for(
    store: Store, shelf: dict[str, tuple[Reports, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_LOOSE", 1)
    monkeypatch.setattr(
        finding, "MOST_RANKED", 0
    )  # as among very many reports, where common words are left out
    monkeypatch.setattr(finding, "rank_meaning", lambda *_: np.zeros(0, np.int64))
    assert _titles(store, shelf, "zebra waited") == [WAITS]
    assert _titles(store, shelf, "rounding waiting tested") == [FALLS], "a rare word that is there is enough"


@pytest.mark.parametrize(
    ("one", "other"), [("communities", "community"), ("dying", "died"), ("studies", "study")]
)
def test_forms_of_a_word_are_counted_and_marked_together(one: str, other: str) -> None:
    assert Vocabulary({one: 2, "ward": 9}).documents(other) == 2
    assert marked(f"The {one} came", [(other,)])[1] == (one, True)


def test_facets_narrow_and_count_what_each_choice_would_leave(
    store: Store, shelf: dict[str, tuple[Reports, str]]
) -> None:
    with store.session(reading=True) as db:
        hits = queries.find(db, "", {Facet.TOPIC: "frailty"})
    assert hits.total == 2
    assert {one.value: one.count for one in hits.facets[Facet.SETTING]} == {"Ward": 1, "Care home": 1}
    assert {one.value: one.count for one in hits.facets[Facet.TOPIC]} == {
        "falls": 1,
        "frailty": 2,
        "medicines": 1,
        "patient flow": 1,
    }
    assert {one.value for one in hits.facets[Facet.RESULT]} == {"improved", "worse"}


HOSTILE = [
    '"', "'", "';--", "AND", "OR NOT NEAR(", "falls*", "title:falls", "(falls", "-falls", "falls & | ! <-> waits",
    "\x00", "falls\x00ward", "😀 falls", "x" * 10_000, "falls " * 2000, "%", "_", "\\", "{}", "^falls", "٣", "ﬁ", "‮falls",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_a_search(
    client: Client, shelf: dict[str, tuple[Reports, str]], words: str
) -> None:
    for address in ("/published", "/api/v1/published"):
        answer = client.get(address, params={"q": words, "topic": words[:300], "page": words[:20]})
        assert answer.status_code == 200
        assert client.get(address, params={"q": words}).status_code == 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_any_text_at_all_is_a_search(store: Store, words: str) -> None:
    with store.session(reading=True) as db:
        assert queries.find(db, words).total == 0


@given(st.text(max_size=300))
def test_words_hold_letters_and_digits_only(text: str) -> None:
    for group in words_of(text):
        assert group[0].replace(" ", "").isalnum()


@pytest.mark.parametrize("page", ["0", "-1", "999999999999", "two", "", "2"])
def test_a_page_that_is_none_is_no_fault(
    client: Client, shelf: dict[str, tuple[Reports, str]], page: str
) -> None:
    assert client.get("/published", params={"page": page}).status_code == 200


def test_pages_follow_each_other(client: Client, make: Factory) -> None:
    kit = reports(make)
    for number in range(12):
        kit.published(f"Report {number:02}")
    first, second = (client.get("/api/v1/published", params={"page": page}).json() for page in (1, 2))
    assert (first["total"], len(first["items"]), first["next"]) == (12, 10, "2")
    assert (len(second["items"]), second["next"]) == (2, None)
    assert len({one["id"] for one in first["items"] + second["items"]}) == 12
    assert "/published?page=2" in client.get("/published").text


def test_an_empty_result_teaches(client: Client) -> None:
    page = client.get("/published", params={"q": "zebra"}).text
    assert "Nothing was found for this" in page
    assert "falls on the ward" in page


def test_the_page_and_the_call_need_no_account_and_few_questions(
    client: Client, make: Factory, store: Store
) -> None:
    kit = reports(make)
    measure = kit.measures.measure(kit.team.lead, SHARE, project=kit.team.project)
    kit.measures.put(kit.team.lead, measure, pairs([("90", "100")] * 12))
    asked = []
    for count in (1, 8):
        for number in range(count):
            kit.published(f"Doctor at the door {count} {number}", measures=[measure])
        with counted(store) as queries_:
            assert client.get("/published", params={"q": "doctor"}).status_code == 200
        asked.append(len(queries_))
        with counted(store) as again:
            assert client.get("/published", params={"q": "doctor"}).status_code == 200
        assert len(again) <= 6, "the columns and the cards are kept"
    assert asked[0] == asked[1] <= 11, "nine results cost no more than one"


def test_a_report_that_waits_to_be_indexed_is_spoken_of(client: Client, make: Factory, store: Store) -> None:
    version = reports(make).published("Fresh", indexed=False)
    page = client.get("/published").text
    assert "A report was published a moment ago" in page
    assert client.get(f"/published/{version.report_id}").status_code == 200
    with store.session() as db:
        actions.index(db, at=AT, report_id=version.report_id, draw=drawn)
        actions.index(db, at=AT, report_id=version.report_id, draw=drawn)
    page = client.get("/published").text
    assert page.count("Fresh</a>") == 1
    assert "A report was published a moment ago" not in page


def test_a_withdrawn_report_is_not_found_nor_indexed_by_a_late_job(
    client: Client, store: Store, shelf: dict[str, tuple[Reports, str]]
) -> None:
    kit, report_id = shelf[FALLS]
    kit.withdraw(report_id)
    assert FALLS not in client.get("/published", params={"q": "falls ward"}).text
    with store.session() as db:
        actions.index(db, at=AT, report_id=report_id, draw=drawn)
    assert _titles(store, {PILLS: shelf[PILLS]}, "falls") == [PILLS]


def test_similar_reports_share_topics_or_words(client: Client, shelf: dict[str, tuple[Reports, str]]) -> None:
    answer = client.get(f"/api/v1/published/{shelf[FALLS][1]}/similar").json()
    assert [one["title"] for one in answer["items"]] == [PILLS]
    page = client.get(f"/published/{shelf[FALLS][1]}/similar")
    assert PILLS in page.text
    inside = client.get(f"/published/{shelf[FALLS][1]}/similar", headers={"hx-request": "true"})
    assert PILLS in inside.text
    assert "<html" not in inside.text
