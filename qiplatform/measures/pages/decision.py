"""The form of one decision about a chart."""

from collections.abc import Mapping
from dataclasses import dataclass

from qiplatform.errors import Mistake, NotFound, Refusal
from qiplatform.measures.models import DecisionKind
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Record, analyse, decisions, periods, signals
from qiplatform.organisations.rules import check_may
from qiplatform.web.forms import Sent

_TITLES = {
    DecisionKind.PHASE: "Start new limits",
    DecisionKind.EXCLUSION: "Leave a point out",
    DecisionKind.ANNOTATION: "Write a note on the chart",
    DecisionKind.BASELINE: "Fix the baseline",
}
_UNDER = {
    DecisionKind.PHASE: "Do this when the chart shows a signal, you know what caused it, you expect it to last, and there are enough new numbers. The limits are worked out anew from the period you choose; the lines break there.",
    DecisionKind.EXCLUSION: "Do this when a known, passing event made one number unusual. It stays on the chart but counts neither for the limits nor for the rules.",
    DecisionKind.ANNOTATION: "A few words at one period: what changed, what happened. It gets a numbered flag.",
    DecisionKind.BASELINE: "The limits are worked out from the periods you choose alone, usually those before any change, and kept.",
}
_PERIODS = {
    DecisionKind.PHASE: "First period of the new limits",
    DecisionKind.EXCLUSION: "Which period",
    DecisionKind.ANNOTATION: "At which period",
    DecisionKind.BASELINE: "First period",
}


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """The form with what was typed."""

    title: str
    under: str
    measure: str
    href: str
    project: str
    project_href: str
    action: str
    choice: str
    """What the choice is called in the form."""
    choice_label: str
    text_label: str
    spans: bool
    """Whether it is about a first and a last period."""
    options: tuple[tuple[str, str], ...]
    values: Mapping[str, str]
    mistakes: tuple[Mistake, ...]
    words: str
    nothing: str = "There are no numbers yet to decide about."
    """What stands there when there is nothing to choose from."""


def decision(
    seen: SeenMeasure,
    record: Record,
    kind: DecisionKind,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> DecisionPage:
    """Return the form; those who may not decide this are refused."""
    check_may(decisions.RIGHTS[kind], seen.project.roles)
    if kind not in decisions.PLAIN:
        raise NotFound
    one = seen.measure
    options = tuple((on.isoformat(), periods.label(one.frequency, on)) for on in reversed(record.known))
    first = record.known[0].isoformat() if record.known else ""
    latest = options[0][0] if options else ""
    spans = kind is DecisionKind.BASELINE
    blank = {"from_on": first if spans else latest, "to_on": latest, "text": ""}
    return DecisionPage(
        title=_TITLES[kind],
        under=_UNDER[kind],
        measure=one.name,
        href=f"/measures/{one.id}",
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        action=f"/measures/{one.id}/decide/{kind.value}",
        choice="from_on",
        choice_label=_PERIODS[kind],
        text_label="Note" if kind is DecisionKind.ANNOTATION else "Why",
        spans=spans,
        options=options,
        values={**blank, **(sent.text if sent else {})},
        mistakes=_mistakes(refusal),
        words=refusal.words if refusal else "",
    )


def why(
    seen: SeenMeasure,
    record: Record,
    about: str = "",
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> DecisionPage:
    """Return the form that asks why a signal came; `about` is the name of the signal that was chosen."""
    check_may(decisions.RIGHTS[DecisionKind.WHY], seen.project.roles)
    one = seen.measure
    result = analyse(record)
    found = signals.newest_first(result)
    options = tuple((str(signals.name(result, signal)), signal.words) for signal in found)
    return DecisionPage(
        title="Say why",
        under="What do you know of this signal: what changed, what happened, what was unusual? A guess is welcome when it says that it is one.",
        measure=one.name,
        href=f"/measures/{one.id}",
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        action=f"/measures/{one.id}/why",
        choice="signal",
        choice_label="Which signal",
        text_label="What you know of it",
        spans=False,
        options=options,
        values={"signal": about, "text": "", **(sent.text if sent else {})},
        mistakes=_mistakes(refusal),
        words=refusal.words if refusal else "",
        nothing="The chart shows no signal now. When it does, this is where to say what you know of it.",
    )


def _mistakes(refusal: Refusal | None) -> tuple[Mistake, ...]:
    found = refusal.mistakes if refusal else ()
    return tuple(Mistake(_FIELDS.get(one.at, one.at), one.message) for one in found)


_FIELDS = {"from": "from_on", "period": "from_on", "to": "to_on", "reason": "text"}
"""The form's names for what rules and other machines call otherwise."""
