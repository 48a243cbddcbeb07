"""What is allowed, and to whom: the one table of rights. What is not written here is refused."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum

from qiplatform.errors import NotAllowed, NotFound
from qiplatform.organisations.models import OrganisationRole


class Role(StrEnum):
    """What a person is to one project; a person may be several at once."""

    MEMBER = "member"
    LEAD = "lead"
    COACH = "coach"
    ADMIN = "organisation admin"
    CURATOR = "curator"


class Right(StrEnum):
    """What can be done, in words that finish the sentence "You cannot ..."."""

    SEE_PROJECT = "see this project"
    WORK_ON_PROJECT = "change this project"
    LEAD_PROJECT = "decide about this project"
    DECIDE_LIMITS = "change how this chart's limits are worked out"
    CHECK_REPORT = "check this report"


GRANTS: Mapping[Right, AbstractSet[Role]] = {
    Right.SEE_PROJECT: {Role.MEMBER, Role.LEAD, Role.COACH, Role.ADMIN},
    Right.WORK_ON_PROJECT: {Role.MEMBER, Role.LEAD},
    Right.LEAD_PROJECT: {Role.LEAD},
    Right.DECIDE_LIMITS: {Role.LEAD, Role.COACH},
    Right.CHECK_REPORT: {Role.CURATOR},
}

OF_ORGANISATION: Mapping[OrganisationRole, Role | None] = {
    OrganisationRole.MEMBER: None,
    OrganisationRole.COACH: Role.COACH,
    OrganisationRole.ADMIN: Role.ADMIN,
}
"""What an organisation's role makes a person to each of its projects (a member sees a project by being of its team)."""


def may(right: Right, roles: AbstractSet[Role]) -> bool:
    """Whether one of these roles has the right.

    >>> may(Right.CHECK_REPORT, {Role.LEAD})
    False
    """
    return bool(GRANTS.get(right, frozenset()) & roles)


def check_may(right: Right, roles: AbstractSet[Role], *, seen_by: Right = Right.SEE_PROJECT) -> None:
    """Refuse what the roles do not allow: 404 to those who may not even see the thing, 403 to the others."""
    if may(right, roles):
        return
    if not may(seen_by, roles):
        raise NotFound
    who = " or ".join(sorted(role.value for role in GRANTS[right]))
    words = f"You cannot {right.value}. Ask a {who}."
    raise NotAllowed(words)
