"""The team."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from qiplatform.accounts.models import User
from qiplatform.errors import Mistake, NotNow, Refusal
from qiplatform.organisations.rules import Right
from qiplatform.projects import rules
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
    why_not_out: str


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
    found = tuple(people)
    leads = [user.id for user, role in found if role is TeamRole.LEAD]
    return TeamPage(
        seen.project.title,
        address(seen.project),
        tuple(
            Person(user.id, user.name, user.email, ROLES[role], _why_not_out(leads, user.id))
            for user, role in found
        ),
        tuple((role.value, words) for role, words in ROLES.items()),
        seen.may(Right.LEAD_PROJECT),
        sent or Sent(),
        *said(refusal),
    )


def _why_not_out(leads: Collection[str], user_id: str) -> str:
    """Return the sentence beside the button that is off; empty when the person can be taken out."""
    try:
        rules.check_keeps_a_lead(leads, user_id)
    except NotNow as refusal:
        return refusal.words
    return ""
