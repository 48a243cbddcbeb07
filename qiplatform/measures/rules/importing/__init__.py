"""Files read for a measure: found, shown, changeable, asked about where unclear, and then all of it or nothing."""

from qiplatform.measures.rules.importing.choices import (
    NO_COLUMN,
    Choices,
    Different,
    Repeated,
    Scale,
    Way,
    table_name,
)
from qiplatform.measures.rules.importing.columns import Question
from qiplatform.measures.rules.importing.layout import TITLES, Layout, letter, wanted
from qiplatform.measures.rules.importing.private import check_no_identifiers
from qiplatform.measures.rules.importing.reading import AT, Reading, ReadRow, read_book
from qiplatform.measures.rules.importing.table import letters

__all__ = [
    "AT",
    "NO_COLUMN",
    "TITLES",
    "Choices",
    "Different",
    "Layout",
    "Question",
    "ReadRow",
    "Reading",
    "Repeated",
    "Scale",
    "Way",
    "check_no_identifiers",
    "letter",
    "letters",
    "read_book",
    "table_name",
    "wanted",
]
