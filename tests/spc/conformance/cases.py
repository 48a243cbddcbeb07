"""Reading a file of recorded runs: one JSON object a line, plain or compressed."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Output: TypeAlias = dict[str, Any]

RECORDED = Path(__file__).with_name("cases.jsonl.gz")


class UnsupportedRun(Exception):
    """A run whose chart or option the engine does not have yet; named and counted, never passed over."""


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
                    options=run["options"],
                    data={**case["input"], **(run.get("input") or {})},
                    output=run["output"],
                )


def number(entry: Any) -> float | None:
    """Read a number as the cases write it: "Inf" and "-Inf" are words, null is missing."""
    if entry in ("Inf", "-Inf"):
        return float("inf") if entry == "Inf" else float("-inf")
    return None if entry is None else float(entry)


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
