"""The whole way between two real servers: an operator adds a peer, its learning is found here, and is gone when it is withdrawn there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from qiplatform.app import create_app
from qiplatform.cli import main
from qiplatform.federation import actions, queries
from qiplatform.federation.models import HarvestedReport
from qiplatform.federation.rules import fingerprint
from qiplatform.learning.models import PublishedVersion
from qiplatform.search import actions as search
from qiplatform.search import queries as searched
from qiplatform.search.pages import drawn
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.factories import AT, Factory
from tests.support.feeds import take_back
from tests.support.learning import Reports, reports
from tests.support.servers import installation
from workers.job import run_waiting

TITLE = "Fewer falls by night lights"


@dataclass
class Two:
    """A server that publishes, and one that searches."""

    kit: Reports
    version: PublishedVersion
    address: str
    here: Client
    store: Store

    def key(self) -> str:
        """Return the fingerprint the publisher's operator would read out."""
        store = self.kit.make.store
        with store.session() as db:
            return fingerprint(actions.present_signer(db, at=AT, secret=store.settings.secret_key).public)

    def harvest(self) -> None:
        """Ask every peer again, as the schedule does."""
        with self.store.session() as db:
            actions.ask_all(db, at=AT)
        while run_waiting(self.store):
            pass


@pytest.fixture
def two(
    settings: Settings,
    store: Store,
    databases: Databases,
    database_kind: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Two]:
    folder = tmp_path / "publisher"
    folder.mkdir()
    url = databases.fresh(database_kind, folder)
    theirs = Settings(data_dir=folder, database_url=url, secret_key="long enough " * 4, name="Other place")
    publisher = Store(theirs)
    kit = reports(Factory(publisher))
    version = kit.published(TITLE, problem="People fell on the way to the toilet.")
    monkeypatch.setenv("QIP_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("QIP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("QIP_SECRET_KEY", settings.secret_key)
    with installation(theirs, publisher) as address, Client(create_app(settings, store=store)) as here:
        yield Two(kit, version, address, here, store)
    publisher.close()
    databases.give_back(url)


def _titles(client: Client, words: str) -> list[str]:
    return [one["title"] for one in client.get("/api/v1/published", params={"q": words}).json()["items"]]


def test_an_operator_adds_a_peer_and_its_learning_comes_and_goes(
    two: Two, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["peer", "add", two.address, "--fingerprint", "0" * 64]) != 0, (
        "another key than the one shown"
    )
    assert main(["peer", "add", two.address, "--fingerprint", two.key()]) == 0
    assert "Other place is harvested from now on." in capsys.readouterr().out
    while run_waiting(two.store):
        pass
    assert main(["peer", "list"]) == 0
    assert "Other place" in (said := capsys.readouterr().out)
    assert "1 report." in said

    (found,) = two.here.get("/api/v1/published", params={"q": "slipped at night"}).json()["items"]
    assert found["title"] == TITLE
    assert found["url"] == f"{two.address}/published/{two.version.report_id}"
    assert found["installation"] == "Other place"
    for path in ("/published?q=falls", "/published", "/"):
        page = two.here.get(path).text
        assert TITLE in page, path
        assert found["url"] in page, path
    assert "published at Other place" in two.here.get("/published?q=falls").text

    take_back(two.kit, two.version.report_id, at=AT + timedelta(hours=1))
    two.harvest()
    for path in ("/published?q=falls", "/published", "/", "/api/v1/published?q=falls"):
        assert TITLE not in two.here.get(path).text, path


def test_the_index_made_anew_holds_it_too_and_a_peer_let_go_takes_it_along(two: Two) -> None:
    assert main(["peer", "add", two.address, "--fingerprint", two.key()]) == 0
    while run_waiting(two.store):
        pass
    with two.store.session() as db:
        assert search.reindex(db, at=AT, draw=drawn) == 1
    assert _titles(two.here, "night lights") == [TITLE]
    assert main(["peer", "remove", two.address]) == 0
    assert _titles(two.here, "night lights") == []
    with two.store.session(reading=True) as db:
        assert len(searched.columns(db)) == 0


def test_a_withdrawal_shows_at_once_even_before_the_index_follows(two: Two) -> None:
    assert main(["peer", "add", two.address, "--fingerprint", two.key()]) == 0
    while run_waiting(two.store):
        pass
    with two.store.session() as db:
        (one,) = queries.harvested(db)
        found = searched.present(db, [one.id])
        assert found[one.id].version == f"{one.id}/1"
        db.get_one(HarvestedReport, one.id).withdrawn = True
    assert TITLE not in two.here.get("/published").text
