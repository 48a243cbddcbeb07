"""Peers taken up and let go by an operator."""

from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform.errors import NotFound
from qiplatform.federation import queries
from qiplatform.federation.models import Peer
from qiplatform.store import audit
from qiplatform.store.jobs import Job, enqueue


def add(db: Session, *, at: datetime, address: str, name: str, public_key: str) -> Peer:
    """Harvest an installation from now on and believe this one key of it; done again, the key and name are taken anew."""
    peer = queries.peer_at(db, address)
    if peer is None:
        peer = Peer(address=address, added_at=at)
        db.add(peer)
    if peer.public_key != public_key:
        # What is signed anew is read from the beginning: versions still only go up.
        peer.cursor = ""
    peer.name, peer.public_key = name, public_key
    db.flush()
    audit.record(db, at=at, by=None, action="federation.add_peer", subject=peer.id, address=address)
    enqueue(db, Job.HARVEST_PEER, at=at, peer_id=peer.id)
    return peer


def remove(db: Session, *, at: datetime, address: str) -> None:
    """Let an installation go. The database takes its reports along in the same transaction."""
    peer = queries.peer_at(db, address)
    if peer is None:
        raise NotFound("No installation is harvested from that address.")
    audit.record(db, at=at, by=None, action="federation.remove_peer", subject=peer.id, address=address)
    db.delete(peer)
    db.flush()


def ask_all(db: Session, *, at: datetime) -> None:
    """Ask for every peer to be harvested, each in a job of its own: one that is away holds nobody up."""
    for peer in queries.peers(db):
        enqueue(db, Job.HARVEST_PEER, at=at, peer_id=peer.id)
