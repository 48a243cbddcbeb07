"""Taking what another installation published: each record checked, newer versions only, withdrawn words gone at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qiplatform.federation import rules
from qiplatform.federation.actions.fetching import Fetch, Unreachable, fetch
from qiplatform.federation.models import HarvestedReport, Peer
from qiplatform.federation.rules import Installation, Item, NotCanonical, Page, Received, RecordRefused
from qiplatform.store.jobs import Job, enqueue

PAGES = 10
"""Pages read in one job; where there is more, the next job goes on."""
MOST_REPORTS = 100_000
"""Reports kept of one peer: nobody fills our disk."""
Read = TypeVar("Read", bound=BaseModel)


def discover(address: str, *, ask: Fetch = fetch) -> Installation:
    """Return what an installation says of itself, or raise `Unreachable`."""
    return _read(Installation, ask(f"{address}/.well-known/qiplatform.json"))


def harvest(db: Session, *, at: datetime, peer_id: str, ask: Fetch = fetch) -> tuple[str, ...]:
    """Take what a peer published and withdrew since the last time, and return our ids of what changed.

    Done twice it leaves what it left once.

    A peer that cannot be asked is a sentence in its status; the next harvest tries again.
    """
    peer = db.get(Peer, peer_id)
    if peer is None:
        return ()
    address, cursor = peer.address, peer.cursor
    # Nothing was written: let the database go, so that nobody waits for it while we wait for the network.
    db.rollback()
    pages, fault = _pages(address, cursor, ask)
    peer = db.get(Peer, peer_id, with_for_update=True)
    if peer is None or peer.address != address:
        return ()
    told = _Told()
    for page in pages:
        _take(db, peer, page.items, told, at)
        if not told.refused:
            peer.cursor = page.next or page.resume
    peer.asked_at, peer.status = at, told.sentence(fault)[:300]
    db.flush()
    if pages and pages[-1].next and not told.refused and not fault:
        enqueue(db, Job.HARVEST_PEER, at=at, peer_id=peer_id)
    return tuple(row.id for row in told.changed)


class _Told:
    """What a harvest brought, in a sentence."""

    def __init__(self) -> None:
        self.taken = self.withdrawn = self.known = 0
        self.refused: Counter[str] = Counter()
        self.changed: list[HarvestedReport] = []

    def sentence(self, fault: str) -> str:
        parts = [f"{self.taken} taken", f"{self.withdrawn} withdrawn", f"{self.known} known already"]
        said = [", ".join(part for part in parts if not part.startswith("0 ")) or "Nothing new"]
        if self.refused:
            why, _ = self.refused.most_common(1)[0]
            count = self.refused.total()
            said.append(
                f"{count} not taken, because {why}"
                if count == 1
                else f"{count} not taken, mostly because {why}"
            )
        if fault:
            said.append(f"it could not be read to the end, because {fault}; it will be tried again")
        words = "; ".join(said)
        return f"{words[0].upper()}{words[1:]}."


def _pages(address: str, cursor: str, ask: Fetch) -> tuple[list[Page], str]:
    found: list[Page] = []
    try:
        while len(found) < PAGES:
            query = f"?{urlencode({'after': cursor})}" if cursor else ""
            page = _read(Page, ask(f"{address}/federation/published{query}"))
            found.append(page)
            if page.next is None or page.next == cursor:
                break
            cursor = page.next
    except Unreachable as error:
        return found, str(error)
    return found, ""


def _read(shape: type[Read], body: bytes) -> Read:
    try:
        return shape.model_validate(rules.read(body))
    except (NotCanonical, ValidationError) as error:
        raise Unreachable("its answer could not be read") from error


def _take(db: Session, peer: Peer, items: Sequence[Item], told: _Told, at: datetime) -> None:
    received = []
    for item in items:
        try:
            received.append(rules.check_record(item, installation=peer.address, public_key=peer.public_key))
        except RecordRefused as error:
            told.refused[str(error)] += 1
    query = select(HarvestedReport).where(
        HarvestedReport.peer_id == peer.id,
        HarvestedReport.remote_id.in_([one.remote_id for one in received]),
    )
    held = {row.remote_id: row for row in db.scalars(query)}
    room = MOST_REPORTS - (db.scalar(select(func.count()).where(HarvestedReport.peer_id == peer.id)) or 0)
    for one in received:
        row = held.get(one.remote_id)
        if row is None and room <= 0:
            told.refused["there are more reports than are kept of one installation"] += 1
            continue
        if row is None:
            row = held[one.remote_id] = HarvestedReport(peer_id=peer.id, remote_id=one.remote_id)
            db.add(row)
            room -= 1
        elif _is_settled(row, one, told):
            continue
        row.version, row.withdrawn, row.address = one.version, one.withdrawn, one.address
        row.content, row.signature, row.harvested_at = dict(one.content), one.signature, at
        told.changed.append(row)
        if one.withdrawn:
            told.withdrawn += 1
        else:
            told.taken += 1
    db.flush()


def _is_settled(row: HarvestedReport, one: Received, told: _Told) -> bool:
    """Whether a record says nothing newer than what is held: the same again, or something older, which is refused."""
    if one.order > (row.version, row.withdrawn):
        return False
    if one.order < (row.version, row.withdrawn):
        told.refused["it is older than what is held"] += 1
    elif one.content != row.content and not _signed_anew(row, one):
        told.refused["it says something else under the same version"] += 1
    else:
        told.known += 1
    return True


def _signed_anew(row: HarvestedReport, one: Received) -> bool:
    """Whether two records of one version differ only in what may change with time: what the installation is called."""
    return {**row.content, "name": ""} == {**one.content, "name": ""}
