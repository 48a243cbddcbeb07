"""Searching by meaning, synonyms, typing errors, marked words, the new facets, and the index built again."""

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.learning.models import Publication, PublishedVersion, ReportResult
from qiplatform.search import actions, queries, rules
from qiplatform.search.actions import indexing
from qiplatform.search.models import Facet, SearchDocument
from qiplatform.search.pages import drawn
from qiplatform.search.rules import meaning
from qiplatform.search.rules.synonyms import BadSynonyms, parse
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.learning import reports


def test_near_in_meaning_is_nearer_than_far() -> None:
    words = rules.query_vector("patients slipping over in the bathroom")
    near = rules.document_vector(["Fewer falls at night", "Patients fell on the way to the toilet."])
    far = rules.document_vector(["Invoices paid on time", "Suppliers waited for their money."])
    assert words is not None
    assert near is not None
    assert far is not None
    assert float(words @ near) > float(words @ far) + 0.1


def test_a_vector_is_kept_in_two_bytes_a_number() -> None:
    vector = rules.query_vector("pressure ulcers")
    assert vector is not None
    assert np.allclose(rules.unpacked([rules.packed(vector), None])[0], vector, atol=1e-3)
    assert not rules.unpacked([None]).any()


def test_without_the_model_words_still_find(
    monkeypatch: pytest.MonkeyPatch, client: Client, make: Factory
) -> None:
    monkeypatch.setattr(meaning, "model", lambda: None)
    version = reports(make).published("Fewer pressure ulcers")
    found = client.get("/api/v1/published", params={"q": "bed sores"}).json()
    assert [one["id"] for one in found["items"]] == [version.report_id]


def test_a_typing_error_is_mended_said_and_can_be_insisted_on(client: Client, make: Factory) -> None:
    reports(make).published("Fewer pressure ulcers")
    page = client.get("/published", params={"q": "presure"}).text
    assert "No report has “presure”; these are for “pressure”." in page
    assert "Fewer pressure ulcers" in page
    insisted = client.get("/published", params={"q": "presure", "exactly": "yes"}).text
    assert "these are for" not in insisted


def test_the_words_are_marked_and_nothing_else_is_markup(client: Client, make: Factory) -> None:
    reports(make).published("Shorter waits", problem="People <b>waited</b> & left.")
    page = client.get("/published", params={"q": "left"}).text
    assert "&lt;b&gt;waited&lt;/b&gt; &amp; <mark>left</mark>" in page
    assert "<b>waited" not in page


def test_a_withdrawn_report_is_gone_from_words_meaning_and_counts_at_once(
    client: Client, make: Factory, store: Store
) -> None:
    kit = reports(make)
    version = kit.published("Fewer falls at night")
    assert client.get("/api/v1/published", params={"q": "falls"}).json()["total"] == 1
    kit.withdraw(version.report_id)
    found = client.get("/api/v1/published", params={"q": "falls"}).json()
    assert (found["total"], found["items"]) == (0, [])
    assert not any(found["facets"].values())
    with store.session(reading=True) as db:
        assert len(queries.columns(db)) == 0


def test_the_columns_follow_what_is_published_again_and_again(store: Store, make: Factory) -> None:
    kit = reports(make)
    versions = [kit.published(f"Report {number}") for number in range(3)]
    with store.session(reading=True) as db:
        assert queries.columns(db).reports == tuple(one.report_id for one in versions)
    kit.withdraw(versions[1].report_id)
    fourth = kit.published("Report 4", ReportResult.WORSE)
    with store.session(reading=True) as db:
        held = queries.columns(db)
        assert set(held.reports) == {versions[0].report_id, versions[2].report_id, fourth.report_id}
        assert dict(held.counts(Facet.RESULT, np.ones(3, np.bool_))) == {"improved": 2, "worse": 1}


def test_the_index_is_built_again_from_what_is_published(client: Client, make: Factory, store: Store) -> None:
    version = reports(make).published("Fewer falls", indexed=False)
    with store.session() as db:
        assert actions.reindex(db, at=AT, draw=drawn) == 1
    found = client.get("/api/v1/published", params={"q": "falls", "year": "2026", "involvement": "no"}).json()
    assert [one["id"] for one in found["items"]] == [version.report_id]
    assert client.get("/api/v1/published", params={"year": "1999"}).json()["total"] == 0


@pytest.mark.parametrize("line", ["alone", "falls =", "= falls", "falls = !!!", f"falls = {'x' * 70}"])
def test_a_line_that_cannot_be_understood_is_named(line: str) -> None:
    with pytest.raises(BadSynonyms, match="line 2"):
        parse(f"# ours\n{line}\n")


def test_the_field_has_its_synonyms_both_ways() -> None:
    known = rules.chosen_synonyms("")
    assert len(known.groups) >= 150
    for one, other in (("TTO", "discharge medicines"), ("DNA", "did not attend"), ("A&E", "casualty")):
        assert rules.plain(other) in rules.words_of(one)[0]
        assert rules.plain(one) in rules.words_of(other)[0]


def test_an_operator_may_bring_a_file(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("zebra = crossing\n", encoding="utf-8")
    assert Settings(synonyms=str(mine)).synonyms
    assert rules.words_of("zebra", rules.read_synonyms(mine)) == (("zebra", "crossing"),)
    with pytest.raises(BadSynonyms, match="cannot be read"):
        rules.read_synonyms(tmp_path / "none.txt")


def test_an_index_that_was_rolled_back_leaves_nothing_in_the_process(make: Factory) -> None:
    kit = reports(make)
    first = kit.published("Fewer falls", indexed=False)
    second = kit.published("Shorter waits", indexed=False)
    with make.store.session() as db:
        actions.index(db, at=AT, report_id=first.report_id, draw=drawn)
        assert queries.columns(db).reports == (first.report_id,)
        db.rollback()
    with make.store.session() as db:
        actions.index(db, at=AT, report_id=second.report_id, draw=drawn)
    with make.store.session(reading=True) as db:
        assert queries.columns(db).reports == (second.report_id,)


def test_what_is_indexed_is_read_when_its_turn_has_come(
    make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two jobs for one report: the one that waited for the index's row must not write what it read before the wait."""
    version = reports(make).published("Fewer falls", indexed=False)
    waited = indexing._next_stamp

    def corrected_meanwhile(db: Session) -> int:
        content = {**version.content, "title": "Fewer falls, corrected"}
        newer = PublishedVersion(
            report_id=version.report_id,
            number=version.number + 1,
            published_at=AT,
            approved_by_id=version.approved_by_id,
            reason="The title.",
            content=content,
        )
        db.add(newer)
        db.flush()
        db.merge(Publication(report_id=version.report_id, version_id=newer.id))
        db.flush()
        return waited(db)

    monkeypatch.setattr(indexing, "_next_stamp", corrected_meanwhile)
    with make.store.session() as db:
        actions.index(db, at=AT, report_id=version.report_id, draw=drawn)
    with make.store.session(reading=True) as db:
        assert db.scalars(select(SearchDocument.title)).all() == ["Fewer falls, corrected"]
