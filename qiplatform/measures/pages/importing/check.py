"""Step 3: every row as it would be saved."""

from dataclasses import dataclass
from urllib.parse import urlencode

from qiplatform.errors import Mistake, Refusal
from qiplatform.measures.models import ImportFile
from qiplatform.measures.pages.importing.place import Place, pairs, place, skipped, summary
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules.importing import Reading
from qiplatform.web.forms import Sent

_MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Step 3: every row, and the button that saves."""

    at: Place
    href: str
    back: str
    file: str
    summary: str
    accounted: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int
    changed: int
    nothing_to_save: bool
    asked: tuple[tuple[str, str], ...]
    """What was chosen, to be sent along."""
    data_version: int
    remarks: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Check every row"
    step: str = "Step 3 of 3. All rows are saved together, or none."


def check(
    seen: SeenMeasure,
    asked: Sent,
    looked: tuple[ImportFile, Reading],
    refusal: Refusal | None = None,
) -> CheckPage:
    """Return the third step."""
    kept, reading = looked
    href = f"{place(seen).href}/import/{kept.id}"
    rows = tuple(
        (one.line, one.period, one.numbers, one.note, _status(one.status, one.before))
        for one in reading.shown
    )
    return CheckPage(
        at=place(seen),
        href=href,
        back=f"{href}?{urlencode(pairs(asked))}",
        file=kept.name or "What was pasted",
        summary=_what_happens(reading),
        accounted=summary(reading),
        columns=("Row", "Period", "Numbers", "Note", "What happens"),
        rows=rows[:_MOST_SHOWN],
        more=max(len(rows) - _MOST_SHOWN, 0),
        changed=reading.count("changed") + reading.count("kept"),
        nothing_to_save=not reading.rows and not reading.count("kept"),
        asked=tuple((name, text) for name, text in pairs(asked) if name not in {"different", "data_version"}),
        data_version=seen.measure.data_version,
        remarks=reading.remarks,
        skipped=skipped(reading),
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _what_happens(reading: Reading) -> str:
    new, same, changed, kept = (reading.count(one) for one in ("new", "same", "changed", "kept"))
    total = len(reading.shown)
    if same == total:
        return f"{same} of {total} rows are already here: there is nothing to save."
    parts = [f"{new} new"] if new else []
    parts += [f"{same} already here"] if same else []
    parts += [f"{changed} with another number than is kept"] if changed else []
    parts += [f"{kept} left as they are here"] if kept else []
    return f"{total} {'row' if total == 1 else 'rows'}: {', '.join(parts)}."


def _status(status: str, before: str) -> str:
    words = {"new": "new", "same": "already here", "kept": f"stays {before}"}
    return words.get(status, f"replaces {before}")
