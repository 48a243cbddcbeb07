"""The signals of a chart, each with what came before it and what people know of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import spc
from qiplatform.measures.models import DecisionKind
from qiplatform.measures.pages import drawing
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Before, Linkage, Record, decisions
from qiplatform.measures.rules.signals import name, newest_first, whys
from qiplatform.organisations.rules import may

SHOWN = 3
SOMEBODY = "somebody who has left"
_KINDS = {"improvement": "Improvement", "concern": "Concern"}


@dataclass(frozen=True, slots=True)
class After:
    """A cycle that came before a signal: the sentence around its name, which leads to its page."""

    words: str
    cycle: str
    href: str
    rest: str
    odds: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody knows of a signal."""

    text: str
    who: str
    at: datetime
    flag: str


@dataclass(frozen=True, slots=True)
class SignalLine:
    """One signal."""

    words: str
    kind: str
    before: After | None
    """The cycle that started nearest before it."""
    others: tuple[tuple[str, str, str], ...]
    """The other cycles within the lag: name, address, how long before and how often random dates come as close."""
    within: str
    """The lag, in words."""
    whys: tuple[Said, ...]
    say: str
    """Where to say why; empty for those who may not."""


def lines(
    seen: SeenMeasure, record: Record, result: spc.Result, linked: Linkage, names: Mapping[str, str]
) -> tuple[SignalLine, ...]:
    """Return the signals, newest first."""
    flags = {one.id: str(number) for number, one in enumerate(drawing.flagged(record), start=1)}
    allowed = may(decisions.RIGHTS[DecisionKind.WHY], seen.project.roles)
    made = []
    for signal in newest_first(result):
        about, found = name(result, signal), linked.before(signal)
        made.append(
            SignalLine(
                words=signal.words,
                kind=_KINDS.get(signal.variation.split("_", maxsplit=1)[0], ""),
                before=_after(found[0]) if found else None,
                others=tuple((one.band.label, one.band.href, _long_before(one)) for one in found[1:]),
                within=linked.lag_words,
                whys=tuple(
                    Said(one.text, names.get(one.by_id, SOMEBODY), one.at, flags[one.id])
                    for one in whys(record, about)
                ),
                say=f"/measures/{record.measure.id}/why?signal={about}" if allowed else "",
            )
        )
    return tuple(made)


def after(result: spc.Result, linked: Linkage) -> After | None:
    """Return what came before the signal that the verdict speaks of, the nearest cycle only."""
    verdict = result.verdict
    for signal in verdict.signals:
        if signal.first == verdict.since and (found := linked.before(signal)):
            return _after(found[0], "It" if len(verdict.signals) == 1 else "The first of these")
    return None


def _after(one: Before, subject: str = "It") -> After:
    words, rest = one.timing.split(one.band.label, maxsplit=1)
    return After(
        f"{subject} {words.strip()}",
        one.band.label,
        one.band.href,
        f"{rest.strip()}.",
        f"{one.odds[:1].upper()}{one.odds[1:]}.",
    )


def _long_before(one: Before) -> str:
    before = f"{one.long} before" if one.days else one.long
    return f"{before}; random dates come as close {one.often}"
