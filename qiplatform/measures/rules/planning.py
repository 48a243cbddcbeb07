"""How many points until a change of a size shows: asked of spc with a measure's own spread, or with one that is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

import spc
from qiplatform.errors import Invalid, Mistake
from qiplatform.measures.models import Direction
from qiplatform.measures.rules.definitions import default_profile
from qiplatform.measures.rules.numbers import fault, number
from qiplatform.measures.rules.record import Record, analyse, in_percent

FEWEST_OF_ITS_OWN = 8
"""From so many points on the spread is the measure's own."""
PLANNED = frozenset({"xmr", "run", "p", "u", "c"})
"""The charts whose power spc knows; the values of the others are planned for on an XmR chart."""
LONGEST = 40
_NEIGHBOURS_TO_SIGMA = 1.128
"""The mean step between neighbours is so many standard deviations (d2 for two)."""
_CELLS = 1_500_000
_WHOLE = 100
_MOST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a team asks, as typed; in percent where pages show percent."""

    change: str
    level: str = ""
    """The usual level."""
    step: str = ""
    """How far apart two neighbouring numbers are, on average."""
    size: str = ""
    """The usual lower number."""
    points: str = ""
    """How many points there will be before the change."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The answer for the size asked for, and for half and twice of it where they can be."""

    asked: spc.Plan
    sizes: tuple[tuple[Decimal, spc.Plan], ...]
    """Signed, in the unit of the pages, the smallest first."""
    own: bool
    """Whether the spread is the measure's own."""


def chart_planned(chart: str) -> str:
    """Return the chart that is planned for.

    >>> chart_planned("p"), chart_planned("p_prime")
    ('p', 'xmr')
    """
    return chart if chart in PLANNED else "xmr"


def typed_fields(chart: str) -> tuple[str, ...]:
    """Return what must be typed where a measure has too few numbers of its own.

    >>> typed_fields("p"), typed_fields("run"), typed_fields("c")
    (('level', 'size', 'points'), ('level', 'step', 'points'), ('level', 'points'))
    """
    planned = chart_planned(chart)
    more = {"p": ("size",), "u": ("size",), "c": ()}.get(planned, ("step",))
    return "level", *more, "points"


def has_own_spread(record: Record) -> bool:
    """Whether enough points of the latest phase count."""
    return _own_points(analyse(record)) >= FEWEST_OF_ITS_OWN if record.points else False


def plan(record: Record, wanted: Wanted) -> Planned:
    """Return how many points until the change shows; `Invalid` names what cannot be read or cannot be."""
    own = has_own_spread(record)
    chart = record.measure.chart
    fields = ("change",) if own else ("change", *typed_fields(chart))
    found = [one for field in fields for one in _mistakes(field, getattr(wanted, field), chart)]
    if found:
        raise Invalid(found[0].message, *found)
    change = signed(wanted.change, record.measure.direction)
    ask = _of_its_own(record) if own else _of_typed(record, wanted)
    try:
        asked = ask(change)
    except spc.SpcError as error:
        field = _FIELDS.get(error.field, "change")
        raise Invalid.one(field, _WORDS.get(field, error.message)) from error
    sizes = [(change, asked)]
    for other in (change / 2, change * 2):
        try:
            sizes.append((other, ask(other)))
        except spc.SpcError:
            # Twice the change may lead below zero or above all: then there is no such row.
            continue
    return Planned(asked, tuple(sorted(sizes, key=lambda row: abs(row[0]))), own)


def signed(typed: str, direction: Direction) -> Decimal:
    """Return a change with its sign: as typed, or towards better where none was typed.

    >>> signed("5", Direction.DECREASE), signed("+5", Direction.DECREASE), signed("5%", Direction.INCREASE)
    (Decimal('-5'), Decimal('5'), Decimal('5'))
    """
    text = _bare(typed)
    found = number(text) or Decimal(0)
    return -found if direction is Direction.DECREASE and not text.startswith(("+", "-")) else found


