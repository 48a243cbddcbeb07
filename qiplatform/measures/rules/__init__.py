"""What is allowed of measures, and what a record says: pure, given everything."""

from qiplatform.measures.rules import alike, choosing, library, planning
from qiplatform.measures.rules.definitions import (
    Definition,
    Level,
    check_definition,
    check_still_fits,
    default_profile,
    definition_of,
)
from qiplatform.measures.rules.linkage import CYCLE, Before, Followed, Linkage, link
from qiplatform.measures.rules.points import Places, PointRow, in_order
from qiplatform.measures.rules.record import Record, analyse, in_percent, laid_out, takes_two, target

__all__ = [
    "CYCLE",
    "Before",
    "Definition",
    "Followed",
    "Level",
    "Linkage",
    "Places",
    "PointRow",
    "Record",
    "alike",
    "analyse",
    "check_definition",
    "check_still_fits",
    "choosing",
    "default_profile",
    "definition_of",
    "in_order",
    "in_percent",
    "laid_out",
    "library",
    "link",
    "planning",
    "takes_two",
    "target",
]
