"""The cards of a page of results: kept in the index, and drawn anew where what is kept is not of now."""

from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy import delete, func, select

from qiplatform.search import actions, queries
from qiplatform.search.actions import indexing
from qiplatform.search.models import SearchCard
from qiplatform.search.pages import Card, card, cards, drawn
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.learning import reports
from tests.support.measures import SHARE, pairs
from tests.support.queries import counted

TITLE, PLANTED = "Fewer falls on the ward", "Planted in the index"


@pytest.fixture
def report_id(make: Factory) -> str:
    """One published report with a chart."""
    kit = reports(make, TITLE)
    measure = kit.measures.measure(kit.team.lead, SHARE, project=kit.team.project)
    kit.measures.put(kit.team.lead, measure, pairs([("90", "100")] * 12))
    report_id: str = kit.published(TITLE, measures=[measure]).report_id
    return report_id


def _plant(store: Store, **changes: Any) -> None:
    """Change the title kept in the index, and what else is given."""
    with store.session() as db:
        row = db.scalars(select(SearchCard)).one()
        row.card = {**row.card, "title": PLANTED, **changes}


def test_a_card_comes_back_from_the_index_as_it_was_drawn(store: Store, report_id: str) -> None:
    with store.session(reading=True) as db:
        present = queries.present(db, [report_id])
        found = queries.found_of(db, [report_id])
        assert cards(present, lambda _: pytest.fail("what is kept need not be read")) == {
            report_id: card(found[report_id])
        }
        kept: Card = cards(present, lambda _: found)[report_id]
    assert isinstance(kept.chart, Markup)
    assert kept.chart.startswith("<svg")


def test_the_page_takes_the_kept_card_even_when_asked_first(
    client: Client, store: Store, report_id: str
) -> None:
    _plant(store)
    assert client.get("/published").text.count(PLANTED) == 1
    with counted(store) as asked:
        client.get("/published")
    assert not [one for one in asked if "protected_point" in one], "a kept card reads no published table"


@pytest.mark.parametrize(
    "changes", [{"release": "0.0.1"}, {"version": "another"}], ids=["another release", "another version"]
)
def test_a_card_of_another_release_or_version_is_drawn_anew(
    client: Client, store: Store, report_id: str, changes: dict[str, str]
) -> None:
    _plant(store, **changes)
    page = client.get("/published").text
    assert PLANTED not in page
    assert page.count(f"{TITLE}</a>") == 1
    with counted(store) as asked:
        client.get("/published")
    assert [one for one in asked if "protected_point" in one]


def test_a_document_indexed_before_cards_were_kept_is_drawn(
    client: Client, store: Store, report_id: str
) -> None:
    with store.session() as db:
        db.execute(delete(SearchCard))
    assert client.get("/published").text.count(f"{TITLE}</a>") == 1


def test_indexing_again_keeps_cards_of_this_release(store: Store, report_id: str) -> None:
    _plant(store, release="0.0.1")
    with store.session() as db:
        release = drawn(queries.found_of(db, [report_id])[report_id])["release"]
        assert queries.count_drawn_before(db, release) == 1
        actions.reindex(db, at=AT, draw=drawn)
        assert queries.count_drawn_before(db, release) == 0


def test_words_in_a_card_stay_words(client: Client, make: Factory) -> None:
    kit = reports(make)
    kit.published("<b>Bold</b> & kept", problem="<script>alert(1)</script>")
    page = client.get("/published").text
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; kept" in page
    assert "<script>alert(1)" not in page


def test_a_withdrawn_reports_card_goes_with_it(store: Store, make: Factory) -> None:
    kit = reports(make)
    version = kit.published(TITLE)
    kit.withdraw(version.report_id)
    with store.session(reading=True) as db:
        assert not db.scalars(select(SearchCard)).all()


def test_indexing_everything_holds_one_page_of_reports_at_a_time(
    store: Store, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = reports(make)
    for number in range(3):
        kit.published(f"{TITLE} {number}")
    monkeypatch.setattr(indexing, "PAGE", 1)
    with store.session() as db:
        written: list[int | None] = []

        def draw(report: queries.Found) -> dict[str, Any]:
            written.append(db.scalar(select(func.count()).select_from(SearchCard)))
            return drawn(report)

        assert actions.reindex(db, at=AT, draw=draw) == 3
    assert written == [0, 1, 2]
