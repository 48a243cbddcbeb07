"""What people wrote onto a chart: spans of time and single days."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Band:
    """A span of time along the bottom edge, such as a PDSA cycle; `ends_on` is none while it goes on."""

    starts_on: date
    ends_on: date | None
    label: str
    detail: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A numbered flag at one day, such as a note or a decision."""

    on: date
    number: int
    text: str
