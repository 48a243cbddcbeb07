"""Decisions about a chart made and taken back, each with its reason and kept for good."""

from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound
from qiplatform.measures import queries, rules
from qiplatform.measures.actions.versions import count_change, hold
from qiplatform.measures.models import (
    Annotation,
    BaselineSpan,
    Decision,
    DecisionKind,
    Exclusion,
    PhaseStart,
    StepAwaited,
    StepDeclined,
    Why,
)
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Record, decisions, signals, steps
from qiplatform.measures.rules.signals import SignalName
from qiplatform.measures.rules.steps import StepAnswer
from qiplatform.organisations.rules import check_may
from qiplatform.store import audit

D = TypeVar("D", bound=Decision)


def start_phase(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenMeasure,
    from_on: date,
    reason: str,
    evidence: dict[str, Any] | None = None,
) -> PhaseStart:
    """Work out the limits anew from a period on; `evidence` is that of the suggested step it accepts."""
    text = decisions.check_text(reason, "reason")
    decisions.check_phase(_open(db, seen, DecisionKind.PHASE), from_on)
    return _keep(db, by, at, seen, PhaseStart(from_on=from_on, text=text, evidence=evidence))


def exclude(
    db: Session, *, by: User, at: datetime, seen: SeenMeasure, period: date, reason: str
) -> Exclusion:
    """Leave a period out of limits and rules; it is still drawn."""
    text = decisions.check_text(reason, "reason")
    decisions.check_exclusion(_open(db, seen, DecisionKind.EXCLUSION), period)
    return _keep(db, by, at, seen, Exclusion(from_on=period, text=text))


def annotate(
    db: Session, *, by: User, at: datetime, seen: SeenMeasure, period: date, text: str
) -> Annotation:
    """Write a note onto the chart."""
    kept = decisions.check_text(text, "text", called="note")
    decisions.check_annotation(_open(db, seen, DecisionKind.ANNOTATION), period, kept)
    return _keep(db, by, at, seen, Annotation(from_on=period, text=kept))


def fix_baseline(
    db: Session, *, by: User, at: datetime, seen: SeenMeasure, from_on: date, to_on: date, reason: str
) -> BaselineSpan:
    """Work out the limits from these periods alone; an earlier baseline is taken back."""
    text = decisions.check_text(reason, "reason")
    record = _open(db, seen, DecisionKind.BASELINE)
    decisions.check_baseline(record, from_on, to_on)
    if record.baseline is not None:
        _remove(db, by, at, record.baseline)
    return _keep(db, by, at, seen, BaselineSpan(from_on=from_on, to_on=to_on, text=text))


def say_why(db: Session, *, by: User, at: datetime, seen: SeenMeasure, about: SignalName, text: str) -> Why:
    """Keep what somebody knows of a signal."""
    kept = decisions.check_text(text, "text")
    record = _open(db, seen, DecisionKind.WHY)
    signals.check_why(record, rules.analyse(record), about, kept)
    made = Why(from_on=about.first_on, rule=about.rule, direction=about.direction, text=kept)
    return _keep(db, by, at, seen, made)


def say_why_at(
    db: Session, *, by: User, at: datetime, seen: SeenMeasure, period: date, rule: str, text: str
) -> Why:
    """Keep what somebody knows of the signal that begins at a period; `rule` says which of several."""
    check_may(decisions.RIGHTS[DecisionKind.WHY], seen.project.roles)
    about = signals.begins(rules.analyse(queries.record(db, seen.measure)), period, rule)
    return say_why(db, by=by, at=at, seen=seen, about=about, text=text)


def answer_step(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenMeasure,
    period: date,
    answer: StepAnswer,
    reason: str,
) -> Decision:
    """Answer a suggested step: new limits from there, not again, or later; the evidence is kept with the answer."""
    text = decisions.check_text(reason, "reason")
    record = _open(db, seen, steps.KINDS[answer])
    evidence = steps.evidence(record, steps.check_suggested(record, rules.analyse(record), period))
    match answer:
        case StepAnswer.ACCEPT:
            return start_phase(db, by=by, at=at, seen=seen, from_on=period, reason=text, evidence=evidence)
        case StepAnswer.DECLINE:
            declined = StepDeclined(from_on=period, text=text, evidence=evidence)
            return _keep(db, by, at, seen, declined)
        case StepAnswer.WAIT:
            return _keep(db, by, at, seen, StepAwaited(from_on=period, text=text, evidence=evidence))


def decide(
    db: Session,
    kind: DecisionKind,
    *,
    by: User,
    at: datetime,
    seen: SeenMeasure,
    from_on: date,
    to_on: date | None,
    text: str,
) -> Decision:
    """Make the decision a form asks for."""
    match kind:
        case DecisionKind.PHASE:
            return start_phase(db, by=by, at=at, seen=seen, from_on=from_on, reason=text)
        case DecisionKind.EXCLUSION:
            return exclude(db, by=by, at=at, seen=seen, period=from_on, reason=text)
        case DecisionKind.ANNOTATION:
            return annotate(db, by=by, at=at, seen=seen, period=from_on, text=text)
        case DecisionKind.BASELINE:
            return fix_baseline(
                db, by=by, at=at, seen=seen, from_on=from_on, to_on=to_on or from_on, reason=text
            )
        case DecisionKind.WHY | DecisionKind.DECLINED | DecisionKind.WAIT:
            raise NotFound


def take_back(db: Session, *, by: User, at: datetime, seen: SeenMeasure, decision_id: str) -> Decision:
    """Take a decision back; it stays in the story. Taking it back twice changes nothing."""
    decision = db.get(Decision, decision_id)
    if decision is None or decision.measure_id != seen.measure.id:
        raise NotFound
    check_may(decisions.RIGHTS[decision.kind], seen.project.roles)
    hold(db, seen.measure)
    db.refresh(decision)
    if decision.removed_at is None:
        _remove(db, by, at, decision)
        db.flush()
        count_change(db, seen.measure)
    return decision


def _open(db: Session, seen: SeenMeasure, kind: DecisionKind) -> Record:
    check_may(decisions.RIGHTS[kind], seen.project.roles)
    hold(db, seen.measure)
    return queries.record(db, seen.measure)


def _keep(db: Session, by: User, at: datetime, seen: SeenMeasure, decision: D) -> D:
    decision.measure_id, decision.by_id, decision.at = seen.measure.id, by.id, at
    db.add(decision)
    db.flush()
    count_change(db, seen.measure)
    audit.record(
        db,
        at=at,
        by=by.id,
        action=f"measures.{decision.kind.value}",
        subject=seen.measure.id,
        decision=decision.id,
    )
    return decision


def _remove(db: Session, by: User, at: datetime, decision: Decision) -> None:
    decision.removed_at, decision.removed_by_id = at, by.id
    audit.record(
        db, at=at, by=by.id, action="measures.take_back", subject=decision.measure_id, decision=decision.id
    )
