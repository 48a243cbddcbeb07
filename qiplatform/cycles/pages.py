"""What is shown of cycles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from qiplatform.cycles import rules
from qiplatform.cycles.models import Act, Cycle, CycleStatus, Held, Objective
from qiplatform.cycles.queries import Ramp, SeenCycle
from qiplatform.cycles.rules import Plan
from qiplatform.errors import Mistake, Refusal
from qiplatform.measures import rules as measured
from qiplatform.measures.models import Measure
from qiplatform.measures.pages.drawing import drawing
from qiplatform.measures.rules import Record
from qiplatform.organisations.rules import Right
from qiplatform.projects.models import Driver
from qiplatform.projects.pages import address
from qiplatform.projects.queries import Seen
from qiplatform.web.forms import Sent

ACTS = {Act.ADOPT: "Adopt", Act.ADAPT: "Adapt", Act.ABANDON: "Abandon"}
HELD = {Held.YES: "Yes, it went as we predicted", Held.PARTLY: "Partly", Held.NO: "No, it went otherwise"}
OBJECTIVES = {Objective.TEST: "Test a change", Objective.IMPLEMENT: "Make a change part of daily work"}
Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One cycle on a ramp."""

    number: int
    href: str
    state: str
    kind: str
    prediction: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Climb:
    """One ramp: the cycles on one change idea."""

    change_idea: str
    steps: tuple[Step, ...]
    next_href: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The cycles of a project, ramp by ramp."""

    project: str
    href: str
    ramps: tuple[Climb, ...]
    may_plan: bool
    title: str = "PDSA cycles"


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The form that plans a cycle, or changes a plan."""

    project: str
    href: str
    action: str
    typed: Sent
    chosen: tuple[str, ...]
    ideas: tuple[str, ...]
    objectives: tuple[Words, ...]
    measures: tuple[Words, ...]
    follows: str
    version: int | None
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Plan a PDSA cycle"


@dataclass(frozen=True, slots=True)
class Small:
    """A measure's chart under the study."""

    name: str
    href: str
    words: str
    chart: Markup


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


def listed(seen: Seen, ramps: Iterable[Ramp]) -> ListPage:
    """Return the ramps of a project."""
    may = seen.may(Right.WORK_ON_PROJECT)
    climbs = tuple(
        Climb(
            ramp.change_idea or "Not on the driver diagram",
            tuple(map(step, ramp.cycles)),
            _next_href(ramp.cycles[-1]) if may else "",
        )
        for ramp in ramps
    )
    return ListPage(seen.project.title, address(seen.project), climbs, may)


def step(cycle: Cycle) -> Step:
    """Return a cycle as it stands on its ramp."""
    kind = "done" if cycle.status is CycleStatus.DONE else "active"
    outcome = f"{ACTS[cycle.act]}. {cycle.learned or cycle.act_reason}".strip() if cycle.act else ""
    state = ACTS[cycle.act] if cycle.act else rules.WORDS[cycle.status].capitalize()
    return Step(cycle.number, f"/cycles/{cycle.id}", state, kind, cycle.prediction, outcome)


def plan(
    seen: Seen,
    *,
    begun: Plan | None = None,
    follows: str = "",
    sent: Sent | None = None,
    ideas: Iterable[Driver] = (),
    measures: Iterable[Measure] = (),
    chosen: Sequence[str] = (),
    refusal: Refusal | None = None,
) -> PlanPage:
    """Return the form of a plan: empty, as the ramp begins it, or as typed."""
    kept = (
        {
            name: getattr(begun, name)
            for name in ("questions", "prediction", "change_idea", "plan", "data_plan")
        }
        if begun
        else {}
    )
    typed = sent or Sent({**kept, "objective": (begun.objective if begun else Objective.TEST).value})
    return PlanPage(
        seen.project.title,
        address(seen.project),
        f"{address(seen.project)}/cycles/new",
        typed,
        tuple(sent.lists.get("measures", ())) if sent else tuple(chosen),
        tuple(idea.text for idea in ideas),
        tuple((one.value, words) for one, words in OBJECTIVES.items()),
        tuple((one.id, one.name) for one in measures),
        sent.get("follows") if sent else follows,
        None,
        *_said(refusal),
    )


