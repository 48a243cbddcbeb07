"""What other machines are answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from qiplatform.errors import Mistake
from qiplatform.measures.models import DataPoint, Decision, Measure, PointChange, Target
from qiplatform.measures.rules import Before, Record, analyse, link, signals, takes_two
from qiplatform.measures.rules import steps as suggested

_PARTS_OF_A_ROW = 3


def measure(one: Measure, targets: Iterable[Target]) -> dict[str, Any]:
    """Return a measure's definition."""
    levels = [
        {"from": level.from_on.isoformat() if level.from_on else None, "value": level.value}
        for level in targets
    ]
    return {
        "id": one.id,
        "url": f"/measures/{one.id}",
        "project": one.project_id,
        "name": one.name,
        "type": one.type.value,
        "chart": one.chart,
        "profile": one.profile,
        "unit": one.unit,
        "direction": one.direction.value,
        "target": levels,
        "counts": one.counts.value,
        "frequency": one.frequency.value,
        "operational_definition": one.operational_definition,
        "numerator_words": one.numerator_words,
        "denominator_words": one.denominator_words,
        "exclusion_words": one.exclusion_words,
        "sampling": one.sampling,
        "source": one.source,
        "collected_by": one.collected_by,
        "why": one.why,
        "purpose": one.purpose.value,
        "minutes_a_month": one.minutes_a_month,
        "version": one.version,
    }


def points(
    chart: str, kept: Sequence[DataPoint], history: Sequence[PointChange] | None
) -> list[dict[str, Any]]:
    """Return numbers exactly as typed; with a history, the earlier ones of each period, oldest first."""
    fields = ("numerator", "denominator") if takes_two(chart) else ("value",)
    earlier: Mapping[Any, list[dict[str, Any]]] = defaultdict(list)
    for change in reversed(history or ()):
        if change.before is not None:
            was = {field: change.before[field] for field in (*fields, "note")}
            earlier[change.period].append({**was, "until": change.at.isoformat(), "changed_by": change.by_id})
    return [
        {
            "period": point.period.isoformat(),
            **{field: getattr(point, field) for field in fields},
            "note": point.note,
            "version": point.version,
            **({} if history is None else {"history": earlier[point.period]}),
        }
        for point in kept
    ]


def rejected(mistakes: Iterable[Mistake]) -> list[dict[str, Any]]:
    """Return the rows of a list that were refused, from 0, with the field and the words."""
    found = []
    for one in mistakes:
        parts = one.at.split("/")
        if len(parts) == _PARTS_OF_A_ROW and parts[0] == "points":
            found.append({"row": int(parts[1]), "field": parts[2], "message": one.message})
    return found


def decision(one: Decision) -> dict[str, Any]:
    """Return a decision or note."""
    return {
        "id": one.id,
        "kind": one.kind.value,
        "from": one.from_on.isoformat(),
        "to": one.to_on.isoformat() if one.to_on else None,
        "text": one.text,
        "rule": one.rule,
        "direction": one.direction,
        "evidence": one.evidence,
        "by": one.by_id,
        "at": one.at.isoformat(),
        "removed_at": one.removed_at.isoformat() if one.removed_at else None,
    }


def steps(record: Record) -> list[dict[str, Any]]:
    """Return the steps a chart suggests."""
    return [
        {"period": one.from_on.isoformat(), **suggested.evidence(record, one)}
        for one in suggested.suggestions(record, analyse(record))
    ]


def linkage(record: Record) -> dict[str, Any]:
    """Return cycles and signals of one chart side by side."""
    result = analyse(record)
    made = link(record, result)

    def pair(one: Before) -> dict[str, Any]:
        about = signals.name(result, one.signal)
        return {
            "cycle": one.band.href,
            "label": one.band.label,
            "started": one.band.starts_on.isoformat(),
            "rule": about.rule,
            "direction": about.direction,
            "first": about.first_on.isoformat(),
            "words": one.signal.words,
            "days": one.days,
            "chance": one.chance,
            "timing": one.timing,
            "odds": one.odds,
        }

    followed = [
        {"cycle": one.band.href, "label": one.band.label, "signals": len(one.signals), "words": one.words}
        for one in made.followed
    ]
    return {
        "lag_days": made.lag,
        "cycles": made.cycles,
        "signals": made.signals,
        "pairs": [pair(one) for one in made.pairs],
        "followed": followed,
    }
