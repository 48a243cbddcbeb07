"""What is done with cycles: plan, start, do, study, act, and the next one of the ramp."""

from qiplatform.cycles.actions.planning import change_plan, next_plan, plan
from qiplatform.cycles.actions.steps import act, advance, do, start, study

__all__ = ["act", "advance", "change_plan", "do", "next_plan", "plan", "start", "study"]
