"""Two installations that know each other, without a network between them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from qiplatform.app import create_app
from qiplatform.federation import actions, queries
from qiplatform.federation.actions.fetching import Fetch, Unreachable
from qiplatform.federation.models import Peer
from qiplatform.federation.queries import Harvested
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.factories import Factory
from tests.support.learning import Reports, reports

ADDRESS = "https://publisher.example.nhs.uk"
LATER = datetime.fromisoformat("2026-04-01T09:00:00+00:00")


@dataclass
class Pair:
    """One installation that publishes, and one that harvests it."""

    kit: Reports
    client: Client
    reader: Store
    asked: list[str] = field(default_factory=list)
    change: Callable[[bytes], bytes] = bytes
    """What happens to an answer on its way."""

    def ask(self, url: str) -> bytes:
        """Answer a harvester as the publisher would."""
        assert url.startswith(ADDRESS)
        self.asked.append(url)
        answer = self.client.get(url.removeprefix(ADDRESS))
        if answer.status_code != 200:
            words = f"it answered {answer.status_code}"
            raise Unreachable(words)
        return self.change(answer.content)

    def pin(self) -> Peer:
        """Believe the key the publisher signs with now."""
        found = actions.discover(ADDRESS, ask=self.ask)
        with self.reader.session() as db:
            return actions.add(
                db, at=LATER, address=ADDRESS, name=found.name, public_key=found.keys[0].public
            )

    def harvest(self, *, at: datetime = LATER, ask: Fetch | None = None) -> str:
        """Harvest once, and return how it went."""
        with self.reader.session() as db:
            peer = queries.peers(db)[0]
            actions.harvest(db, at=at, peer_id=peer.id, ask=ask or self.ask)
            return db.get_one(Peer, peer.id).status

    def found(self) -> list[Harvested]:
        """Return what the reader can search of the publisher."""
        with self.reader.session(reading=True) as db:
            return queries.harvested(db)


@contextmanager
def pair(databases: Databases, kind: str, folder: Path) -> Iterator[Pair]:
    """Make both, on databases of one kind."""
    stores = []
    for name in ("publisher", "reader"):
        (folder / name).mkdir()
        url = databases.fresh(kind, folder / name)
        settings = Settings(data_dir=folder / name, database_url=url, secret_key="long enough " * 4)
        stores.append(Store(settings))
    publisher, reader = stores
    settings = replace(publisher.settings, base_url=ADDRESS, name="Publisher")
    with Client(create_app(settings, store=publisher)) as client:
        yield Pair(reports(Factory(publisher)), client, reader)
    for store in stores:
        store.close()
        databases.give_back(store.settings.database_url)


def changed(body: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return a page of records after somebody on the way changed it."""
    page = json.loads(body)
    change(page)
    return json.dumps(page).encode()
