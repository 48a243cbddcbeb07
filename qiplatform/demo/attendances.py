"""The real numbers of the demo: monthly attendances and four-hour breaches of two providers."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
SOURCE = (
    "NHS England, A&E Attendances and Emergency Admissions, type 1 departments of provider {0} (ODS code)"
)
INVENTED = (
    "The numbers are real: {0}. Everything else here is invented for the demonstration around real data."
)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one provider's main A&E department."""

    period: date
    attendances: int
    breaches: int

    @property
    def in_time(self) -> int:
        """How many were seen, admitted or discharged within four hours."""
        return self.attendances - self.breaches

    @property
    def percent(self) -> str:
        """The same of a hundred, with one decimal, as a team would type it."""
        return f"{100 * self.in_time / self.attendances:.1f}"


def months(provider: str) -> list[Month]:
    """Return a provider's months in order of time."""
    with (DATA / "ae_attendances.csv").open(encoding="utf-8", newline="") as rows:
        found = [
            Month(date.fromisoformat(row["period"]), int(row["attendances"]), int(row["breaches"]))
            for row in csv.DictReader(rows)
            if row["org_code"] == provider and row["type"] == "1"
        ]
    return sorted(found, key=lambda month: month.period)


def source(provider: str) -> str:
    """Return where a provider's numbers come from, in words."""
    return SOURCE.format(provider)


def invented(provider: str) -> str:
    """Return the sentence that tells what is real and what is not."""
    return INVENTED.format(source(provider))
