"""The team."""

from collections.abc import Iterable
from dataclasses import dataclass

from qiplatform.accounts.models import User
from qiplatform.errors import Mistake, Refusal
from qiplatform.organisations.rules import Right
from qiplatform.projects.models import TeamRole
from qiplatform.projects.pages.words import ROLES, Words, address, said
from qiplatform.projects.queries import Seen
from qiplatform.web.forms import Sent


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team."""

    id: str
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The team, and how its lead changes it."""

    project: str
    href: str
    people: tuple[Person, ...]
    roles: tuple[Words, ...]
    may_change: bool
    typed: Sent
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Team"


def team(
    seen: Seen, people: Iterable[tuple[User, TeamRole]], sent: Sent | None, refusal: Refusal | None
) -> TeamPage:
    """Return the team's page."""
    return TeamPage(
        seen.project.title,
        address(seen.project),
        tuple(Person(user.id, user.name, user.email, ROLES[role]) for user, role in people),
        tuple((role.value, words) for role, words in ROLES.items()),
        seen.may(Right.LEAD_PROJECT),
        sent or Sent(),
        *said(refusal),
    )
