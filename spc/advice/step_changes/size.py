"""How large a step is: the levels before and after in the units of the chart, and an interval for their difference."""

import math
from dataclasses import dataclass

import numpy as np

from spc.advice.step_changes.fit import mean_variance
from spc.series import FloatArray


@dataclass(frozen=True, slots=True)
class Size:
    """Levels before and after, after minus before, and the 95 % interval of that; all in the units of the chart."""

    before: float
    after: float
    size: float
    lower: float
    upper: float

    @property
    def certain(self) -> bool:
        """Whether the interval leaves no doubt about the direction."""
        return self.lower > 0 or self.upper < 0


@dataclass(frozen=True, slots=True)
class Scale:
    """How values are averaged: their root of degree `power` is, inside the range a level can have, times `unit` to be drawn."""

    power: float = 1.0
    unit: float = 1.0
    floor: float = -math.inf
    ceiling: float = math.inf

    def drawn(self, level: float) -> float:
        """Bring an average back into the units of the chart."""
        inside = min(max(level, self.floor), self.ceiling)
        return float(inside**self.power) * self.unit


def magnitude(value: FloatArray) -> float:
    """Power of two as large as the largest value, by which all can be divided without rounding.

    >>> magnitude(np.array([3.0, -10.0]))
    8.0
    """
    return math.ldexp(1.0, math.frexp(float(np.abs(value).max()))[1] - 1)


def size_of(value: FloatArray, weight: FloatArray, split: int, rho: float, scale: Scale) -> Size | None:
    """Weighted means before and from `split` on, and their difference with its interval; None beyond the range of a double.

    Arrays have one entry a point. Each mean's variance is enlarged for autocorrelation rho; the intervals of both means are
    joined by the method of variance estimates recovery, so that they need not be symmetrical.
    Source: Zou & Donner 2008, Statistics in Medicine 27:1693; Bence 1995, Ecology 76:628 (autocorrelation).

    >>> values = np.array([9.0, 10.0, 11.0, 19.0, 20.0, 21.0])
    >>> found = size_of(values, np.ones(6), 3, 0.0, Scale())
    >>> found and (found.before, found.after, found.size, round(found.lower, 2), round(found.upper, 2))
    (10.0, 20.0, 10.0, 7.73, 12.27)
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - only a step found pays for importing SciPy

    root = value ** (1 / scale.power) if scale.power != 1 else value
    largest = magnitude(root)
    root, weight = root / largest, weight / weight.max()
    # Weights of very different size lose the small ones.
    if not (weight[:split].sum() > 0 < weight[split:].sum()):
        return None
    parts = [(root[rows], weight[rows]) for rows in (slice(None, split), slice(split, None))]
    means = [float((part @ heavy) / heavy.sum()) for part, heavy in parts]
    squares = sum(float(heavy @ (part - mean) ** 2) for (part, heavy), mean in zip(parts, means, strict=True))
    alone = [float(mean_variance(float(len(part)), rho)) for part, _ in parts]
    free = len(value) - sum(len(part) * share for (part, _), share in zip(parts, alone, strict=True))
    variance = squares / free
    reach = float(stdtrit(max(sum(1 / share for share in alone) - len(alone), 1.0), 0.975))
    errors = [
        math.sqrt(variance * share * len(part) / float(heavy.sum()))
        for (part, heavy), share in zip(parts, alone, strict=True)
    ]
    try:
        (before, low_0, high_0), (after, low_1, high_1) = (
            tuple(scale.drawn(mean * largest + side * reach * error * largest) for side in (0, -1, 1))
            for mean, error in zip(means, errors, strict=True)
        )
    except OverflowError:
        return None
    size = after - before
    found = Size(
        before=before,
        after=after,
        size=size,
        lower=size - math.hypot(after - low_1, high_0 - before),
        upper=size + math.hypot(high_1 - after, before - low_0),
    )
    return found if all(map(math.isfinite, (before, after, found.lower, found.upper))) else None
