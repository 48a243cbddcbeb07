"""What a series shows that matters for the choice of a chart: numbers, each with what it means. Nothing is decided here.

Sources: Laney 2002, Quality Engineering 14:531 (spread beyond chance); Cryer & Ryan 1990, J Qual Technol 22:187 (noise of a
mean moving range); Montgomery, Introduction to Statistical Quality Control (denominators within a quarter of their mean);
Wheeler, Understanding Variation, and Wheeler & Lyday, Evaluating the Measurement Process (data in too large steps).
"""

import math
from dataclasses import dataclass

import numpy as np

from spc.advice.description import Evidence
from spc.charts.limits import mean_range, moving_ranges, present
from spc.constants import D2_OF_TWO, D4_OF_TWO, TRIAL_BELOW
from spc.series import FloatArray, Series
from spc.sums import deviation, mean, median

# Denominators all within this part of their mean count as the same.
STEADY_WITHIN = 0.25
# Fewer expected events than this at a point: chance is lopsided, and the lower limit is often zero.
FEW_EVENTS = 5.0
RARE_EVENTS = 1.0
# With more cases a point than this, limits of chance alone are so narrow that any other difference shows.
LARGE = 1000.0
# Fewer possible values than this inside the limits of the moving range: steps too large for the variation.
FEWEST_STEPS = 4
SKEWED = 1.0
HALF = 0.5
# Standard error of the spread from moving ranges of n values, times the root of n: 1 / sqrt(2 * 0.605).
_RANGE_ERROR = 0.909
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Facts:
    """Numbers found in a series; None where the data cannot say.

    `n` values and `missing` ones; `size` the median denominator and `vary` whether denominators differ; `expected` events
    at a typical point, or cases without one if they are fewer; `sigma_z` how many times the spread of chance, `above` and
    `below` whether that is more, or less, than chance makes it; `p_value` of the same for all points together (chi-square);
    `neighbours` the correlation of each value with the next and `bound` what chance makes of it; `steps` possible values
    inside the limits of the moving range; `zeros` and `on_median` parts of the values.
    """

    n: int
    missing: int
    constant: bool
    size: float | None = None
    vary: bool | None = None
    expected: float | None = None
    sigma_z: float | None = None
    above: bool = False
    below: bool = False
    p_value: float | None = None
    neighbours: float | None = None
    bound: float = math.inf
    skewness: float | None = None
    steps: int | None = None
    zeros: float = 0.0
    on_median: float = 0.0

    @property
    def rare(self) -> bool:
        """Whether most points have hardly an event (or hardly a case without one)."""
        few = self.expected is not None and self.expected < RARE_EVENTS
        return few or (self.expected is not None and self.zeros >= HALF)


def facts_of(series: Series, kind: str) -> Facts:
    """Look at a series as a measure of that kind. Never raises; what overflows is not said."""
    value = series.value
    there = present(value)
    n = len(there)
    if not n:
        return Facts(n=0, missing=len(value), constant=False)
    with np.errstate(all="ignore"):
        sizes = None
        if series.denominator is not None:
            sizes = series.denominator[~np.isnan(value) & (series.denominator > 0)]
        vary = None
        if sizes is not None and len(sizes):
            vary = bool((np.abs(sizes / mean(sizes) - 1) > STEADY_WITHIN).any())
        expected, z = _by_chance(series, kind)
        sigma_z, p_value = _dispersion(z, ordered=series.ordered)
        room = 2 * _RANGE_ERROR / math.sqrt(n)
        return Facts(
            n=n,
            missing=len(value) - n,
            constant=bool((there == there[0]).all()),
            size=None if sizes is None or not len(sizes) else median(sizes),
            vary=vary,
            expected=expected,
            sigma_z=sigma_z,
            above=sigma_z is not None and sigma_z > 1 + room,
            below=sigma_z is not None and sigma_z < 1 - room,
            p_value=p_value,
            neighbours=_neighbours(value, n) if series.ordered else None,
            bound=2 / math.sqrt(n),
            skewness=_skewness(there),
            steps=_steps(value) if kind in ("value", "count") and sizes is None else None,
            zeros=float((there == 0).mean()),
            on_median=float((there == median(there)).mean()),
        )


def _by_chance(series: Series, kind: str) -> tuple[float | None, FloatArray | None]:
    """Events expected at a typical point, and how far each value lies from the mean in deviations of chance alone."""
    value = series.value
    if kind == "count":
        middle = mean(present(value))
        if not 0 <= middle < math.inf:
            return None, None
        return middle, (value - middle) / np.sqrt(middle) if middle > 0 else None
    top, bottom = series.numerator, series.denominator
    if kind not in ("proportion", "rate") or top is None or bottom is None:
        return None, None
    counted = ~np.isnan(value)
    cases = float(bottom[counted].sum())
    level = float(top[counted].sum()) / cases if cases > 0 else math.nan
    if not math.isfinite(level) or level < 0:
        return None, None
    share = min(level, 1 - level) if kind == "proportion" else level
    expected = max(median(bottom[counted]) * share, 0.0)
    variance = level * (1 - level) if kind == "proportion" else level
    if variance <= 0:
        return expected, None
    z = (value - level) / np.sqrt(variance / bottom)
    return expected, np.asarray(np.where(np.isfinite(z), z, np.nan))


