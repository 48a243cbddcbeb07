"""PowerBI-SPC's words for charts and options, put to the engine, and the engine's answer in its columns."""

from dataclasses import replace
from typing import Any

import numpy as np

import spc
from spc.signals.found import View
from spc.sums import mean, total
from tests.spc.conformance.cases import Output, Run, UnsupportedRun, column, number, periods, shown, written
from tests.spc.conformance.known import FLAGGED_EMPTY

CHARTS = {
    "run": "run",
    "i": "xmr",
    "i_m": "i_median",
    "i_mm": "i_median_range",
    "mr": "mr",
    "xbar": "xbar",
    "s": "s",
    "p": "p",
    "pp": "p_prime",
    "u": "u",
    "up": "u_prime",
    "c": "c",
    "g": "g",
    "t": "t",
}
FLAGS = {
    "astronomical": "outside_limits",
    "shift": "shift",
    "trend": "trend",
    "two_in_three": "two_in_three",
}
WORDS = {
    "increase": {1: "improvement", -1: "deterioration", 0: "none"},
    "decrease": {1: "deterioration", -1: "improvement", 0: "none"},
    "neutral": {1: "neutral_high", -1: "neutral_low", 0: "none"},
}
ICONS = {
    "increase": {"improvement": "improvementHigh", "deterioration": "concernLow"},
    "decrease": {"improvement": "improvementLow", "deterioration": "concernHigh"},
    "neutral": {"neutral_high": "neutralHigh", "neutral_low": "neutralLow"},
}
ASSURANCE = {
    "pass": "consistentPass",
    "fail": "consistentFail",
    "hit_or_miss": "inconsistent",
    "none": "none",
}
LENGTHS = {"shift": "shift_n", "trend": "trend_n"}
OPTIONS = {
    "groupings",
    "num_points_subset",
    "outliers_in_limits",
    "multiplier",
    "shift_n",
    "trend_n",
    "alt_target",
    "improvement_direction",
    "two_in_three_highlight_series",
}


def replay(run: Run) -> Output:
    """Put one run to the engine."""
    if run.chart not in CHARTS:
        raise UnsupportedRun(run.chart)
    options = run.options
    if set(options) - OPTIONS:
        raise UnsupportedRun(", ".join(sorted(set(options) - OPTIONS)))
    y = [number(entry) for entry in run.data["y"]]
    n = [number(entry) for entry in run.data["n"]] if run.data.get("n") else None
    if n is not None and run.chart in ("c", "g", "t"):
        n = None
    series = _subgroups(run.data) if run.chart in ("xbar", "s") else _possible(y, n)
    direction = options.get("improvement_direction", "increase")
    labels = options.get("groupings")
    result = spc.analyse(
        series,
        chart=CHARTS[run.chart],
        profile=_profile(options),
        direction=direction,
        target=options.get("alt_target"),
        phases=[row for row in range(1, len(labels)) if labels[row] != labels[row - 1]] if labels else (),
        baseline=options.get("num_points_subset"),
        multiplier=float(options.get("multiplier", 1)),
    )
    columns = _columns(run, result)
    flags, empty = _flags(run, result, columns)
    columns |= flags
    output: Output = {
        "status": "ok",
        "points": shown(columns),
        "variation_icons": _icons(flags, direction),
        "assurance_icon": _assurance(run, result),
    }
    if len(columns["input_index"]) == len(series):
        del output["points"]["input_index"], output["points"]["x"]
    if empty:
        output["known"] = [FLAGGED_EMPTY]
    return output


def _possible(y: list[float | None], n: list[float | None] | None) -> spc.Series:
    """Return a series in which what the tool takes out, because it cannot be, is missing."""
    if n is None:
        return spc.Series(value=[entry if entry is not None and np.isfinite(entry) else None for entry in y])
    n = [entry if entry is not None and 0 <= entry < np.inf else None for entry in n]
    y = [entry if entry is not None and np.isfinite(entry) else None for entry in y]
    return spc.Series(numerator=y, denominator=n)


def _subgroups(data: dict[str, Any]) -> spc.Series:
    """Read subgroups as the tool has them, one row each; rows it takes out are missing."""
    rows = zip(*([number(entry) for entry in data[name]] for name in ("y", "sd", "n")), strict=True)
    kept = [
        row
        if row[0] is not None and row[1] is not None and row[2] is not None and row[1] >= 0 and row[2] > 1
        else (None, None, None)
        for row in rows
    ]
    value, deviation, size = zip(*kept, strict=True)
    return spc.Series(value=value, deviation=deviation, size=size)


def _profile(options: dict[str, Any]) -> spc.Profile:
    """Return the tool's profile with the run's own lengths and screening."""
    profile = spc.PROFILES["powerbi_spc"]
    uses = []
    for use in profile.rules:
        length = options.get(LENGTHS.get(use.rule, ""), use.n)
        changed = replace(use, n=length)
        if use.rule == "two_in_three" and options.get("two_in_three_highlight_series"):
            changed = replace(changed, mark="pattern")
        uses.append(changed)
    return replace(profile, rules=tuple(uses), screened=not options.get("outliers_in_limits", False))


