"""Pooled evidence: one change idea at several places, by a random-effects model.

Each place has its own true effect; the effects scatter around a mean with variance tau². How far they scatter is estimated by REML
(Viechtbauer, J. Educ. Behav. Stat. 2005;30:261-293, eq. 8) or by Paule and Mandel's equation (J. Res. NBS 1982;87:377-385, eq. 5;
DerSimonian and Kacker, Contemp. Clin. Trials 2007;28:105-114, eq. 9). The interval of the mean is Hartung's and Knapp's
(Stat. Med. 2001;20:3875-3889, eq. 8), never narrower than the ordinary one (Röver et al., BMC Med. Res. Methodol. 2015;15:99);
the prediction interval is Higgins, Thompson and Spiegelhalter's (J. R. Stat. Soc. A 2009;172:137-159, eq. 12); the interval of
tau² is the Q-profile (Viechtbauer, Stat. Med. 2007;26:37-52, eq. 14).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Method = Literal["reml", "pm"]
FEW = 5
"""Places below which every figure here is a rough one."""
FEWEST_TO_PREDICT = 3
_ROUNDS = 200
_CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class Pooled:
    """What several places show together. All in the unit of the effects, variances in its square.

    `low` to `high` is the 95 % interval of the mean (Hartung-Knapp, t with k - 1 degrees of freedom); `z_low` to `z_high` the
    ordinary one; `predicted` where the true effect of one more place would lie (t with k - 2; None below three places);
    `q` and `p` the test of equal effects with k - 1 degrees of freedom; `i2` the share of the scatter that is not chance
    (0 to 1); `weights` of the places, adding up to 1.
    """

    k: int
    method: Method
    mean: float
    error: float
    low: float
    high: float
    z_low: float
    z_high: float
    predicted: tuple[float, float] | None
    tau2: float
    tau2_interval: tuple[float, float]
    q: float
    p: float
    i2: float
    fixed: float
    fixed_error: float
    weights: tuple[float, ...]


def pool(effects: Sequence[float], variances: Sequence[float], method: Method = "reml") -> Pooled:
    """Pool effects of k >= 2 places, shape (k,), with their sampling variances, shape (k,), both finite and the latter positive.

    Raises ValueError where there are fewer, where the two differ in length, or where a variance is not positive.
    """
    from scipy import stats  # noqa: PLC0415 - seconds to import, for one page

    y, v = np.asarray(effects, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    if y.ndim != 1 or y.shape != v.shape or len(y) < 2:  # noqa: PLR2004 - one place is not pooled
        raise ValueError("effects and variances are two lists of the same length, two or more")
    if not (np.isfinite(y).all() and np.isfinite(v).all() and (v > 0).all()):
        raise ValueError("effects are finite, variances finite and positive")
    k = len(y)
    q = _q(y, v, 0.0)
    tau2 = _reml(y, v) if method == "reml" else _paule_mandel(y, v)
    mean, error, weights = _weighted(y, v, tau2)
    knapp = math.sqrt(float(np.sum(weights * (y - mean) ** 2)) / (k - 1))
    wide = float(stats.t.ppf(0.975, k - 1)) * max(error, knapp)
    z = float(stats.norm.ppf(0.975)) * error
    predicted = None
    if k >= FEWEST_TO_PREDICT:
        far = float(stats.t.ppf(0.975, k - 2)) * math.sqrt(tau2 + error**2)
        predicted = (mean - far, mean + far)
    fixed, fixed_error, _ = _weighted(y, v, 0.0)
    return Pooled(
        k=k,
        method=method,
        mean=mean,
        error=error,
        low=mean - wide,
        high=mean + wide,
        z_low=mean - z,
        z_high=mean + z,
        predicted=predicted,
        tau2=tau2,
        tau2_interval=(
            _solve(y, v, float(stats.chi2.ppf(0.975, k - 1))),
            _solve(y, v, float(stats.chi2.ppf(0.025, k - 1))),
        ),
        q=q,
        p=float(stats.chi2.sf(q, k - 1)),
        i2=_i2(v, tau2),
        fixed=fixed,
        fixed_error=fixed_error,
        weights=tuple(float(one) for one in weights),
    )


def _weighted(y: Array, v: Array, tau2: float) -> tuple[float, float, Array]:
    """Return the weighted mean, its standard error, and the weights, shape (k,), adding up to 1."""
    w = 1.0 / (v + tau2)
    total = float(np.sum(w))
    return float(np.sum(w * y)) / total, math.sqrt(1.0 / total), w / total


def _q(y: Array, v: Array, tau2: float) -> float:
    """Return the weighted sum of squares around the weighted mean: falls as tau² grows."""
    w = 1.0 / (v + tau2)
    mean = float(np.sum(w * y) / np.sum(w))
    return float(np.sum(w * (y - mean) ** 2))


def _solve(y: Array, v: Array, aim: float) -> float:
    """Return the tau² at which Q is `aim`; 0 where it is below that from the beginning."""
    if _q(y, v, 0.0) <= aim:
        return 0.0
    high = float(np.max(v)) + float(np.var(y)) + 1e-300
    while _q(y, v, high) > aim:
        high *= 2.0
    low = 0.0
    for _ in range(_ROUNDS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _q(y, v, middle) > aim else (low, middle)
    return 0.5 * (low + high)


def _paule_mandel(y: Array, v: Array) -> float:
    return _solve(y, v, len(y) - 1.0)


def _reml(y: Array, v: Array) -> float:
    """Return the tau² of the largest restricted likelihood: the best of a grid, then the top around it."""
    most = 10.0 * (float(np.var(y, ddof=1)) + float(np.max(v)))
    grid = np.concatenate([[0.0], np.geomspace(most * 1e-9, most, 400)])
    heights = [_restricted(y, v, float(one)) for one in grid]
    best = int(np.argmax(heights))
    if best == 0 and _slope(y, v, 0.0) <= 0.0:
        return 0.0
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
    for _ in range(_ROUNDS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _slope(y, v, middle) > 0.0 else (low, middle)
        if high - low <= _CLOSE * high:
            break
    return 0.5 * (low + high)


def _restricted(y: Array, v: Array, tau2: float) -> float:
    """Return the restricted log-likelihood up to a constant."""
    w = 1.0 / (v + tau2)
    return 0.5 * float(np.sum(np.log(w)) - math.log(float(np.sum(w)))) - 0.5 * _q(y, v, tau2)


def _slope(y: Array, v: Array, tau2: float) -> float:
    """Return the derivative of the restricted log-likelihood."""
    w = 1.0 / (v + tau2)
    total = float(np.sum(w))
    mean = float(np.sum(w * y)) / total
    trace = total - float(np.sum(w**2)) / total
    return 0.5 * (float(np.sum(w**2 * (y - mean) ** 2)) - trace)


def _i2(v: Array, tau2: float) -> float:
    """Return I² from tau² and the typical sampling variance (Higgins and Thompson, Stat. Med. 2002;21:1539-1558, eq. 9)."""
    w = 1.0 / v
    total = float(np.sum(w))
    typical = (len(v) - 1) * total / (total**2 - float(np.sum(w**2)))
    return tau2 / (tau2 + typical)
