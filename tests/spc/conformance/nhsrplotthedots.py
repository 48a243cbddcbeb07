"""NHSRplotthedots' words for options, put to the engine, and the engine's answer in its columns, labels and icons."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

import spc
from tests.spc.conformance.cases import Output, Run, UnsupportedRun, column, measured, periods, shown, written
from tests.spc.conformance.known import CRASH

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
ICONS = {"pass": "pass", "fail": "fail", "hit_or_miss": "inconsistent", "none": "inconsistent"}
TYPES_OF_ASSURANCE = {"pass": "consistent_pass", "fail": "consistent_fail", "inconsistent": "inconsistent"}
FEWEST_TO_FIX = 12
# The tool's text says 12, its code warns below 13.
SHORT_GROUP = 13
TREND = 7


@dataclass(frozen=True)
class Facet:
    """One facet charted: its name, the rows of the input in order of time, and what the engine made of them."""

    name: str
    rows: list[int]
    result: spc.Result
    target: float | None


def replay(run: Run) -> Output:
    """Put one run to the engine, facet by facet."""
    if run.chart != "xmr":
        raise UnsupportedRun(run.chart)
    options = run.options
    by_name: dict[str, list[int]] = defaultdict(list)
    names = run.data.get("facet1")
    for row in range(len(run.data["y"])):
        by_name[str(names[row]) if names else "no facet"].append(row)
    fixed = options.get("fix_after_n_points")
    if fixed is not None and fixed < FEWEST_TO_FIX:
        return {"status": "error", "error": "fix_after_n_points must be at least 12"}
    try:
        facets = [_facet(run, name, rows) for name, rows in sorted(by_name.items())]
    except spc.RepeatedPeriod as error:
        return {"status": "error", "error": error.message}
    points: dict[str, list[Any]] = defaultdict(list)
    for facet in facets:
        for header, entries in _columns(run, facet).items():
            points[header] += entries
    if not names:
        points.pop("facet")
    aimed = options.get("target") is not None
    judged = aimed and options.get("improvement_direction", "increase") != "neutral"
    icons = [{"facet": facet.name, "type": "variation", "icon": _variation(facet)} for facet in facets]
    icons += [
        {"facet": facet.name, "type": "assurance", "icon": _assurance(facet)} for facet in facets if judged
    ]
    output: Output = {
        "status": "ok",
        "points": shown(points),
        "phases": [row for facet in facets for row in _summary(run, facet, judged=judged)],
        "icons": icons,
        "assurance": [
            {
                "facet": facet.name,
                "assurance_type": TYPES_OF_ASSURANCE[_assurance(facet)] if judged else None,
            }
            for facet in facets
        ],
    }
    if points["fix_y"] == points["y"]:
        del output["points"]["fix_y"]
    if any(_crashes(facet.result) for facet in facets):
        output["known"] = [CRASH]
    return output


def _facet(run: Run, name: str, rows: list[int]) -> Facet:
    """Chart one facet."""
    options = run.options
    raw = periods(run)
    x = [date.fromisoformat(raw[row]) if isinstance(raw[row], str) else raw[row] for row in rows]
    order = sorted(range(len(x)), key=lambda place: x[place])
    rebase = options.get("rebase") or []
    if isinstance(rebase, dict):
        rebase = rebase.get(name, [])
    if not isinstance(rebase, list):
        rebase = [rebase]
    days = {date.fromisoformat(day) if isinstance(day, str) else day for day in rebase}
    target = options.get("target")
    if isinstance(target, dict):
        target = target.get(name)
    profile = spc.PROFILES["nhsr_plotthedots"]
    if options.get("screen_outliers") is False:
        profile = replace(profile, screened=False)
    series = spc.Series(
        x=[x[place] for place in order], value=[measured(run.data["y"][rows[place]]) for place in order]
    )
    result = spc.analyse(
        series,
        profile=profile,
        direction=options.get("improvement_direction", "increase"),
        target=target,
        phases=[row for row, place in enumerate(order) if row and x[place] in days],
        baseline=options.get("fix_after_n_points"),
    )
    return Facet(name, [rows[place] for place in order], result, target)


def _first_group(run: Run, facet: Facet) -> int:
    """Number of a facet's first group: 1 if it was rebased at its first row."""
    rebase = run.options.get("rebase") or []
    if isinstance(rebase, dict):
        rebase = rebase.get(facet.name, [])
    first = facet.result.series.x[0]
    return int((first.isoformat() if isinstance(first, date) else first) in rebase)


def _columns(run: Run, facet: Facet) -> dict[str, list[Any]]:
    """Return one facet in the tool's columns."""
    points = facet.result.points
    outside = (points.value > points.upper) | (points.value < points.lower)
    close = ((points.value > points.upper_2s) | (points.value < points.lower_2s)) & ~outside
    special = [
        LABELS[rules[0], sign] if rules else "Common Cause"
        for rules, sign in zip(points.signals, points.direction.tolist(), strict=True)
    ]
    fixed = run.options.get("fix_after_n_points") or len(points)
    behind = [
        row < phase.first + fixed
        for phase in facet.result.phases
        for row in range(phase.first, phase.last + 1)
    ]
    trajectory = run.data.get("trajectory") or [None] * len(run.data["y"])
    return {
        "facet": [facet.name] * len(points),
        "y": column(points.value),
        "rebase_group": (points.phase + _first_group(run, facet)).tolist(),
        "fix_y": [
            written(value) if there else None
            for value, there in zip(points.value.tolist(), behind, strict=True)
        ],
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
        "trajectory": [trajectory[row] for row in facet.rows],
        "short_group_warning": [
            phase.n < SHORT_GROUP for phase in facet.result.phases for _ in range(phase.n)
        ],
    }


def _summary(run: Run, facet: Facet, *, judged: bool) -> list[Output]:
    """Return one facet's groups as the tool sums them up."""
    points, phases = facet.result.points, facet.result.phases
    types = [TYPES[variation] for variation in points.variation]
    table = []
    for phase in phases:
        there = types[phase.first : phase.last + 1]
        row: Output = {"f": facet.name} if run.data.get("facet1") else {}
        if run.options.get("rebase"):
            row["rebase_group"] = phase.number + _first_group(run, facet)
        row |= {
            "mean_col": written(float(points.centre[phase.first])),
            "lpl": written(float(points.lower[phase.first])),
            "upl": written(float(points.upper[phase.first])),
            "n": phase.n,
            **{
                name: there.count(name)
                for name in ("common_cause", "special_cause_improvement", "special_cause_concern")
            },
            "variation_type": there[-1],
        }
        if run.options.get("target") is not None:
            last = judged and phase is phases[-1]
            row["assurance_type"] = TYPES_OF_ASSURANCE[_assurance(facet)] if last else None
        table.append(row)
    return table


def _variation(facet: Facet) -> str:
    """Name the icon the tool draws for variation."""
    found = facet.result.verdict.variation
    return "common_cause" if found in ("common", "none") else found


def _assurance(facet: Facet) -> str:
    """Name the icon the tool draws for assurance; a facet without a target is inconsistent."""
    return "inconsistent" if facet.target is None else ICONS[facet.result.verdict.assurance]


def _crashes(result: spc.Result) -> bool:
    """Whether the tool stops: seven points with a missing step among them, all other steps going one way."""
    for phase in result.phases:
        value = result.points.value[phase.first : phase.last + 1]
        step = np.diff(value)
        for first in range(len(value) - TREND + 1):
            window = step[first : first + TREND - 1]
            there = window[~np.isnan(window)]
            if len(there) < len(window) and ((there > 0).all() or (there < 0).all()):
                return True
    return False
