"""Background work of the room federation."""

from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform.federation import actions
from qiplatform.search import actions as search
from qiplatform.search import pages


def harvest_peers(db: Session, at: datetime) -> None:
    """Ask for every peer to be harvested."""
    actions.ask_all(db, at=at)


def harvest_peer(db: Session, at: datetime, *, peer_id: str) -> None:
    """Take what one peer published and withdrew, and let the search find what is new and lose what is gone."""
    changed = actions.harvest(db, at=at, peer_id=peer_id)
    search.index_harvested(db, ids=changed, draw=pages.drawn)
