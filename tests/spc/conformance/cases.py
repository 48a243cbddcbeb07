"""Reading a file of recorded runs, one JSON object a line, plain or compressed; and writing answers in the same form."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Output: TypeAlias = dict[str, Any]

RECORDED = Path(__file__).with_name("cases.jsonl.gz")
# Columns that were not recorded where every entry is the one given here: the tool had nothing to say in them.
LEFT_OUT = {
    "phase": 1,
    "baseline": True,
    "include": True,
    "y_count": 1,
    "rebase_group": 0,
    "short_group_warning": False,
    "target": None,
    "alt_target": None,
    "trajectory": None,
}


class UnsupportedRun(Exception):
    """A run whose chart or option the engine does not have; named and counted, never passed over."""


@dataclass(frozen=True)
class Run:
    """One recorded run: the tool and chart, its options in the tool's own words, the input and what the tool gave."""

    case: str
    identity: str
    tool: str
    chart: str
    options: dict[str, Any]
    data: dict[str, Any]
    output: Output


def read(path: Path = RECORDED) -> Iterator[Run]:
    """Yield every run of a file."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    for line in text.splitlines():
        if line.strip():
            case = json.loads(line)
            for run in case["runs"]:
                yield Run(
                    case=case["name"],
                    identity=run["id"],
                    tool=run["oracle"]["name"],
                    chart=run["chart"],
                    options=run.get("options") or {},
                    data={**case["input"], **(run.get("input") or {})},
                    output=run.get("output") or {},
                )


def number(entry: Any) -> float | None:
    """Read a number as the cases write it: "Inf" and "-Inf" are words, null is missing."""
    if entry in ("Inf", "-Inf"):
        return float("inf") if entry == "Inf" else float("-inf")
    return None if entry is None else float(entry)


def measured(entry: Any) -> float | None:
    """Read a measured number: an infinite one is none."""
    found = number(entry)
    return None if found in (float("inf"), float("-inf")) else found


def written(entry: Any) -> Any:
    """Write a number as the cases do."""
    if isinstance(entry, float):
        if entry != entry:  # noqa: PLR0124 - NaN is the one number unlike itself
            return None
        if entry in (float("inf"), float("-inf")):
            return "Inf" if entry > 0 else "-Inf"
    return entry


def column(array: Any) -> list[Any]:
    """Write a whole column."""
    return [written(entry) for entry in array.tolist()]


def shown(points: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Leave out the columns that were not recorded because they say nothing."""
    return {
        name: entries
        for name, entries in points.items()
        if name not in LEFT_OUT or any(entry != LEFT_OUT[name] for entry in entries)
    }


def periods(run: Run) -> list[Any]:
    """Return the periods of the input as they were written, 1, 2, ... where there are none."""
    return run.data["x"] if run.data.get("x") else list(range(1, len(run.data["y"]) + 1))
