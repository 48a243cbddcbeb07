"""How often stable data show a signal, by every rule and every profile: `python -m benchmarks.false_alarms`.

Charts of 12 to 120 normal, independent points on which nothing is going on are read by the engine. With known limits the
share that signals is held against its closed form (benchmarks/closed_forms.py), and the number of points between false
alarms of the Western Electric rules against the published one (Champ & Woodall 1987, Technometrics 29:393). With limits
from the same points, as on most charts, the share is simulated; the Anhøj rules and the number of runs about a median
have closed forms there too.

`--check` exits 1 if a share lies outside the interval that holds 99.9 % of such simulations: of a hundred shares one is
outside with one seed in ten, so the seed is fixed. `--write` writes docs/spc/false-alarms.md.
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats

import spc
from benchmarks import closed_forms
from benchmarks.false_alarms_page import page
from spc.charts.limits import Limits
from spc.profiles import Use
from spc.signals.found import View

LENGTHS = (12, 24, 36, 60, 120)
SEED = 1987
KNOWN, ESTIMATED, SERIES = 8000, 3000, 2000
# The chart each profile is read on: XmR, or a run chart where it has rules for nothing else.
RUN_CHARTS = ("ihi_run", "anhoej")
OUTSIDE = Use("outside_limits")
TWO, FOUR = (
    Use(rule, n, third="free", beyond_counts=True, mark="completing", lines="last")
    for rule, n in (("two_in_three", 3), ("four_in_five", 5))
)
EIGHT = Use("shift", 8, mark="completing")
# Points between false alarms with known limits: 1 / 0.0027, 2^8 - 1, and as published.
RUN_LENGTHS = (
    ("3 sigma", (OUTSIDE,), 370.40),
    ("run of 8", (EIGHT,), 255.0),
    ("3 sigma, 2 in 3", (OUTSIDE, TWO), 225.44),
    ("3 sigma, 4 in 5", (OUTSIDE, FOUR), 166.05),
    ("3 sigma, run of 8", (OUTSIDE, EIGHT), 152.73),
    ("all four Western Electric rules", (OUTSIDE, TWO, FOUR, EIGHT), 91.75),
)
LONG = 1000
# What the other points of a window may do.
FORMS = {
    "same_side": "the others on the same side",
    "cancels": "one beyond the opposite line takes one away",
    "free": "the others anywhere",
}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many charts signalled; `exact` is the closed form, if there is one."""

    signalled: int
    charts: int
    exact: float | None = None

    @property
    def share(self) -> float:
        """Part of the charts that signalled."""
        return self.signalled / self.charts

    def interval(self) -> tuple[float, float]:
        """Interval of the share at 95 % (Wilson)."""
        found = stats.binomtest(self.signalled, self.charts).proportion_ci(method="wilson")
        return float(found.low), float(found.high)

    def agrees(self) -> bool:
        """Whether so many are among the 99.9 % of simulations nearest to the closed form."""
        if self.exact is None:
            return True
        low, high = stats.binom.ppf([0.0005, 0.9995], self.charts, min(max(self.exact, 0.0), 1.0))
        return bool(low <= self.signalled <= high)


def on_paper(value: NDArray[np.float64]) -> View:
    """Show the rules points whose centre is known to be 0 and whose standard deviation is known to be 1."""
    n = len(value)
    centre, lower, upper, lower_2s, upper_2s = (np.full(n, line) for line in (0.0, -3.0, 3.0, -2.0, 2.0))
    side = (value > 0).view(np.int8) - (value < 0).view(np.int8)
    return View(value, centre, lower, upper, lower_2s, upper_2s, side, Limits(0.0, sigma=1.0))


def uses_of(profiles: Mapping[str, spc.Profile]) -> tuple[Use, ...]:
    """Every use of a rule, once."""
    return tuple(dict.fromkeys(use for profile in profiles.values() for use in profile.rules))


def find(view: View, use: Use) -> bool:
    """Whether a rule finds a pattern."""
    return bool(spc.RULES[use.rule].find(view, use))


def with_known_limits(
    n: int,
    charts: int,
    uses: tuple[Use, ...],
    *,
    seed: int = SEED,
    finder: Callable[[View, Use], bool] = find,
) -> dict[Use, Share]:
    """Read charts of n points with known limits: for every use of a rule, how many signal."""
    rng = np.random.default_rng((seed, n))
    hits = dict.fromkeys(uses, 0)
    for value in rng.standard_normal((charts, n)):
        view = on_paper(value)
        for use in uses:
            hits[use] += finder(view, use)
    return {use: Share(number, charts, closed_forms.known(use, n)) for use, number in hits.items()}


