"""Estimating the spread within subgroups, in the ways the tools and textbooks have.

Source: Montgomery, Introduction to Statistical Quality Control, chapter on xbar charts; Burr 1969, Journal of Quality
Technology 1:163, for the weighted estimators.
"""

import math

import numpy as np

from spc.charts.averages import weighted_mean
from spc.charts.limits import present
from spc.constants import D2, D3, c4
from spc.phases import Span
from spc.profiles import Profile
from spc.series import FloatArray
from spc.sums import mean, total


def c4_of(sizes: FloatArray) -> FloatArray:
    """Return c4 for every size; NaN for a size of one or none.

    >>> [round(entry, 4) for entry in c4_of(np.array([1.0, 2.0, 5.0])).tolist()]
    [nan, 0.7979, 0.94]
    """
    return np.array([c4(int(n)) if n > 1 else math.nan for n in sizes.tolist()])


def of_table(table: dict[int, float], sizes: FloatArray) -> FloatArray:
    """Look up a constant of ranges for every size; NaN outside the table.

    >>> of_table(D2, np.array([2.0, 5.0, 40.0])).tolist()
    [1.128, 2.326, nan]
    """
    return np.array([table.get(int(n), math.nan) if n == n else math.nan for n in sizes.tolist()])  # noqa: PLR0124


def average_deviation(span: Span, profile: Profile) -> float:
    """Mean of the subgroups' standard deviations if all have one size, else (or by profile) the pooled one.

    >>> from spc.profiles import PROFILES
    >>> span = Span(
    ...     0,
    ...     slice(0, 2),
    ...     np.zeros(2),
    ...     None,
    ...     None,
    ...     None,
    ...     size=np.full(2, 4.0),
    ...     deviation=np.array([1.0, 3.0]),
    ... )
    >>> average_deviation(span, PROFILES["mdc"]), round(average_deviation(span, PROFILES["powerbi_spc"]), 4)
    (2.0, 2.2361)
    """
    if span.size is None or span.deviation is None:
        return math.nan
    sizes = present(span.size[span.size > 0])
    same = len(set(sizes.tolist())) <= 1
    if same and profile.equal_subgroups == "mean_sd":
        return mean(present(span.of_base(span.deviation)))
    return pooled(span)


def pooled(span: Span) -> float:
    """Root of the mean variance weighted by degrees of freedom, over the baseline.

    >>> sizes, deviations = np.array([2.0, 4.0]), np.array([1.0, 3.0])
    >>> span = Span(0, slice(0, 2), np.zeros(2), None, None, None, size=sizes, deviation=deviations)
    >>> round(pooled(span), 4)
    2.6458
    """
    if span.size is None or span.deviation is None:
        return math.nan
    free, deviation = span.of_base(span.size) - 1, span.of_base(span.deviation)
    usable = (free > 0) & ~np.isnan(deviation)
    if usable.any() and (deviation[usable] == deviation[usable][0]).all():
        # The root of rounded squares may miss it by a bit, and then every point is off the line.
        return float(deviation[usable][0])
    with np.errstate(over="ignore"):
        squares = total((free[usable] * deviation[usable] ** 2).tolist())
    degrees = total(free[usable].tolist())
    return math.sqrt(squares / degrees) if degrees > 0 and math.isfinite(squares) else math.nan


def within(span: Span, estimator: str) -> float:
    """Standard deviation within subgroups by a named estimator, over the baseline; NaN where it cannot be had.

    >>> span = Span(
    ...     0, slice(0, 2), np.zeros(2), None, None, None, size=np.full(2, 5.0), spread=np.array([2.0, 3.0])
    ... )
    >>> round(within(span, "UWAVE-R"), 4)
    1.0748
    """
    if span.size is None:
        return math.nan
    sizes = span.of_base(span.size)
    if estimator == "RMSDF":
        degrees = total(np.maximum(sizes[~np.isnan(sizes)] - 1, 0).tolist())
        return pooled(span) / c4(int(degrees) + 1) if math.isfinite(degrees) else math.nan
    if estimator.endswith("-R"):
        if span.spread is None:
            return math.nan
        d2, d3 = of_table(D2, sizes), of_table(D3, sizes)
        each = span.of_base(span.spread) / d2
        weight = (d2 / d3) ** 2
    else:
        if span.deviation is None:
            return math.nan
        constant = c4_of(sizes)
        each = span.of_base(span.deviation) / constant
        with np.errstate(divide="ignore"):  # beyond any size that is measured c4 is 1
            weight = constant**2 / (1 - constant**2)
    if estimator.startswith("UWAVE"):
        return mean(present(each))
    there = ~np.isnan(each)
    return (
        total((weight[there] * each[there]).tolist()) / total(weight[there].tolist())
        if there.any()
        else math.nan
    )


def weighted(span: Span, column: FloatArray | None) -> float:
    """Mean of a column weighted by subgroup size, over the baseline.

    >>> span = Span(0, slice(0, 2), np.zeros(2), None, None, None, size=np.array([1.0, 3.0]))
    >>> weighted(span, np.array([2.0, 6.0]))
    5.0
    """
    if column is None or span.size is None:
        return math.nan
    return weighted_mean(span.of_base(column), span.of_base(span.size))
