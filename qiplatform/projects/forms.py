"""What is typed about projects."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qiplatform.projects.models import DriverKind, IdeaState, ProjectStatus, TeamRole
from qiplatform.projects.rules import AimParts, DriverNode
from qiplatform.web.forms import Form

Topic = Annotated[str, Field(max_length=60)]
MOST_TOPICS = 20


class StartForm(Form):
    """The one line that starts a project."""

    title: str = Field(title="What you want to make better", max_length=200)
    organisation: str | None = Field(default=None, title="Organisation", max_length=20)
    once: str = Field(default="", max_length=40)


class ProjectForm(Form):
    """What a project says of itself."""

    title: str = Field(title="Title", max_length=200)
    problem: str = Field(default="", title="Problem", max_length=5000)
    measure_of_success: str = Field(default="", title="What will be measured", max_length=300)
    for_whom: str = Field(default="", title="For whom", max_length=200)
    baseline: str = Field(default="", title="From what starting point", max_length=120)
    goal: str = Field(default="", title="How good it should become", max_length=120)
    by_on: date | None = Field(default=None, title="By when")
    statement: str = Field(default="", title="The aim in your own sentence", max_length=1000)
    setting: str = Field(default="", title="Setting", max_length=120)
    topics: str = Field(default="", title="Topics", max_length=600)
    version: int

    def parts(self) -> dict[str, object]:
        """Return the columns as typed."""
        parts: dict[str, object] = self.model_dump(exclude={"version", "topics"})
        parts["topics"] = list(dict.fromkeys(one.strip() for one in self.topics.split(",") if one.strip()))[
            :MOST_TOPICS
        ]
        return parts


class MoveForm(Form):
    """A move along the project's course."""

    to: ProjectStatus = Field(title="Next stage")
    reason: str = Field(default="", title="Reason", max_length=2000)


class MemberForm(Form):
    """Somebody for the team."""

    email: str = Field(title="E-mail address", max_length=254)
    role: TeamRole = Field(default=TeamRole.MEMBER, title="Part in the team")


class LeaverForm(Form):
    """Somebody to take out of the team."""

    user: str = Field(max_length=20)


class OutlineForm(Form):
    """A driver diagram as an outline."""

    aim: str = Field(title="Aim", max_length=400)
    outline: str = Field(default="", title="Outline", max_length=60_000)


class Body(BaseModel):
    """The base of what other machines send: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class AimBody(Body):
    """The parts of an aim."""

    measure_of_success: str = Field(default="", max_length=300)
    baseline: str = Field(default="", max_length=120)
    goal: str = Field(default="", max_length=120)
    by: date | None = None
    for_whom: str = Field(default="", max_length=200)
    statement: str = Field(default="", max_length=1000)

    def parts(self) -> AimParts:
        """Return them as the room keeps them."""
        return AimParts(
            self.measure_of_success, self.baseline, self.goal, self.by, self.for_whom, self.statement
        )


class ProjectBody(Body):
    """A new project."""

    title: str = Field(min_length=1, max_length=200)
    problem: str = Field(default="", max_length=5000)
    aim: AimBody = Field(default_factory=AimBody)
    organisation: str | None = Field(default=None, max_length=20)
    setting: str = Field(default="", max_length=120)
    topics: list[Topic] = Field(default_factory=list, max_length=MOST_TOPICS)


class ProjectPatch(Body):
    """What changes of a project; what is left out stays."""

    title: str | None = Field(default=None, min_length=1, max_length=200)
    problem: str | None = Field(default=None, max_length=5000)
    aim: AimBody | None = None
    setting: str | None = Field(default=None, max_length=120)
    topics: list[Topic] | None = Field(default=None, max_length=MOST_TOPICS)

    def parts(self) -> dict[str, object]:
        """Return the columns that were sent."""
        parts = {
            name: getattr(self, name)
            for name in self.model_fields_set - {"aim"}
            if getattr(self, name) is not None
        }
        if self.aim is not None:
            parts |= {
                ("by_on" if name == "by" else name): getattr(self.aim, name)
                for name in self.aim.model_fields_set
            }
        return parts


class DriverBody(Body):
    """One box of a driver diagram and what works on it."""

    text: str = Field(max_length=400)
    kind: DriverKind
    children: list["DriverBody"] = Field(default_factory=list, max_length=300)
    id: str = Field(default="", max_length=20)
    state: IdeaState | None = None

    def node(self) -> DriverNode:
        """Return it as the room keeps it."""
        return DriverNode(
            self.kind, self.text, tuple(child.node() for child in self.children), self.id, self.state
        )
