"""What is shown of reports and of what was published."""

from qiplatform.learning.pages.adopted import AdoptedPage, adopted
from qiplatform.learning.pages.checking import CheckPage, check
from qiplatform.learning.pages.public import (
    PublishedPage,
    block,
    change_words,
    first_words,
    headline_drawing,
    licence,
    public,
)
from qiplatform.learning.pages.public_files import as_json, chart_svg, data_csv, file_name
from qiplatform.learning.pages.reports import (
    as_report_json,
    edit,
    listed,
    new,
    report,
)

__all__ = [
    "AdoptedPage",
    "CheckPage",
    "PublishedPage",
    "adopted",
    "as_json",
    "as_report_json",
    "block",
    "change_words",
    "chart_svg",
    "check",
    "data_csv",
    "edit",
    "file_name",
    "first_words",
    "headline_drawing",
    "licence",
    "listed",
    "new",
    "public",
    "report",
]
