"""What is kept of reports on their way to the public."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qiplatform.store.base import ID_LENGTH, Base, UtcDateTime, Versioned, closed, id_column


class ReportStatus(StrEnum):
    """Where a report stands on its way to the public."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    CORRECTING = "correcting"
    """Published, and its team is writing the next version; the present one stands meanwhile."""
    WITHDRAWN = "withdrawn"


class ReportResult(StrEnum):
    """How the work ended. All five are published, found and credited alike."""

    IMPROVED = "improved"
    IMPROVED_AND_HELD = "improved_and_held"
    NO_CHANGE = "no_change"
    WORSE = "worse"
    STOPPED_EARLY = "stopped_early"


class Report(Versioned, Base):
    """A team's account of its work, written for others. Only a version approved from it is public."""

    __tablename__ = "report"
    __table_args__ = (Index(None, "project_id"), Index(None, "status", "submitted_at"))

    id: Mapped[str] = id_column()
    """Opaque id; also the permanent public address."""
    project_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("project.id"))
    """The project it tells of."""
    title: Mapped[str] = mapped_column(String(200))
    """What it is called."""
    result: Mapped[ReportResult] = mapped_column(closed(ReportResult, "result"))
    """How the work ended."""
    summary: Mapped[str] = mapped_column(Text, default="")
    """The whole in plain language, for anyone."""
    problem: Mapped[str] = mapped_column(Text, default="")
    """What was wrong and for whom."""
    known: Mapped[str] = mapped_column(Text, default="")
    """What was known already."""
    rationale: Mapped[str] = mapped_column(Text, default="")
    """Why the changes were expected to help."""
    context: Mapped[str] = mapped_column(Text, default="")
    """The place, its people and what matters about them."""
    did: Mapped[str] = mapped_column(Text, default="")
    """What we did."""
    studied: Mapped[str] = mapped_column(Text, default="")
    """How the work was measured and judged."""
    involvement: Mapped[str] = mapped_column(Text, default="")
    """How patients, carers and staff took part."""
    ethics: Mapped[str] = mapped_column(Text, default="")
    """Ethical aspects and how they were dealt with."""
    happened: Mapped[str] = mapped_column(Text, default="")
    """What happened."""
    meaning: Mapped[str] = mapped_column(Text, default="")
    """What it means, beside what was expected."""
    limits: Mapped[str] = mapped_column(Text, default="")
    """What limits the findings."""
    differently: Mapped[str] = mapped_column(Text, default="")
    """What we would do differently."""
    sustaining: Mapped[str] = mapped_column(Text, default="")
    """What keeps it going, and what comes next."""
    cost: Mapped[str] = mapped_column(Text, default="")
    """What it cost in money and time."""
    funding: Mapped[str] = mapped_column(Text, default="")
    """Who paid for the work."""
    region: Mapped[str] = mapped_column(String(60), default="")
    """Where in the country, from the closed list; empty where the team does not say."""
    contact: Mapped[str] = mapped_column(String(200), default="")
    """How to reach the team in public: a shared mailbox or a page; nobody's own without their leave."""
    sensitive: Mapped[bool] = mapped_column(default=False)
    """Whether somebody said that two checkers should agree; sensitive topics need two in any case."""
    correction: Mapped[str] = mapped_column(Text, default="")
    """Why the next version is written, while one is public already."""
    status: Mapped[ReportStatus] = mapped_column(closed(ReportStatus, "status"), default=ReportStatus.DRAFT)
    """Where it stands."""
    written_by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who began it."""
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last sent to be checked."""


class ReportMeasure(Base):
    """A measure chosen to be published with a report."""

    __tablename__ = "report_measure"

    report_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    """In which report."""
    measure_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("measure.id"), primary_key=True)
    """Which measure."""
    position: Mapped[int] = mapped_column()
    """Its place among them, from 0; the first is the report's headline."""


class ReportAuthor(Base):
    """A member of the team who agreed to be named. Nobody can agree for somebody else."""

    __tablename__ = "report_author"

    report_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    """In which report."""
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    """Who."""
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When they agreed."""


class ReportChange(Base):
    """One change as others would need to know it to try the same: the items of TIDieR."""

    __tablename__ = "report_change"
    __table_args__ = (Index(None, "report_id", "position"),)

    id: Mapped[str] = id_column()
    """Opaque id."""
    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id", ondelete="CASCADE"))
    """In which report."""
    position: Mapped[int] = mapped_column()
    """Its place among them, from 0."""
    name: Mapped[str] = mapped_column(String(400))
    """TIDieR item 1: what the change is called."""
    items: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """The other items by name (`learning.rules.TIDIER`); what is not said is left out."""


class ReportApproval(Base):
    """One checker's agreement, while another is waited for. Goes when the report is sent again."""

    __tablename__ = "report_approval"

    report_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("report.id", ondelete="CASCADE"), primary_key=True
    )
    """To which report."""
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"), primary_key=True)
    """Who agreed."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    digest: Mapped[str] = mapped_column(String(64))
    """To exactly what: words and numbers as they would have been published then."""


class ReportMove(Base):
    """One step of a report's way: who moved it from where to where, when and why."""

    __tablename__ = "report_move"
    __table_args__ = (Index(None, "report_id", "at"),)

    id: Mapped[str] = id_column()
    """Opaque id, ordered by time."""
    report_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report.id", ondelete="CASCADE"))
    """Which report."""
    before: Mapped[ReportStatus] = mapped_column(closed(ReportStatus, "before"))
    """Where it stood."""
    after: Mapped[ReportStatus] = mapped_column(closed(ReportStatus, "after"))
    """Where it stands since."""
    by_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("user_account.id"))
    """Who moved it."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why, where a reason is asked for."""
