"""Comparing an engine's answer with a recorded one: numbers to 1e-9, everything else exactly."""

from dataclasses import dataclass
from typing import Any

from tests.spc.conformance.cases import Output, number

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Agreement:
    """How one run compares: the worst relative difference of numbers, and the first thing that disagrees."""

    worst: float
    disagrees: str | None


def compare(expected: Output, given: Output) -> Agreement:
    """Compare every column, table and icon that both sides have; the engine must have all that is asked of it."""
    if expected["status"] != given["status"]:
        return Agreement(0.0, f"status {given['status']} where {expected['status']} was recorded")
    if expected["status"] == "error":
        return Agreement(0.0, None)
    worst = 0.0
    for name, entries in expected["points"].items():
        if name not in given["points"]:
            continue
        found = _column(name, entries, given["points"][name])
        worst = max(worst, found.worst)
        if found.disagrees:
            return Agreement(worst, found.disagrees)
    if "phases" in given:
        found = _table("phases", expected["phases"], given["phases"])
        worst = max(worst, found.worst)
        if found.disagrees:
            return Agreement(worst, found.disagrees)
    if "icons" in given and expected["icons"] != given["icons"]:
        return Agreement(worst, f"icons {given['icons']} where {expected['icons']} were recorded")
    return Agreement(worst, None)


def _column(name: str, expected: list[Any], given: list[Any]) -> Agreement:
    """Compare two columns entry by entry."""
    if len(expected) != len(given):
        return Agreement(0.0, f"{name}: {len(given)} entries where {len(expected)} were recorded")
    worst = 0.0
    for row, (wanted, found) in enumerate(zip(expected, given, strict=True)):
        difference = distance(wanted, found)
        if difference is None or difference > TOLERANCE:
            return Agreement(worst, f"{name}[{row}]: {found} where {wanted} was recorded")
        worst = max(worst, difference)
    return Agreement(worst, None)


def _table(name: str, expected: list[Output], given: list[Output]) -> Agreement:
    """Compare two tables row by row, in the columns recorded."""
    if len(expected) != len(given):
        return Agreement(0.0, f"{name}: {len(given)} rows where {len(expected)} were recorded")
    worst = 0.0
    for row, (wanted, found) in enumerate(zip(expected, given, strict=True)):
        for header in wanted.keys() & found.keys():
            difference = distance(wanted[header], found[header])
            if header.startswith("facet"):
                difference = 0.0 if str(wanted[header]) == str(found[header]) else None
            if difference is None or difference > TOLERANCE:
                where = f"{name}[{row}].{header}"
                return Agreement(worst, f"{where}: {found[header]} where {wanted[header]} was recorded")
            worst = max(worst, difference)
    return Agreement(worst, None)


def distance(wanted: Any, found: Any) -> float | None:
    """Difference of two entries, relative above 1; None if they are of different kinds or unequal words."""
    if isinstance(wanted, (bool, str)) or isinstance(found, (bool, str)) or wanted is None or found is None:
        return 0.0 if wanted == found and isinstance(wanted, bool) == isinstance(found, bool) else None
    one, other = number(wanted), number(found)
    if one is None or other is None or one == other:
        return 0.0
    return abs(one - other) / max(1.0, abs(one))
