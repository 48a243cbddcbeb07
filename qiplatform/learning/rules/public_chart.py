"""What a published chart says: worked out again from the protected table, by the same function as a team's own chart."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

import spc
from qiplatform.learning.models import Treatment
from qiplatform.learning.rules.protection import STAR, Cells
from qiplatform.measures.models import (
    Band,
    BaselineSpan,
    Counts,
    DataPoint,
    Direction,
    Exclusion,
    Frequency,
    Measure,
    MeasureType,
    PhaseStart,
    Target,
)
from qiplatform.measures.rules import PointRow, Record, analyse, laid_out

DEFINITION = (
    *("name", "type", "chart", "profile", "unit", "direction", "counts", "frequency"),
    *("operational_definition", "numerator_words", "denominator_words", "source", "why"),
    *("exclusion_words", "sampling"),
)
"""What is published of a measure's definition; who collects it stays with the team."""


def definition_of(measure: Measure) -> dict[str, str]:
    """Return what is published of a measure's definition."""
    return {name: str(getattr(measure, name)) for name in DEFINITION}


def setup_of(record: Record) -> dict[str, Any]:
    """Return what a chart is computed with and what is drawn on it; reasons and notes stay with the team."""
    return {
        "targets": [[one.from_on.isoformat() if one.from_on else None, one.value] for one in record.targets],
        "phases": [one.from_on.isoformat() for one in record.phases],
        "excluded": [one.from_on.isoformat() for one in record.exclusions],
        "baseline": [
            record.baseline.from_on.isoformat(),
            (record.baseline.to_on or record.baseline.from_on).isoformat(),
        ]
        if record.baseline
        else None,
        "bands": [
            {
                "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat() if one.ends_on else None,
                "label": one.label,
                "detail": one.detail,
            }
            for one in record.bands
        ],
    }


def record_of(definition: Mapping[str, Any], setup: Mapping[str, Any], rows: Sequence[Cells]) -> Record:
    """Return a record made of what is published only, for the function that reads charts. Nothing of it is kept."""
    baseline = setup["baseline"]
    return Record(
        measure=Measure(
            **{
                **definition,
                "type": MeasureType(definition["type"]),
                "direction": Direction(definition["direction"]),
                "counts": Counts(definition["counts"]),
                "frequency": Frequency(definition["frequency"]),
            }
        ),
        # Only read, so plain rows with the same names do: a page of results makes hundreds.
        points=tuple(cast("DataPoint", _seen_row(row)) for row in rows),
        targets=tuple(Target(from_on=_day(since), value=value) for since, value in setup["targets"]),
        phases=tuple(PhaseStart(from_on=_day(first)) for first in setup["phases"]),
        exclusions=tuple(Exclusion(from_on=_day(on)) for on in setup["excluded"]),
        baseline=BaselineSpan(from_on=_day(baseline[0]), to_on=_day(baseline[1])) if baseline else None,
        bands=tuple(
            Band(
                starts_on=_day(one["starts_on"]),
                ends_on=_day(one["ends_on"]),
                label=one["label"],
                detail=one["detail"],
                href="",
            )
            for one in setup["bands"]
        ),
    )


def read_chart(record: Record) -> spc.Result:
    """Return the chart of a record of published rows; a starred cell is a gap."""
    return analyse(record)


def same_signals(one: spc.Result, other: spc.Result) -> bool:
    """Whether two charts of the same periods raise the same rules at the same places."""

    def raised(result: spc.Result) -> set[tuple[str, str, object, object]]:
        x = result.series.x
        return {(signal.rule, signal.direction, x[signal.first], x[signal.last]) for signal in result.signals}

    return raised(one) == raised(other)


def shown_as(record: Record, rows: Sequence[Cells]) -> tuple[str, ...]:
    """Return, for each row of the chart, a star where a number was too small to show, and nothing elsewhere."""
    starred = {row.period for row in rows if STAR in {row.value, row.numerator, row.denominator}}
    return tuple(STAR if on in starred else "" for on, _ in laid_out(record))


def rounding_words(treatment: Treatment) -> str:
    """Return what a chart's caption adds: the picture is not the team's own."""
    return "From rounded data." if treatment == Treatment.ROUNDED else ""


def _seen_row(row: Cells) -> PointRow:
    return PointRow(row.period, _seen(row.value), _seen(row.numerator), _seen(row.denominator), note="")


def _seen(text: str) -> str:
    return "" if text == STAR else text


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
