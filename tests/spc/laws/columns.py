"""Rows for every kind of chart, made from what it needs; few different values, so that ties, points on lines and gaps happen."""

import statistics
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from hypothesis import strategies as st

import spc
from spc.series import FloatArray

Row: TypeAlias = dict[str, float | None]

LINES = ("centre", "lower", "upper", "lower_2s", "upper_2s")
VALUE_CHARTS = [name for name, chart in spc.CHARTS.items() if chart.needs == "value"]
# What is plotted is a memory of earlier points.
REMEMBERING = ("ewma", "cusum", "bernoulli_cusum")

charts = st.sampled_from(list(spc.CHARTS))
profiles = st.sampled_from(list(spc.PROFILES))
whole = st.integers(-6, 6).map(float)
eighths = st.integers(1, 60).map(lambda entry: entry / 8)


def names_of(chart: str) -> tuple[str, ...]:
    """Columns of `spc.Series` that a chart needs."""
    if chart == "i_prime":
        return "value", "denominator"
    needs = spc.CHARTS[chart].needs
    if needs in ("proportion", "rate"):
        return "numerator", "denominator"
    return ("value", "size", "deviation", "spread") if needs == "subgroups" else ("value",)


def series_of(chart: str, rows: Sequence[Row], **more: Any) -> spc.Series:
    """Make a series of rows."""
    columns: dict[str, Any] = {name: [row[name] for row in rows] for name in names_of(chart)}
    return spc.Series(**columns, **more)


def subgroup(measured: Sequence[float]) -> Row:
    """One row of a subgroup chart from the measurements behind it."""
    several = len(measured) > 1
    return {
        "value": statistics.fmean(measured) if measured else None,
        "size": float(len(measured)),
        "deviation": statistics.stdev(measured) if several else None,
        "spread": max(measured) - min(measured) if measured else None,
    }


def missing_row(chart: str) -> Row:
    """One row on which nothing was measured."""
    return dict.fromkeys(names_of(chart)) | ({"size": 0.0} if "size" in names_of(chart) else {})


def row_of(chart: str, sizes: tuple[int, ...] = (1, 2, 4)) -> st.SearchStrategy[Row]:
    """One row with a value, or with a denominator of zero. Means of one, two or four whole numbers are exact."""
    needs = spc.CHARTS[chart].needs
    if chart == "i_prime":
        return st.fixed_dictionaries({"value": whole, "denominator": st.sampled_from([1.0, 4.0, 9.0])})
    if needs == "proportion":
        pair = st.tuples(st.integers(0, 12), st.integers(0, 12))
        return pair.map(lambda both: {"numerator": float(min(both)), "denominator": float(max(both))})
    if needs == "rate":
        return st.fixed_dictionaries({"numerator": st.integers(0, 9).map(float), "denominator": eighths})
    if needs == "subgroups":
        measured = st.lists(whole, min_size=4, max_size=4)
        return st.tuples(measured, st.sampled_from(sizes)).map(lambda both: subgroup(both[0][: both[1]]))
    entry = {
        "value": whole,
        "count": st.integers(0, 9).map(float),
        "time": eighths,
        "outcome": st.sampled_from([0.0, 1.0]),
    }[needs]
    return st.fixed_dictionaries({"value": entry})


def rows_of(
    chart: str, *, least: int = 0, most: int = 36, gaps: bool = True, sizes: tuple[int, ...] = (1, 2, 4)
) -> st.SearchStrategy[list[Row]]:
    """Rows of a chart, some of them missing."""
    row = row_of(chart, sizes)
    if gaps:
        row = st.one_of(row, row, row, row, st.just(missing_row(chart)))
    return st.lists(row, min_size=least, max_size=most)


def marks(result: spc.Result) -> dict[str, list[int]]:
    """What each rule marked; rules that marked nothing are left out."""
    return {rule: mark.tolist() for rule, mark in result.points.marks if mark.any()}


def same(one: FloatArray, other: FloatArray) -> bool:
    """Whether two columns are the same bit by bit, gaps included; the sign of zero does not matter."""
    return np.array_equal(one, other, equal_nan=True)


def on_a_line(result: spc.Result, within: float = 1e-9) -> bool:
    """Whether a point lies so near a line that rounding may push it over; points on the centre do not count."""
    points = result.points
    lines = [points.lower, points.upper, points.lower_2s, points.upper_2s]
    for part in result.parts:
        inner = np.full((2, len(points)), np.nan)
        inner[0, part.rows], inner[1, part.rows] = part.view.line(1)
        lines.extend(inner)
    off = points.value - points.centre
    return any(bool((np.abs(points.value - line)[off != 0] < within).any()) for line in lines)


def excluding(chart: str, n: int, most: int = 3) -> st.SearchStrategy[list[int]]:
    """Points to exclude; none on charts of two sums."""
    if not n or chart in ("cusum", "bernoulli_cusum"):
        return st.just([])
    return st.sets(st.integers(0, n - 1), max_size=most).map(sorted)
