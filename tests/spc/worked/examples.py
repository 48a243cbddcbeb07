"""All worked examples, chart by chart in the order of `spc.CHARTS`, printed ones before those worked by hand."""

import spc
from tests.spc.worked import Worked, by_hand, montgomery, montgomery_counts

_ORDER = list(spc.CHARTS)

WORKED: tuple[Worked, ...] = tuple(
    sorted(
        (*montgomery.EXAMPLES, *montgomery_counts.EXAMPLES, *by_hand.EXAMPLES),
        key=lambda example: (_ORDER.index(example.chart), not example.printed),
    )
)
