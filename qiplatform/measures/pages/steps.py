"""A suggested step with its evidence: the line under the chart, and the form that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import spc
from qiplatform.errors import Mistake, Refusal
from qiplatform.measures.models import DecisionKind
from qiplatform.measures.pages import signals
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Linkage, Record, analyse, decisions, link, periods, steps
from qiplatform.measures.rules.steps import StepAnswer, Suggestion
from qiplatform.organisations.rules import check_may
from qiplatform.web.forms import Sent

FIRM = 12
"""Points on either side from which on the engine calls a step firm."""
_ANSWERS = {StepAnswer.ACCEPT: "Accept", StepAnswer.DECLINE: "Decline", StepAnswer.WAIT: "Wait"}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion as it stands under the chart."""

    from_period: str
    line: str
    waited: str
    """Who chose to wait, and that the wait is over; empty for a new one."""
    words: str
    """The evidence in whole sentences."""
    needed: tuple[tuple[str, str], ...]
    """What is needed before limits are worked out anew, and how it stands here."""
    answers: tuple[tuple[str, str], ...]
    """The choices and where they lead."""
    refused: str
    """Why the reader may not answer; empty for those who may."""


@dataclass(frozen=True, slots=True)
class StepPage:
    """The form that answers a suggestion, with what was typed."""

    title: str
    measure: str
    href: str
    project: str
    project_href: str
    action: str
    suggested: Suggested | None
    """None where nothing is suggested from that period (any more)."""
    options: tuple[tuple[str, str, str], ...]
    values: Mapping[str, str]
    mistakes: tuple[Mistake, ...]
    words: str


def suggested(
    seen: SeenMeasure, record: Record, result: spc.Result, linked: Linkage, names: Mapping[str, str]
) -> tuple[Suggested, ...]:
    """Return what the chart suggests."""
    return tuple(
        _suggested(seen, one, _known(linked, one), names) for one in steps.suggestions(record, result)
    )


def step(
    seen: SeenMeasure,
    record: Record,
    period: date,
    *,
    answer: str = "",
    names: Mapping[str, str],
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> StepPage:
    """Return the form; those who may not decide this are refused."""
    check_may(decisions.RIGHTS[DecisionKind.PHASE], seen.project.roles)
    one, result = seen.measure, analyse(record)
    found = steps.find(record, result, period)
    on = periods.label(one.frequency, period)
    known = _known(link(record, result), found) if found else ""
    return StepPage(
        title=f"A step from {on}?",
        measure=one.name,
        href=f"/measures/{one.id}",
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        action=f"/measures/{one.id}/steps/{period.isoformat()}",
        suggested=_suggested(seen, found, known, names) if found else None,
        options=(
            (
                StepAnswer.ACCEPT.value,
                "Accept",
                f"The limits are worked out anew from {on}, and the lines break there.",
            ),
            (
                StepAnswer.DECLINE.value,
                "Decline",
                "The limits stay as they are, and this step is not suggested again.",
            ),
            (
                StepAnswer.WAIT.value,
                "Wait",
                f"The limits stay as they are. The suggestion comes back when {steps.WAIT_FOR} more numbers are in, if the step still stands.",
            ),
        ),
        values={"answer": answer, "text": "", **(sent.text if sent else {})},
        mistakes=tuple(Mistake(_FIELDS.get(found.at, found.at), found.message) for found in refusal.mistakes)
        if refusal
        else (),
        words=refusal.words if refusal else "",
    )


_FIELDS = {"reason": "text"}
"""The form's name for what rules call otherwise."""


def _suggested(seen: SeenMeasure, one: Suggestion, known: str, names: Mapping[str, str]) -> Suggested:
    measure, found = seen.measure, one.step
    on = periods.label(measure.frequency, one.from_on)
    enough = (
        f"There are {found.n_after} points since then, and {found.n_before} before."
        if found.firm
        else f"There are {found.n_after} points since then and {found.n_before} before; {FIRM} on both sides make it firm."
    )
    refused = decisions.why_not(decisions.RIGHTS[DecisionKind.PHASE], seen.project.roles)
    address = f"/measures/{measure.id}/steps/{one.from_on.isoformat()}"
    return Suggested(
        from_period=on,
        line=one.line,
        waited=_waited(one, names),
        words=found.words,
        needed=(
            (
                "A signal",
                "The chart shows one, or a run that chance alone seldom makes: this is where the step was found.",
            ),
            ("A known cause", f"Yours to say. {known}".strip()),
            (
                "It is expected to last",
                "Yours to say: is the change part of daily work, or would it end when somebody leaves?",
            ),
            ("Enough new points", enough),
        ),
        answers=tuple((words, f"{address}?answer={value.value}") for value, words in _ANSWERS.items()),
        refused=refused,
    )


def _known(linked: Linkage, one: Suggestion) -> str:
    """Say which cycles came before a signal that begins where the step may have begun."""
    rows = range(one.step.earliest, one.step.latest + 1)
    before = {
        pair.band.key: f"The signal {pair.timing}."
        for pair in linked.pairs
        if pair.signal.first in rows and pair.signal.direction == one.step.direction
    }
    return " ".join(before.values())


def _waited(one: Suggestion, names: Mapping[str, str]) -> str:
    if one.waited is None:
        return ""
    who = names.get(one.waited.by_id, signals.SOMEBODY)
    at = one.waited.at
    return f"On {at.day} {at:%B %Y} {who} chose to wait for {steps.WAIT_FOR} more numbers (“{one.waited.text}”). They are in."
