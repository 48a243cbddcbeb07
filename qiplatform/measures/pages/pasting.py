"""Pasting from a spreadsheet: the box, what was read, and what is kept when one says so."""

from dataclasses import dataclass

from qiplatform.errors import Mistake, Refusal
from qiplatform.measures.models import Measure
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import takes_two
from qiplatform.measures.rules.pasting import Reading
from qiplatform.web.forms import Sent

_ORDER = ("day_first", "month_first")


@dataclass(frozen=True, slots=True)
class PastePage:
    """The box with what was pasted, and what was read."""

    measure: str
    href: str
    project: str
    project_href: str
    wanted: str
    example: str
    pasted: str
    order: str
    read: bool
    """Whether the rows were read and can be kept."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    summary: str
    changed: int
    remarks: tuple[str, ...]
    orders: tuple[tuple[str, str], ...]
    """Both readings of a date that can be read in two ways; empty when there is none."""
    unclear: str
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Paste from a spreadsheet"


def paste(
    seen: SeenMeasure,
    sent: Sent | None = None,
    reading: Reading | None = None,
    refusal: Refusal | None = None,
) -> PastePage:
    """Return the page: the empty box, what was read, or what was refused with the text kept."""
    one = seen.measure
    unclear = reading.unclear if reading else None
    return PastePage(
        measure=one.name,
        href=f"/measures/{one.id}",
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        wanted=_wanted(one),
        example=_example(one),
        pasted=sent.get("pasted") if sent else "",
        order=sent.get("order") if sent else "",
        read=bool(reading and reading.rows),
        columns=("Row", "Period", "Numbers", "Note", "What happens"),
        rows=tuple(
            (str(row.row), row.period, row.numbers, row.note, _status(row.status, row.before))
            for row in reading.shown
        )
        if reading
        else (),
        summary=_summary(reading) if reading and reading.rows else "",
        changed=reading.count("changed") if reading else 0,
        remarks=reading.remarks if reading else (),
        orders=tuple((order, f"{on.day} {on:%B %Y}") for order, on in zip(_ORDER, unclear[1:], strict=True))
        if unclear
        else (),
        unclear=unclear[0] if unclear else "",
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _wanted(measure: Measure) -> str:
    return "period, numerator, denominator" if takes_two(measure.chart) else "period, value"


def _example(measure: Measure) -> str:
    return "Apr-24\t312\t340" if takes_two(measure.chart) else "Apr-24\t12.5"


def _status(status: str, before: str) -> str:
    return {"new": "new", "same": "already here"}.get(status, f"replaces {before}")


def _summary(reading: Reading) -> str:
    new, same, changed = (reading.count(status) for status in ("new", "same", "changed"))
    total = len(reading.rows)
    if same == total:
        return f"{same} of {total} rows are already here: there is nothing to save."
    parts = [f"{new} new"] if new else []
    parts += [f"{same} already here"] if same else []
    parts += [f"{changed} with another number than is kept"] if changed else []
    return f"{total} rows were read: {', '.join(parts)}. Nothing is saved yet."