def _dispersion(z: FloatArray | None, *, ordered: bool) -> tuple[float | None, float | None]:
    """How many times the spread of chance neighbours show (Laney's sigma z), and the chi-square test of all points."""
    if z is None:
        return None, None
    there = present(z)
    spread = mean_range(moving_ranges(z), screened=False) / D2_OF_TWO if ordered else deviation(there)
    if len(there) < TRIAL_BELOW or not math.isfinite(spread):
        return None, None
    from scipy.special import chdtrc  # noqa: PLC0415 - SciPy is loaded only by those who ask for advice

    return spread, float(chdtrc(len(there) - 1, float((there**2).sum())))


def _neighbours(value: FloatArray, n: int) -> float | None:
    """Correlation of each value with the next (lag 1), steps over missing values left out."""
    off = value - mean(present(value))
    total = float(np.nansum(off**2))
    if n < TRIAL_BELOW or not 0 < total < math.inf:
        return None
    return float(np.nansum(off[1:] * off[:-1]) / total)


def _skewness(there: FloatArray) -> float | None:
    """Adjusted sample skewness (G1 of Joanes & Gill 1998, The Statistician 47:183)."""
    n = len(there)
    off = there - mean(there)
    second = float((off**2).mean())
    if n < TRIAL_BELOW or not 0 < second < math.inf:
        return None
    # Products and roots keep their digits when the unit changes by a power of two; general powers do not.
    found = float((off * off * off).mean()) / (second * math.sqrt(second)) * math.sqrt(n * (n - 1)) / (n - 2)
    return found if math.isfinite(found) else None


def _steps(value: FloatArray) -> int | None:
    """Possible values from 0 to the upper limit of the moving range, by the smallest step between values."""
    there = present(value)
    largest = float(np.abs(there).max())
    average = mean_range(moving_ranges(value), screened=False)
    if not 0 < largest < math.inf or not 0 < average < math.inf:
        return None
    # Scaled and rounded, so that 0.1 + 0.2 and 0.3 are one value.
    distinct = np.unique(np.round(there / largest, _DECIMALS))
    if len(distinct) < 2:  # noqa: PLR2004 - two values make a step
        return None
    step = float(np.diff(distinct).min()) * largest
    return int(min(D4_OF_TWO * average / step * (1 + 1e-9), 1e6)) + 1


def evidence(facts: Facts) -> tuple[Evidence, ...]:
    """Write the facts out, each with what it means."""
    return (_points(facts), *_of_chance(facts), *_of_values(facts))


def _of_chance(facts: Facts) -> list[Evidence]:
    """Denominators, events and the spread beside that of chance."""
    found = []
    if facts.size is not None:
        means = (
            "they differ, so limits have to differ from point to point"
            if facts.vary
            else "all within a quarter of their mean: about the same at every point"
        )
        found.append(Evidence("typical denominator", facts.size, means))
    if facts.expected is not None:
        found.append(
            Evidence(
                "events expected at a typical point, or cases without one", facts.expected, _events(facts)
            )
        )
    if facts.sigma_z is not None:
        means = "about what chance alone gives"
        if facts.above:
            means = "more than chance alone gives: neighbouring points differ for other reasons too"
        if facts.below:
            means = "less than chance alone gives"
        found.append(
            Evidence("spread between neighbours, in spreads of chance alone (sigma z)", facts.sigma_z, means)
        )
    if facts.p_value is not None:
        means = "chance alone explains the spread of all points"
        if facts.p_value < 0.01:  # noqa: PLR2004 - one in a hundred
            means = "chance alone does not explain the spread of all points"
            if not facts.above:
                means += ", but neighbours agree: the level has moved"
        found.append(Evidence("chi-square test of that spread, p-value", facts.p_value, means))
    return found


def _of_values(facts: Facts) -> list[Evidence]:
    """What the values themselves look like."""
    found = []
    if facts.neighbours is not None:
        means = "neighbouring values are about independent"
        if abs(facts.neighbours) > facts.bound:
            means = (
                "neighbouring values are alike" if facts.neighbours > 0 else "values go up and down in turn"
            )
        found.append(Evidence("correlation of each value with the next", facts.neighbours, means))
    if facts.skewness is not None:
        means = "about as far up as down" if abs(facts.skewness) <= SKEWED else "a long tail on one side"
        found.append(Evidence("skewness", facts.skewness, means))
    if facts.steps is not None:
        means = "fine enough" if facts.steps >= FEWEST_STEPS else "too coarse for the variation there is"
        found.append(Evidence("possible values inside the limits of the moving range", facts.steps, means))
    return found


def _points(facts: Facts) -> Evidence:
    """Say whether there are enough points for limits."""
    enough = "enough for limits" if facts.n >= TRIAL_BELOW else f"limits want {TRIAL_BELOW} or more"
    return Evidence("points with a value", facts.n, enough)


def _events(facts: Facts) -> str:
    """Say whether there is enough to count."""
    if facts.rare:
        return "rare: most points have none or one"
    if facts.expected is not None and facts.expected < FEW_EVENTS:
        return "few: one event more or less is most of the variation"
    return "enough for limits on both sides of the mean"
