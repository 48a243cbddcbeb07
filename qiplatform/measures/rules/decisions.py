"""Decisions about a chart: a reason for each, at a period there is a number for."""

from collections.abc import Set as AbstractSet
from datetime import date

from qiplatform.errors import Invalid, NotAllowed, NotNow
from qiplatform.measures.models import DecisionKind
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.record import Record
from qiplatform.organisations.rules import Right, Role, check_may
from qiplatform.store import identifiers

TEXT_LENGTH = 2000
RIGHTS = {
    DecisionKind.PHASE: Right.DECIDE_LIMITS,
    DecisionKind.EXCLUSION: Right.DECIDE_LIMITS,
    DecisionKind.ANNOTATION: Right.WORK_ON_PROJECT,
    DecisionKind.BASELINE: Right.DECIDE_LIMITS,
    DecisionKind.WHY: Right.WORK_ON_PROJECT,
    DecisionKind.DECLINED: Right.DECIDE_LIMITS,
    DecisionKind.WAIT: Right.DECIDE_LIMITS,
}
"""Who may decide what; the same right takes it back."""
TITLES = {
    DecisionKind.PHASE: "New limits",
    DecisionKind.EXCLUSION: "Left out",
    DecisionKind.ANNOTATION: "Note",
    DecisionKind.BASELINE: "Baseline",
    DecisionKind.WHY: "Why",
    DecisionKind.DECLINED: "No step",
    DecisionKind.WAIT: "Waiting",
}
PLAIN = (DecisionKind.ANNOTATION, DecisionKind.PHASE, DecisionKind.EXCLUSION, DecisionKind.BASELINE)
"""What is decided about a period chosen freely; the others answer something the chart says."""


def why_not(right: Right, roles: AbstractSet[Role]) -> str:
    """Return the sentence that would refuse, for a button that is off; empty where nothing would."""
    try:
        check_may(right, roles)
    except NotAllowed as refusal:
        return refusal.words
    return ""


def check_text(text: str, field: str, *, called: str = "reason") -> str:
    """Return the reason or note without the space around it; refuse none, too much, and identifiers."""
    kept = text.strip()
    if not kept:
        words = "Write the note." if called == "note" else "Write why, so that others understand it later."
        raise Invalid.one(field, words)
    if len(kept) > TEXT_LENGTH:
        raise Invalid.one(field, f"Use {TEXT_LENGTH} characters or fewer.")
    identifiers.check_none([(field, f"in the {called}", kept)])
    return kept


def check_phase(record: Record, from_on: date) -> None:
    """Refuse new limits where there is nothing before or after, or where they start already."""
    known = record.known
    if not known or from_on <= known[0] or from_on > known[-1]:
        raise Invalid.one("from", "New limits start at a period between the second number and the last.")
    if any(one.from_on == from_on for one in record.phases):
        words = f"New limits already start at {periods.label(record.measure.frequency, from_on)}."
        raise NotNow(words)


def check_exclusion(record: Record, period: date) -> None:
    """Refuse to leave out what is not there or is left out already."""
    if period not in record.known:
        raise Invalid.one("period", "There is no number for that period.")
    if any(one.from_on == period for one in record.exclusions):
        words = f"{periods.label(record.measure.frequency, period)} is already left out."
        raise NotNow(words)


def check_annotation(record: Record, period: date, text: str) -> None:
    """Refuse a note where the chart cannot show it, and the same note twice (a double click)."""
    if not record.known or not record.known[0] <= period <= record.known[-1]:
        raise Invalid.one("period", "Choose a period that is on the chart.")
    if any(one.from_on == period and one.text == text for one in record.annotations):
        raise NotNow("This very note is already here.")


def check_baseline(record: Record, from_on: date, to_on: date) -> None:
    """Refuse a baseline without numbers in it."""
    if to_on < from_on:
        raise Invalid.one("to", "The last period of a baseline comes after the first.")
    if not any(from_on <= on <= to_on for on in record.known):
        raise Invalid.one("from", "There are no numbers between these two periods.")
