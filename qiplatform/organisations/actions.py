"""What is done: organisations added, people joining them."""

from datetime import datetime

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.organisations import queries
from qiplatform.organisations.models import Membership, Organisation, OrganisationRole
from qiplatform.store import audit


def add(db: Session, *, at: datetime, name: str) -> Organisation:
    """Return the organisation of this name, added when it is new."""
    if (known := queries.by_name(db, name)) is not None:
        return known
    organisation = Organisation(name=name.strip(), added_at=at)
    db.add(organisation)
    db.flush()
    audit.record(db, at=at, by=None, action="organisations.add", subject=organisation.id)
    return organisation


def join(
    db: Session, *, at: datetime, user: User, organisation: Organisation, role: OrganisationRole
) -> Membership:
    """Give a person a role in an organisation, in place of any earlier one."""
    row = db.get(Membership, (organisation.id, user.id))
    if row is None:
        row = Membership(organisation_id=organisation.id, user_id=user.id, role=role, since=at)
        db.add(row)
    row.role = role
    db.flush()
    audit.record(
        db,
        at=at,
        by=None,
        action="organisations.join",
        subject=organisation.id,
        user=user.id,
        role=role.value,
    )
    return row
