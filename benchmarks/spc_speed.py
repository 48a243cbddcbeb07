"""How fast the engine is beside tight NumPy and two other Python packages, in one run: `python -m benchmarks.spc_speed`.

Aims: `analyse` within 3 times a tight NumPy chart with the same four rules, and faster than clinical-qikit and shewhart by the
same rules, at 24, 120 and 1,000 points; `analyse_many` on 10,000 series of 36 points within 2 times tight NumPy, for xmr, p and
u charts, with and without missing values, its lines included. `--limit 6 --limit-many 4 --limit-peers 1` fail the run above
those ratios.

The two packages are not needed by anything here, and with all that they need they are no part of the locked environment. Install
them beside (`pip install clinical-qikit shewhart`), or into another environment of the same Python and name its
site-packages with `--beside`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

import spc
from benchmarks import tight
from benchmarks.peers import Peer, installed

LENGTHS = (24, 36, 120, 1000)
ROUNDS = 9
SERIES, POINTS = 10_000, 36


def milliseconds(works: Sequence[Callable[[], object]], repeats: int, rounds: int = ROUNDS) -> list[float]:
    """Best mean processor time of each work, in rounds that take turns, so that a busy machine slows all alike."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            started = time.process_time()
            for _ in range(repeats):
                work()
            best[place] = min(best[place], (time.process_time() - started) / repeats)
    return [taken * 1000 for taken in best]


def one_by_one(repeats: int) -> float:
    """Print the times of one chart; the worst ratio of analyse to tight NumPy."""
    rng = np.random.default_rng(20260801)
    heads = ("tight", "analyse", "ratio", "verdict", "ratio", "as JSON", "run", "p chart")
    print("One chart, milliseconds:")
    print(f"{'points':>7}{''.join(f'{head:>9}' for head in heads)}")
    worst = 0.0
    for n in LENGTHS:
        value = rng.normal(50, 5, n)
        series = spc.Series(value=value)
        counts = spc.Series(numerator=rng.binomial(400, 0.8, n), denominator=np.full(n, 400))
        result = spc.analyse(series)
        assert np.array_equal(tight.one_xmr(value)[3], result.points.direction != 0), (
            "both must mark the same points"
        )

        def ask(chart: str = "xmr", of: spc.Series = series) -> spc.Result:
            return spc.analyse(of, chart=chart, direction="increase", target=60.0)

        works: list[Callable[[], object]] = [
            partial(tight.one_xmr, value),
            ask,
            lambda ask=ask: ask().verdict,  # type: ignore[misc]  # bound at once, called in this round
            lambda ask=ask: ask().to_dict(),  # type: ignore[misc]
            partial(ask, "run"),
            partial(ask, "p", counts),
        ]
        base, plain, judged, written, run, proportion = milliseconds(works, repeats)
        worst = max(worst, plain / base)
        cells = (base, plain, plain / base, judged, judged / base, written, run, proportion)
        print(f"{n:>7}{''.join(f'{cell:>9.3f}' for cell in cells)}")
    print(f"Worst ratio of analyse to tight NumPy: {worst:.2f} (aim: 3).")
    return worst


