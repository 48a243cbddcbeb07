"""One installation harvests another: what is new, what is changed, what is gone."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from qiplatform import clock
from qiplatform.errors import NotNow
from qiplatform.federation import actions, queries
from qiplatform.federation.actions import harvesting
from qiplatform.federation.actions.fetching import Unreachable
from qiplatform.federation.models import HarvestedReport, Peer
from qiplatform.federation.routes import PAGE
from qiplatform.federation.rules import records
from qiplatform.learning.models import ReportResult
from qiplatform.store.jobs import Job, OutboxJob
from tests.support.databases import Databases
from tests.support.factories import AT
from tests.support.federation import ADDRESS, LATER, Pair, pair
from tests.support.feeds import put, take_back


@pytest.fixture
def two(databases: Databases, database_kind: str, tmp_path: Path) -> Iterator[Pair]:
    with pair(databases, database_kind, tmp_path) as made:
        yield made


def test_what_is_published_there_can_be_found_here(two: Pair) -> None:
    version = put(two.kit, title="Fewer falls", topics=["falls", "night"])
    two.pin()
    assert two.harvest() == "1 taken."
    (one,) = two.found()
    assert (one.title, one.result, one.topics) == ("Fewer falls", ReportResult.IMPROVED, ("falls", "night"))
    assert (one.organisation, one.setting, one.version) == ("Example Trust", "Ward", 1)
    assert one.address == f"{ADDRESS}/published/{version.report_id}"
    assert one.installation == "Publisher"
    assert one.published_at == AT
    assert one.sections["happened"] == "Fewer fell."
    assert two.client.get(one.address.removeprefix(ADDRESS)).status_code == 200


def test_a_real_report_travels_whole(two: Pair) -> None:
    two.kit.published("Shorter waits & <more> שלום 👩‍⚕️")
    two.pin()
    two.harvest()
    assert two.found()[0].title == "Shorter waits & <more> שלום 👩‍⚕️"


def test_a_new_version_takes_the_place_of_the_old(two: Pair) -> None:
    version = put(two.kit, title="Old")
    two.pin()
    two.harvest()
    put(two.kit, title="New", report_id=version.report_id, at=AT + timedelta(hours=1))
    assert two.harvest() == "1 taken, 1 known already." or two.harvest()
    assert [(one.title, one.version) for one in two.found()] == [("New", 2)]


def test_what_is_withdrawn_there_is_gone_here_with_every_word(two: Pair) -> None:
    version = put(two.kit, title="Canary")
    two.pin()
    two.harvest()
    take_back(two.kit, version.report_id, at=AT + timedelta(days=1))
    assert two.harvest() == "1 withdrawn."
    assert two.found() == []
    with two.reader.session() as db:
        (row,) = db.scalars(select(HarvestedReport))
        assert (row.withdrawn, row.content) == (True, {})


def test_a_harvest_goes_on_where_it_stopped(two: Pair) -> None:
    for number in range(3):
        put(two.kit, at=AT + timedelta(hours=number))
    two.pin()
    two.harvest()
    put(two.kit, at=AT + timedelta(days=1))
    two.asked.clear()
    assert two.harvest() == "1 taken."
    assert len(two.asked) == 1
    assert two.harvest() == "Nothing new."


def test_a_long_list_is_read_in_several_jobs(two: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvesting, "PAGES", 2)
    monkeypatch.setattr("qiplatform.federation.routes.PAGE", 3)
    for number in range(10):
        put(two.kit, title=f"Report {number}")
    peer = two.pin()
    two.harvest()
    assert len(two.found()) == 6
    with two.reader.session() as db:
        waiting = list(db.scalars(select(OutboxJob).where(OutboxJob.job == Job.HARVEST_PEER)))
        assert [one.payload for one in waiting] == [{"peer_id": peer.id}] * 2
    two.harvest()
    assert sorted(one.title for one in two.found()) == [f"Report {number}" for number in range(10)]
    assert PAGE <= records.MOST_RECORDS


def test_a_latecomer_is_not_missed(two: Pair) -> None:
    """Stamped before what was harvested, committed after: the next harvest begins a little earlier."""
    put(two.kit, title="Seen", at=LATER)
    two.pin()
    client_at = LATER + timedelta(seconds=10)
    two.client.app.dependency_overrides[clock.now] = lambda: client_at  # type: ignore[attr-defined]
    two.harvest(at=client_at)
    put(two.kit, title="Late", at=LATER - timedelta(seconds=30))
    two.harvest(at=client_at)
    assert {one.title for one in two.found()} == {"Seen", "Late"}


def test_a_peer_that_is_away_is_asked_again(two: Pair) -> None:
    def away(_: str) -> bytes:
        raise Unreachable("it did not answer")

    put(two.kit)
    two.pin()
    said = two.harvest(ask=away)
    assert (
        said
        == "Nothing new; it could not be read to the end, because it did not answer; it will be tried again."
    )
    assert two.harvest() == "1 taken."


def test_a_peer_that_goes_takes_its_reports_along(two: Pair) -> None:
    put(two.kit)
    peer = two.pin()
    two.harvest()
    with two.reader.session() as db:
        actions.remove(db, at=LATER, address=ADDRESS)
    assert two.found() == []
    with two.reader.session() as db:
        assert db.scalar(select(func.count()).select_from(HarvestedReport)) == 0
        # A job that was on its way finds nobody.
        actions.harvest(db, at=LATER, peer_id=peer.id, ask=two.ask)
        assert list(db.scalars(select(Peer))) == []


def test_the_database_is_free_while_the_network_is_slow(two: Pair) -> None:
    """On the embedded database a writer would hold everybody up."""
    put(two.kit)
    two.pin()

    def slow(url: str) -> bytes:
        with two.reader.session() as other:
            other.add(Peer(address="https://other.example.org", name="Other", public_key="", added_at=LATER))
        return two.ask(url)

    assert two.harvest(ask=slow) == "1 taken."


def test_everything_that_is_held_is_walked_through_a_page_at_a_time(two: Pair) -> None:
    made = [put(two.kit, title=f"Report {number}") for number in range(5)]
    two.pin()
    two.harvest()
    take_back(two.kit, made[0].report_id, at=AT + timedelta(days=1))
    two.harvest()
    seen: list[str] = []
    with two.reader.session(reading=True) as db:
        after = ""
        while page := queries.harvested(db, after=after, size=3):
            seen += [one.title for one in page]
            after = page[-1].id
        ids = [one.id for one in queries.harvested(db)]
        assert set(queries.harvested_of(db, [*ids, "nothing"])) == set(ids)
        assert sum(queries.count_harvested(db).values()) == 4
    assert sorted(seen) == [f"Report {number}" for number in range(1, 5)]


def test_the_same_key_signs_after_a_restart_and_only_with_its_secret(two: Pair) -> None:
    store = two.kit.make.store
    with store.session() as db:
        first = actions.present_signer(db, at=LATER, secret="one secret")
        again = actions.present_signer(db, at=LATER, secret="one secret")
        assert first.public == again.public
        assert base64.b64encode(first.private.private_bytes_raw()).decode() not in queries.keys(db)[0].sealed
        with pytest.raises(NotNow):
            actions.present_signer(db, at=LATER, secret="another secret")
        assert actions.rotate(db, at=LATER, secret="another secret").public != first.public
