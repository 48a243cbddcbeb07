"""What is asked of readers' concerns and questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound
from qiplatform.learning.models import ConcernReport, Question, Report
from qiplatform.projects.models import TeamMember


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """A concern with the title of the report it is about."""

    concern: ConcernReport
    title: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the title of the report it is about."""

    question: Question
    title: str


def curators(db: Session) -> set[str]:
    """Return the ids of all curators."""
    return set(db.scalars(select(User.id).where(User.is_curator)))


def team_of(db: Session, report_id: str) -> set[str]:
    """Return the ids of a report's team."""
    team = select(TeamMember.user_id).join(Report, Report.project_id == TeamMember.project_id)
    return set(db.scalars(team.where(Report.id == report_id)))


def concerns(db: Session) -> list[OpenConcern]:
    """Return the concerns that wait for a curator, those that hid a report first."""
    query = select(ConcernReport, Report.title).join(Report, Report.id == ConcernReport.report_id)
    query = query.where(ConcernReport.settled_at.is_(None))
    rows = db.execute(query.order_by(ConcernReport.hid.desc(), ConcernReport.at))
    return [OpenConcern(concern, title) for concern, title in rows]


def concern(db: Session, user: User, concern_id: str) -> OpenConcern:
    """Return one concern to a curator, or raise `NotFound`."""
    query = select(ConcernReport, Report.title).join(Report, Report.id == ConcernReport.report_id)
    row = db.execute(query.where(ConcernReport.id == concern_id)).first() if user.is_curator else None
    if row is None:
        raise NotFound
    return OpenConcern(row[0], row[1])


def questions(db: Session, report_id: str) -> Sequence[Question]:
    """Return the questions asked about a report, newest first."""
    query = select(Question).where(Question.report_id == report_id)
    return list(db.scalars(query.order_by(Question.id.desc()).limit(200)))


def answered(db: Session, user: User, question_id: str) -> Question:
    """Return an answered question to a curator, or raise `NotFound`."""
    row = db.get(Question, question_id) if user.is_curator else None
    if row is None or row.answered_at is None:
        raise NotFound
    return row


def unchecked_answers(db: Session) -> list[Answered]:
    """Return the answers that wait for a curator, the longest waiting first."""
    query = select(Question, Report.title).join(Report, Report.id == Question.report_id)
    query = query.where(Question.answered_at.is_not(None), Question.settled_at.is_(None))
    return [Answered(question, title) for question, title in db.execute(query.order_by(Question.answered_at))]
