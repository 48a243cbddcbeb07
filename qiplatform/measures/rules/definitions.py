"""Definitions: what a measure is, which charts there are to choose from and why one would."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import spc
from qiplatform.errors import Invalid, Mistake, NotNow
from qiplatform.measures.models import Counts, Direction, Frequency, Measure, MeasureType, Purpose, Target
from qiplatform.measures.rules.numbers import fault
from qiplatform.measures.rules.points import PointRow, in_order, mistakes
from qiplatform.measures.rules.record import Record
from qiplatform.store import identifiers

CHART_REASONS = {
    "xmr": "One number for each period: a percentage worked out elsewhere, minutes, a count. When in doubt, take this one.",
    "run": "One number for each period and fewer than 12 of them so far, or you only want to see whether something shifted.",
    "p": "How many out of how many: seen within four hours out of all who came. Two numbers for each period.",
    "u": "How many for how much: falls for bed days. Two numbers for each period, and the first may be the larger.",
    "c": "How many, where the chance of it happening stays about the same: complaints a month.",
    "p_prime": "As a p chart, for thousands in each period, where the limits of a p chart become too narrow to be useful.",
    "u_prime": "As a u chart, for very large numbers in each period.",
    "mr": "How much each number differs from the one before it. Rarely needed on its own.",
}
"""Why one would choose each chart, in the order they are offered."""
DEFAULT_PROFILES = {"run": "anhoej"}
DEFAULT_PROFILE = "mdc"
MOST_MINUTES = 31 * 24 * 60
"""The minutes of the longest month."""


@dataclass(frozen=True, slots=True)
class Level:
    """A target and the day from which it holds; none for the beginning."""

    from_on: date | None
    value: str


@dataclass(frozen=True, slots=True)
class Definition:
    """Everything a team says of a measure before there is a number."""

    name: str
    type: MeasureType
    chart: str
    direction: Direction
    profile: str = ""
    """Empty for the usual one of the chart."""
    unit: str = ""
    counts: Counts = Counts.PEOPLE
    frequency: Frequency = Frequency.MONTHLY
    operational_definition: str = ""
    numerator_words: str = ""
    denominator_words: str = ""
    exclusion_words: str = ""
    sampling: str = ""
    source: str = ""
    collected_by: str = ""
    why: str = ""
    purpose: Purpose = Purpose.IMPROVEMENT
    minutes_a_month: int | None = None
    """Whole minutes; none where nobody said."""
    targets: tuple[Level, ...] = ()


OWN_FIELDS = tuple(name for name in Definition.__dataclass_fields__ if name != "targets")
"""The fields that are columns of the measure."""
_WORDS = (
    "name",
    "unit",
    "operational_definition",
    "numerator_words",
    "denominator_words",
    "exclusion_words",
    "sampling",
    "source",
    "collected_by",
    "why",
)


def default_profile(chart: str) -> str:
    """Return the conventions a chart is read by unless somebody chooses others.

    >>> default_profile("xmr"), default_profile("run")
    ('mdc', 'anhoej')
    """
    return DEFAULT_PROFILES.get(chart, DEFAULT_PROFILE)


def definition_of(measure: Measure, targets: Iterable[Target]) -> Definition:
    """Return a measure's definition as it stands."""
    levels = tuple(Level(one.from_on, one.value) for one in targets)
    return Definition(**{name: getattr(measure, name) for name in OWN_FIELDS}, targets=levels)


def as_text(value: object) -> str:
    """Return a part of a definition as text; nothing for what nobody said.

    >>> as_text(Frequency.MONTHLY), as_text(30), as_text(None)
    ('monthly', '30', '')
    """
    return "" if value is None else str(value)


def texts_of(described: Definition | Measure) -> dict[str, str]:
    """Return every own field of a definition as text."""
    return {name: as_text(getattr(described, name)) for name in OWN_FIELDS}


def check_definition(definition: Definition) -> None:
    """Refuse what there is none of, a target or minutes that cannot be, and identifiers in the words."""
    found: list[Mistake] = []
    if definition.chart not in CHART_REASONS:
        found.append(
            Mistake(
                "chart",
                f"There is no chart called {definition.chart!r} here. There are: {', '.join(CHART_REASONS)}.",
            )
        )
    if definition.profile and definition.profile not in spc.PROFILES:
        known = ", ".join(spc.PROFILES)
        found.append(
            Mistake("profile", f"There is no profile called {definition.profile!r}. There are: {known}.")
        )
    if definition.minutes_a_month is not None and not 0 <= definition.minutes_a_month <= MOST_MINUTES:
        words = f"The minutes a month are a whole number from 0 to {MOST_MINUTES}: a month has no more."
        found.append(Mistake("minutes_a_month", words))
    found += _target_faults(definition.targets)
    if found:
        raise Invalid(found[0].message, *found)
    identifiers.check_none((name, name.replace("_", " "), getattr(definition, name)) for name in _WORDS)


def check_still_fits(record: Record, definition: Definition) -> None:
    """Refuse another chart where the numbers already kept do not fit it."""
    before = record.measure
    if definition.chart == before.chart:
        return
    rows = [
        PointRow(point.period, point.value, point.numerator, point.denominator) for point in record.points
    ]
    shape = Measure(chart=definition.chart, counts=definition.counts, frequency=definition.frequency)
    if mistakes(shape, rows, in_order(len(rows))):
        title = spc.CHARTS[definition.chart].title
        words = f"The numbers already here do not fit a {title}. Define another measure for it, so that nothing typed is lost."
        raise NotNow(words, Mistake("chart", words))


def _target_faults(levels: Sequence[Level]) -> list[Mistake]:
    found = [
        Mistake(
            "target" if len(levels) == 1 else f"target/{place}/value", f"The target “{one.value}” {wrong}."
        )
        for place, one in enumerate(levels)
        if (wrong := fault(one.value) if one.value else "is empty") is not None
    ]
    days = [one.from_on for one in levels]
    found += [
        Mistake(f"target/{place}/from", "There are two targets from the same day. Leave one out.")
        for place, on in enumerate(days)
        if on in days[:place]
    ]
    return found
