"""How much a published chart can carry, and from where to where it went: read from the same result as everything else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import spc

ENOUGH = 12
"""Points from which limits are no longer trial limits."""
_MONTH = 30.44


class Strength(StrEnum):
    """What stands behind a report's result. Not how good it is: "no change" with a long chart is strong too."""

    STEP_HELD = "step_held"
    SPECIAL = "special"
    ORDINARY = "ordinary"
    FEW = "few"
    WORDS = "words"


STRENGTH_WORDS: Mapping[Strength, str] = MappingProxyType(
    {
        Strength.STEP_HELD: f"A step on the chart, {ENOUGH} points or more on both sides",
        Strength.SPECIAL: "Special cause on the chart",
        Strength.ORDINARY: f"{ENOUGH} points or more, ordinary variation",
        Strength.FEW: f"A chart of fewer than {ENOUGH} points",
        Strength.WORDS: "Words only",
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """From where to where a measure went: the centres of the first and the last phase."""

    before: float
    after: float
    since: date
    """First period of the last phase."""
    months: int
    """Whole months from there to the last point."""


def change_of(result: spc.Result) -> Change | None:
    """Return the change a chart shows; none where its limits were never decided to begin anew."""
    first, last = result.phases[0], result.phases[-1]
    if len(result.phases) < 2 or first.centre is None or last.centre is None:  # noqa: PLR2004 - a step has two sides
        return None
    since = _day(result.points.x[last.first])
    row = result.last_valued
    until = _day(result.points.x[row]) if row is not None else None
    if since is None or until is None:
        return None
    return Change(first.centre, last.centre, since, max(0, int((until - since).days / _MONTH)))


def strength_of(results: Iterable[spc.Result | None]) -> Strength:
    """Return what the first of these charts that is published can carry."""
    result = next((one for one in results if one is not None), None)
    if result is None:
        return Strength.WORDS
    if sum(phase.n for phase in result.phases) < ENOUGH:
        return Strength.FEW
    if len(result.phases) > 1:
        held = min(result.phases[0].n, result.phases[-1].n) >= ENOUGH
        return Strength.STEP_HELD if held else Strength.SPECIAL
    return Strength.SPECIAL if result.signals else Strength.ORDINARY


def _day(period: object) -> date | None:
    """Return a day as one, whatever the engine calls it."""
    text = str(period)[:10]
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
