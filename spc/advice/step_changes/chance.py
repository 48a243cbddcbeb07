"""How often noise alone shows a step as clear as the one found: simulated for short charts, in closed form for long ones."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from spc.advice.step_changes.fit import FEWEST, HIGHEST, clearness, normal_scores
from spc.series import FloatArray

# Beyond so many points the closed form is close, and simulating would be slow.
LONG = 200
# Simulated noise has an autocorrelation in steps of this.
TWENTIETHS = 20


@dataclass(frozen=True, slots=True)
class Noise:
    """The noise that steps are compared with: how many series, from which seed, and how it may be autocorrelated.

    `highest` is the largest autocorrelation allowed for; 0 switches the allowance off.
    """

    seed: int
    simulations: int
    highest: float = HIGHEST

    @property
    def least(self) -> float:
        """Smallest chance that so many series can show: one that none of them shows may be smaller."""
        return 1 / (self.simulations + 1)


def chance(t: float, n: int, rho: float, noise: Noise) -> float:
    """Share of noise series of n points, with the given autocorrelation, whose clearest step is as clear as t.

    Never below 1 / (simulations + 1): a simulation cannot show what it never saw.

    >>> chance(2.0, 36, 0.0, Noise(seed=1, simulations=199)) > 0.2
    True
    """
    if n > LONG:
        # The closed form knows no autocorrelation, which counts least where the chart is long.
        return max(bridge_tail(t, FEWEST / n), chance(t, LONG, rho, noise))
    clearest = _clearest(n, round(rho * TWENTIETHS), noise)
    as_clear = noise.simulations - int(np.searchsorted(clearest, t))
    return (1 + as_clear) / (1 + noise.simulations)


def one_place(t: float) -> float:
    """Chance of a step as clear as t at one place chosen beforehand: no chance over all places is smaller."""
    return math.erfc(t / math.sqrt(2))


def bridge_tail(t: float, edge: float) -> float:
    """Chance that a standardised Brownian bridge leaves +-t anywhere between the shares `edge` and 1 - `edge`.

    Places lie closer together there than points do, so it is a little too large for points.
    Source: Csorgo & Horvath 1997, Limit Theorems in Change-Point Analysis, chapter 1, after Vostrikova 1981, Soviet Math Dokl 24:55.

    >>> round(bridge_tail(3.5, 0.05), 3)
    0.018
    """
    if t <= 1:
        return 1.0
    both = 2 * math.log((1 - edge) / edge)
    tail = t * math.exp(-t * t / 2) / math.sqrt(2 * math.pi) * ((1 - 1 / t**2) * both + 4 / t**2)
    return min(1.0, tail)


@lru_cache(maxsize=512)
def _clearest(n: int, twentieths: int, noise: Noise) -> FloatArray:
    """Clearest step of every simulated series, in order of size; made once for a length and an autocorrelation."""
    clearest = np.sort(np.abs(clearness(noise_scores(n, twentieths, noise), noise.highest).t).max(axis=1))
    clearest.setflags(write=False)
    return np.asarray(clearest)


@lru_cache(maxsize=8)
def noise_scores(n: int, twentieths: int, noise: Noise) -> FloatArray:
    """Scores of simulated stationary series with an autocorrelation of so many twentieths, series by points."""
    series = _innovations(n, noise.simulations, noise.seed).copy()
    rho = twentieths / TWENTIETHS
    if rho:
        series[0] /= math.sqrt(1 - rho * rho)
        for point in range(1, n):
            series[point] += rho * series[point - 1]
    score = np.empty((noise.simulations, n))
    np.put_along_axis(score, np.argsort(series.T, axis=1), normal_scores(n)[None], axis=1)
    return score


@lru_cache(maxsize=4)
def _innovations(n: int, simulations: int, seed: int) -> FloatArray:
    """Independent normal noise, points by series."""
    return np.random.default_rng(seed).standard_normal((n, simulations))
