"""The table that says the same as the chart, row for row."""

import math
from collections.abc import Sequence

from qiplatform.charts import words
from qiplatform.charts.scales import written
from spc import Result

Column = str | tuple[str, str]
Cell = str | None


def columns(result: Result, unit: str = "") -> tuple[Column, ...]:
    """Return the headings; one of numbers is marked so."""
    sign = words.unit_of(result, unit)
    value = f"Value ({sign})" if sign else "Value"
    found: list[Column] = ["Unit" if words.of_units(result) else "Period", (value, "number")]
    if result.series.numerator is not None:
        found += [("Numerator", "number")]
    if result.series.denominator is not None:
        found += [("Denominator", "number")]
    found += [(words.centre_word(result), "number")]
    if result.kind.has_limits:
        found += [("Lower limit", "number"), ("Upper limit", "number")]
    if not _all_missing(result.points.target.tolist()):
        found += [("Target", "number")]
    if result.points.second_target is not None:
        found += [("Second target", "number")]
    return (*found, "What it says")


def rows(result: Result, typed: Sequence[str] | None = None) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each period, in order; `typed` are the values as people typed them, none are our own figures."""
    points = result.points
    times = words.factor(result)
    value, centre, lower, upper, target = (
        [one * times for one in column.tolist()]
        for column in (points.value, points.centre, points.lower, points.upper, points.target)
    )
    decimals = words.decimals(result)
    counts = [
        column.tolist()
        for column in (result.series.numerator, result.series.denominator)
        if column is not None
    ]
    lines = [centre]
    if result.kind.has_limits:
        lines += [lower, upper]
    if not _all_missing(target):
        lines += [target]
    if points.second_target is not None:
        lines += [[one * times for one in points.second_target.tolist()]]
    said = signals_in_words(result)
    return tuple(
        (
            result.series.period(row),
            _cell(value[row], decimals) if typed is None else typed[row] or None,
            *(_cell(column[row], _count_decimals(column[row])) for column in counts),
            *(_cell(line[row], decimals) for line in lines),
            said[row],
        )
        for row in range(len(value))
    )


def signals_in_words(result: Result) -> tuple[str, ...]:
    """Return what is to be said of each point: its signals, that it is missing, or that it was left out."""
    said: list[list[str]] = [[] for _ in result.points.variation]
    for signal in result.signals:
        for row in signal.points:
            said[row].append(signal.words)
    for row, (kind, included) in enumerate(
        zip(result.points.variation, result.points.included.tolist(), strict=True)
    ):
        if kind == "missing":
            said[row].append("No value")
        elif not included:
            said[row].append("Left out of the limits")
        elif not said[row]:
            said[row].append("Ordinary variation")
    return tuple("; ".join(dict.fromkeys(one)) for one in said)


def _cell(value: float, decimals: int) -> Cell:
    return None if math.isnan(value) else written(value, decimals)


def _count_decimals(value: float) -> int:
    return 0 if math.isnan(value) or value == int(value) else 2


def _all_missing(column: Sequence[float]) -> bool:
    return all(math.isnan(one) for one in column)
