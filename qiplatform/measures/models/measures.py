"""Measures: definitions, numbers as typed with their history, bands, signals that were seen."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, Versioned, closed, id_column

NUMBER_LENGTH = 40


class MeasureType(StrEnum):
    """What a measure tells of the work."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Counts(StrEnum):
    """What the numbers count; it decides what may be published (only things are free of the rules)."""

    PEOPLE = "people"
    EVENTS = "events"
    THINGS = "things"


class Purpose(StrEnum):
    """What a measure is collected for; the two are kept apart."""

    IMPROVEMENT = "improvement"
    ASSURANCE = "assurance"
    BOTH = "both"


class Frequency(StrEnum):
    """How often there is a number."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Measure(Versioned, Base):
    """Something that is counted again and again to see whether a change is an improvement."""

    __tablename__ = "measure"
    __table_args__ = (Index(None, "project_id"),)

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    project_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("project.id"))
    """The project it belongs to."""
    name: Mapped[str] = mapped_column(String(160))
    """What it is called."""
    type: Mapped[MeasureType] = mapped_column(closed(MeasureType, "type"))
    """Outcome, process or balancing."""
    chart: Mapped[str] = mapped_column(String(40))
    """The chart, by its name in spc. No CHECK: the list is the engine's and grows with it."""
    profile: Mapped[str] = mapped_column(String(40))
    """The set of conventions the chart is read by, by its name in spc."""
    unit: Mapped[str] = mapped_column(String(40), default="")
    """What the number is in, such as minutes; empty for plain counts."""
    direction: Mapped[Direction] = mapped_column(closed(Direction, "direction"))
    """Which way is better."""
    counts: Mapped[Counts] = mapped_column(closed(Counts, "counts"), default=Counts.PEOPLE)
    """What the numbers count; people unless somebody says otherwise."""
    frequency: Mapped[Frequency] = mapped_column(closed(Frequency, "frequency"), default=Frequency.MONTHLY)
    """How often there is a number."""
    operational_definition: Mapped[str] = mapped_column(Text, default="")
    """Exactly what is counted and how, so that two people count the same."""
    numerator_words: Mapped[str] = mapped_column(String(300), default="")
    """What the upper number counts."""
    denominator_words: Mapped[str] = mapped_column(String(300), default="")
    """What the lower number counts."""
    exclusion_words: Mapped[str] = mapped_column(Text, default="")
    """Who or what is not counted."""
    sampling: Mapped[str] = mapped_column(String(300), default="")
    """Whether all are counted or some, and how those are chosen."""
    source: Mapped[str] = mapped_column(String(300), default="")
    """Where the numbers come from."""
    collected_by: Mapped[str] = mapped_column(String(300), default="")
    """Who collects them (a role, not a person)."""
    why: Mapped[str] = mapped_column(Text, default="")
    """Why it is worth collecting."""
    purpose: Mapped[Purpose] = mapped_column(closed(Purpose, "purpose"), default=Purpose.IMPROVEMENT)
    """What it is collected for: a number for learning is not one for judging."""
    minutes_a_month: Mapped[int | None] = mapped_column(Integer)
    """About how many minutes a month it takes to collect; none where nobody said."""
    defined_by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who defined it."""
    defined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    data_version: Mapped[int] = mapped_column(Integer, default=1)
    """Counts every change that a chart could show; kept apart from `version` so that a new number does not outdate an open form."""
    signals_version: Mapped[int] = mapped_column(Integer, default=0)
    """The data version whose signals were last looked through."""


class Target(Base):
    """What the team aims for, from a day on."""

    __tablename__ = "measure_target"
    __table_args__ = (UniqueConstraint("measure_id", "from_on"),)

    id: Mapped[str] = id_column()
    """Opaque id."""
    measure_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("measure.id", ondelete="CASCADE"))
    """Of which measure."""
    from_on: Mapped[date | None] = mapped_column(Date)
    """From which day on; none for a target that held from the beginning."""
    value: Mapped[str] = mapped_column(String(NUMBER_LENGTH))
    """The number, exactly as typed."""


class DataPoint(Versioned, Base):
    """The numbers of one period, exactly as typed."""

    __tablename__ = "data_point"
    __table_args__ = (UniqueConstraint("measure_id", "period"),)

    id: Mapped[str] = id_column()
    """Opaque id."""
    measure_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("measure.id", ondelete="CASCADE"))
    """Of which measure."""
    period: Mapped[date] = mapped_column(Date)
    """The day by which the period is called, usually its first."""
    value: Mapped[str] = mapped_column(String(NUMBER_LENGTH), default="")
    """The single number; empty when there is none or the chart takes two."""
    numerator: Mapped[str] = mapped_column(String(NUMBER_LENGTH), default="")
    """The upper number of two."""
    denominator: Mapped[str] = mapped_column(String(NUMBER_LENGTH), default="")
    """The lower number of two."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What a reader should know of this number; never about one patient."""


class PointChange(Base):
    """One change of one period's numbers. Rows are added and never changed."""

    __tablename__ = "point_change"
    __table_args__ = (Index(None, "measure_id", "at"),)

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    measure_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("measure.id", ondelete="CASCADE"))
    """Of which measure."""
    period: Mapped[date] = mapped_column(Date)
    """Of which period."""
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who changed it."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The numbers and the note before; none for a period that is new."""
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The numbers and the note since."""


class Band(Base):
    """A stretch of time drawn on the chart, kept here by the room that owns it (a PDSA cycle)."""

    __tablename__ = "measure_band"

    measure_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("measure.id", ondelete="CASCADE"), primary_key=True
    )
    """On whose chart."""
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Its owner's name for it, such as `cycle:<id>`."""
    starts_on: Mapped[date] = mapped_column(Date)
    """First day."""
    ends_on: Mapped[date | None] = mapped_column(Date)
    """Last day; none while it goes on."""
    label: Mapped[str] = mapped_column(String(40))
    """What is written on it: short, such as "PDSA 3"."""
    detail: Mapped[str] = mapped_column(String(300), default="")
    """What it was about."""
    href: Mapped[str] = mapped_column(String(200), default="")
    """The page about it."""


class SignalSeen(Base):
    """A signal that was noted, so that nobody is told of it twice."""

    __tablename__ = "signal_seen"

    measure_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("measure.id", ondelete="CASCADE"), primary_key=True
    )
    """On which chart."""
    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Which rule, by its name in spc."""
    direction: Mapped[str] = mapped_column(String(10), primary_key=True)
    """High, low or none."""
    first_on: Mapped[date] = mapped_column(Date, primary_key=True)
    """The period of its first point."""
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was first noted."""


def _refuse_change(_mapper: Mapper[Any], _connection: Connection, _target: PointChange) -> None:
    message = "the history of numbers is append-only"
    raise RuntimeError(message)


for _moment in ("before_update", "before_delete"):
    event.listen(PointChange, _moment, _refuse_change)
