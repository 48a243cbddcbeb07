"""What a person chose about how a file is read; "" leaves it as found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qiplatform.measures.rules.dates import Order
from qiplatform.measures.rules.spans import Quarters


class Repeated(StrEnum):
    """What to do where a period has several rows."""

    FIRST = "first"
    LAST = "last"
    ADD = "add"


class Different(StrEnum):
    """What to do with a period that has another number here already."""

    REPLACE = "replace"
    KEEP = "keep"


class Scale(StrEnum):
    """What numbers between 0 and 1 mean where the measure is in percent."""

    AS_IT_IS = "as_it_is"
    TIMES_100 = "times_100"


class Way(StrEnum):
    """Which way the periods run."""

    DOWN = "down"
    ACROSS = "across"


NO_COLUMN = "none"
"""For the note: there is none."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that can be chosen; nothing of it is guessed in silence."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    way: Way | None = None
    header: int | None = None
    """The row of the headings, from 1; 0 for none."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The column of each field by its letters, such as AB; `NO_COLUMN` for none."""
    only_column: str = ""
    """Read only the rows where this column holds `only_value`."""
    only_value: str = ""
    order: Order | None = None
    quarters: Quarters | None = None
    scale: Scale | None = None
    nothing: tuple[str, ...] = ()
    """Words that stand for "no number" beyond those that always do."""
    repeated: Repeated | None = None
    different: Different | None = None


def table_name(sheet: str, delimiter: str, way: Way | None) -> str:
    """Return what tells one table of a file from another: columns chosen in one mean nothing in the other."""
    return f"{sheet}/{delimiter}/{way or ''}"
