"""The words for what is chosen about a measure, each with its reason."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import spc
from qiplatform.measures.models import Counts, Direction, Frequency, MeasureType, Purpose
from qiplatform.measures.rules import Record, in_percent
from qiplatform.measures.rules.choosing import Differs, Shape
from qiplatform.measures.rules.numbers import to_percent

TYPES = {MeasureType.OUTCOME: "Outcome", MeasureType.PROCESS: "Process", MeasureType.BALANCING: "Balancing"}
TYPE_REASONS = {
    MeasureType.OUTCOME: "What matters to the people you do it for: the aim in a number.",
    MeasureType.PROCESS: "Whether the change is really happening: how often the new way was used.",
    MeasureType.BALANCING: "Whether something else got worse meanwhile. Every project is better for one of these.",
}
DIRECTIONS = {
    Direction.INCREASE: "Higher is better",
    Direction.DECREASE: "Lower is better",
    Direction.NEUTRAL: "Neither way is better",
}
DIRECTION_REASONS = {
    Direction.INCREASE: "A shift upwards is called an improvement.",
    Direction.DECREASE: "A shift downwards is called an improvement.",
    Direction.NEUTRAL: "A shift is only called a shift, for numbers such as how many people come.",
}
COUNTS = {Counts.PEOPLE: "People", Counts.EVENTS: "Events that happen to people", Counts.THINGS: "Things"}
COUNT_REASONS = {
    Counts.PEOPLE: "Patients, staff. Small numbers are protected before anything is published.",
    Counts.EVENTS: "Falls, attendances, incidents. Protected in the same way.",
    Counts.THINGS: "Beds, hours, boxes. May be published as they are.",
}
SHAPES = {
    Shape.PROPORTION: "How many out of how many",
    Shape.RATE: "How many for how much",
    Shape.COUNT: "How many, where the chance stays about the same",
    Shape.VALUE: "One number",
    Shape.TIME_BETWEEN: "The time or days between rare events",
}
SHAPE_REASONS = {
    Shape.PROPORTION: "Two numbers: 212 seen in time out of 250 who came.",
    Shape.RATE: "Two numbers: 9 falls in 1,310 bed days.",
    Shape.COUNT: "One whole number: complaints a month.",
    Shape.VALUE: "Minutes, pounds, a score, a percentage worked out elsewhere.",
    Shape.TIME_BETWEEN: "Days from one event to the next, where most months have none.",
}
DIFFERS = (
    ("", "Not known, or there is only one number"),
    (Differs.MUCH.value, "It differs much"),
    (Differs.LITTLE.value, "It stays about the same"),
)
TWELVE = {
    Frequency.DAILY: "Twelve days make",
    Frequency.WEEKLY: "Three months make",
    Frequency.MONTHLY: "A year makes",
    Frequency.QUARTERLY: "Three years make",
    Frequency.YEARLY: "Twelve years make",
}
"""How long it takes to the points that firm limits want."""
FREQUENCIES = {
    Frequency.DAILY: "Every day",
    Frequency.WEEKLY: "Every week",
    Frequency.MONTHLY: "Every month",
    Frequency.QUARTERLY: "Every quarter",
    Frequency.YEARLY: "Every year",
}
PURPOSES = {Purpose.IMPROVEMENT: "Improvement", Purpose.ASSURANCE: "Assurance", Purpose.BOTH: "Both"}
PURPOSE_REASONS = {
    Purpose.IMPROVEMENT: "The team learns from it whether its changes help.",
    Purpose.ASSURANCE: "It shows others that the service is as it should be.",
    Purpose.BOTH: "Say to those who type the numbers what else they are used for.",
}


def minutes_in_words(minutes: int | None) -> str:
    """Return what a measure costs in time.

    >>> minutes_in_words(30), minutes_in_words(1), minutes_in_words(None)
    ('about 30 minutes a month to collect', 'about 1 minute a month to collect', '')
    """
    if minutes is None:
        return ""
    return f"about {minutes} minute{'' if minutes == 1 else 's'} a month to collect"


def targets_in_words(record: Record) -> str:
    """Return the targets in one line: "90%, from 1 April 2025 95%"."""
    percent = in_percent(record.measure.chart)
    said = []
    for one in record.targets:
        number = f"{to_percent(one.value)}%" if percent else f"{one.value} {record.measure.unit}".strip()
        said.append(f"from {one.from_on.day} {one.from_on:%B %Y} {number}" if one.from_on else number)
    return ", ".join(said)


def profiles() -> tuple[tuple[str, str], ...]:
    """Return the sets of rules one may choose, the usual one first."""
    return ("", "The usual one for the chart"), *((name, one.title) for name, one in spc.PROFILES.items())


def local(at: datetime) -> datetime:
    """Return a moment as the clocks of the service's readers show it."""
    try:
        return at.astimezone(ZoneInfo("Europe/London"))
    except ZoneInfoNotFoundError:
        # A machine without a time zone table says the time in UTC.
        return at
