"""NHSRplotthedots' words for options, put to the engine, and the engine's answer in its columns, labels and icons."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

import spc
from tests.spc.conformance.cases import Output, Run, UnsupportedRun, column, number

LABELS = {
    ("outside_limits", 1): "Above UCL",
    ("outside_limits", -1): "Below LCL",
    ("trend", 1): "7 Point Trend (Increasing)",
    ("trend", -1): "7 Point Trend (Decreasing)",
    ("two_in_three", 1): "2 in 3 Above CL",
    ("two_in_three", -1): "2 in 3 Below CL",
    ("shift", 1): "7 Points Above CL",
    ("shift", -1): "7 Points Below CL",
}
TYPES = {
    "improvement_high": "special_cause_improvement",
    "improvement_low": "special_cause_improvement",
    "concern_high": "special_cause_concern",
    "concern_low": "special_cause_concern",
    "neutral_high": "special_cause_neutral_high",
    "neutral_low": "special_cause_neutral_low",
    "common": "common_cause",
    "missing": "common_cause",
    "none": "common_cause",
}
ASSURANCE = {"pass": "pass", "fail": "fail", "hit_or_miss": "inconsistent", "none": "inconsistent"}
FEWEST_TO_FIX = 12


def replay(run: Run) -> Output:
    """Put one run to the engine, facet by facet."""
    if run.chart != "xmr":
        raise UnsupportedRun(run.chart)
    options = run.options
    facets: dict[str, list[int]] = defaultdict(list)
    names = run.data.get("facet1")
    for row in range(len(run.data["y"])):
        facets[str(names[row]) if names else "no facet"].append(row)
    fixed = options.get("fix_after_n_points")
    if fixed is not None and fixed < FEWEST_TO_FIX:
        return {"status": "error", "error": "fix_after_n_points must be at least 12"}
    points: dict[str, list[Any]] = defaultdict(list)
    variation, assurance = [], []
    target = options.get("target")
    direction = options.get("improvement_direction", "increase")
    for name, rows in sorted(facets.items()):
        try:
            result, given = _facet(run, name, rows)
        except spc.RepeatedPeriod as error:
            return {"status": "error", "error": error.message}
        for header, entries in _columns(result).items():
            points[header] += entries
        points["facet"] += [name] * len(rows)
        icon = result.verdict.variation
        shown = "common_cause" if icon in ("common", "none") else icon
        variation.append({"facet": name, "type": "variation", "icon": shown})
        if target is not None and direction != "neutral":
            verdict = ASSURANCE[result.verdict.assurance] if given is not None else "inconsistent"
            assurance.append({"facet": name, "type": "assurance", "icon": verdict})
    return {"status": "ok", "points": dict(points), "icons": variation + assurance}


def _facet(run: Run, name: str, rows: list[int]) -> tuple[spc.Result, float | None]:
    """Chart one facet and return it with its target."""
    options = run.options
    raw = run.data.get("x") or list(range(1, len(run.data["y"]) + 1))
    x = [date.fromisoformat(raw[row]) if isinstance(raw[row], str) else raw[row] for row in rows]
    order = sorted(range(len(x)), key=lambda place: x[place])
    rebase = options.get("rebase") or []
    if isinstance(rebase, dict):
        rebase = rebase.get(name, [])
    if not isinstance(rebase, list):
        rebase = [rebase]
    days = {date.fromisoformat(day) for day in rebase}
    target = options.get("target")
    if isinstance(target, dict):
        target = target.get(name)
    profile = spc.PROFILES["nhsr_plotthedots"]
    if options.get("screen_outliers") is False:
        profile = replace(profile, screened=False)
    series = spc.Series(
        x=[x[place] for place in order], value=[number(run.data["y"][rows[place]]) for place in order]
    )
    result = spc.analyse(
        series,
        profile=profile,
        direction=options.get("improvement_direction", "increase"),
        target=target,
        phases=[row for row, place in enumerate(order) if row and x[place] in days],
        baseline=options.get("fix_after_n_points"),
    )
    return result, target


def _columns(result: spc.Result) -> dict[str, list[Any]]:
    """Return one facet in the tool's columns."""
    points = result.points
    outside = (points.value > points.upper) | (points.value < points.lower)
    close = ((points.value > points.upper_2s) | (points.value < points.lower_2s)) & ~outside
    special = [
        LABELS[rules[0], sign] if rules else "Common Cause"
        for rules, sign in zip(points.signals, points.direction.tolist(), strict=True)
    ]
    return {
        "y": column(points.value),
        "mean": column(points.centre),
        "lpl": column(points.lower),
        "upl": column(points.upper),
        "outside_limits": outside.tolist(),
        "close_to_limits": close.tolist(),
        "relative_to_mean": column(np.sign(points.value - points.centre)),
        "special_cause_type": special,
        "special_cause_flag": [label != "Common Cause" for label in special],
        "point_type": [TYPES[variation] for variation in points.variation],
        "target": column(points.target),
    }
