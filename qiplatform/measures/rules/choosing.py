"""Which chart suits a measure: asked of spc with what a team can say, or with the numbers already there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import spc
from qiplatform.errors import Mistake
from qiplatform.measures.models import Frequency, Measure
from qiplatform.measures.rules.definitions import CHART_REASONS
from qiplatform.measures.rules.numbers import fault, number
from qiplatform.measures.rules.record import Record, series_of, takes_two

LIMITS_FROM = 12
"""From so many points on limits are firm."""
POINTS_A_YEAR = {
    Frequency.DAILY: 365,
    Frequency.WEEKLY: 52,
    Frequency.MONTHLY: 12,
    Frequency.QUARTERLY: 4,
    Frequency.YEARLY: 1,
}


class Shape(StrEnum):
    """Which numbers there will be, by the names spc has for them."""

    VALUE = "value"
    PROPORTION = "proportion"
    RATE = "rate"
    COUNT = "count"
    TIME_BETWEEN = "time_between"


Kind = Literal["value", "proportion", "rate", "count", "time_between"]
_KINDS: Mapping[Shape, Kind] = {
    Shape.VALUE: "value",
    Shape.PROPORTION: "proportion",
    Shape.RATE: "rate",
    Shape.COUNT: "count",
    Shape.TIME_BETWEEN: "time_between",
}


class Differs(StrEnum):
    """Whether the lower number of two differs much from period to period."""

    MUCH = "much"
    LITTLE = "little"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a team can say of its numbers before there are any; what is empty is not known."""

    shape: Shape | None = None
    frequency: Frequency = Frequency.MONTHLY
    differs: Differs | None = None
    usual_numerator: str = ""
    """The upper number or the count of a usual period, as typed."""
    usual_denominator: str = ""
    """The lower number of a usual period, as typed."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A chart with its reason."""

    chart: str
    words: str
    """Why, as spc says it."""
    instead_of: str
    """The title of the chart that would suit best but is not drawn here; empty where this is the best."""
    others: tuple[tuple[str, str], ...]
    """Other charts drawn here, and when they serve."""
    one_of_two: bool
    """Whether the chart takes one number although there are two: a share or rate worked out elsewhere."""
    cautions: tuple[str, ...]
    """What to mind about the numbers that are there."""


def shape_of(chart: str) -> Shape | None:
    """Return which numbers a chart is of; None where there is no such chart.

    >>> shape_of("p_prime"), shape_of("xmr"), shape_of("pie")
    (<Shape.PROPORTION: 'proportion'>, <Shape.VALUE: 'value'>, None)
    """
    needs = spc.CHARTS[chart].needs if chart in spc.CHARTS else ""
    return next((one for one in Shape if one.value == needs), None)


def answers_of(measure: Measure) -> Answers:
    """Return what a kept measure says by its definition."""
    return Answers(shape_of(measure.chart), measure.frequency)


def answer_mistakes(answers: Answers) -> list[Mistake]:
    """Return what is wrong with the two usual numbers."""
    found = []
    for field, name, typed in (
        ("usual_numerator", "usual upper number", answers.usual_numerator),
        ("usual_denominator", "usual lower number", answers.usual_denominator),
    ):
        if typed and (wrong := fault(typed)) is not None:
            found.append(Mistake(field, f"The {name} “{typed}” {wrong}."))
        elif typed and _float(typed) < 0:
            found.append(Mistake(field, f"The {name} cannot be below zero."))
    if found or not (answers.usual_numerator and answers.usual_denominator):
        return found
    upper, lower = _float(answers.usual_numerator), _float(answers.usual_denominator)
    if answers.shape in _TWO and not lower:
        found.append(Mistake("usual_denominator", "The usual lower number cannot be zero."))
    elif answers.shape is Shape.PROPORTION and upper > lower:
        words = "Of so many, no more than all can count: the usual upper number is above the lower one."
        found.append(Mistake("usual_numerator", words))
    return found


def suggest(answers: Answers, record: Record | None = None) -> Suggestion | None:
    """Return the chart that suits best of those drawn here, or None before it is said which numbers there will be.

    Numbers that are there already decide together with the answers. The answers must have no mistakes.
    """
    if answers.shape is None:
        return None
    described = _described(answers, answers.shape)
    about = series_of(record) if record is not None and record.points else None
    found = spc.recommend(described) if about is None else spc.recommend(about, described)
    offered = [(found.chart, found.words), *((one.chart, one.words) for one in found.alternatives)]
    drawn = [(chart, words) for chart, words in offered if chart in CHART_REASONS]
    # Every list of alternatives in spc ends with a run or an XmR chart.
    chart = drawn[0][0] if drawn else "run"
    best = spc.CHARTS[found.chart].title
    return Suggestion(
        chart=chart,
        words=found.words,
        instead_of="" if chart == found.chart else best,
        others=tuple(drawn[1:]),
        one_of_two=answers.shape in _TWO and not takes_two(chart),
        cautions=found.cautions if about is not None else (),
    )


def _described(answers: Answers, shape: Shape) -> spc.Description:
    upper = _float(answers.usual_numerator) if answers.usual_numerator else None
    lower = _float(answers.usual_denominator) if answers.usual_denominator and shape in _TWO else None
    typical = upper if shape is Shape.COUNT else None
    if upper is not None and lower is not None:
        typical = upper / lower
    return spc.Description(
        _KINDS[shape],
        denominators_vary=answers.differs is Differs.MUCH if shape in _TWO and answers.differs else None,
        points=None if shape is Shape.TIME_BETWEEN else POINTS_A_YEAR[answers.frequency],
        denominator=lower,
        typical=typical,
    )


def _float(typed: str) -> float:
    return float(number(typed) or 0)


_TWO = frozenset({Shape.PROPORTION, Shape.RATE})
