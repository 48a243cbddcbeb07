"""Advice: which chart to use, where a step change may lie, how many points a change needs. A person decides."""

from spc.advice.description import Alternative, Description, Evidence, Recommendation
from spc.advice.plan import Plan, plan
from spc.advice.process import Baseline
from spc.advice.recommend import recommend
from spc.advice.step_changes import StepChange, suggest_step_changes

__all__ = [
    "Alternative",
    "Baseline",
    "Description",
    "Evidence",
    "Plan",
    "Recommendation",
    "StepChange",
    "plan",
    "recommend",
    "suggest_step_changes",
]
