"""Gathering raw rows into one point a period: sums of counts, and mean, size, standard deviation and range of subgroups."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from spc.errors import LengthsDiffer, NotFound, NoValues
from spc.periods import By, Period, begun, check_comparable
from spc.series import FloatArray, Numbers, Series, numbers
from spc.sums import deviation, mean, median, total

HOW = ("mean", "median", "sum", "deviation")


def gather(
    x: Sequence[Period],
    value: Numbers | None = None,
    *,
    numerator: Numbers | None = None,
    denominator: Numbers | None = None,
    how: Literal["mean", "median", "sum", "deviation"] = "mean",
    by: By | None = None,
    ordered: bool = True,
) -> Series:
    """Gather rows with the same x into one point, in order of x; missing rows are passed over.

    `by` gathers dates by the "day", "week" (from Monday), "month", "quarter" or "year" they lie in.

    A numerator and a denominator are summed. Plain values become their mean (or `how` says), with the size, the standard
    deviation and the range of each subgroup beside it for the xbar, s and r charts.

    Raises LengthsDiffer, NoValues, NotFound, NotADate, and what Series raises.

    >>> gather(["a", "b", "a"], [1, 5, 3], ordered=False).value
    array([2., 5.])
    >>> from datetime import date
    >>> days = [date(2026, 3, 30), date(2026, 4, 2), date(2026, 4, 20)]
    >>> gather(days, [4, 6, 9], by="month").x
    (datetime.date(2026, 3, 1), datetime.date(2026, 4, 1))
    """
    if value is None and (numerator is None or denominator is None):
        raise NoValues(field="value" if denominator is None else "numerator")
    if how not in HOW:
        raise NotFound(field="how", asked=how, known=HOW)
    if not hasattr(x, "__len__"):
        raise NoValues(field="x")
    columns = {
        name: numbers(name, column)
        for name, column in (("value", value), ("numerator", numerator), ("denominator", denominator))
        if column is not None
    }
    for name, column in columns.items():
        if len(column) != len(x):
            raise LengthsDiffer(field=name, length=len(column), expected=len(x))
    gone = np.isnan(np.array([*columns.values()])).any(axis=0)
    check_comparable(x)
    if by is not None:
        x = begun(x, by)
    groups: dict[Period, list[int]] = {}
    for row, period in enumerate(x):
        groups.setdefault(period, []).append(row)
    order = sorted(groups)
    there = [[row for row in groups[period] if not gone[row]] for period in order]
    if value is None:
        top, bottom = (_sums(columns[name], there) for name in ("numerator", "denominator"))
        return Series(order, numerator=top, denominator=bottom, ordered=ordered)
    entries = [columns["value"][rows] for rows in there]
    return Series(
        order,
        [_one(group, how) for group in entries],
        denominator=None if denominator is None else _sums(columns["denominator"], there),
        size=[float(len(group)) for group in entries],
        deviation=[_one(group, "deviation") for group in entries],
        spread=[_range(group.tolist()) for group in entries],
        ordered=ordered,
    )


def _sums(column: FloatArray, groups: Sequence[Sequence[int]]) -> list[float]:
    """Sum a column over each group; NaN for a group without rows."""
    return [total(column[list(rows)].tolist()) if rows else math.nan for rows in groups]


def _one(group: FloatArray, how: str) -> float:
    """Reduce one subgroup to a number; NaN if it is too small for it."""
    entries = group.tolist()
    if how == "mean":
        return mean(entries)
    if how == "median":
        return median(entries)
    if how == "deviation":
        return deviation(entries)
    return total(entries) if entries else math.nan


def _range(entries: list[float]) -> float:
    """Largest minus smallest; NaN of nothing, or where it is beyond the range of a double."""
    width = max(entries) - min(entries) if entries else math.nan
    return width if math.isfinite(width) else math.nan
