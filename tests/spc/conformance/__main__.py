"""`replay FILE` prints what the engine answers to every run; `check FILE` compares it with what was recorded."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import spc
from tests.spc.conformance import nhsrplotthedots, powerbi_spc, qcc, qicharts2
from tests.spc.conformance.cases import RECORDED, Output, Run, UnsupportedRun, read
from tests.spc.conformance.compare import compare
from tests.spc.conformance.known import excused, told

TOOLS: dict[str, Callable[[Run], Output]] = {
    "qicharts2": qicharts2.replay,
    "NHSRplotthedots": nhsrplotthedots.replay,
    "PowerBI-SPC": powerbi_spc.replay,
    "qcc": qcc.replay,
}


def answer(run: Run) -> Output:
    """Put a run to the engine: its output, an error in words, or "unsupported" with the reason."""
    try:
        return TOOLS[run.tool](run)
    except UnsupportedRun as reason:
        return {"status": "unsupported", "reason": str(reason)}
    except spc.SpcError as error:
        return {"status": "error", "error": error.message}


def replay(path: Path) -> int:
    """Print one JSON line a run."""
    for run in read(path):
        print(json.dumps({"case": run.case, "run": run.identity, "output": answer(run)}, allow_nan=False))
    return 0


def check(path: Path) -> int:
    """Print a table by tool and chart; 1 on any disagreement beyond the two faults of the tools that are known."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    worst: dict[tuple[str, str], float] = defaultdict(float)
    wrong, known = [], []
    for run in read(path):
        key, given = (run.tool, run.chart), answer(run)
        if given["status"] == "unsupported":
            counts[key]["not yet"] += 1
            wrong.append(f"not yet, {run.case} {run.identity}: {given['reason']}")
            continue
        found = compare(run.output, given)
        worst[key] = max(worst[key], found.worst)
        faults = told(run, given)
        known += [f"known difference, {run.case} {run.identity}: {reason}" for reason in faults]
        counts[key]["known"] += bool(faults)
        if not found.disagrees:
            counts[key]["agree"] += 1
        elif not excused(run, given, found):
            counts[key]["disagree"] += 1
            wrong.append(f"{run.case} {run.identity}: {found.disagrees}")
    heads = ("agree", "disagree", "known", "not yet")
    print(f"{'tool':<18}{'chart':<10}{''.join(f'{head:>10}' for head in heads)}  worst difference")
    for (tool, chart), row in sorted(counts.items()):
        cells = "".join(f"{row[head]:>10}" for head in heads)
        print(f"{tool:<18}{chart:<10}{cells}  {worst[tool, chart]:.1e}")
    total = sum(counts.values(), Counter[str]())
    print(
        f"{'all':<28}{''.join(f'{total[head]:>10}' for head in heads)}  {max(worst.values(), default=0.0):.1e}"
    )
    for line in (*known, *wrong):
        print(line)
    return 1 if wrong else 0


def main(arguments: list[str] | None = None) -> int:
    """Read the words typed and do it."""
    parser = argparse.ArgumentParser(prog="python -m tests.spc.conformance", description=__doc__)
    parser.add_argument("what", choices=["replay", "check"])
    parser.add_argument("cases", nargs="?", type=Path, default=RECORDED, help="a .jsonl or .jsonl.gz file")
    asked = parser.parse_args(arguments)
    return (replay if asked.what == "replay" else check)(asked.cases)


if __name__ == "__main__":
    sys.exit(main())
