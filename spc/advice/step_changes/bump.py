"""A level that rises or falls and comes back: two steps at once, which hide each other from the fit of one.

The same statistic as for one step, for a stretch inside against all the rest, over a coarse net of places that the fit of
single steps then refines. Source: Olshen, Venkatraman, Lucito & Wigler 2004, Biostatistics 5:557 (circular binary
segmentation), with autocorrelation allowed for as in `fit`.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from spc.advice.step_changes.chance import TWENTIETHS, Noise, noise_scores
from spc.advice.step_changes.fit import FEWEST, HIGHEST
from spc.series import FloatArray

# Places of the net along a chart.
_NET = 16


def clearest_bump(score: FloatArray, highest: float) -> tuple[FloatArray, FloatArray, NDArray[np.intp]]:
    """For each row of scores (series by points): how clear its clearest bump is, the autocorrelation, and its two places.

    >>> values = np.array(
    ...     [0.1, -0.2, 0.3, 0, -0.1, 0.2, 5.1, 4.8, 5.2, 5, 4.9, 5.3, -0.3, 0.4, -0.4, 0.05, 0.15, -0.15]
    ... )
    >>> from spc.advice.step_changes.fit import scores
    >>> clearest_bump(scores(values)[None], 0.9)[2].tolist()
    [[6, 12]]
    """
    n = score.shape[1]
    start, stop, weight = _net(n)
    inside_n = (stop - start).astype(np.float64)
    outside_n = n - inside_n
    running = np.concatenate((np.zeros((len(score), 1)), np.cumsum(score, axis=1)), axis=1)
    inside = running[:, stop] - running[:, start]
    outside = running[:, -1:] - inside
    level = outside / outside_n
    size = inside / inside_n - level
    squares = (score * score).sum(axis=1)[:, None]
    left = squares - outside * level - inside * (size + level)
    left = np.maximum(left, 1e-12 * squares)
    beside = running[:, stop - 1] - running[:, start - 1] + running[:, stop + 1] - running[:, start + 1]
    products = (
        (score[:, 1:] * score[:, :-1]).sum(axis=1)[:, None]
        - level * (2 * running[:, -1:] - score[:, :1] - score[:, -1:])
        - size * beside
        + level * level * (n - 1)
        + level * size * 2 * inside_n
        + size * size * (inside_n - 1)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        rho = np.clip((n * np.nan_to_num(products / left) + 2) / (n - 4), 0.0, highest)
        twentieths = np.rint(rho * TWENTIETHS).astype(np.intp)
        t = np.abs(np.nan_to_num(size / np.sqrt(left) * weight[twentieths, np.arange(len(start))]))
    best = t.argmax(axis=1)
    rows = np.arange(len(score))
    return t[rows, best], rho[rows, best], np.column_stack((start[best], stop[best]))


def bump_chance(t: float, n: int, rho: float, noise: Noise) -> float:
    """Share of noise series of n points, with the given autocorrelation, whose clearest bump is as clear as t."""
    clearest = _clearest(n, round(rho * TWENTIETHS), noise)
    as_clear = len(clearest) - int(np.searchsorted(clearest, t))
    return (1 + as_clear) / (1 + len(clearest))


@lru_cache(maxsize=256)
def _clearest(n: int, twentieths: int, noise: Noise) -> FloatArray:
    """Clearest bump of every second simulated series, which is enough for what the fit of single steps must confirm."""
    return np.sort(clearest_bump(noise_scores(n, twentieths, noise)[::2], noise.highest)[0])


@lru_cache(maxsize=64)
def _net(n: int) -> tuple[NDArray[np.intp], NDArray[np.intp], FloatArray]:
    """Starts and stops of the stretches compared with the rest, and what turns their contrast into t, by autocorrelation."""
    places = np.unique(np.linspace(FEWEST, n - FEWEST, min(_NET, n - 2 * FEWEST + 1)).round().astype(np.intp))
    one, other = np.triu_indices(len(places), 1)
    wide = places[other] - places[one] >= FEWEST
    start, stop = places[one][wide], places[other][wide]
    point = np.arange(n)
    inside = ((point >= start[:, None]) & (point < stop[:, None])).astype(np.float64)
    outside = 1 - inside
    within, around = inside / inside.sum(axis=1)[:, None], outside / outside.sum(axis=1)[:, None]
    apart = np.abs(np.subtract.outer(point, point))
    weight = np.empty((round(HIGHEST * TWENTIETHS) + 1, len(start)))
    for row in range(len(weight)):
        correlated = (row / TWENTIETHS) ** apart
        one_mean, other_mean = within @ correlated, around @ correlated
        kept = (one_mean * inside).sum(axis=1) + (other_mean * outside).sum(axis=1)
        contrast = ((one_mean - other_mean) * (within - around)).sum(axis=1)
        weight[row] = np.sqrt((n - kept) / contrast)
    return start, stop, weight
