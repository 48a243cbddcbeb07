"""How long one chart takes beside a tight NumPy XmR chart with the same four rules, in one run: `python -m benchmarks.spc_speed`.

Aim: `analyse` within 3 times the tight figure at 24, 120 and 1,000 points. `--limit 6` fails the run above that ratio.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

import spc

LENGTHS = (24, 36, 120, 1000)
ROUNDS = 9


def tight(value: np.ndarray) -> tuple[float, float, float, np.ndarray]:
    """XmR limits and the four NHS rules on one series without gaps, and nothing else: no checks, no words."""
    n = len(value)
    centre = value.mean()
    reach = 2.66 * np.abs(value[1:] - value[:-1]).mean()
    upper, lower = centre + reach, centre - reach
    mark = (value > upper) | (value < lower)
    for side in (value > centre, value < centre):
        total = np.concatenate(([0], side.cumsum()))
        shift = (total[7:] - total[:-7]) == 7
        for offset in range(7):
            mark[offset : n - 6 + offset] |= shift
    for step in (value[1:] > value[:-1], value[1:] < value[:-1]):
        total = np.concatenate(([0], step.cumsum()))
        trend = (total[6:] - total[:-6]) == 6
        for offset in range(7):
            mark[offset : n - 6 + offset] |= trend
    third = reach * 2 / 3
    for side, close in (
        (value > centre, (value > centre + third) & (value <= upper)),
        (value < centre, (value < centre - third) & (value >= lower)),
    ):
        near = close.astype(np.int8)
        full = side[:-2] & side[1:-1] & side[2:] & (near[:-2] + near[1:-1] + near[2:] >= 2)
        for offset in range(3):
            mark[offset : n - 2 + offset] |= full & close[offset : n - 2 + offset]
    return centre, lower, upper, mark


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


def main() -> int:
    """Measure, print, and fail above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--limit", type=float, help="fail if analyse takes more than this many times the tight figure"
    )
    parser.add_argument("--repeats", type=int, default=100)
    asked = parser.parse_args()
    rng = np.random.default_rng(20260801)
    print(
        f"{'points':>7}{'tight ms':>10}{'analyse ms':>12}{'ratio':>7}{'with verdict':>14}{'ratio':>7}{'as JSON':>10}{'run chart':>11}{'p chart':>9}"
    )
    worst = 0.0
    for n in LENGTHS:
        value = rng.normal(50, 5, n)
        series = spc.Series(value=value)
        counts = spc.Series(numerator=rng.binomial(400, 0.8, n), denominator=np.full(n, 400))
        result = spc.analyse(series)
        assert np.array_equal(tight(value)[3], result.points.direction != 0), "both must mark the same points"

        def ask(chart: str = "xmr", of: spc.Series = series) -> spc.Result:
            return spc.analyse(of, chart=chart, direction="increase", target=60.0)

        works: list[Callable[[], object]] = [
            partial(tight, value),
            ask,
            lambda ask=ask: ask().verdict,  # type: ignore[misc]  # bound at once, called in this round
            lambda ask=ask: ask().to_dict(),  # type: ignore[misc]
            partial(ask, "run"),
            partial(ask, "p", counts),
        ]
        base, plain, judged, written, run, proportion = milliseconds(works, asked.repeats)
        worst = max(worst, plain / base)
        print(
            f"{n:>7}{base:>10.3f}{plain:>12.3f}{plain / base:>7.2f}{judged:>14.3f}{judged / base:>7.2f}"
            f"{written:>10.3f}{run:>11.3f}{proportion:>9.3f}"
        )
    print(f"worst ratio of analyse to tight NumPy: {worst:.2f}")
    return int(asked.limit is not None and worst > asked.limit)


if __name__ == "__main__":
    sys.exit(main())
