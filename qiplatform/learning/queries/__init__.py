"""What is asked of reports and of what was published."""

from qiplatform.learning.queries.draft import Draft, draft
from qiplatform.learning.queries.preparation import Prepared, chosen, content, prepared, texts
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
    "authors",
    "chosen",
    "content",
    "count_adoptions",
    "count_public",
    "draft",
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
