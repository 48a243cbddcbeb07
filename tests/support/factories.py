"""Makes people and things for tests, one factory for each room, committed so that every client sees them."""

from datetime import UTC, datetime
from functools import cache
from itertools import count

from qiplatform.accounts import rules
from qiplatform.accounts.models import User
from qiplatform.organisations import actions as organisations
from qiplatform.organisations.models import Organisation, OrganisationRole
from qiplatform.store.session import Store

PASSWORD = "three random words"
AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
_numbers = count(1)


@cache
def _hash() -> str:
    return rules.hash_password(PASSWORD)


class Factory:
    """Makes things in one store."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self.store = store

    def user(self, name: str = "", *, curator: bool = False) -> User:
        """Make a person with `PASSWORD`."""
        number = next(_numbers)
        user = User(
            email=f"person{number}@example.org",
            name=name or f"Person {number}",
            password_hash=_hash(),
            is_curator=curator,
            joined_at=AT,
        )
        with self.store.session() as db:
            db.add(user)
        return user

    def organisation(self, name: str = "", **people: User) -> Organisation:
        """Make an organisation; `member=`, `coach=`, `admin=` name its people."""
        with self.store.session() as db:
            made = organisations.add(db, at=AT, name=name or f"Organisation {next(_numbers)}")
            for role, user in people.items():
                organisations.join(db, at=AT, user=user, organisation=made, role=OrganisationRole(role))
        return made
