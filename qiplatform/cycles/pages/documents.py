"""A cycle as other machines read it."""

from collections.abc import Iterable
from typing import Any

from qiplatform.cycles.models import Cycle
from qiplatform.cycles.pages.words import iso


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
        "starts_on": iso(cycle.starts_on) or None,
        "ends_on": iso(cycle.ends_on) or None,
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