def _of_its_own(record: Record) -> Callable[[Decimal], spc.Plan]:
    result = analyse(record)
    scale = 1.0 / _WHOLE if in_percent(record.measure.chart) else 1.0
    if record.measure.chart not in PLANNED:
        result, scale = _as_values(result, 1 / scale), 1.0
    simulations = _simulations(_own_points(result))

    def ask(change: Decimal) -> spc.Plan:
        return spc.plan(result, change=float(change) * scale, longest=LONGEST, simulations=simulations)

    return ask


def _of_typed(record: Record, wanted: Wanted) -> Callable[[Decimal], spc.Plan]:
    chart = chart_planned(record.measure.chart)
    scale = 1.0 / _WHOLE if chart == "p" else 1.0
    baseline = spc.Baseline(
        points=int(_float(wanted.points)),
        centre=_float(wanted.level) * scale,
        sigma=_float(wanted.step) / _NEIGHBOURS_TO_SIGMA if chart in {"xmr", "run"} else None,
        denominator=_float(wanted.size) if chart in {"p", "u"} else None,
    )
    profile = record.measure.profile if chart == record.measure.chart else default_profile(chart)

    def ask(change: Decimal) -> spc.Plan:
        return spc.plan(
            baseline,
            change=float(change) * scale,
            chart=chart,
            profile=profile,
            longest=LONGEST,
            simulations=_simulations(baseline.points),
        )

    return ask


def _as_values(result: spc.Result, scale: float) -> spc.Result:
    """Return the same values on an XmR chart, in the unit of the pages."""
    question = result.question
    values = [None if np.isnan(one) else float(one) * scale for one in result.series.value]
    return spc.analyse(
        spc.Series(x=result.series.x, value=values),
        chart="xmr",
        profile=default_profile("xmr"),
        direction=question.direction,
        phases=question.phases,
        baseline=question.baseline,
        excluded=question.excluded,
        unit=question.unit,
    )


def _own_points(result: spc.Result) -> int:
    phase = result.phases[-1]
    rows = slice(phase.first, phase.last + 1)
    return int((result.points.included[rows] & ~np.isnan(result.series.value[rows])).sum())


def _simulations(points: int) -> int:
    return max(200, min(5000, _CELLS // (points + LONGEST)))


def _mistakes(field: str, typed: str, chart: str) -> list[Mistake]:
    said = _wrong(field, typed, chart)
    return [Mistake(field, said)] if said else []


def _wrong(field: str, typed: str, chart: str) -> str:
    text = _bare(typed)
    if not text:
        return f"Enter {_NAMES[field]}."
    if (wrong := fault(text)) is not None:
        return f"{_CALLED[field]} “{typed[:30]}” {wrong}."
    found = _float(typed)
    whole = found == int(found)
    cannot = {
        "change": found == 0,
        "points": not whole or not _FEWEST_POINTS <= found <= _MOST_POINTS,
        "size": found <= 0 or (chart_planned(chart) == "p" and not whole),
        "step": found < 0,
    }
    return _CANNOT[field] if cannot.get(field) else ""


def _float(typed: str) -> float:
    return float(number(_bare(typed)) or 0)


def _bare(typed: str) -> str:
    return typed.strip().removesuffix("%").strip().replace("\N{MINUS SIGN}", "-")


_FEWEST_POINTS = 4
_NAMES = {
    "change": "how large a change",
    "level": "the usual level",
    "step": "how far apart two neighbouring numbers are",
    "size": "the usual lower number",
    "points": "how many points there will be before the change",
}
_CALLED = {
    "change": "The change",
    "level": "The usual level",
    "step": "The step between two numbers",
    "size": "The usual lower number",
    "points": "The number of points",
}
_CANNOT = {
    "change": "A change of zero is none: type how large it should be.",
    "points": f"How many points there will be is a whole number from {_FEWEST_POINTS} to {_MOST_POINTS}.",
    "size": "The usual lower number is above zero, and a whole number where it is of people or cases.",
    "step": "How far apart two numbers are cannot be below zero.",
}
_FIELDS = {"change": "change", "centre": "level", "denominator": "size", "points": "points", "sigma": "step"}
_WORDS = {
    "change": "A change of this size cannot be: the level after it would be below zero, or above all. Type a smaller one.",
    "level": "This level cannot be: it lies below zero, or above all.",
}
