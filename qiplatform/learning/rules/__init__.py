"""What is allowed: a report's way to the public, what may be published of numbers, and what words need a second look."""

from qiplatform.learning.rules.free_text import Concern, check_no_identifiers, concerns
from qiplatform.learning.rules.lifecycle import (
    MOVES,
    RESULT_WORDS,
    SECTIONS,
    STATUS_WORDS,
    Withdrawn,
    check_can_check,
    check_can_edit,
    check_complete,
    check_move,
    check_reason,
)
from qiplatform.learning.rules.protection import (
    STAR,
    Cells,
    Protected,
    protect,
    protect_count,
    treatment_words,
)
from qiplatform.learning.rules.public_chart import (
    definition_of,
    read_chart,
    record_of,
    rounding_words,
    same_signals,
    setup_of,
    shown_as,
)

__all__ = [
    "MOVES",
    "RESULT_WORDS",
    "SECTIONS",
    "STAR",
    "STATUS_WORDS",
    "Cells",
    "Concern",
    "Protected",
    "Withdrawn",
    "check_can_check",
    "check_can_edit",
    "check_complete",
    "check_move",
    "check_no_identifiers",
    "check_reason",
    "concerns",
    "definition_of",
    "protect",
    "protect_count",
    "read_chart",
    "record_of",
    "rounding_words",
    "same_signals",
    "setup_of",
    "shown_as",
    "treatment_words",
]
