"""Makes projects for tests, through the room's own actions."""

from dataclasses import dataclass

from qiplatform.accounts.models import User
from qiplatform.organisations.models import Organisation
from qiplatform.projects import actions, queries
from qiplatform.projects.models import Project, TeamRole
from qiplatform.projects.rules import AimParts
from tests.support.factories import AT, Factory

AIM = AimParts("patients seen within four hours", "78%", "95%", None, "everyone who comes to A&E")


@dataclass(frozen=True)
class Team:
    """A project with a person in every place around it."""

    project: Project
    organisation: Organisation
    lead: User
    member: User
    coach: User
    admin: User
    curator: User
    stranger: User
    colleague: User

    def people(self) -> dict[str, User]:
        """Return everybody by their place."""
        names = ("lead", "member", "coach", "admin", "curator", "stranger", "colleague")
        return {name: getattr(self, name) for name in names}


def team(make: Factory, title: str = "Shorter waits in A&E") -> Team:
    """Make a project in an organisation, with its team and the people around it."""
    lead, member, coach, admin, colleague = (
        make.user(name) for name in ("Team lead", "Team member", "Coach", "Admin", "Colleague")
    )
    organisation = make.organisation(coach=coach, admin=admin, member=lead)
    make.organisation(organisation.name, member=colleague)
    with make.store.session() as db:
        project = actions.register(
            db, by=lead, at=AT, title=title, organisation_id=organisation.id, aim=AIM, topics=["patient flow"]
        )
        seen = queries.get(db, lead, project.id)
        actions.add_member(db, by=lead, at=AT, seen=seen, email=member.email, role=TeamRole.MEMBER)
    stranger, curator = make.user("Stranger"), make.user("Report checker", curator=True)
    make.organisation("Another trust", coach=stranger)
    return Team(project, organisation, lead, member, coach, admin, curator, stranger, colleague)
