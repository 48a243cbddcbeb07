"""What the three steps share."""

from dataclasses import dataclass

from qiplatform.errors import Mistake
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules.importing import Reading
from qiplatform.web.forms import Sent

_MOST_FAULTS = 20
_MOST_SKIPPED = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands."""

    measure: str
    href: str
    project: str
    project_href: str


def place(seen: SeenMeasure) -> Place:
    """Return where a measure's pages stand."""
    one = seen.measure
    return Place(one.name, f"/measures/{one.id}", seen.project.project.title, f"/projects/{one.project_id}")


def pairs(asked: Sent) -> list[tuple[str, str]]:
    """Return what was chosen, name by name."""
    return [(name, text) for name, texts in asked.lists.items() for text in texts if text]


def few(mistakes: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """Return the first mistakes and how many more there are."""
    more = len(mistakes) - _MOST_FAULTS
    return (*mistakes[:_MOST_FAULTS], Mistake("", f"And {more} more.")) if more > 0 else mistakes


def summary(reading: Reading) -> str:
    """Account for every row of the sheet."""
    waiting = reading.total - len(reading.shown) - len(reading.skipped) - reading.faulty
    side = "columns" if reading.layout.table.turned else "rows"
    parts = [
        f"{len(reading.shown)} read",
        f"{len(reading.skipped)} skipped",
        f"{reading.faulty} cannot be read",
    ]
    parts += [f"{waiting} wait for an answer"] if waiting > 0 else []
    return f"{reading.total} {side} in {reading.book.kind}: {', '.join(parts)}."


def skipped(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return what is not used, and why."""
    return tuple((line[:1].upper() + line[1:], why) for line, why in reading.skipped[:_MOST_SKIPPED])
