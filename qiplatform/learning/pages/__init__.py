"""What is shown of reports and of what was published."""

from qiplatform.learning.pages import adopters, answering, evidence, evidence_files
from qiplatform.learning.pages.adopted import AdoptedPage, adopted
from qiplatform.learning.pages.attack import attack
from qiplatform.learning.pages.checking import CheckPage, check
from qiplatform.learning.pages.citing import KINDS as CITATION_KINDS
from qiplatform.learning.pages.citing import cited, licence
from qiplatform.learning.pages.public import PublishedPage, first_words, public
from qiplatform.learning.pages.public_files import (
    CHART_KINDS,
    as_json,
    chart_as,
    data_csv,
    data_xlsx,
    file_name,
    live_chart,
)
from qiplatform.learning.pages.reports import as_report_json, listed, report
from qiplatform.learning.pages.series import block, change_words, headline_drawing
from qiplatform.learning.pages.writing import change, edit, new

__all__ = [
    "CHART_KINDS",
    "CITATION_KINDS",
    "AdoptedPage",
    "CheckPage",
    "PublishedPage",
    "adopted",
    "adopters",
    "answering",
    "as_json",
    "as_report_json",
    "attack",
    "block",
    "change",
    "change_words",
    "chart_as",
    "check",
    "cited",
    "data_csv",
    "data_xlsx",
    "edit",
    "evidence",
    "evidence_files",
    "file_name",
    "first_words",
    "headline_drawing",
    "licence",
    "listed",
    "live_chart",
    "new",
    "public",
    "report",
]
