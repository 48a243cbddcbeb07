"""The keys this installation signs with: made when one is first needed, changed when an operator says so."""

from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform.federation import queries, rules
from qiplatform.federation.models import InstallationKey
from qiplatform.federation.rules import Signer
from qiplatform.store import audit


def present_signer(db: Session, *, at: datetime, secret: str) -> Signer:
    """Return the key that signs now; the first time, make it."""
    return queries.signer(queries.keys(db), secret) or rotate(db, at=at, secret=secret)


def rotate(db: Session, *, at: datetime, secret: str) -> Signer:
    """Sign with a new key from now on. The old ones stay listed, without their private half."""
    for one in queries.keys(db):
        if one.retired_at is None:
            one.retired_at, one.sealed = at, ""
    made = rules.new_signer()
    db.add(InstallationKey(id=made.id, public=made.public, sealed=rules.seal(made, secret), made_at=at))
    db.flush()
    audit.record(db, at=at, by=None, action="federation.rotate", subject=made.id)
    return made
