"""What is asked of keys, peers and what they published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qiplatform.errors import NotNow
from qiplatform.federation import rules
from qiplatform.federation.models import HarvestedReport, InstallationKey, Peer
from qiplatform.federation.rules import Signer
from qiplatform.learning.models import ReportResult

OPEN_FIRST = (
    "The signing key was sealed with another QIP_SECRET_KEY. Set that one, or run `qiplatform key rotate`."
)


@dataclass(frozen=True, slots=True)
class Harvested:
    """A report of another installation as a search shows it. Everything in it was written elsewhere: show it as text."""

    id: str
    """Our own id of it."""
    title: str
    sections: Mapping[str, str]
    result: ReportResult
    organisation: str
    setting: str
    topics: tuple[str, ...]
    methods: tuple[str, ...]
    authors: tuple[str, ...]
    address: str
    """Where people read it, at its own installation."""
    installation: str
    """What that installation calls itself."""
    version: int
    published_at: datetime
    harvested_at: datetime


def keys(db: Session) -> Sequence[InstallationKey]:
    """Return every key this installation signs or signed with: the present one, then the newest first."""
    retired = InstallationKey.retired_at.is_not(None)
    order = (retired, InstallationKey.made_at.desc(), InstallationKey.id.desc())
    return list(db.scalars(select(InstallationKey).order_by(*order)))


def signer(known: Sequence[InstallationKey], secret: str) -> Signer | None:
    """Return the key that signs now, opened; None where none was made yet."""
    present = next((one for one in known if one.retired_at is None), None)
    if present is None:
        return None
    try:
        return rules.unseal(present.sealed, secret)
    except rules.KeyClosed as error:
        raise NotNow(OPEN_FIRST) from error


def peers(db: Session) -> Sequence[Peer]:
    """Return the installations we harvest, in the order they were added."""
    return list(db.scalars(select(Peer).order_by(Peer.id)))


def peer_at(db: Session, address: str) -> Peer | None:
    """Return the installation at an address."""
    return db.scalar(select(Peer).where(Peer.address == address))


def count_harvested(db: Session) -> Mapping[str, int]:
    """Return how many reports of each peer can be found here."""
    query = select(HarvestedReport.peer_id, func.count().label("held")).where(
        HarvestedReport.withdrawn.is_(False)
    )
    return {row.peer_id: row.held for row in db.execute(query.group_by(HarvestedReport.peer_id))}


def harvested(db: Session, *, after: str = "", size: int = 200) -> list[Harvested]:
    """Return reports of other installations in the order of our ids, from one id on; withdrawn ones are not there."""
    query = select(HarvestedReport).where(HarvestedReport.withdrawn.is_(False), HarvestedReport.id > after)
    return [_shown(row) for row in db.scalars(query.order_by(HarvestedReport.id).limit(size))]


def harvested_of(db: Session, ids: Sequence[str]) -> dict[str, Harvested]:
    """Return reports of other installations by our id, in one query; what is gone is left out."""
    if not ids:
        return {}
    query = select(HarvestedReport).where(HarvestedReport.withdrawn.is_(False), HarvestedReport.id.in_(ids))
    return {row.id: _shown(row) for row in db.scalars(query)}


def _shown(row: HarvestedReport) -> Harvested:
    held = row.content
    changed = datetime.strptime(held["changed_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return Harvested(
        id=row.id,
        title=held["title"],
        sections=held["sections"],
        result=ReportResult(held["result"]),
        organisation=held["organisation"],
        setting=held["setting"],
        topics=tuple(held["topics"]),
        methods=tuple(held["methods"]),
        authors=tuple(held["authors"]),
        address=row.address,
        installation=held["name"],
        version=row.version,
        published_at=changed,
        harvested_at=row.harvested_at,
    )