def with_estimated_limits(n: int, charts: int, profile: spc.Profile, *, seed: int = SEED) -> dict[str, Share]:
    """Read charts of n points with limits from the same points: for every rule of a profile, and "any", how many signal."""
    rng = np.random.default_rng((seed, n, 1))
    kind = "run" if profile.name in RUN_CHARTS else "xmr"
    hits = dict.fromkeys([*(use.rule for use in profile.rules), "any"], 0)
    for value in rng.standard_normal((charts, n)):
        result = spc.analyse(spc.Series(value=value), kind, profile)
        found = {pattern.use.rule for part in result.parts for pattern in part.patterns}
        for rule in [*found, *(["any"] if found else [])]:
            hits[rule] += 1
    exact: dict[str, float] = {}
    if profile.name == "anhoej":
        exact["any"] = closed_forms.anhoej(n, median=True)
    if profile.name == "ihi_run":
        exact["number_of_runs"] = closed_forms.odd_runs(n, median=True)
    return {rule: Share(number, charts, exact.get(rule)) for rule, number in hits.items()}


def run_lengths(uses: tuple[Use, ...], series: int, *, seed: int = SEED) -> tuple[float, float]:
    """Points watched for each signal with known limits, and the standard error; a series without one counts in full."""
    rng = np.random.default_rng((seed, 2))
    watched = np.full(series, LONG)
    signals = 0
    for number, value in enumerate(rng.standard_normal((series, LONG))):
        view = on_paper(value)
        marked = np.zeros(LONG, dtype=np.bool_)
        for use in uses:
            marked |= spc.RULES[use.rule].find(view, use).mark != 0
        if marked.any():
            watched[number] = int(marked.argmax()) + 1
            signals += 1
    average = float(watched.sum()) / signals
    return average, average / math.sqrt(signals)


def named(use: Use) -> str:
    """Words for one use of a rule."""
    title = spc.RULES[use.rule].title
    if use.rule in ("two_in_three", "four_in_five"):
        return f"{title}, {FORMS[use.third]}"
    return f"{title}, {use.n} points" if use.n else title


def once(uses: tuple[Use, ...]) -> Iterator[Use]:
    """Uses that can differ in whether they signal; what they mark is no matter."""
    seen = set()
    for use in uses:
        if named(use) not in seen:
            seen.add(named(use))
            yield use


def line(name: str, n: int, found: Share) -> str:
    """One row of the printed table."""
    low, high = found.interval()
    exact = "" if found.exact is None else f"{found.exact:>9.4f}  {'inside' if found.agrees() else 'OUTSIDE'}"
    return f"{name:<68}{n:>5}{found.share:>9.4f}  {low:.4f} to {high:.4f}{exact}"


def shares(table: Mapping[tuple[str, int], Share]) -> dict[tuple[str, int], float]:
    """Leave only the shares of a table."""
    return {key: found.share for key, found in table.items()}


def main() -> int:
    """Simulate, print, compare, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="exit 1 if a share is not what it should be")
    parser.add_argument("--write", action="store_true", help="write docs/spc/false-alarms.md")
    parser.add_argument("--times", type=float, default=1.0, help="so many times the usual number of charts")
    asked = parser.parse_args()
    wrong = 0
    print(f"{'known limits':<68}{'n':>5}{'share':>9}  {'95 % interval':<16}{'exact':>9}")
    known: dict[tuple[str, int], Share] = {}
    uses = tuple(once(uses_of(spc.PROFILES)))
    for n in LENGTHS:
        for use, found in with_known_limits(n, int(KNOWN * asked.times), uses).items():
            known[named(use), n] = found
    for (name, n), found in sorted(known.items()):
        wrong += not found.agrees()
        print(line(name, n, found))
    print(f"\n{'limits from the same points':<68}{'n':>5}{'share':>9}  {'95 % interval':<16}{'exact':>9}")
    estimated: dict[tuple[str, int], Share] = {}
    for profile in spc.PROFILES.values():
        for n in LENGTHS:
            read = with_estimated_limits(n, int(ESTIMATED * asked.times), profile)
            for rule, found in read.items():
                estimated[f"{profile.name}: {rule}", n] = found
                wrong += not found.agrees()
                print(line(f"{profile.name}: {rule}", n, found))
    print(f"\n{'points between false alarms, known limits':<68}{'simulated':>11}{'exact':>9}")
    lengths = []
    for name, together, published in RUN_LENGTHS:
        average, error = run_lengths(together, int(SERIES * asked.times))
        # 3.29 standard errors hold 99.9 % of simulations.
        inside = abs(average - published) <= 3.29 * error
        wrong += not inside
        lengths.append((name, average, published))
        print(f"{name:<68}{average:>11.1f}{published:>9.2f}  {'inside' if inside else 'OUTSIDE'}")
    print(f"\n{wrong} figures are not what they should be")
    if asked.write:
        exact = {key: found.exact for key, found in known.items()}
        target = Path("docs/spc/false-alarms.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(LENGTHS, shares(estimated), shares(known), exact, lengths), encoding="utf-8")
        print(f"written: {target}")
    return int(asked.check and wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
