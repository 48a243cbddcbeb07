"""A measure with everything its chart is drawn from, and the chart of it."""

from dataclasses import dataclass
from datetime import date

import spc
from qiplatform.measures.models import (
    Annotation,
    Band,
    BaselineSpan,
    DataPoint,
    Decision,
    Exclusion,
    Measure,
    PhaseStart,
    StepAwaited,
    StepDeclined,
    Target,
    Why,
)
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.numbers import number


@dataclass(frozen=True, slots=True)
class Record:
    """Everything kept of one measure that its chart shows; in order of time."""

    measure: Measure
    points: tuple[DataPoint, ...] = ()
    targets: tuple[Target, ...] = ()
    phases: tuple[PhaseStart, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    baseline: BaselineSpan | None = None
    whys: tuple[Why, ...] = ()
    declined: tuple[StepDeclined, ...] = ()
    awaited: tuple[StepAwaited, ...] = ()
    bands: tuple[Band, ...] = ()
    taken_back: tuple[Decision, ...] = ()
    """Decisions that no longer hold: part of the story, not of the chart."""

    @property
    def known(self) -> tuple[date, ...]:
        """The periods there are numbers for."""
        return tuple(point.period for point in self.points)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision that holds."""
        held: tuple[Decision, ...] = (
            *self.phases, *self.exclusions, *self.annotations, *self.whys, *self.declined, *self.awaited
        )  # fmt: skip
        return held if self.baseline is None else (*held, self.baseline)


def takes_two(chart: str) -> bool:
    """Whether a chart takes an upper and a lower number instead of one.

    >>> takes_two("p"), takes_two("xmr")
    (True, False)
    """
    return spc.CHARTS[chart].needs in {"proportion", "rate"}


def in_percent(chart: str) -> bool:
    """Whether pages show its values in percent.

    >>> in_percent("p"), in_percent("u")
    (True, False)
    """
    return spc.CHARTS[chart].needs == "proportion"


def laid_out(record: Record) -> tuple[tuple[date, DataPoint | None], ...]:
    """Return the rows of the chart: every period in order, with None where one was left out."""
    held = {point.period: point for point in record.points}
    return tuple((on, held.get(on)) for on in periods.with_gaps(record.measure.frequency, record.known))


def analyse(record: Record) -> spc.Result:
    """Return the chart of a record; the same record always gives the same chart."""
    rows = laid_out(record)
    days = [on for on, _ in rows]
    measure = record.measure
    return spc.analyse(
        _series(measure, rows),
        chart=measure.chart,
        profile=measure.profile,
        direction=measure.direction.value,
        target=target(record),
        phases=_starts(record, days),
        baseline=_baseline(record, days),
        excluded=sorted(
            {place for place, on in enumerate(days) if on in {one.from_on for one in record.exclusions}}
        ),
        unit=measure.unit,
    )


def series_of(record: Record) -> spc.Series:
    """Return a record's numbers as spc takes them."""
    return _series(record.measure, laid_out(record))


def target(record: Record) -> float | list[tuple[date, float]] | None:
    """Return what the chart is compared with: a number, or a number from each of several days on."""
    levels = [(one.from_on, float(number(one.value) or 0)) for one in record.targets]
    if not levels:
        return None
    if len(levels) == 1 and levels[0][0] is None:
        return levels[0][1]
    return [(on or date.min, level) for on, level in levels]


def _series(measure: Measure, rows: tuple[tuple[date, DataPoint | None], ...]) -> spc.Series:
    days = [on for on, _ in rows]
    labels = [periods.label(measure.frequency, on) for on in days]
    if not takes_two(measure.chart):
        return spc.Series(
            x=days, value=[_float(point.value if point else "") for _, point in rows], labels=labels
        )
    return spc.Series(
        x=days,
        numerator=[_float(point.numerator if point else "") for _, point in rows],
        denominator=[_float(point.denominator if point else "") for _, point in rows],
        labels=labels,
    )


def _float(text: str) -> float | None:
    found = number(text)
    return None if found is None else float(found)


def _starts(record: Record, days: list[date]) -> list[int]:
    """Return where later phases begin: at the first row on or after each day, where there is one."""
    found = {next((place for place, on in enumerate(days) if on >= one.from_on), 0) for one in record.phases}
    return sorted(found - {0})


def _baseline(record: Record, days: list[date]) -> tuple[int, int] | None:
    span = record.baseline
    if span is None:
        return None
    inside = [place for place, on in enumerate(days) if span.from_on <= on <= (span.to_on or span.from_on)]
    return (inside[0], inside[-1]) if inside else None
