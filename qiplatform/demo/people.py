"""The people of the demo, named by their role, with one password that is printed for everybody to see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qiplatform.accounts import actions as accounts
from qiplatform.accounts.models import User
from qiplatform.organisations import actions as organisations
from qiplatform.organisations.models import Organisation, OrganisationRole

PASSWORD = "try the demo"  # noqa: S105 - public on purpose: the demo is not loaded into a production installation


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the demo."""

    name: str
    email: str
    role: OrganisationRole
    words: str
    is_curator: bool = False


LEAD = Person("Team lead", "lead@example.org", OrganisationRole.MEMBER, "leads the projects")
MEMBER = Person("Team member", "member@example.org", OrganisationRole.MEMBER, "works on them")
COACH = Person(
    "Improvement coach", "coach@example.org", OrganisationRole.COACH, "sees every project of the organisation"
)
ADMIN = Person(
    "Organisation admin", "admin@example.org", OrganisationRole.ADMIN, "looks after the organisation"
)
CHECKER = Person(
    "Report checker",
    "checker@example.org",
    OrganisationRole.MEMBER,
    "checks reports before they are published",
    is_curator=True,
)
EVERYBODY = (LEAD, MEMBER, COACH, ADMIN, CHECKER)


def are_here(db: Session) -> bool:
    """Whether the demo's people have accounts in this database."""
    emails = [one.email for one in EVERYBODY]
    return bool(db.scalar(select(func.count()).where(User.email.in_(emails))))


def lines() -> list[str]:
    """Return how to sign in as each of them."""
    width = max(len(one.email) for one in EVERYBODY)
    return [f"  {one.email:<{width}}  password: {PASSWORD}  ({one.name}: {one.words})" for one in EVERYBODY]


def add(db: Session, *, at: datetime, home: Organisation, elsewhere: Organisation) -> Mapping[Person, User]:
    """Make the accounts; the checker belongs elsewhere, as a checker is not of the team."""
    made: dict[Person, User] = {}
    for one in EVERYBODY:
        user = accounts.add(
            db, at=at, email=one.email, name=one.name, password=PASSWORD, is_curator=one.is_curator
        )
        organisation = elsewhere if one.is_curator else home
        organisations.join(db, at=at, user=user, organisation=organisation, role=one.role)
        made[one] = user
    return made
