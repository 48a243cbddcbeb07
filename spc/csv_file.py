"""A CSV file read as a series: columns by name, periods as dates, numbers or words, empty cells missing."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from spc.errors import NotANumber, NoValues
from spc.gathering import gather
from spc.periods import By
from spc.series import Period, Series

PERIODS = ("x", "period", "date", "month", "week", "time", "unit", "site", "organisation")
MISSING = ("", "na", "n/a", "nan", "null", "none", "-")
COLUMNS = ("value", "numerator", "denominator", "size", "deviation", "spread")


def read(path: Path, *, by: By | None = None, subgroups: bool = False, ordered: bool = True) -> Series:
    """Read a series from a CSV file whose first line names the columns; empty cells are missing.

    `by` gathers dated rows by the week, month, ... they lie in; `subgroups` rows of one period into one point with the
    spread among them; where the points are not `ordered` in time they are units, such as hospitals.

    Raises NoValues or NotANumber, and what Series and gather raise.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        names = {name.strip().lower(): name for name in reader.fieldnames or ()}
        rows = list(reader)
    columns = {
        field: [_number(field, row, line[names[field]]) for row, line in enumerate(rows)]
        for field in COLUMNS
        if field in names
    }
    if not columns.keys() & {"value", "numerator"}:
        raise NoValues(field="value")
    found = next((names[name] for name in PERIODS if name in names), None)
    x = None if found is None else _periods([line[found] or "" for line in rows], ordered=ordered)
    if by is not None or (subgroups and "size" not in columns):
        return gather(x or range(len(rows)), **_measured(columns), by=by, ordered=ordered)  # type: ignore[arg-type]  # columns by name
    return Series(x=x, **columns, ordered=ordered)  # type: ignore[arg-type]  # columns by name


def _measured(columns: Mapping[str, list[float | None]]) -> dict[str, list[float | None]]:
    """Leave out what describes subgroups that were gathered before."""
    return {name: column for name, column in columns.items() if name in COLUMNS[:3]}


def _number(field: str, row: int, cell: str | None) -> float | None:
    """Read one cell; a percent sign and commas between thousands are passed over."""
    text = (cell or "").strip()
    if text.lower() in MISSING:
        return None
    try:
        return float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        raise NotANumber(field=field, row=row, found=text) from None


def _periods(cells: Sequence[str], *, ordered: bool) -> Sequence[Period]:
    """Read periods as dates if all are ISO dates, as numbers if all are numbers, else as words; units are words."""
    for reader in (date.fromisoformat, datetime.fromisoformat, float) if ordered else ():
        try:
            return [reader(cell.strip()) for cell in cells]
        except ValueError:
            continue
    return [cell.strip() for cell in cells]
