"""What is asked of the index: one way to ask, whichever database answers."""

from qiplatform.search.queries.columns import CHANGED, Columns, columns, state
from qiplatform.search.queries.finding import Count, Hits, find
from qiplatform.search.queries.places import (
    Found,
    Present,
    count_drawn_before,
    count_pending,
    count_without_meaning,
    found_of,
    present,
    their_version,
)
from qiplatform.search.queries.saved import count_saved, saved, saved_by
from qiplatform.search.queries.similar import similar

__all__ = [
    "CHANGED",
    "Columns",
    "Count",
    "Found",
    "Hits",
    "Present",
    "columns",
    "count_drawn_before",
    "count_pending",
    "count_saved",
    "count_without_meaning",
    "find",
    "found_of",
    "present",
    "saved",
    "saved_by",
    "similar",
    "state",
    "their_version",
]
