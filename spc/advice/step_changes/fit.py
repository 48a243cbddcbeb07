"""A step fitted at every place of one stretch of points at once: how clear it is, with autocorrelation allowed for.

Values are replaced by the normal scores of their ranks (van der Waerden), so that skewed data and single wild values make
no step. For every place the contrast of the means after and before is divided by its standard error under first-order
autocorrelation, which is estimated from what remains when that very step is taken out: estimated with the step left in,
a real change would pass for autocorrelation, and ignored, autocorrelation would pass for a change.

Sources: Serinaldi & Kilsby 2016, Stoch Environ Res Risk Assess 30:763 (step and lag-1 autocorrelation estimated together,
with bias correction); Wang 2008, J Appl Meteorol Climatol 47:2423 (largest t over all places, autocorrelated noise);
Kendall 1954, Biometrika 41:403, and Marriott & Pope 1954, Biometrika 41:390 (bias of the estimate with a mean removed);
Smith 1975, Biometrika 62:407 (how well the place is known).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from spc.series import FloatArray

# Points a step needs on either side to be looked at: the shortest run any profile calls a shift.
FEWEST = 6
# Autocorrelations are allowed for in hundredths, up to this: beyond it a step and a wander cannot be told apart.
HIGHEST = 0.9
_HUNDREDTHS = 100
# Share of the residual squares that rounding alone may leave of a perfect fit.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Clearness:
    """Steps at every place of one or many series of n scores.

    `t` and `rho` have one row a series and one column a place: how clear the step is, in standard errors with the sign of
    the step, and the autocorrelation allowed for. Column j stands for a step before point j + FEWEST.
    """

    t: FloatArray
    rho: FloatArray


def scores(value: FloatArray) -> FloatArray:
    """Normal scores of the ranks (Blom), equal values sharing the mean of theirs; one entry a value.

    >>> scores(np.array([3.0, 1.0, 1e300])).round(2).tolist()
    [0.0, -0.87, 0.87]
    """
    _, place, count = np.unique(value, return_inverse=True, return_counts=True)
    by_rank = normal_scores(len(value))
    ends = np.cumsum(count)
    total = np.concatenate(([0.0], np.cumsum(by_rank)))
    return np.asarray(((total[ends] - total[ends - count]) / count)[place])


@lru_cache(maxsize=256)
def normal_scores(n: int) -> FloatArray:
    """Normal quantiles of the ranks 1 to n, (rank - 3/8) / (n + 1/4) (Blom 1958)."""
    from scipy.special import ndtri  # noqa: PLC0415 - only a chart with a run signal pays for importing SciPy

    made = np.asarray(ndtri((np.arange(1, n + 1) - 0.375) / (n + 0.25)))
    made.setflags(write=False)
    return made


def clearness(score: FloatArray, highest: float = HIGHEST) -> Clearness:
    """Fit a step at every place of each row of scores (series by points).

    `highest` is the largest autocorrelation allowed for; 0 takes all points for independent.

    >>> up = clearness(scores(np.array([1.0, 2.0, 1.5, 1.2, 1.8, 1.1, 6.0, 7.0, 6.5, 6.2, 6.8, 6.1]))[None])
    >>> bool(up.t[0, 0] > 4)
    True
    """
    n = score.shape[1]
    after = np.arange(FEWEST, n - FEWEST + 1)
    before_n, after_n = after.astype(np.float64), (n - after).astype(np.float64)
    running = np.cumsum(score, axis=1)
    before_sum = running[:, after - 1]
    after_sum = running[:, -1:] - before_sum
    low, high = before_sum / before_n, after_sum / after_n
    squares = (score * score).sum(axis=1)[:, None]
    left = np.maximum(squares - low * before_sum - high * after_sum, _ROUNDING * squares)
    pairs = np.cumsum(score[:, 1:] * score[:, :-1], axis=1)
    last, first = score[:, after - 1], score[:, after]
    within_before = pairs[:, after - 2] - low * (before_sum + low - score[:, :1] - last)
    within_after = pairs[:, -1:] - pairs[:, after - 1] - high * (after_sum + high - first - score[:, -1:])
    products = within_before + within_after + (last - low) * (first - high)
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = np.nan_to_num(products / left)
        # Two means removed bring the estimate down by (2 + 4 rho) / n on average.
        rho = np.clip((n * raw + 2) / (n - 4), 0.0, highest)
        hundredths = np.rint(rho * _HUNDREDTHS).astype(np.intp)
        weight = _weights(n)[hundredths, np.arange(len(after))]
        t = np.nan_to_num((high - low) / np.sqrt(left) * weight)
    return Clearness(t, rho)


def mean_variance(n: NDArray[np.float64] | float, rho: NDArray[np.float64] | float) -> FloatArray:
    """Variance of the mean of n neighbours with lag-1 autocorrelation rho, for values of variance 1.

    >>> float(mean_variance(4.0, 0.0)), round(float(mean_variance(2.0, 0.5)), 3)
    (0.25, 0.75)
    """
    n, rho = np.asarray(n, dtype=np.float64), np.asarray(rho, dtype=np.float64)
    return np.asarray((n * (1 - rho**2) - 2 * rho * (1 - rho**n)) / (n * (1 - rho)) ** 2)


def covariance(
    before: NDArray[np.float64] | float, after: NDArray[np.float64] | float, rho: NDArray[np.float64] | float
) -> FloatArray:
    """Covariance of the means of two adjoining stretches of values of variance 1.

    >>> float(covariance(1.0, 1.0, 0.5))
    0.5
    """
    before, after, rho = (np.asarray(entry, dtype=np.float64) for entry in (before, after, rho))
    return np.asarray(rho * (1 - rho**before) * (1 - rho**after) / (1 - rho) ** 2 / (before * after))


@lru_cache(maxsize=256)
def _weights(n: int) -> FloatArray:
    """Root of the degrees of freedom over the variance of the contrast, by hundredths of autocorrelation and place."""
    rho = np.arange(round(HIGHEST * _HUNDREDTHS) + 1)[:, None] / _HUNDREDTHS
    before = np.arange(FEWEST, n - FEWEST + 1, dtype=np.float64)
    after = n - before
    one, other = mean_variance(before, rho), mean_variance(after, rho)
    contrast = one + other - 2 * covariance(before, after, rho)
    free = n - before * one - after * other
    made = np.sqrt(free / contrast)
    made.setflags(write=False)
    return np.asarray(made)


def place_interval(score: FloatArray, rho: float, share: float = 0.95) -> tuple[int, int]:
    """First and last place where the step may have begun: the likeliest places that make up `share` of the likelihood.

    Every place is as likely beforehand; the step and the variance are integrated out (Smith 1975), after the
    autocorrelation is taken out by generalised least squares.

    >>> values = np.array([1.0, 2.0, 1.5, 1.2, 1.8, 1.1, 1.4, 6.0, 7.0, 6.5, 6.2, 6.8, 6.1, 6.4])
    >>> place_interval(scores(values), 0.0)
    (6, 8)
    """
    n = len(score)
    place = np.arange(FEWEST, n - FEWEST + 1)
    root = np.sqrt(1 - rho**2)
    white = np.concatenate(([root * score[0]], score[1:] - rho * score[:-1]))
    level = np.full(n, 1 - rho)
    level[0] = root
    total = level @ level
    mean = (white @ level) / total
    left = ((white - mean * level) ** 2).sum()
    rest = np.cumsum(white[::-1])[::-1]
    later = (n - place - 1).astype(np.float64)
    crossed = (1 - rho) ** 2 * later + (1 - rho)
    contrast = (1 - rho) * rest[place] + rho * white[place] - mean * crossed
    size = (1 - rho) ** 2 * later + 1 - crossed**2 / total
    squares = np.maximum(left - contrast**2 / size, _ROUNDING * left)
    power = -(n - 2) / 2 * np.log(squares) - np.log(size) / 2
    likelihood = np.exp(power - power.max())
    order = np.argsort(-likelihood, kind="stable")
    enough = int(np.searchsorted(np.cumsum(likelihood[order]), share * likelihood.sum())) + 1
    chosen = place[order[:enough]]
    return int(chosen.min()), int(chosen.max())
