"""PowerBI-SPC's words for charts and options, put to the engine, and the engine's answer in its columns."""

from dataclasses import replace
from typing import Any

import numpy as np

import spc
from tests.spc.conformance.cases import Output, Run, UnsupportedRun, column, number, written

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
LENGTHS = {"shift": "shift_n", "trend": "trend_n"}


def replay(run: Run) -> Output:
    """Put one run to the engine."""
    if run.chart not in CHARTS:
        raise UnsupportedRun(run.chart)
    known = {
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
    if set(run.options) - known:
        raise UnsupportedRun(", ".join(sorted(set(run.options) - known)))
    options = run.options
    y = [number(entry) for entry in run.data["y"]]
    n = [number(entry) for entry in run.data["n"]] if run.data.get("n") else None
    if run.chart in ("xbar", "s"):
        series = _subgroups(run.data)
    elif n is not None and run.chart not in ("c", "g", "t"):
        series = spc.Series(numerator=y, denominator=n)
    else:
        series = spc.Series(value=y)
    direction = options.get("improvement_direction", "increase")
    result = spc.analyse(
        series,
        chart=CHARTS[run.chart],
        profile=_profile(options),
        direction=direction,
        target=options.get("alt_target"),
        phases=_starts(options.get("groupings")),
        baseline=options.get("num_points_subset"),
        multiplier=float(options.get("multiplier", 1)),
    )
    return {"status": "ok", "points": _columns(run, result, direction)}


def _subgroups(data: dict[str, Any]) -> spc.Series:
    """Read subgroups as the tool has them, one row each; rows it drops are missing."""
    rows = zip(*([number(entry) for entry in data[name]] for name in ("y", "sd", "n")), strict=True)
    kept = [
        row
        if row[1] is not None and row[2] is not None and row[1] >= 0 and row[2] > 1
        else (None, None, None)
        for row in rows
    ]
    mean, deviation, size = zip(*kept, strict=True)
    return spc.Series(value=mean, deviation=deviation, size=size)


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


def _starts(labels: list[str] | None) -> list[int]:
    """Return phase starts: wherever the label changes."""
    if not labels:
        return []
    return [row for row in range(1, len(labels)) if labels[row] != labels[row - 1]]


def _columns(run: Run, result: spc.Result, direction: str) -> dict[str, list[Any]]:
    """Return the rows the tool keeps, in its columns."""
    points = result.points
    shown = np.zeros(len(points), dtype=np.bool_)
    for part in result.parts:
        shown[part.rows] = True
        if run.chart == "mr":
            first = np.arange(part.rows.start, part.rows.stop) if isinstance(part.rows, slice) else part.rows
            shown[first[:1]] = False
    marks = dict(points.marks)
    none = np.zeros(len(points), dtype=np.int8)
    columns = {
        "input_index": shown.nonzero()[0].tolist(),
        "value": column(points.value[shown]),
        "cl": column(points.centre[shown]),
        "ll99": column(points.lower[shown]),
        "ul99": column(points.upper[shown]),
        "ll95": column(points.lower_2s[shown]),
        "ul95": column(points.upper_2s[shown]),
    }
    for flag, rule in FLAGS.items():
        signs = marks.get(rule, none)[shown].tolist()
        columns[flag] = [WORDS[direction][sign] for sign in signs]
    if run.options.get("alt_target") is not None:
        columns["alt_target"] = [written(float(entry)) for entry in points.target[shown].tolist()]
    return columns
