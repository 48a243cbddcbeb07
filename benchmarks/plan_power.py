"""Power by simulation beside the closed form where there is one, and the time it takes: `python -m benchmarks.plan_power`.

Known limits: one point outside (geometric), a run of seven (recursion), average run lengths of rules together (Champ &
Woodall 1987, Technometrics 29:393, table 1). Estimated limits: the noncentral t distribution, and all binomial baselines.
Exit 1 if a simulated share lies more than 4.5 standard errors from its closed form, a run length more than 3 % off, or
`plan` at its defaults takes longer than `--limit` milliseconds.
"""

import argparse
import math
import sys
import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

import spc
from spc.advice.chances import shown, table_of
from spc.charts.limits import Limits
from spc.profiles import Use

SERIES, LOOKS, BATCHES = 2000, 1200, 5
SIMULATIONS = 50_000
OUTSIDE = Use("outside_limits")
TWO = Use("two_in_three", 3, third="free", beyond_counts=True)
FOUR = Use("four_in_five", 5, third="free", beyond_counts=True)
EIGHT = Use("shift", 8)
# Rules, change in sigma, average run length: 1 / 0.0027 and 1 / 0.0228 (Montgomery), and as published for rules together.
RUN_LENGTHS = (
    ("3 sigma", (OUTSIDE,), 0.0, 370.40),
    ("3 sigma", (OUTSIDE,), 1.0, 43.89),
    ("3 sigma, 2 in 3", (OUTSIDE, TWO), 0.0, 225.44),
    ("3 sigma, 4 in 5", (OUTSIDE, FOUR), 0.0, 166.05),
    ("3 sigma, run of 8", (OUTSIDE, EIGHT), 0.0, 152.73),
    ("all four", (OUTSIDE, TWO, FOUR, EIGHT), 0.0, 91.75),
    ("all four", (OUTSIDE, TWO, FOUR, EIGHT), 1.0, 9.22),
)


def looks(value: NDArray[np.float64], uses: tuple[Use, ...]) -> NDArray[np.bool_]:
    """Whether either side has signalled by each look, centre 0 and sigma 1 known; four points on the centre come first."""
    series = value.shape[1]
    whole = np.concatenate((np.zeros((4, series)), value))
    lines = Limits(np.zeros(series), sigma=np.ones(series))
    high, low = (shown(table_of(whole, lines, 4, falling=falling), uses) for falling in (False, True))
    return np.asarray(high | low)


def run_length(uses: tuple[Use, ...], change: float, rng: np.random.Generator) -> float:
    """Points watched for each signal; a series that has not signalled by the end counts with all its points."""
    points = signals = 0
    for _ in range(BATCHES):
        seen = looks(rng.standard_normal((LOOKS, SERIES)) + change, uses)
        points += int((~seen).sum()) + int(seen[-1].sum())
        signals += int(seen[-1].sum())
    return points / signals


def closed_forms() -> list[tuple[str, float, float]]:
    """Name, simulated share and exact share."""
    one = replace(spc.PROFILES["mdc"], name="one_rule", rules=(OUTSIDE,))
    by_deviation = replace(one, spread_from="standard_deviation")
    rows = []
    for points, change in ((10, 1.0), (10, 2.0), (24, 2.0), (24, 3.0)):
        found = spc.plan(
            spc.Baseline(points=points, centre=0, sigma=1),
            change=change,
            profile=by_deviation,
            simulations=SIMULATIONS,
        )
        widen = math.sqrt(1 + 1 / points)
        c4 = math.sqrt(2 / (points - 1)) * math.gamma(points / 2) / math.gamma((points - 1) / 2)
        exact = float(stats.nct.sf(3 / (c4 * widen), points - 1, change / widen))
        rows.append((f"XmR, {points} points, +{change:g} sigma, 1st point", found.power[0], exact))
    for n, points, before, after in ((50, 12, 0.2, 0.4), (100, 24, 0.3, 0.2)):
        totals, counts = np.arange(n * points + 1), np.arange(n + 1)
        centre = totals / (n * points)
        reach = 3 * np.sqrt(centre * (1 - centre) / n)
        values = (counts / n)[np.newaxis]
        if after > before:
            outside = values > np.minimum(centre + reach, 1)[:, np.newaxis]
        else:
            outside = values < np.maximum(centre - reach, 0)[:, np.newaxis]
        exact = float(
            stats.binom.pmf(totals, n * points, before) @ (outside @ stats.binom.pmf(counts, n, after))
        )
        found = spc.plan(
            spc.Baseline(points=points, centre=before, denominator=n),
            change=after - before,
            chart="p",
            profile=one,
            simulations=SIMULATIONS,
        )
        rows.append((f"p, {points} points of {n}, {before:g} to {after:g}, 1st point", found.power[0], exact))
    rng = np.random.default_rng(7)
    for change in (0.0, 1.0, 2.0):
        value = rng.standard_normal((20, SIMULATIONS)) + change
        beyond = float(stats.norm.sf(3 - change) + stats.norm.cdf(-3 - change))
        for k in (5, 20):
            share = float(looks(value, (OUTSIDE,))[k - 1].mean())
            rows.append((f"known limits, +{change:g} sigma, {k} points", share, 1 - (1 - beyond) ** k))
    return rows


def speed() -> list[tuple[str, float]]:
    """Best of five of `plan` at its defaults for each chart, in milliseconds."""
    asked: tuple[tuple[str, spc.Baseline, float], ...] = (
        ("xmr", spc.Baseline(points=24, centre=20, sigma=4), -5.0),
        ("run", spc.Baseline(points=24, centre=20, sigma=4), -5.0),
        ("p", spc.Baseline(points=24, centre=0.2, denominator=150), -0.05),
        ("u", spc.Baseline(points=24, centre=2, denominator=15), -0.5),
        ("c", spc.Baseline(points=24, centre=12), -4.0),
    )
    rows = []
    for chart, baseline, change in asked:
        best = math.inf
        for _ in range(5):
            started = time.perf_counter()
            found = spc.plan(baseline, change=change, chart=chart)
            best = min(best, time.perf_counter() - started)
        rows.append((f"{chart:<4} {found.words}", best * 1000))
    return rows


def main() -> int:
    """Simulate, print, and fail where a figure is not what it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--limit", type=float, default=300.0, help="milliseconds `plan` may take at its defaults"
    )
    asked = parser.parse_args()
    wrong = 0
    print(f"{'share that has signalled':<46}{'simulated':>11}{'exact':>9}{'errors off':>12}")
    for name, share, exact in closed_forms():
        off = (share - exact) / math.sqrt(exact * (1 - exact) / SIMULATIONS)
        wrong += abs(off) > 4.5
        print(f"{name:<46}{share:>11.4f}{exact:>9.4f}{off:>12.2f}")
    print(f"\n{'average run length, known limits':<46}{'simulated':>11}{'exact':>9}{'ratio':>12}")
    rng = np.random.default_rng(11)
    for name, uses, change, exact in RUN_LENGTHS:
        simulated = run_length(uses, change, rng)
        wrong += abs(simulated / exact - 1) > 0.03
        print(f"{f'{name}, {change:g} sigma':<46}{simulated:>11.2f}{exact:>9.2f}{simulated / exact:>12.3f}")
    print("\nmilliseconds of plan() at its defaults, 5,000 simulations")
    for words, taken in speed():
        wrong += taken > asked.limit
        print(f"{taken:>6.0f}  {words}")
    print(f"{wrong} figures are not what they should be")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
