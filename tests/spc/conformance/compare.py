"""Comparing an engine's answer with a recorded one: numbers to 1e-9, everything else exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.spc.conformance.cases import Output, number

TOLERANCE = 1e-9
# Written beside the points by some tools: tables and icons, compared like columns.
TABLES = ("phases", "icons", "assurance")
LISTS = ("variation_icons", "assurance_icon")


@dataclass(frozen=True)
class Agreement:
    """How one run compares: the worst relative difference of numbers, and the first thing that disagrees."""

    worst: float
    disagrees: str | None


def compare(expected: Output, given: Output) -> Agreement:
    """Compare status, columns with their order, tables and icons: whatever was recorded must be there, and nothing more."""
    worst = 0.0
    for where, wanted, found in _entries(expected, given):
        difference = distance(wanted, found)
        if difference is None or difference > TOLERANCE:
            return Agreement(worst, f"{where}: {found} where {wanted} was recorded")
        worst = max(worst, difference)
    return Agreement(worst, None)


def _entries(expected: Output, given: Output) -> Iterator[tuple[str, Any, Any]]:
    """Yield everything that must be equal: where it stands, as recorded, as given."""
    yield "status", expected["status"], given["status"]
    if "error" in (expected["status"], given["status"]):
        return
    yield "columns", " ".join(expected["points"]), " ".join(given["points"])
    for name, entries in expected["points"].items():
        yield f"length of {name}", len(entries), len(given["points"][name])
        for row, wanted in enumerate(entries):
            yield f"{name}[{row}]", wanted, given["points"][name][row]
    for name in TABLES:
        table = given.get(name, [])
        if name in expected:
            yield f"length of {name}", len(expected[name]), len(table)
            for row, wanted in enumerate(expected[name]):
                for header, entry in wanted.items():
                    found = table[row].get(header, "nothing")
                    texts = header.startswith("facet")
                    yield (
                        f"{name}[{row}].{header}",
                        str(entry) if texts else entry,
                        str(found) if texts else found,
                    )
    for name in LISTS:
        if name in expected:
            yield name, str(expected[name]), str(given.get(name))


def distance(wanted: Any, found: Any) -> float | None:
    """Difference of two entries, relative above 1; None if they are of different kinds or unequal words."""
    if isinstance(wanted, (bool, str)) or isinstance(found, (bool, str)) or wanted is None or found is None:
        return 0.0 if wanted == found and isinstance(wanted, bool) == isinstance(found, bool) else None
    one, other = number(wanted), number(found)
    if one is None or other is None or one == other:
        return 0.0
    return abs(one - other) / max(1.0, abs(one))
