"""Measures that are nearly the same: found by their words, so that nobody counts twice what one could count once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import spc
from qiplatform.measures.models import MeasureType
from qiplatform.measures.rules.words_alike import heavy, weight, words_of

THRESHOLD = 0.53
"""From here on two measures are called alike; chosen on the first half of the pairs in the tests."""
MUCH, NEARLY_THE_SAME = 0.6, 0.8
_OF_NAMES, _OF_COVERED, _OF_ALL = 0.5, 0.35, 0.15
"""What counts how much: the names, how far each name occurs in all that is said of the other, all that is said."""
_OTHER_TYPE = 0.92
_OTHER_SHAPE = 0.95
_OTHER_UNIT = 0.9
_OTHER_SUBJECT = 0.5
"""Falls per 1,000 bed days are not pressure ulcers per 1,000 bed days."""


class Described(Protocol):
    """What a definition and a kept measure have in common."""

    @property
    def name(self) -> str:
        """As people say it."""

    @property
    def operational_definition(self) -> str:
        """Exactly what is counted."""

    @property
    def numerator_words(self) -> str:
        """What the upper number counts."""

    @property
    def type(self) -> MeasureType:
        """What it tells of."""

    @property
    def chart(self) -> str:
        """By its name in spc."""

    @property
    def unit(self) -> str:
        """What the number is in."""


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of a measure that are compared."""

    name: str
    operational_definition: str = ""
    numerator_words: str = ""
    type: MeasureType = MeasureType.OUTCOME
    chart: str = "xmr"
    unit: str = ""


def likeness(one: Described, other: Described) -> float:
    """Return how alike two measures are, from 0 to 1; the order does not matter.

    >>> likeness(Words("Falls with harm"), Words("Falls with harm")) > likeness(
    ...     Words("Falls"), Words("Complaints")
    ... )
    True
    """
    names = words_of(one.name), words_of(other.name)
    wholes = _whole(one), _whole(other)
    if not names[0] or not names[1]:
        return 0.0
    common = _common(*names)
    covered = (_covered(names[0], wholes[1]) + _covered(names[1], wholes[0])) / 2
    said = _common(*wholes) if wholes != names else common
    score = _OF_NAMES * common + _OF_COVERED * covered + _OF_ALL * said
    if heavy(names[0]) and heavy(names[1]) and not heavy(wholes[0]) & heavy(wholes[1]):
        score *= _OTHER_SUBJECT
    if one.type is not other.type:
        score *= _OTHER_TYPE
    if _shape(one.chart) != _shape(other.chart):
        score *= _OTHER_SHAPE
    if words_of(one.unit) and words_of(other.unit) and not words_of(one.unit) & words_of(other.unit):
        score *= _OTHER_UNIT
    return score


def at_most(one: Described, other: Described) -> float:
    """Return how alike two measures can be at most, without reading the definition of the other: it may be long."""
    mine, theirs = words_of(one.name), words_of(other.name)
    if not mine or not theirs:
        return 0.0
    covered = (1.0 + _covered(theirs, _whole(one))) / 2
    return _OF_NAMES * _common(mine, theirs) + _OF_COVERED * covered + _OF_ALL


def alike(one: Described, others: Iterable[Described], *, most: int) -> list[tuple[float, int]]:
    """Return how alike and the place of each of the others that is alike, the most alike first."""
    scored = (
        (likeness(one, other), place)
        for place, other in enumerate(others)
        if at_most(one, other) >= THRESHOLD
    )
    found = sorted((pair for pair in scored if pair[0] >= THRESHOLD), key=lambda pair: (-pair[0], pair[1]))
    return found[:most]


def in_words(score: float) -> str:
    """Return how alike two measures are, as people say it.

    >>> in_words(1.0), in_words(0.65), in_words(0.45)
    ('nearly the same', 'much alike', 'alike in part')
    """
    if score >= NEARLY_THE_SAME:
        return "nearly the same"
    return "much alike" if score >= MUCH else "alike in part"


def _whole(one: Described) -> frozenset[str]:
    return words_of(f"{one.name} . {one.numerator_words} . {one.operational_definition}")


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    both = weight(one) + weight(other)
    return 2 * weight(one & other) / both if both else 0.0


def _covered(name: frozenset[str], whole: frozenset[str]) -> float:
    return weight(name & whole) / weight(name)


def _shape(chart: str) -> str:
    """Whether there is one number or two; a chart that is not known yet is taken for one."""
    needs = spc.CHARTS[chart].needs if chart in spc.CHARTS else ""
    return needs if needs in {"proportion", "rate"} else "one"
