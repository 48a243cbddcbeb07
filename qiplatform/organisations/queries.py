"""What is asked of organisations."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.organisations.models import Membership, Organisation, OrganisationRole


def visible_to(user: User) -> Select[Organisation]:
    """Select the organisations a person belongs to."""
    return select(Organisation).join(Membership).where(Membership.user_id == user.id)


def of_user(db: Session, user: User) -> list[Organisation]:
    """Return a person's organisations by name."""
    return list(db.scalars(visible_to(user).order_by(Organisation.name)))


def role_in(db: Session, user: User, organisation_id: str | None) -> OrganisationRole | None:
    """Return what a person is in an organisation."""
    if organisation_id is None:
        return None
    return db.scalar(
        select(Membership.role).where(
            Membership.user_id == user.id, Membership.organisation_id == organisation_id
        )
    )


def by_name(db: Session, name: str) -> Organisation | None:
    """Return the organisation of this name."""
    return db.scalar(select(Organisation).where(Organisation.name == name.strip()))


def names(db: Session, ids: set[str]) -> dict[str, str]:
    """Return the names of organisations by id, in one query."""
    if not ids:
        return {}
    rows = db.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    return {row.id: row.name for row in rows}
