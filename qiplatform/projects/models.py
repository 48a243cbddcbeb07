"""What is kept of an improvement project: its aim, its team, its drivers and change ideas, its course."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, Versioned, closed, id_column


class ProjectStatus(StrEnum):
    """Where a project stands in its course."""

    PLANNING = "planning"
    TESTING = "testing"
    IMPLEMENTING = "implementing"
    COMPLETED = "completed"
    STOPPED = "stopped"


class TeamRole(StrEnum):
    """What a person is in a project's team."""

    MEMBER = "member"
    LEAD = "lead"


class DriverKind(StrEnum):
    """The four columns of a driver diagram, left to right."""

    AIM = "aim"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    CHANGE_IDEA = "change_idea"


class IdeaState(StrEnum):
    """What became of a change idea so far."""

    UNTRIED = "untried"
    TESTING = "testing"
    ADOPTED = "adopted"
    ABANDONED = "abandoned"


class Project(Versioned, Base):
    """One improvement project."""

    __tablename__ = "project"
    __table_args__ = (Index(None, "organisation_id"),)

    id: Mapped[str] = id_column()
    """Opaque id."""
    title: Mapped[str] = mapped_column(String(200))
    """Its name: the answer to "What do you want to make better?"."""
    problem: Mapped[str] = mapped_column(Text, default="")
    """What is not as it should be, and for whom."""
    organisation_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("organisation.id"))
    """Whose project it is; none for a team without an organisation here."""
    setting: Mapped[str] = mapped_column(String(120), default="")
    """Where care is given: ward, practice, emergency department ..."""
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What it is about, in the field's words."""
    status: Mapped[ProjectStatus] = mapped_column(
        closed(ProjectStatus, "status"), default=ProjectStatus.PLANNING
    )
    """Where it stands."""
    measure_of_success: Mapped[str] = mapped_column(String(300), default="")
    """Aim: what will be measured."""
    baseline: Mapped[str] = mapped_column(String(120), default="")
    """Aim: from what."""
    goal: Mapped[str] = mapped_column(String(120), default="")
    """Aim: how good."""
    by_on: Mapped[date | None] = mapped_column(Date)
    """Aim: by when."""
    for_whom: Mapped[str] = mapped_column(String(200), default="")
    """Aim: for whom."""
    statement: Mapped[str] = mapped_column(Text, default="")
    """Aim: the team's own sentence, in place of the composed one."""
    credit_report_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    """The published report this project was started from, if any."""
    credit_words: Mapped[str] = mapped_column(Text, default="")
    """Whose idea it was, as told on the project's page; empty without one."""
    registered_by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who registered it."""
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""


class TeamMember(Base):
    """A person's place in a team. Taking the row away takes the rights away at once."""

    __tablename__ = "team_member"
    __table_args__ = (Index(None, "user_id"),)

    project_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    """Which project."""
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    """Who."""
    role: Mapped[TeamRole] = mapped_column(closed(TeamRole, "role"))
    """As what."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when."""


class Driver(Base):
    """One box of a driver diagram."""

    __tablename__ = "driver"
    __table_args__ = (Index(None, "project_id", "position"),)

    id: Mapped[str] = id_column()
    """Opaque id; it stays when the box is moved, so that the cycles of a change idea stay with it."""
    project_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("project.id", ondelete="CASCADE"))
    """Whose diagram."""
    parent_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("driver.id", ondelete="CASCADE")
    )
    """The box it works on; none for the aim."""
    kind: Mapped[DriverKind] = mapped_column(closed(DriverKind, "kind"))
    """Its column."""
    text: Mapped[str] = mapped_column(String(400))
    """What stands in it."""
    position: Mapped[int] = mapped_column(Integer)
    """Its place in the outline, from 0, top to bottom."""
    state: Mapped[IdeaState | None] = mapped_column(closed(IdeaState, "state"))
    """What became of a change idea; none for the other kinds."""


class StatusMove(Base):
    """One move of a project along its course."""

    __tablename__ = "status_move"
    __table_args__ = (
        Index(None, "project_id", "at"),
        CheckConstraint("from_status <> to_status", name="moves"),
    )

    id: Mapped[str] = id_column()
    """Opaque id."""
    project_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("project.id", ondelete="CASCADE"))
    """Which project."""
    from_status: Mapped[ProjectStatus] = mapped_column(closed(ProjectStatus, "from_status"))
    """From where."""
    to_status: Mapped[ProjectStatus] = mapped_column(closed(ProjectStatus, "to_status"))
    """To where."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why, in the team's words."""
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who decided."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
