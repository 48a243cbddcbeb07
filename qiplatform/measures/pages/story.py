"""What has happened here: notes, decisions, PDSA cycles and corrections, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby

from qiplatform.measures.models import Band, Decision, DecisionKind, PointChange
from qiplatform.measures.pages.drawing import flagged
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Record, decisions, periods, points
from qiplatform.organisations.rules import may

MOST = 20
SOMEBODY = "somebody who has left"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened."""

    at: datetime
    what: str
    text: str
    who: str
    flag: str
    """Its number on the chart; empty when it has none."""
    href: str
    remove: str
    """The address that takes it back; empty for those who may not."""
    held: bool
    """Whether it still holds."""
    evidence: str = ""
    """What the engine said of the step that was answered, on that day."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one period's numbers."""

    at: datetime
    who: str
    period: str
    before: str
    after: str


def people(record: Record, changes: Sequence[PointChange]) -> set[str]:
    """Return the ids of everybody the story names."""
    told: set[str | None] = {one.by_id for one in changes}
    for one in (*record.decisions, *record.taken_back):
        told |= {one.by_id, one.removed_by_id}
    return {one for one in told if one is not None}


def story(
    seen: SeenMeasure, record: Record, changes: Sequence[PointChange], names: Mapping[str, str]
) -> tuple[Line, ...]:
    """Return what has happened, newest first: every decision and cycle, and the newest of the numbers."""
    numbers = {one.id: str(number) for number, one in enumerate(flagged(record), start=1)}
    lines = [_decided(seen, one, numbers.get(one.id, ""), names) for one in record.decisions]
    lines += [_taken_back(seen, one, names) for one in record.taken_back]
    lines += [_band(one) for one in record.bands]
    lines += _numbers(record, changes, names)[:MOST]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def history(record: Record, changes: Sequence[PointChange], names: Mapping[str, str]) -> tuple[Change, ...]:
    """Return every change: who, when, from, to."""
    return tuple(
        Change(
            at=one.at,
            who=names.get(one.by_id, SOMEBODY),
            period=periods.label(record.measure.frequency, one.period),
            before="" if one.before is None else _said(record, one.before),
            after=_said(record, one.after),
        )
        for one in changes
    )


def _decided(seen: SeenMeasure, one: Decision, flag: str, names: Mapping[str, str]) -> Line:
    allowed = may(decisions.RIGHTS[one.kind], seen.project.roles)
    remove = f"/measures/{one.measure_id}/decisions/{one.id}/remove" if allowed else ""
    return Line(
        one.at,
        _what(seen, one),
        one.text,
        names.get(one.by_id, SOMEBODY),
        flag,
        "",
        remove,
        held=True,
        evidence=_evidence(one),
    )


def _taken_back(seen: SeenMeasure, one: Decision, names: Mapping[str, str]) -> Line:
    by, made = names.get(one.by_id, SOMEBODY), f"{one.at.day} {one.at:%B %Y}"
    who = f"{names.get(one.removed_by_id or '', SOMEBODY)} (made by {by} on {made})"
    what = f"Taken back: {_what(seen, one)}"
    return Line(
        one.removed_at or one.at, what, one.text, who, "", "", "", held=False, evidence=_evidence(one)
    )


def _evidence(one: Decision) -> str:
    line = str((one.evidence or {}).get("line", ""))
    return f"The evidence on that day: {line}." if line else ""


_WHAT = {
    DecisionKind.PHASE: "New limits from {on}",
    DecisionKind.EXCLUSION: "{on} left out of the limits",
    DecisionKind.ANNOTATION: "Note at {on}",
    DecisionKind.BASELINE: "Limits from {on} to {last} alone",
    DecisionKind.WHY: "Why, for the signal from {on}",
    DecisionKind.DECLINED: "Suggested step from {on} declined",
    DecisionKind.WAIT: "Suggested step from {on}: waiting for more numbers",
}


def _what(seen: SeenMeasure, one: Decision) -> str:
    frequency = seen.measure.frequency
    said = _WHAT[DecisionKind(one.kind)].format(
        on=periods.label(frequency, one.from_on), last=periods.label(frequency, one.to_on or one.from_on)
    )
    accepted = one.kind is DecisionKind.PHASE and one.evidence is not None
    return f"{said}: suggested step accepted" if accepted else said


def _band(one: Band) -> Line:
    ends = f" to {one.ends_on.day} {one.ends_on:%B %Y}" if one.ends_on else ", going on"
    at = datetime.combine(one.starts_on, time(), UTC)
    what = f"{one.label}: {one.starts_on.day} {one.starts_on:%B %Y}{ends}"
    return Line(at, what, one.detail, "", "", one.href, "", held=True)


def _numbers(record: Record, changes: Sequence[PointChange], names: Mapping[str, str]) -> list[Line]:
    """Tell of numbers: those added together in one line, each correction in one of its own."""
    lines = []
    for (at, by_id), group in groupby(changes, key=lambda one: (one.at, one.by_id)):
        together = list(group)
        who = names.get(by_id, SOMEBODY)
        added = [one for one in together if one.before is None]
        if added:
            what = "1 number added" if len(added) == 1 else f"{len(added)} numbers added"
            first, last = (
                periods.label(record.measure.frequency, pick(one.period for one in added))
                for pick in (min, max)
            )
            lines.append(
                Line(at, what, first if first == last else f"{first} to {last}", who, "", "", "", held=True)
            )
        for one in together:
            if one.before is not None:
                what = f"{periods.label(record.measure.frequency, one.period)} corrected"
                text = f"from {_said(record, one.before)} to {_said(record, one.after)}"
                lines.append(Line(at, what, text, who, "", "", "", held=True))
    return lines


def _said(record: Record, content: Mapping[str, str]) -> str:
    numbers = points.in_words(
        record.measure.chart, (content["value"], content["numerator"], content["denominator"])
    )
    return f"{numbers} ({content['note']})" if content["note"] else numbers
