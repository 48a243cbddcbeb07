"""What is allowed of a project: its course, its aim in words, the shape of a driver diagram and its outline."""

from qiplatform.projects.rules.aim import (
    Aim,
    AimParts,
    aim_sentence,
    check_no_patient,
    check_title,
    missing_parts,
    says_something,
)
from qiplatform.projects.rules.course import MOVES, NEEDS_REASON, check_can_move, check_keeps_a_lead
from qiplatform.projects.rules.drivers import (
    CHILDREN,
    KINDS,
    LONGEST_TEXT,
    MOST_DRIVERS,
    DriverNode,
    check_tree,
    ids_of,
    keep_ids,
)
from qiplatform.projects.rules.outline import from_outline, to_outline

__all__ = [
    "CHILDREN",
    "KINDS",
    "LONGEST_TEXT",
    "MOST_DRIVERS",
    "MOVES",
    "NEEDS_REASON",
    "Aim",
    "AimParts",
    "DriverNode",
    "aim_sentence",
    "check_can_move",
    "check_keeps_a_lead",
    "check_no_patient",
    "check_title",
    "check_tree",
    "from_outline",
    "ids_of",
    "keep_ids",
    "missing_parts",
    "says_something",
    "to_outline",
]