def change_plan(
    seen: SeenCycle,
    *,
    sent: Sent | None,
    ideas: Iterable[Driver],
    measures: Iterable[Measure],
    refusal: Refusal | None = None,
) -> PlanPage:
    """Return the form of a plan that was not started."""
    cycle = seen.cycle
    kept = {
        name: getattr(cycle, name) for name in ("questions", "prediction", "change_idea", "plan", "data_plan")
    }
    kept |= {
        "objective": cycle.objective.value,
        "starts_on": _iso(cycle.starts_on),
        "ends_on": _iso(cycle.ends_on),
    }
    return PlanPage(
        seen.seen.project.title,
        address(seen.seen.project),
        f"/cycles/{cycle.id}/plan",
        sent or Sent(kept),
        tuple(sent.lists.get("measures", ())) if sent else seen.measure_ids,
        tuple(idea.text for idea in ideas),
        tuple((one.value, words) for one, words in OBJECTIVES.items()),
        tuple((one.id, one.name) for one in measures),
        "",
        cycle.version,
        *_said(refusal),
        title=f"The plan of PDSA {cycle.number}",
    )


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
        next_href=_next_href(one) if may and after is None else "",
        before=(f"PDSA {before.number}", f"/cycles/{before.id}") if before else None,
        charts=tuple(_small(records[key]) for key in seen.measure_ids if key in records),
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _small(record: Record) -> Small:
    result = measured.analyse(record)
    chart = drawing(record, result, size="small")
    return Small(record.measure.name, f"/measures/{record.measure.id}", result.verdict.words, chart)


def _kept(cycle: Cycle) -> Sent:
    return Sent(
        {
            "starts_on": _iso(cycle.starts_on),
            "ends_on": _iso(cycle.ends_on),
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


def _next_href(cycle: Cycle) -> str:
    if cycle.status is not CycleStatus.DONE or cycle.act is Act.ABANDON:
        return ""
    return f"/projects/{cycle.project_id}/cycles/new?follows={cycle.id}"


def _span(cycle: Cycle) -> str:
    if cycle.starts_on is None:
        return ""
    first = f"{cycle.starts_on.day} {cycle.starts_on:%B %Y}"
    return f"{first} to {cycle.ends_on.day} {cycle.ends_on:%B %Y}" if cycle.ends_on else f"from {first}"


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _said(refusal: Refusal | None) -> tuple[tuple[Mistake, ...], str]:
    return (refusal.mistakes, refusal.words) if refusal else ((), "")


def as_json(cycle: Cycle, measure_ids: Iterable[str], base_url: str) -> dict[str, Any]:
    """Return a cycle as other machines read it."""
    return {
        "id": cycle.id,
        "url": f"{base_url}/cycles/{cycle.id}",
        "project": cycle.project_id,
        "number": cycle.number,
        "status": cycle.status.value,
        "change_idea": cycle.change_idea,
        "change_idea_id": cycle.change_idea_id,
        "objective": cycle.objective.value,
        "questions": cycle.questions,
        "prediction": cycle.prediction,
        "plan": cycle.plan,
        "data_plan": cycle.data_plan,
        "starts_on": _iso(cycle.starts_on) or None,
        "ends_on": _iso(cycle.ends_on) or None,
        "measures": list(measure_ids),
        "do": cycle.did,
        "problems": cycle.problems,
        "study": cycle.studied,
        "learned": cycle.learned,
        "prediction_held": cycle.prediction_held.value if cycle.prediction_held else None,
        "act": cycle.act.value if cycle.act else None,
        "act_reason": cycle.act_reason,
        "follows": cycle.follows_id,
        "version": cycle.version,
    }
