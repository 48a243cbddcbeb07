"""A steady process before a change: taken from a charted series, or given in numbers; each number checked."""

import math
from dataclasses import dataclass

import numpy as np

from spc.assurance import Result
from spc.charts.limits import mean_range, moving_ranges
from spc.constants import D2_OF_TWO
from spc.errors import NotFound, OutOfRange
from spc.phases import in_baseline
from spc.profiles import Profile
from spc.series import FloatArray

CHARTS_PLANNED = ("xmr", "run", "p", "u", "c")
# A baseline of four points makes the longest window, four in five, whole at the first look.
FEWEST = 4
_MOST = 100_000
# Above this many events a point counts are no longer exact in a double.
_MOST_EVENTS = 1e15


@dataclass(frozen=True, slots=True)
class Baseline:
    """A steady process in numbers, where there is no series yet.

    `points` is how many there will be before the change, `centre` their level. `sigma`, the standard deviation of single
    values, is needed for "xmr" and "run"; `denominator`, the usual number of cases or the area of opportunity, for "p"
    and "u", whose `centre` is a proportion between 0 and 1 or a rate.
    """

    points: int
    centre: float
    sigma: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """A steady process and a lasting change of its level, in the units of the chart.

    `sigma` is the standard deviation of single values ("xmr", "run"); `denominators` are those of the baseline, in order
    ("p", "u"). `points` counts the baseline.
    """

    chart: str
    points: int
    centre: float
    change: float
    sigma: float = math.nan
    denominators: FloatArray | None = None


def known(chart: str) -> str:
    """Return the name of a chart whose power can be simulated; NotFound otherwise."""
    if chart not in CHARTS_PLANNED:
        raise NotFound(field="chart", asked=chart, known=CHARTS_PLANNED)
    return chart


def observed(result: Result, chart: str, profile: Profile, change: float) -> Process:
    """Take the process from the last phase of a result."""
    phase, series = result.phases[-1], result.series
    rows = np.arange(phase.first, phase.last + 1)
    behind = in_baseline(result.question.baseline, rows, len(series))
    rows = rows[result.points.included[rows] & (True if behind is None else behind)]
    value = series.value[rows]
    there = ~np.isnan(value)
    n = int(there.sum())
    if n < FEWEST:
        raise OutOfRange(
            field="baseline", found=n, allowed=f"at least {FEWEST} values are needed before the change"
        )
    if chart in ("p", "u"):
        if series.numerator is None or series.denominator is None:
            raise OutOfRange(
                field="baseline", found=result.chart, allowed="it has no numerators and denominators"
            )
        sizes = series.denominator[rows][there]
        centre = float(series.numerator[rows][there].sum() / sizes.sum())
        # A binomial draw takes whole cases.
        whole = np.maximum(np.rint(sizes), 1.0) if chart == "p" else sizes
        return Process(chart, n, centre, change, denominators=whole)
    middle = float(np.median(value[there]) if chart == "run" else value[there].mean())
    if chart == "c":
        return Process(chart, n, middle, change)
    ranges = moving_ranges(value)
    steady = len(ranges) > 0 and not ranges.any()
    sigma = 0.0 if steady else mean_range(ranges, screened=profile.screened) / D2_OF_TWO
    if not math.isfinite(sigma):
        raise OutOfRange(
            field="baseline", found=n, allowed="neighbouring values are needed to know the spread"
        )
    return Process(chart, n, middle, change, sigma=sigma)


def described(baseline: Baseline, chart: str, change: float) -> Process:
    """Take the process from numbers, each checked."""
    if not FEWEST <= baseline.points <= _MOST:
        raise OutOfRange(
            field="points", found=baseline.points, allowed=f"a baseline has {FEWEST} to {_MOST} points"
        )
    if not math.isfinite(baseline.centre):
        raise OutOfRange(field="centre", found=baseline.centre, allowed="it is a finite number")
    sigma, size = baseline.sigma, baseline.denominator
    if chart in ("xmr", "run"):
        if sigma is None or not 0 <= sigma < math.inf:
            raise OutOfRange(
                field="sigma", found=sigma, allowed="this chart needs the standard deviation of single values"
            )
        return Process(chart, baseline.points, baseline.centre, change, sigma=sigma)
    if chart == "c":
        return Process(chart, baseline.points, baseline.centre, change)
    least = 1.0 if chart == "p" else 0.0
    if size is None or not least <= size < math.inf or size == 0 or (chart == "p" and size != int(size)):
        allowed = (
            "this chart needs the usual number of cases, a whole number"
            if chart == "p"
            else "this chart needs the usual area of opportunity, above zero"
        )
        raise OutOfRange(field="denominator", found=size, allowed=allowed)
    return Process(
        chart, baseline.points, baseline.centre, change, denominators=np.full(baseline.points, float(size))
    )


def check_level(process: Process) -> None:
    """Refuse a level that cannot be: a negative count or rate, a proportion outside 0 and 1."""
    if process.chart in ("xmr", "run"):
        return
    sizes = 1.0 if process.denominators is None else float(process.denominators.max())
    top = 1.0 if process.chart == "p" else _MOST_EVENTS / sizes
    allowed = (
        "the level stays between 0 and 1" if process.chart == "p" else "the level stays at zero or above"
    )
    if sizes > _MOST_EVENTS:
        raise OutOfRange(field="denominator", found=sizes, allowed=f"at most {_MOST_EVENTS:g}")
    for field, level, found in (
        ("centre", process.centre, process.centre),
        ("change", process.centre + process.change, process.change),
    ):
        if not 0 <= level <= top:
            raise OutOfRange(field=field, found=found, allowed=allowed)
