"""What other machines send."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from qiplatform.errors import Invalid, Mistake
from qiplatform.measures.actions import IfDifferent
from qiplatform.measures.api.exact import Number, Text
from qiplatform.measures.models import Counts, Direction, Frequency, MeasureType, Purpose
from qiplatform.measures.rules import Definition, Level, PointRow
from qiplatform.measures.rules.steps import StepAnswer

MOST_POINTS = 5000
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FREQUENCIES = {
    "day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly", "annual": "yearly"
}  # fmt: skip

_MAY_BE_NONE = {"minutes_a_month"}
"""What is taken out of a definition by sending null."""


def _usual(found: object) -> object:
    return _FREQUENCIES.get(found, found) if isinstance(found, str) else found


OurFrequency = Annotated[Frequency, BeforeValidator(_usual)]


class Body(BaseModel):
    """Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class LevelBody(Body):
    """A target and the day it holds from."""

    from_on: date | None = Field(default=None, alias="from")
    value: Number


class MeasureBody(Body):
    """A measure's definition."""

    name: Text = Field(min_length=1, max_length=160)
    type: MeasureType
    chart: Text
    direction: Direction
    unit: Text = Field(default="", max_length=40)
    target: list[LevelBody] | Number | None = None
    operational_definition: Text = Field(default="", max_length=5000)
    numerator_words: Text = Field(default="", max_length=300)
    denominator_words: Text = Field(default="", max_length=300)
    exclusion_words: Text = Field(default="", max_length=5000)
    sampling: Text = Field(default="", max_length=300)
    source: Text = Field(default="", max_length=300)
    collected_by: Text = Field(default="", max_length=300)
    why: Text = Field(default="", max_length=5000)
    purpose: Purpose = Purpose.IMPROVEMENT
    minutes_a_month: int | None = None
    counts: Counts = Counts.PEOPLE
    frequency: OurFrequency = Frequency.MONTHLY
    profile: Text = ""

    def definition(self) -> Definition:
        """Return it as the rules know it."""
        return Definition(**self.model_dump(exclude={"target"}), targets=_levels(self.target))


class MeasureChanges(Body):
    """Some parts of a measure's definition."""

    name: Text | None = Field(default=None, min_length=1, max_length=160)
    type: MeasureType | None = None
    chart: Text | None = None
    direction: Direction | None = None
    unit: Text | None = Field(default=None, max_length=40)
    target: list[LevelBody] | Number | None = None
    operational_definition: Text | None = Field(default=None, max_length=5000)
    numerator_words: Text | None = Field(default=None, max_length=300)
    denominator_words: Text | None = Field(default=None, max_length=300)
    exclusion_words: Text | None = Field(default=None, max_length=5000)
    sampling: Text | None = Field(default=None, max_length=300)
    source: Text | None = Field(default=None, max_length=300)
    collected_by: Text | None = Field(default=None, max_length=300)
    why: Text | None = Field(default=None, max_length=5000)
    purpose: Purpose | None = None
    minutes_a_month: int | None = None
    counts: Counts | None = None
    frequency: OurFrequency | None = None
    profile: Text | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was sent, as the rules know it."""
        sent = {name: getattr(self, name) for name in self.model_fields_set}
        if "target" in sent:
            sent["targets"] = _levels(sent.pop("target"))
        return {name: value for name, value in sent.items() if value is not None or name in _MAY_BE_NONE}


class PointBody(Body):
    """The numbers of one period."""

    period: Text
    value: Number = ""
    numerator: Number = ""
    denominator: Number = ""
    note: Text | None = None


class PointsBody(Body):
    """The numbers of many periods."""

    points: list[PointBody] = Field(max_length=MOST_POINTS)
    if_different: IfDifferent = IfDifferent.REFUSE

    def rows(self) -> list[PointRow]:
        """Return the rows; `Invalid` names each period that is no day."""
        wrong = [
            Mistake(f"points/{place}/period", f"“{one.period[:30]}” is not a day; write it as 2024-01-31.")
            for place, one in enumerate(self.points)
            if _day(one.period) is None
        ]
        if wrong:
            raise Invalid(wrong[0].message, *wrong)
        return [
            PointRow(on, one.value, one.numerator, one.denominator, one.note)
            for one in self.points
            if (on := _day(one.period)) is not None
        ]


class PhaseBody(Body):
    """New limits from a period on."""

    from_on: date = Field(alias="from")
    reason: Text


class ExclusionBody(Body):
    """A period left out."""

    period: date
    reason: Text


class AnnotationBody(Body):
    """A note at a period."""

    period: date
    text: Text


class WhyBody(Body):
    """What is known of the signal that begins at a period; `rule` where several do."""

    period: date
    rule: Text = Field(default="", max_length=40)
    text: Text


class StepBody(Body):
    """What is made of the step suggested from a period."""

    period: date
    answer: StepAnswer
    reason: Text


class BaselineBody(Body):
    """The periods behind the limits."""

    from_on: date = Field(alias="from")
    to_on: date = Field(alias="to")
    reason: Text


def _levels(target: Sequence[LevelBody] | str | None) -> tuple[Level, ...]:
    if target is None or target == "":
        return ()
    if isinstance(target, str):
        return (Level(None, target),)
    return tuple(Level(one.from_on, one.value) for one in target)


def _day(text: str) -> date | None:
    if not _ISO_DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
