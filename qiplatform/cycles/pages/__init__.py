"""What is shown of cycles."""

from qiplatform.cycles.pages.cycle import CyclePage, Small, cycle
from qiplatform.cycles.pages.documents import as_json
from qiplatform.cycles.pages.planning import PlanPage, change_plan, plan
from qiplatform.cycles.pages.ramps import Climb, ListPage, Step, listed, step
from qiplatform.cycles.pages.words import ACTS, HELD, OBJECTIVES

__all__ = [
    "ACTS",
    "HELD",
    "OBJECTIVES",
    "Climb",
    "CyclePage",
    "ListPage",
    "PlanPage",
    "Small",
    "Step",
    "as_json",
    "change_plan",
    "cycle",
    "listed",
    "plan",
    "step",
]
