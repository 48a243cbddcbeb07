"""Decisions about a chart: each with its reason, its author and its day, and kept also when it was taken back."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, closed, id_column


class DecisionKind(StrEnum):
    """What was decided about a chart, or written on it."""

    PHASE = "phase"
    EXCLUSION = "exclusion"
    ANNOTATION = "annotation"
    BASELINE = "baseline"
    WHY = "why"
    DECLINED = "declined"
    WAIT = "wait"


class Decision(Base):
    """Something a person decided about a chart or wrote on it. Taking it back keeps it, as taken back."""

    __tablename__ = "measure_decision"
    __table_args__ = (Index(None, "measure_id", "from_on"),)
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    measure_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("measure.id", ondelete="CASCADE"))
    """About which measure."""
    kind: Mapped[DecisionKind] = mapped_column(closed(DecisionKind, "kind"))
    """What sort of decision."""
    from_on: Mapped[date] = mapped_column(Date)
    """The period it is about, or the first of them."""
    to_on: Mapped[date | None] = mapped_column(Date)
    """The last period, where it is about a stretch of time."""
    text: Mapped[str] = mapped_column(Text)
    """The reason, or the words of a note."""
    rule: Mapped[str] = mapped_column(String(40), default="")
    """The rule of the signal it explains, by its name in spc; empty for what is about no signal. No CHECK: the list is the engine's."""
    direction: Mapped[str] = mapped_column(String(10), default="")
    """That signal's direction: high, low or none; empty for what is about no signal."""
    evidence: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the engine said of a suggested step on the day it was answered; none for what answers no suggestion."""
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who decided."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    removed_by_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who took it back; none while it holds."""
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken back; none while it holds."""


class PhaseStart(Decision):
    """From this period on the limits are worked out anew."""

    __mapper_args__ = {"polymorphic_identity": DecisionKind.PHASE}  # noqa: RUF012 - SQLAlchemy's own form


class Exclusion(Decision):
    """This period is drawn but counts nowhere."""

    __mapper_args__ = {"polymorphic_identity": DecisionKind.EXCLUSION}  # noqa: RUF012 - SQLAlchemy's own form


class Annotation(Decision):
    """A note at this period, shown as a numbered flag."""

    __mapper_args__ = {"polymorphic_identity": DecisionKind.ANNOTATION}  # noqa: RUF012 - SQLAlchemy's own form


class BaselineSpan(Decision):
    """The limits are worked out from these periods alone and kept."""

    __mapper_args__ = {"polymorphic_identity": DecisionKind.BASELINE}  # noqa: RUF012 - SQLAlchemy's own form


class Why(Decision):
    """What people know of one signal: the one of this rule and direction whose first point is this period."""

    __mapper_args__ = {"polymorphic_identity": DecisionKind.WHY}  # noqa: RUF012 - SQLAlchemy's own form


class StepDeclined(Decision):
    """A suggested step at this period that is not taken for one; not suggested again."""

    __mapper_args__ = {"polymorphic_identity": DecisionKind.DECLINED}  # noqa: RUF012 - SQLAlchemy's own form


class StepAwaited(Decision):
    """A suggested step at this period that waits for more numbers."""

    __mapper_args__ = {"polymorphic_identity": DecisionKind.WAIT}  # noqa: RUF012 - SQLAlchemy's own form