def beside_others(repeats: int, peers: Sequence[Peer]) -> float:
    """Print the times of one XmR chart by others and by us; the worst ratio of ours to theirs."""
    if not peers:
        return 0.0
    rng = np.random.default_rng(20260803)
    print(
        "One XmR chart by the same rules, theirs and (ours) in milliseconds, and how many times ours theirs is:"
    )
    print(f"{'points':<50}{''.join(f'{n:>26}' for n in LENGTHS)}")
    values = [rng.normal(50, 5, n) for n in LENGTHS]
    worst = 0.0
    for peer in peers:
        rules = spc.PROFILES[peer.profile].title.removesuffix(" (qcc)").removesuffix(" rules")
        cells = ""
        for value in values:
            series = spc.Series(value=value)
            theirs, ours = milliseconds(
                [partial(peer.chart, value), partial(peer.ours, series)], max(repeats // 20, 1)
            )
            worst = max(worst, ours / theirs)
            cells += f"{theirs:>10.2f} ({ours:>5.2f}) {theirs / ours:>6.1f}x"
        print(f"{f'{peer.name}, {rules}':<50}{cells}")
    print(f"Worst ratio of ours to theirs: {worst:.2f} (aim: below 1).")
    return worst


def all_at_once() -> float:
    """Print the times of thousands of series; the worst ratio of analyse_many to tight NumPy."""
    rng = np.random.default_rng(20260802)
    whole = rng.normal(50, 5, (SERIES, POINTS))
    bottom = rng.integers(300, 500, whole.shape).astype(float)
    top = rng.binomial(bottom.astype(int), 0.8).astype(float)
    gone = rng.random(whole.shape) < 0.05
    print(f"{SERIES:,} series of {POINTS} points with four rules and verdicts, milliseconds:")
    print(f"{'chart':>7}{'missing':>9}{'tight':>9}{'analyse_many':>14}{'ratio':>8}{'ns a point':>12}")
    worst = 0.0
    for missing in (False, True):
        value, numerator = (np.where(gone, np.nan, table) if missing else table for table in (whole, top))
        denominator = np.where(gone, np.nan, bottom) if missing else bottom
        parts = {"numerator": numerator, "denominator": denominator}
        for chart, plain, asked in (
            ("xmr", partial(tight.many_xmr, value, 60.0), {"value": value, "target": 60.0}),
            ("p", partial(tight.many_p, numerator, denominator, 0.7), {**parts, "target": 0.7}),
            ("u", partial(tight.many_u, numerator, denominator, 0.7), {**parts, "target": 0.7}),
        ):
            ours = partial(spc.analyse_many, chart=chart, direction="increase", **asked)  # type: ignore[arg-type]  # by name
            agree(plain(), ours())
            base, taken = milliseconds([plain, ours], 1, 4 * ROUNDS)
            worst = max(worst, taken / base)
            each = taken * 1e6 / value.size
            print(
                f"{chart:>7}{'5 %' if missing else 'none':>9}{base:>9.1f}{taken:>14.1f}{taken / base:>8.2f}{each:>12.0f}"
            )
    more = (
        ("c", {"value": top, "chart": "c"}),
        ("run, Anhøj", {"value": whole, "chart": "run", "profile": "anhoej"}),
        ("xmr, Anhøj", {"value": whole, "profile": "anhoej"}),
    )
    times = milliseconds([partial(spc.analyse_many, **asked) for _, asked in more], 1, 4 * ROUNDS)  # type: ignore[arg-type]  # by name
    print("  ".join(f"{name}: {taken:.1f} ms" for (name, _), taken in zip(more, times, strict=True)))
    print(f"Worst ratio of analyse_many to tight NumPy: {worst:.2f} (aim: 2).")
    return worst


def agree(plain: Sequence[np.ndarray], batch: spc.Batch) -> None:
    """Make sure that both read every series alike."""
    latest = np.array([word.endswith("high") for word in batch.variation], dtype=np.int8)
    latest -= np.array([word.endswith("low") for word in batch.variation], dtype=np.int8)
    met = np.array([{"pass": 1, "fail": -1}.get(word, 0) for word in batch.assurance])
    marked = np.logical_or.reduce([mark != 0 for mark in batch.marks.values()])
    assert np.array_equal(plain[1], latest), "both must read the same variation"
    assert np.array_equal(plain[2], met), "both must read the same assurance"
    # Tight NumPy shows nothing where a point is in a rise and in a fall.
    assert np.count_nonzero((plain[0] != 0) & ~marked) == 0, "both must mark the same points"
    assert np.count_nonzero((plain[0] == 0) & marked) < plain[0].size / 1000, "both must mark the same points"


def start() -> None:
    """Print how long `import spc` takes in a new process, beyond NumPy, once compiled as on a user's machine."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: entry for name, entry in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        for code in ("import numpy", "import spc"):
            best = float("inf")
            for _ in range(8):
                begun = time.perf_counter()
                subprocess.run(
                    [sys.executable, "-c", code], check=True, env={**kept, "PYTHONPYCACHEPREFIX": folder}
                )
                best = min(best, time.perf_counter() - begun)
            taken.append(best * 1000)
    print(f"import spc: {taken[1] - taken[0]:.0f} ms beyond NumPy's own {taken[0]:.0f} ms.")


def main() -> int:
    """Measure, print, and fail above the limits."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--limit", type=float, help="fail if analyse takes more than so many times tight NumPy"
    )
    parser.add_argument("--limit-many", type=float, help="fail if analyse_many takes more than so many times")
    parser.add_argument("--limit-peers", type=float, help="fail if ours takes more than so many times theirs")
    parser.add_argument("--repeats", type=int, default=40)
    parser.add_argument("--beside", help="site-packages of an environment with clinical-qikit and shewhart")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    peers = installed(asked.beside)
    measured = (
        (one_by_one(asked.repeats), asked.limit),
        (beside_others(asked.repeats, peers), asked.limit_peers),
        (all_at_once(), asked.limit_many),
    )
    start()
    return int(any(limit is not None and worst > limit for worst, limit in measured))


if __name__ == "__main__":
    sys.exit(main())
