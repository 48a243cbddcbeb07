"""How fast the engine is beside tight NumPy and two other Python packages, in one run: `python -m benchmarks.spc_speed`.

Aims: `analyse` within 3 times a tight NumPy chart with the same four rules, and faster than clinical-qikit and shewhart, at 24,
120 and 1,000 points; `analyse_many` on 10,000 series of 36 points within 2 times tight NumPy, for xmr, p and u charts, with and
without missing values. `--limit 6 --limit-many 4` fail the run above those ratios.

The two packages are not needed by anything here. Where they can be imported they are measured too: install clinical-qikit and
shewhart beside, or into another environment, and name its site-packages with `--beside`.
"""

import argparse
import importlib
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

import spc
from benchmarks import tight

LENGTHS = (24, 36, 120, 1000)
ROUNDS = 9
SERIES, POINTS = 10_000, 36


def milliseconds(works: Sequence[Callable[[], object]], repeats: int) -> list[float]:
    """Best mean processor time of each work, in rounds that take turns, so that a busy machine slows all alike."""
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            started = time.process_time()
            for _ in range(repeats):
                work()
            best[place] = min(best[place], (time.process_time() - started) / repeats)
    return [taken * 1000 for taken in best]


def others(beside: str | None) -> dict[str, Callable[[np.ndarray], object]]:
    """XmR charts of the two packages with their rules, as far as they can be imported; computing only, nothing drawn."""
    if beside:
        sys.path.append(beside)
    found: dict[str, Callable[[np.ndarray], object]] = {}
    for package, name, call in (
        ("clinical-qikit", "qikit", lambda made, value: made.qic(y=value, chart="i")),
        ("shewhart", "shewhart", lambda made, value: made.imr(value, rules="western_electric")),
    ):
        try:
            made = importlib.import_module(name)
        except ImportError:
            print(f"{package} is not installed: not measured.")
            continue
        found[package] = partial(call, made)
    return found


def one_by_one(repeats: int, peers: dict[str, Callable[[np.ndarray], object]]) -> float:
    """Print the times of one chart; the worst ratio of analyse to tight NumPy."""
    rng = np.random.default_rng(20260801)
    heads = ("tight", "analyse", "ratio", "verdict", "ratio", "as JSON", "run", "p chart", *peers)
    print("One chart, milliseconds:")
    print(f"{'points':>7}{''.join(f'{head:>15}' if head in peers else f'{head:>9}' for head in heads)}")
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
        slow = milliseconds([partial(peer, value) for peer in peers.values()], max(repeats // 20, 1))
        worst = max(worst, plain / base)
        cells = (base, plain, plain / base, judged, judged / base, written, run, proportion)
        beside = "".join(f"{taken:>8.2f} ({taken / judged:>3.0f}x)" for taken in slow)
        print(f"{n:>7}{''.join(f'{cell:>9.3f}' for cell in cells)}{beside}")
    print(
        f"Worst ratio of analyse to tight NumPy: {worst:.2f} (aim: 3). In brackets: times analyse with its verdict."
    )
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
            base, taken = milliseconds([plain, ours], 3)
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
    times = milliseconds([partial(spc.analyse_many, **asked) for _, asked in more], 3)  # type: ignore[arg-type]  # by name
    print("  ".join(f"{name}: {taken:.1f} ms" for (name, _), taken in zip(more, times, strict=True)))
    print(f"Worst ratio of analyse_many to tight NumPy: {worst:.2f} (aim: 2).")
    return worst


def start() -> None:
    """Print how long `import spc` takes in a new process, beyond NumPy."""
    taken = []
    for code in ("import numpy", "import spc"):
        best = float("inf")
        for _ in range(5):
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
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
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--beside", help="site-packages of an environment with clinical-qikit and shewhart")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    worst = one_by_one(asked.repeats, others(asked.beside))
    worst_many = all_at_once()
    start()
    slow = asked.limit is not None and worst > asked.limit
    return int(slow or (asked.limit_many is not None and worst_many > asked.limit_many))


if __name__ == "__main__":
    sys.exit(main())
