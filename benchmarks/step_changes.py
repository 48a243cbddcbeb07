"""False alarms and power of `spc.suggest_step_changes`, by simulation: `python -m benchmarks.step_changes`.

Stable series: the share of charts with any suggestion. A real step half-way: the share of charts with a suggestion whose
interval for the place covers it, how far the nearest lies from it, and how often both intervals cover the truth. Every share
is printed with its 95 % interval (Wilson). `--limit 0.05` fails the run if a share on independent noise is above that by more
than chance explains.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

import spc
from spc.advice.step_changes import chance, suggest
from spc.advice.step_changes.chance import Noise

LENGTHS = (24, 36, 60, 120)
STEPS = (1.0, 1.5, 2.0, 3.0)
STEP_LENGTH = 36
SERIES = 1000
NOISE = Noise(suggest.SEED, suggest.SIMULATIONS)
Z95 = 1.959963984540054
# A chart fails the limit if a share as large comes less than once in 10,000 runs from the limit itself.
Z_LIMIT = 3.72
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: shares are of `series` charts of `n` points; `error` in points, the others None on stable series.

    `independent` marks noise without autocorrelation and without a step, where `share` is a rate of false alarms.
    """

    name: str
    profile: str
    n: int
    series: int
    share: float
    low: float
    high: float
    independent: bool = False
    error: float | None = None
    place_covered: float | None = None
    size_covered: float | None = None


def autoregressive(rng: np.random.Generator, shape: tuple[int, int], rho: float) -> Floats:
    """Stationary noise of variance 1 with lag-1 autocorrelation rho, series by points."""
    made = rng.standard_normal(shape)
    made[:, 1:] *= math.sqrt(1 - rho * rho)
    for point in range(1, shape[1]):
        made[:, point] += rho * made[:, point - 1]
    return made


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Interval for a share (Wilson 1927, J Am Stat Assoc 22:209)."""
    share, square = hits / of, Z95 * Z95
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = Z95 / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return middle - reach, middle + reach


def stable() -> Iterator[tuple[str, bool, Callable[[np.random.Generator, int, int], list[spc.Result]]]]:
    """Every kind of noise with its name, whether it is independent, and how to chart so many series of it."""

    def charted(values: Floats) -> list[spc.Result]:
        return [spc.analyse(spc.Series(value=row)) for row in values]

    def proportions(rng: np.random.Generator, series: int, n: int) -> list[spc.Result]:
        cases = rng.integers(30, 400, (series, n))
        events = rng.binomial(cases, 0.15)
        return [
            spc.analyse(spc.Series(numerator=top, denominator=bottom), chart="p")
            for top, bottom in zip(events, cases, strict=True)
        ]

    yield "normal", True, lambda rng, series, n: charted(rng.standard_normal((series, n)))
    yield "exponential", True, lambda rng, series, n: charted(rng.exponential(size=(series, n)))
    yield "lognormal", True, lambda rng, series, n: charted(rng.lognormal(size=(series, n)))
    yield "p chart, 30 to 400 cases", True, proportions
    yield "autocorrelation 0.3", False, lambda rng, series, n: charted(autoregressive(rng, (series, n), 0.3))
    yield "autocorrelation 0.6", False, lambda rng, series, n: charted(autoregressive(rng, (series, n), 0.6))


def row_of(name: str, results: list[spc.Result], noise: Noise = NOISE, step: float | None = None) -> Row:
    """Suggest steps on every chart and count; with `step`, those that cover a step of this size half-way."""
    n = len(results[0].points)
    found = [suggest.suggested(result, suggest.LEVEL, noise) for result in results]
    middle = n // 2
    nearest = [min(steps, key=lambda one: abs(one.row - middle)) for steps in found if steps]
    covering = [one for one in nearest if one.earliest <= middle <= one.latest]
    hits = len(nearest) if step is None else len(covering)
    low, high = wilson(hits, len(results))
    row = Row(name, results[0].profile, n, len(results), hits / len(results), low, high)
    if step is None or not nearest:
        return row
    return replace(
        row,
        error=float(np.mean([abs(one.row - middle) for one in nearest])),
        place_covered=len(covering) / len(nearest),
        size_covered=float(np.mean([one.lower <= step <= one.upper for one in nearest])),
    )


def rows(series: int = SERIES, seed: int = 20_260_802) -> Iterator[Row]:
    """Measure everything, line by line: false alarms by noise and length, then power by size of step and profile."""
    rng = np.random.default_rng(seed)
    for name, independent, make in stable():
        for n in LENGTHS:
            yield replace(row_of(name, make(rng, series, n)), independent=independent)
    for n in LENGTHS:
        results = [
            spc.analyse(spc.Series(value=row), chart="run", profile="ihi_run")
            for row in rng.standard_normal((series, n))
        ]
        yield replace(row_of("normal, run chart", results), independent=True)
    ignoring = replace(NOISE, highest=0.0)
    results = [spc.analyse(spc.Series(value=row)) for row in autoregressive(rng, (series, 36), 0.6)]
    yield row_of("autocorrelation 0.6, ignored", results, ignoring)
    after = np.arange(STEP_LENGTH) >= STEP_LENGTH // 2
    for profile in ("mdc", "ihi_run", "anhoej"):
        for step in STEPS:
            noise = rng.standard_normal((series // 2, STEP_LENGTH))
            chart = "run" if profile == "ihi_run" else "xmr"
            results = [
                spc.analyse(spc.Series(value=row + step * after), chart=chart, profile=profile)
                for row in noise
            ]
            yield row_of(f"step of {step:g} sigma", results, step=step)


def milliseconds() -> tuple[float, float]:
    """Time for a chart of 120 points with a step, before and after the noise of that length is simulated."""
    chance.noise_scores.cache_clear()
    chance._innovations.cache_clear()  # noqa: SLF001 - as in a new process
    chance._clearest.cache_clear()  # noqa: SLF001
    value = np.random.default_rng(1).normal(size=120) + 2.0 * (np.arange(120) >= 60)
    result = spc.analyse(spc.Series(value=value))
    taken = []
    for _ in range(2):
        started = time.perf_counter()
        spc.suggest_step_changes(result)
        taken.append((time.perf_counter() - started) * 1000)
    return taken[0], taken[1]


def main() -> int:
    """Measure, print, and fail above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--limit", type=float, help="fail if independent noise gives more false alarms than this"
    )
    parser.add_argument("--series", type=int, default=SERIES, help="charts a line")
    asked = parser.parse_args()
    started = time.perf_counter()
    print(
        f"{'':<30}{'profile':<9}{'points':>7}{'share':>8}{'95% interval':>17}{'places off':>12}{'place in':>10}{'size in':>9}"
    )
    failed = []
    for row in rows(asked.series):
        line = f"{row.name:<30}{row.profile:<9}{row.n:>7}{row.share:>8.1%}{f'{row.low:.1%} to {row.high:.1%}':>17}"
        if row.error is not None:
            line += f"{row.error:>12.1f}{row.place_covered:>10.0%}{row.size_covered:>9.0%}"
        print(line)
        if asked.limit is not None and row.independent:
            beyond = (row.share - asked.limit) / math.sqrt(asked.limit * (1 - asked.limit) / row.series)
            failed += [row.name] if beyond > Z_LIMIT else []
    cold, warm = milliseconds()
    print(
        f"120 points: {cold:.0f} ms the first time, {warm:.1f} ms then; all {time.perf_counter() - started:.0f} s"
    )
    if failed:
        print("too many false alarms:", ", ".join(failed))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
