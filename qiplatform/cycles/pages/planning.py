"""The form of a plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qiplatform.cycles.models import Objective
from qiplatform.cycles.pages.words import OBJECTIVES, Words, iso, said
from qiplatform.cycles.queries import SeenCycle
from qiplatform.cycles.rules import Plan
from qiplatform.errors import Mistake, Refusal
from qiplatform.measures.models import Measure
from qiplatform.projects.models import Driver
from qiplatform.projects.pages import address
from qiplatform.projects.queries import Seen
from qiplatform.store.base import new_id
from qiplatform.web.forms import Sent


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
    once: str
    version: int | None
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Plan a PDSA cycle"


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
        (sent.get("once") if sent else "") or new_id(),
        None,
        *said(refusal),
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
        "starts_on": iso(cycle.starts_on),
        "ends_on": iso(cycle.ends_on),
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
        "",
        cycle.version,
        *said(refusal),
        title=f"The plan of PDSA {cycle.number}",
    )