def _rows(run: Run, result: spc.Result) -> list[np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """Return the rows of each group that the tool keeps; of moving ranges all but the first."""
    groups = [
        np.arange(part.rows.start, part.rows.stop) if isinstance(part.rows, slice) else part.rows
        for part in result.parts
    ]
    return [rows[1:] if run.chart == "mr" else rows for rows in groups]


def _columns(run: Run, result: spc.Result) -> dict[str, list[Any]]:
    """Return the rows the tool keeps, in its columns."""
    points, groups = result.points, _rows(run, result)
    rows = np.concatenate(groups)
    value = points.value.copy()
    subset = run.options.get("num_points_subset")
    if run.chart == "mr" and subset:
        # The tool takes ranges only among the points that set the limits.
        for group in groups:
            value[group[max(subset - 1, 0) :]] = np.nan
    x = periods(run)
    columns = {
        "input_index": rows.tolist(),
        "x": [str(x[row]) for row in rows],
        "value": column(value[rows]),
        "cl": column(points.centre[rows]),
    }
    if run.chart != "run":
        times = float(run.options.get("multiplier", 1))
        inner = [np.full(len(points), np.nan), np.full(len(points), np.nan)]
        for part in result.parts:
            for line, entries in zip(inner, part.limits.at(1), strict=True):
                line[part.rows] = np.asarray(entries) * times
        lines = (points.lower, points.lower_2s, *inner, points.upper_2s, points.upper)
        # No cases at all leave a rate without an upper limit, which the tool writes as an infinite one.
        boundless = np.zeros(len(points), dtype=np.bool_)
        if run.chart in ("u", "up") and points.denominator is not None:
            boundless = (points.denominator == 0) & ~np.isnan(points.lower)
        for name, line in zip(("ll99", "ll95", "ll68", "ul68", "ul95", "ul99"), lines, strict=True):
            upper = boundless & (name[0] == "u")
            columns[name] = column(np.where(upper, np.inf, line)[rows])
    if run.options.get("alt_target") is not None:
        columns["alt_target"] = column(points.target[rows])
    columns["trend_line"] = [
        written(entry)
        for group in groups
        for entry in _straight(value[group] / float(run.options.get("multiplier", 1)))
    ]
    return columns


def _straight(value: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
    """Return the least-squares line through one group, which the tool draws; missing if a value is."""
    n = len(value)
    if n <= 1 or not np.isfinite(value).all():
        return [np.nan] * n
    place = np.arange(1.0, n + 1)
    off = place - mean(place)
    slope = total((off * (value - mean(value))).tolist()) / total((off * off).tolist())
    line: list[float] = (mean(value) + slope * off).tolist()
    return line


def _flags(run: Run, result: spc.Result, columns: dict[str, list[Any]]) -> tuple[dict[str, list[str]], bool]:
    """Return the tool's flags, and whether it flags a point without a value."""
    points = result.points
    direction = run.options.get("improvement_direction", "increase")
    rows = columns["input_index"]
    marks = {
        flag: dict(points.marks).get(rule, np.zeros(len(points), dtype=np.int8))[rows]
        for flag, rule in FLAGS.items()
    }
    if run.chart == "mr":
        marks = _of_ranges(run, result, columns)
    value, lower, upper = (
        np.array([np.nan if entry is None else number(entry) for entry in columns[name]])
        for name in (("value", "ll99", "ul99") if run.chart != "run" else ("value", "value", "value"))
    )
    empty = np.isnan(value) & ~(np.isnan(lower) & np.isnan(upper))
    marks["astronomical"] = np.where(empty, -1, marks["astronomical"])
    flags = {flag: [WORDS[direction][sign] for sign in signs.tolist()] for flag, signs in marks.items()}
    return flags, bool(empty.any())


def _of_ranges(run: Run, result: spc.Result, columns: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the marks of moving ranges, whose groups the tool cuts where they would be had no point been dropped."""
    line = {
        name: np.array([np.nan if entry is None else entry for entry in columns[name]], dtype=np.float64)
        for name in ("value", "cl", "ll99", "ul99", "ll95", "ul95")
    }
    n = len(line["value"])
    marks = {flag: np.zeros(n, dtype=np.int8) for flag in FLAGS}
    stops = np.cumsum(
        [
            len(part.rows) if not isinstance(part.rows, slice) else part.stop - part.first
            for part in result.parts
        ]
    )
    uses = {use.rule: use for use in result.conventions.rules}
    for first, stop in zip([0, *stops[:-1].tolist()], stops.tolist(), strict=True):
        value, centre, lower, upper, lower_2s, upper_2s = (entries[first:stop] for entries in line.values())
        side = (value > centre).view(np.int8) - (value < centre).view(np.int8)
        view = View(value, centre, lower, upper, lower_2s, upper_2s, side, result.parts[0].limits)
        for flag, rule in FLAGS.items():
            marks[flag][first:stop] = spc.RULES[rule].find(view, uses[rule]).mark
    return marks


def _icons(flags: dict[str, list[str]], direction: str) -> list[str]:
    """Name the icons for variation: every kind of flag on the last point."""
    last = {entries[-1] for entries in flags.values() if entries}
    return [icon for word, icon in ICONS[direction].items() if word in last] or ["commonCause"]


def _assurance(run: Run, result: spc.Result) -> str:
    """Name the icon for assurance; the tool has none without a target, a direction or limits."""
    if run.chart == "run" or run.options.get("alt_target") is None or result.direction == "neutral":
        return "none"
    return ASSURANCE[result.verdict.assurance]
