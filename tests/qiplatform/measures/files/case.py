"""One file, what is asked of it, and what must come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qiplatform.errors import Invalid
from qiplatform.measures.models import Counts, DataPoint, Frequency, Measure
from qiplatform.measures.rules.files import open_book
from qiplatform.measures.rules.importing import Choices, check_no_identifiers, read_book

TODAY = date(2026, 11, 23)
READ, ASKS, FAULTY, REFUSED = "read", "asks", "faulty", "refused"


@dataclass(frozen=True)
class Case:
    """A file for a measure."""

    name: str
    content: bytes
    expect: str
    """Written by hand: read, asks (something must be said first), faulty (rows cannot be read), refused (the file)."""
    file: str = "numbers.csv"
    chart: str = "xmr"
    unit: str = ""
    frequency: Frequency = Frequency.MONTHLY
    choices: dict[str, Any] = field(default_factory=dict)
    kept: Sequence[DataPoint] = ()
    says: str = ""
    """Words that must be among what is said, written by hand."""


def measure_of(case: Case) -> Measure:
    """Return the measure a case is for."""
    return Measure(
        chart=case.chart, unit=case.unit, frequency=case.frequency, counts=Counts.PEOPLE, name="Seen in time"
    )


def outcome(case: Case) -> dict[str, Any]:
    """Return everything that comes of a case, ready to be compared word for word."""
    choices = Choices(**case.choices)
    try:
        book = open_book(
            case.content,
            case.file,
            encoding=choices.encoding,
            delimiter=choices.delimiter,
            sheet=choices.sheet,
        )
        check_no_identifiers(book, "file")
    except Invalid as refusal:
        return {"outcome": REFUSED, "says": [refusal.words, *(one.message for one in refusal.mistakes)]}
    reading = read_book(measure_of(case), book, case.kept, choices, TODAY)
    accounted = len(reading.shown) + len(reading.skipped) + reading.faulty
    made: dict[str, Any] = {
        "outcome": FAULTY if reading.faults else ASKS if reading.questions else READ,
        "rows": [reading.total, len(reading.shown), len(reading.skipped), reading.faulty],
        "waiting": reading.total - accounted,
        "says": [one.message for one in reading.faults],
        "asks": [[one.at, one.words, *(words for _, words in one.options)] for one in reading.questions],
        "remarks": list(reading.remarks),
        "skipped": [f"{line}: {why}" for line, why in reading.skipped],
        "nothing": [list(one) for one in reading.nothing],
    }
    ends = [reading.shown[0], reading.shown[-1]] if reading.shown else []
    made["first and last"] = [
        " | ".join(filter(None, (one.line, one.period, one.numbers, one.note, one.status, one.before)))
        for one in ends
    ]
    return made
