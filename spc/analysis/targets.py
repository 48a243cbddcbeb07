"""Targets: one number, or a number from each of several periods on."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from spc.errors import MixedPeriods, NotANumber
from spc.series import FloatArray, Period, Series, numbers

Target: TypeAlias = float | Sequence[tuple[Period, float]] | None


def target_column(series: Series, target: Target) -> FloatArray:
    """Return the target at every point, NaN where there is none.

    A list of (period, number) holds each number from its period on, until the next.

    >>> target_column(Series(value=[5, 6, 7]), [(2, 90.0)])
    array([nan, 90., 90.])
    """
    n = len(series)
    if target is None:
        return np.full(n, np.nan)
    if isinstance(target, (int, float, np.number)):
        return np.full(n, numbers("target", [target])[0])
    try:
        starts, given = [start for start, _ in target], [level for _, level in target]
    except (TypeError, ValueError):
        raise NotANumber(field="target", row=0, found=target) from None
    levels = numbers("target", given)
    try:
        order = sorted(range(len(starts)), key=lambda place: starts[place])
        starts = [starts[place] for place in order]
        held = [bisect_right(starts, x) - 1 for x in series.x]
    except TypeError:
        raise MixedPeriods(row=0, found=starts[0], field="target") from None
    found = np.array([np.nan, *levels[order]])
    return np.asarray(found[np.array(held, dtype=np.intp) + 1])
