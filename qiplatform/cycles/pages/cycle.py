"""A cycle: the wheel, its four panels, the charts it watches."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from qiplatform.cycles import rules
from qiplatform.cycles.models import Cycle, CycleStatus
from qiplatform.cycles.pages.words import ACTS, HELD, OBJECTIVES, Words, iso, next_href
from qiplatform.cycles.queries import SeenCycle
from qiplatform.errors import Mistake, Refusal
from qiplatform.measures import rules as measured
from qiplatform.measures.pages.drawing import drawing
from qiplatform.measures.rules import Record
from qiplatform.organisations.rules import Right
from qiplatform.projects.pages import address
from qiplatform.web.forms import Sent


@dataclass(frozen=True, slots=True)
class Small:
    """A measure's chart under the study."""

    name: str
    href: str
    words: str
    chart: Markup
    followed: tuple[str, ...]
    """What the chart shows since the cycle began."""


@dataclass(frozen=True, slots=True)
class CyclePage:
    """A cycle: the wheel, its four panels, the charts it watches."""

    title: str
    project: str
    href: str
    action: str
    now: str
    state: str
    typed: Sent
    version: int
    may_change: bool
    status: str
    plan: tuple[tuple[str, str], ...]
    prediction: str
    done: tuple[tuple[str, str], ...]
    studied: tuple[tuple[str, str], ...]
    acted: tuple[tuple[str, str], ...]
    held: tuple[Words, ...]
    acts: tuple[tuple[str, str, str], ...]
    why_not_start: str
    why_not_do: str
    why_not_study: str
    why_not_act: str
    next_href: str
    before: Words | None
    charts: tuple[Small, ...]
    mistakes: tuple[Mistake, ...]
    words: str


def cycle(
    seen: SeenCycle,
    records: Mapping[str, Record],
    *,
    before: Cycle | None,
    after: Cycle | None,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> CyclePage:
    """Return the page of a cycle."""
    one = seen.cycle
    status, may = one.status, seen.seen.may(Right.WORK_ON_PROJECT)
    reached_act = one.prediction_held is not None
    can_study = status is CycleStatus.STUDYING
    return CyclePage(
        title=f"PDSA {one.number}" + (f": {one.change_idea}" if one.change_idea else ""),
        project=seen.seen.project.title,
        href=address(seen.seen.project),
        action=f"/cycles/{one.id}",
        now=_now(one),
        state=rules.WORDS[status],
        typed=sent or _kept(one),
        version=one.version,
        may_change=may,
        status=status.value,
        plan=(
            ("Objective", OBJECTIVES[one.objective]),
            ("What we want to find out", one.questions),
            ("Who does what, when and where", one.plan),
            ("What we count", one.data_plan),
            ("When", _span(one)),
        ),
        prediction=one.prediction,
        done=(("What happened", one.did), ("Problems and surprises", one.problems)),
        studied=(
            ("Were you right?", HELD[one.prediction_held] if one.prediction_held else ""),
            ("What the data say", one.studied),
            ("What we learned", one.learned),
        ),
        acted=(("Decision", ACTS[one.act] if one.act else ""), ("Why", one.act_reason)),
        held=tuple((value.value, words) for value, words in HELD.items()),
        acts=tuple((value.value, words, rules.NEXT_WORDS[value]) for value, words in ACTS.items()),
        why_not_start=rules.why_not(CycleStatus.DOING, status),
        why_not_do=rules.why_not(CycleStatus.STUDYING, status),
        why_not_study="" if can_study else "Write what happened (Do) before studying it.",
        why_not_act=""
        if can_study and reached_act
        else "Study the result before deciding what to do with the change.",
        next_href=next_href(one) if may and after is None else "",
        before=(f"PDSA {before.number}", f"/cycles/{before.id}") if before else None,
        charts=tuple(_small(one, records[key]) for key in seen.measure_ids if key in records),
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _small(cycle: Cycle, record: Record) -> Small:
    result = measured.analyse(record)
    chart = drawing(record, result, size="small")
    return Small(
        record.measure.name,
        f"/measures/{record.measure.id}",
        result.verdict.words,
        chart,
        _followed(cycle, measured.link(record, result)),
    )


def _followed(cycle: Cycle, linked: measured.Linkage) -> tuple[str, ...]:
    """Say which signals began after the cycle, the nearest first, or why none is named."""
    if (found := linked.after(f"{measured.CYCLE}{cycle.id}")) is None:
        return ("This cycle is not on this chart yet: it has no first day.",)
    if not found.signals:
        return (found.words,)
    return tuple(
        f"{one.signal.words}: {one.timing}. {one.odds[:1].upper()}{one.odds[1:]}." for one in found.signals
    )


def _kept(cycle: Cycle) -> Sent:
    return Sent(
        {
            "starts_on": iso(cycle.starts_on),
            "ends_on": iso(cycle.ends_on),
            "did": cycle.did,
            "problems": cycle.problems,
            "studied": cycle.studied,
            "learned": cycle.learned,
            "prediction_held": cycle.prediction_held.value if cycle.prediction_held else "",
        }
    )


def _now(cycle: Cycle) -> str:
    match cycle.status:
        case CycleStatus.PLANNED:
            return "plan"
        case CycleStatus.DOING:
            return "do"
        case CycleStatus.STUDYING:
            return "act" if cycle.prediction_held else "study"
        case CycleStatus.DONE:
            return "done"


def _span(cycle: Cycle) -> str:
    if cycle.starts_on is None:
        return ""
    first = f"{cycle.starts_on.day} {cycle.starts_on:%B %Y}"
    return f"{first} to {cycle.ends_on.day} {cycle.ends_on:%B %Y}" if cycle.ends_on else f"from {first}"
