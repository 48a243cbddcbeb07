"""What the pages of cycles call things."""

from datetime import date

from qiplatform.cycles import rules
from qiplatform.cycles.models import Act, Cycle, Held, Objective
from qiplatform.errors import Mistake, Refusal

ACTS = {Act.ADOPT: "Adopt", Act.ADAPT: "Adapt", Act.ABANDON: "Abandon"}
HELD = {Held.YES: "Yes, it went as we predicted", Held.PARTLY: "Partly", Held.NO: "No, it went otherwise"}
OBJECTIVES = {Objective.TEST: "Test a change", Objective.IMPLEMENT: "Make a change part of daily work"}
Words = tuple[str, str]


def iso(on: date | None) -> str:
    """Return a day as a date box holds it."""
    return on.isoformat() if on else ""


def next_href(cycle: Cycle) -> str:
    """Return where the next cycle of the ramp is planned; nothing while the rules refuse it."""
    if rules.refused(rules.check_can_plan_next, cycle.status, cycle.act):
        return ""
    return f"/projects/{cycle.project_id}/cycles/new?follows={cycle.id}"


def said(refusal: Refusal | None) -> tuple[tuple[Mistake, ...], str]:
    """Return what a refusal says at the fields, and above them."""
    return (refusal.mistakes, refusal.words) if refusal else ((), "")
