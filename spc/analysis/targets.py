"""Targets: one number, or a number from each of several periods on."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from spc.errors import MixedPeriods, OutOfRange
from spc.periods import kind, orderable, plain_period
from spc.series import FloatArray, Period, Series
from spc.single import alone, single
from spc.told import told

Target: TypeAlias = float | Sequence[tuple[Period, float]] | None


def target_column(series: Series, target: Target, field: str = "target") -> FloatArray:
    """Return the target at every point, NaN where there is none.

    A list of (period, number) holds each number from its period on, until the next.

    >>> target_column(Series(value=[5, 6, 7]), [(2, 90.0)])
    array([nan, 90., 90.])
    """
    n = len(series)
    if target is None:
        return np.full(n, np.nan)
    if isinstance(target, (int, float)):
        return np.full(n, float(target))
    for start, _ in target:
        if n and kind(start) != kind(series.x[0]):
            raise MixedPeriods(row=None, found=told(start), field=field)
    inorder: list[tuple[Any, float]] = sorted(target, key=lambda pair: pair[0])
    starts = [start for start, _ in inorder]
    held = [bisect_right(starts, x) for x in series.x]
    found = np.array([np.nan, *(level for _, level in inorder)])
    return np.asarray(found[np.array(held, dtype=np.intp)])


def plain_target(field: str, target: object) -> Target:
    """Return a target in plain numbers, None where there is none; NotANumber, NotFinite or MixedPeriods names the field.

    >>> plain_target("target", [(np.int64(3), np.float32(0.5)), (5, None)])
    ((3, 0.5), (5, nan))
    """
    if alone(target):
        number = single(field, target)
        return None if math.isnan(number) else number
    pairs: list[tuple[Period, float]] = []
    for pair in target:  # type: ignore[attr-defined]  # not alone: a list
        try:
            start, level = pair
        except (TypeError, ValueError):
            allowed = "it is a number, or pairs of a period and the number from then on"
            raise OutOfRange(field=field, found=told(target), allowed=allowed) from None
        if not orderable(start) or (pairs and kind(start) != kind(pairs[0][0])):
            raise MixedPeriods(row=None, found=told(start), field=field)
        pairs.append((plain_period(start), single(field, level)))
    return tuple(pairs)
