"""What is kept of PDSA cycles."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, Versioned, closed, id_column


class Objective(StrEnum):
    """What a cycle is for."""

    TEST = "test"
    IMPLEMENT = "implement"


class CycleStatus(StrEnum):
    """Where a cycle stands: which part is being written."""

    PLANNED = "planned"
    DOING = "doing"
    STUDYING = "studying"
    DONE = "done"


class Held(StrEnum):
    """Whether the prediction held."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Act(StrEnum):
    """What is done with the change after the study."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


class Cycle(Versioned, Base):
    """One PDSA cycle: plan, do, study, act."""

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        Index(None, "change_idea_id"),
        CheckConstraint("prediction <> ''", name="predicts"),
        CheckConstraint("(status = 'done') = (act IS NOT NULL)", name="done_is_acted"),
    )

    id: Mapped[str] = id_column()
    """Opaque id."""
    project_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("project.id", ondelete="CASCADE"))
    """Whose cycle."""
    number: Mapped[int] = mapped_column(Integer)
    """Its number in the project, from 1."""
    status: Mapped[CycleStatus] = mapped_column(closed(CycleStatus, "status"), default=CycleStatus.PLANNED)
    """Where it stands."""
    change_idea_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("driver.id", ondelete="SET NULL")
    )
    """The change idea of the driver diagram it tests; none when it is not on the diagram."""
    change_idea: Mapped[str] = mapped_column(String(400), default="")
    """The change idea in the words of the day, kept even when the diagram changes."""
    objective: Mapped[Objective] = mapped_column(closed(Objective, "objective"), default=Objective.TEST)
    """Whether it tests a change or makes it part of daily work."""
    questions: Mapped[str] = mapped_column(Text)
    """Plan: what the team wants to find out."""
    prediction: Mapped[str] = mapped_column(Text)
    """Plan: what the team thinks will happen. It cannot be skipped."""
    plan: Mapped[str] = mapped_column(Text, default="")
    """Plan: who does what, when and where."""
    data_plan: Mapped[str] = mapped_column(Text, default="")
    """Plan: what will be counted, by whom."""
    starts_on: Mapped[date | None] = mapped_column(Date)
    """First day of the test."""
    ends_on: Mapped[date | None] = mapped_column(Date)
    """Last day of the test; none while it goes on."""
    did: Mapped[str] = mapped_column(Text, default="")
    """Do: what happened."""
    problems: Mapped[str] = mapped_column(Text, default="")
    """Do: problems and unexpected observations."""
    studied: Mapped[str] = mapped_column(Text, default="")
    """Study: the data against the prediction."""
    learned: Mapped[str] = mapped_column(Text, default="")
    """Study: what was learned."""
    prediction_held: Mapped[Held | None] = mapped_column(closed(Held, "prediction_held"))
    """Study: whether the prediction held; none before the study."""
    act: Mapped[Act | None] = mapped_column(closed(Act, "act"))
    """Act: adopt, adapt or abandon; none before."""
    act_reason: Mapped[str] = mapped_column(Text, default="")
    """Act: why, and what comes next."""
    follows_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("cycle.id", ondelete="SET NULL")
    )
    """The cycle before it on the ramp."""
    planned_by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who planned it."""
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was planned."""
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when it stands where it stands."""


class CycleMeasure(Base):
    """A measure that a cycle is meant to move or to watch."""

    __tablename__ = "cycle_measure"
    __table_args__ = (Index(None, "measure_id"),)

    cycle_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("cycle.id", ondelete="CASCADE"), primary_key=True
    )
    """Which cycle."""
    measure_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("measure.id", ondelete="CASCADE"), primary_key=True
    )
    """Which measure."""
