"""Step changes the engine suggests, and what became of them: each is answered once by a person, with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

import spc
from qiplatform.errors import NotNow
from qiplatform.measures.models import Decision, DecisionKind, StepAwaited
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.record import Record
from qiplatform.measures.rules.signals import day

WAIT_FOR = 3
"""Numbers that come in before a step that somebody chose to wait for is suggested again."""
D = TypeVar("D", bound=Decision)
_KEPT = 128
_DIGITS = 12


class StepAnswer(StrEnum):
    """What a person makes of a suggested step."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WAIT = "wait"


KINDS: Mapping[StepAnswer, DecisionKind] = {
    StepAnswer.ACCEPT: DecisionKind.PHASE,
    StepAnswer.DECLINE: DecisionKind.DECLINED,
    StepAnswer.WAIT: DecisionKind.WAIT,
}
"""As what each answer is kept."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step of the current phase that nobody has answered, or that somebody chose to wait for until now."""

    step: spc.StepChange
    from_on: date
    earliest: date
    latest: date
    size: str
    """How large it is, with its interval, in words."""
    waited: StepAwaited | None
    """The decision to wait that is over; none for a step that is new."""

    @property
    def line(self) -> str:
        """The evidence in one line."""
        return f"{self.size}; noise alone would show one this clear on {self.step.chance_words}"


@dataclass(frozen=True, slots=True)
class _Question:
    """What the engine is asked, told from others by everything the answer rests on."""

    key: tuple[object, ...]
    result: spc.Result = field(compare=False)


def suggestions(record: Record, result: spc.Result) -> tuple[Suggestion, ...]:
    """Return the steps of the current phase that wait for an answer, in order of time.

    A step that was declined is not suggested again, also where new numbers move it a little: it is the same step if it goes
    the same way and begins within the span (95 %) in which it may have begun when it was answered.
    """
    if not result.phases:
        return ()
    current = result.phases[-1].number
    found = (
        _suggestion(record, result, step)
        for step in _asked(_Question(_key(record), result))
        if step.phase == current
    )
    return tuple(one for one in found if one is not None)


def find(record: Record, result: spc.Result, period: date) -> Suggestion | None:
    """Return the step suggested from a period, if one is."""
    return next((one for one in suggestions(record, result) if one.from_on == period), None)


def check_suggested(record: Record, result: spc.Result, period: date) -> Suggestion:
    """Refuse an answer to what is not suggested (any more)."""
    if (found := find(record, result, period)) is None:
        on = periods.label(record.measure.frequency, period)
        words = f"The chart suggests no step from {on} now. Somebody may have answered it, or the numbers may have changed: see what has happened below the chart."
        raise NotNow(words)
    return found


def evidence(record: Record, suggestion: Suggestion) -> dict[str, Any]:
    """Return what the engine said of a step, to be kept with the answer."""
    step = suggestion.step
    return {
        "line": suggestion.line,
        "words": step.words,
        "before": step.before,
        "after": step.after,
        "size": step.size,
        "lower": step.lower,
        "upper": step.upper,
        "chance": step.chance,
        "chance_words": step.chance_words,
        "rule": step.rule,
        "direction": step.direction,
        "points_before": step.n_before,
        "points_after": step.n_after,
        "firm": step.firm,
        "earliest": suggestion.earliest.isoformat(),
        "latest": suggestion.latest.isoformat(),
        "last": record.known[-1].isoformat(),
        "engine": spc.__version__,
    }


def still_waits_for(record: Record, one: StepAwaited) -> int:
    """Return how many more numbers a decision to wait waits for."""
    last = str((one.evidence or {}).get("last", ""))
    return max(0, WAIT_FOR - sum(on.isoformat() > last for on in record.known))


def _suggestion(record: Record, result: spc.Result, step: spc.StepChange) -> Suggestion | None:
    from_on = day(result, step.row)
    if any(one.from_on == from_on for one in record.phases) or _same(record.declined, from_on, step):
        return None
    waits = _same(record.awaited, from_on, step)
    waited = max(waits, key=lambda one: one.id) if waits else None
    if waited is not None and still_waits_for(record, waited):
        return None
    return Suggestion(
        step=step,
        from_on=from_on,
        earliest=day(result, step.earliest),
        latest=day(result, step.latest),
        size=_size(record, step),
        waited=waited,
    )


def _same(answers: Sequence[D], from_on: date, step: spc.StepChange) -> list[D]:
    """Return the answers that were given to this step."""
    return [one for one in answers if _is_same(one, from_on, step)]


def _is_same(answer: Decision, from_on: date, step: spc.StepChange) -> bool:
    if answer.from_on == from_on:
        return True
    kept = answer.evidence or {}
    within = str(kept.get("earliest", "")) <= from_on.isoformat() <= str(kept.get("latest", ""))
    return within and kept.get("direction") == step.direction


@lru_cache(maxsize=_KEPT)
def _asked(question: _Question) -> tuple[spc.StepChange, ...]:
    """Ask the engine, once for the same numbers: the first time for a length of chart takes it some 50 ms of simulating."""
    return spc.suggest_step_changes(question.result)


def _key(record: Record) -> tuple[object, ...]:
    """Return everything a suggestion rests on.

    Not the measure's data version: what is worked out inside a transaction that is then taken back would be kept under a
    version that other numbers come to have.
    """
    measure, base = record.measure, record.baseline
    return (
        measure.chart,
        measure.profile,
        measure.direction,
        measure.frequency,
        measure.unit,
        tuple((one.period, one.value, one.numerator, one.denominator) for one in record.points),
        tuple(one.from_on for one in record.phases),
        tuple(one.from_on for one in record.exclusions),
        (base.from_on, base.to_on) if base else (),
    )


def _size(record: Record, step: spc.StepChange) -> str:
    kind = spc.CHARTS[record.measure.chart]
    shares = kind.needs == "proportion" and not kind.plots_other
    unit = "percentage points" if shares or record.measure.unit == "%" else record.measure.unit
    size, lower, upper = (
        _amount(one * 100 if shares else one) for one in (step.size, step.lower, step.upper)
    )
    return f"{size} {unit}".strip() + f", 95% interval {lower} to {upper}"


def _amount(size: float) -> str:
    """Return a difference in three figures, with its sign.

    >>> _amount(4.123), _amount(-1234.5), _amount(0.0)
    ('+4.12', '-1,230', '+0')
    """
    text = f"{abs(float(f'{size:.3g}')):,.{_DIGITS}f}".rstrip("0").rstrip(".")
    return f"{'-' if size < 0 else '+'}{text}"
