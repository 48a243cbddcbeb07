"""What is asked of reports and of what was published."""

from qiplatform.learning.queries.draft import Draft, draft
from qiplatform.learning.queries.preparation import Prepared, as_series, chosen, content, prepared, texts
from qiplatform.learning.queries.public import (
    PublicSeries,
    PublishedReport,
    count_adoptions,
    count_public,
    public_of,
    published,
)
from qiplatform.learning.queries.reports import (
    ReportLine,
    SeenReport,
    authors,
    begun_with,
    first_plan,
    get,
    mine,
    moves,
    of_project,
    visible_to,
    waiting,
)

__all__ = [
    "Draft",
    "Prepared",
    "PublicSeries",
    "PublishedReport",
    "ReportLine",
    "SeenReport",
    "as_series",
    "authors",
    "begun_with",
    "chosen",
    "content",
    "count_adoptions",
    "count_public",
    "draft",
    "first_plan",
    "get",
    "mine",
    "moves",
    "of_project",
    "prepared",
    "public_of",
    "published",
    "texts",
    "visible_to",
    "waiting",
]
