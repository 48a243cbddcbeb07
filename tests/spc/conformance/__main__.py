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
from tests.spc.conformance.known import KNOWN

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
    """Print a table by tool and chart; 1 on any disagreement beyond the faults of the tools that are listed."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    worst: dict[tuple[str, str], float] = defaultdict(float)
    told, known = [], []
    for run in read(path):
        key, given = (run.tool, run.chart), answer(run)
        if given["status"] == "unsupported":
            counts[key]["not yet"] += 1
            continue
        found = compare(run.output, given)
        worst[key] = max(worst[key], found.worst)
        reason = KNOWN.get((run.case, run.identity)) if found.disagrees else None
        counts[key]["known" if reason else "disagree" if found.disagrees else "agree"] += 1
        if reason:
            known.append(f"{run.case} {run.identity}: {reason}")
        elif found.disagrees:
            told.append(f"{run.case} {run.identity}: {found.disagrees}")
    print(
        f"{'tool':<18}{'chart':<10}{'agree':>7}{'disagree':>10}{'known':>7}{'not yet':>9}  worst difference"
    )
    for key in sorted(counts):
        row = counts[key]
        print(
            f"{key[0]:<18}{key[1]:<10}{row['agree']:>7}{row['disagree']:>10}{row['not yet']:>9}  {worst[key]:.1e}"
        )
    total = sum(counts.values(), Counter[str]())
    print(f"{'all':<28}{total['agree']:>7}{total['disagree']:>10}{total['known']:>7}{total['not yet']:>9}")
    for line in known:
        print(f"known difference, {line}")
    for line in told:
        print(line)
    return 1 if told else 0


def main(arguments: list[str] | None = None) -> int:
    """Read the words typed and do it."""
    parser = argparse.ArgumentParser(prog="python -m tests.spc.conformance", description=__doc__)
    parser.add_argument("what", choices=["replay", "check"])
    parser.add_argument("cases", nargs="?", type=Path, default=RECORDED, help="a .jsonl or .jsonl.gz file")
    asked = parser.parse_args(arguments)
    return (replay if asked.what == "replay" else check)(asked.cases)


if __name__ == "__main__":
    sys.exit(main())
