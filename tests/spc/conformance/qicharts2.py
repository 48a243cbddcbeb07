"""qicharts2's words for charts and options, put to the engine, and the engine's answer in qicharts2's columns."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

import spc
from spc.periods import begun
from spc.sums import deviation, total
from tests.spc.conformance.cases import Output, Run, UnsupportedRun, column, number, periods, shown, written

CHARTS = {
    "run": "run",
    "i": "xmr",
    "mr": "mr",
    "ip": "i_prime",
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
HOW = {"mean": "mean", "median": "median", "sum": "sum", "sd": "deviation"}
T_ROOT = 3.6
OPTIONS = {
    "part",
    "freeze",
    "exclude",
    "target",
    "cl",
    "multiply",
    "agg.fun",
    "method",
    "x.period",
    "y.neg",
    "screened_mr",
}
# Charts for which the sums are recorded even where each point is one row.
SUMMED = ("p", "pp", "u", "up", "c")


@dataclass(frozen=True)
class Panel:
    """One panel charted: its facets, the rows (y, n) behind each point, and what the engine made of them."""

    facets: tuple[str, str]
    groups: list[list[tuple[float | None, float | None]]]
    result: spc.Result


def replay(run: Run) -> Output:
    """Put one run to the engine, panel by panel."""
    if run.chart not in CHARTS:
        raise UnsupportedRun(run.chart)
    if set(run.options) - OPTIONS:
        raise UnsupportedRun(", ".join(sorted(set(run.options) - OPTIONS)))
    panels = {facets: _panel(run, facets, rows) for facets, rows in sorted(_facets(run).items())}
    order = [
        (phase, panel)
        for phase in range(max(len(panel.result.phases) for panel in panels.values()))
        for _, panel in sorted(panels.items(), key=lambda entry: (entry[0][1], entry[0][0]))
        if phase < len(panel.result.phases)
    ]
    points: dict[str, list[Any]] = defaultdict(list)
    for phase, panel in order:
        for name, entries in _columns(run, panel, phase).items():
            points[name] += entries
    phases = [
        {"facet1": facets[0], "facet2": facets[1], **phase}
        for facets, panel in panels.items()
        for phase in _summary(run, panel.result)
    ]
    return {"status": "ok", "points": _recorded(run, points), "phases": phases}


def _facets(run: Run) -> dict[tuple[str, str], list[int]]:
    """Return the rows of each panel; those without a period are left out."""
    one, two = run.data.get("facet1"), run.data.get("facet2")
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, x in enumerate(periods(run)):
        if x is not None:
            rows[str(one[row]) if one else "1", str(two[row]) if two else "1"].append(row)
    return rows


def _recorded(run: Run, points: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the columns that were recorded of such a run."""
    left_out = {name for name in ("n", "facet1", "facet2") if not run.data.get(name)}
    if points["x"] == periods(run):
        left_out.add("x")
    if all(entry == 1 for entry in points["y_count"]):
        left_out |= {"y_sd"} if run.chart in SUMMED else {"y_sd", "y_sum"}
    return shown({name: entries for name, entries in points.items() if name not in left_out})


def _panel(run: Run, facets: tuple[str, str], rows: list[int]) -> Panel:
    """Chart the rows of one panel."""
    data, options = run.data, run.options
    y = [number(data["y"][row]) for row in rows]
    n = [number(data["n"][row]) for row in rows] if data.get("n") else None
    if n is not None:
        whole = [None not in pair for pair in zip(y, n, strict=True)]
        y = [entry if there else None for entry, there in zip(y, whole, strict=True)]
        n = [entry if there else None for entry, there in zip(n, whole, strict=True)]
    x: list[Any] = [periods(run)[row] for row in rows]
    if data["x_type"] == "date":
        x = [date.fromisoformat(str(day)) for day in x]
        if "x.period" in options:
            x = list(begun(x, options["x.period"]))
    ordered = data["x_type"] != "category"
    raw: dict[Any, list[tuple[float | None, float | None]]] = defaultdict(list)
    for place, period in enumerate(x):
        raw[period].append((y[place], None if n is None else n[place]))
    groups = [raw[period] for period in sorted(raw)]
    divided = n if run.chart != "c" else None
    if len(set(x)) < len(x) or run.chart in ("xbar", "s"):
        if divided is not None:
            series = spc.gather(x, numerator=y, denominator=divided, ordered=ordered)
        else:
            how = "sum" if run.chart == "c" else HOW[options.get("agg.fun", "mean")]
            series = spc.gather(x, y, how=how, ordered=ordered)  # type: ignore[arg-type]  # one of four words
    else:
        period, values, sizes = (
            sorted(raw),
            [group[0][0] for group in groups],
            [group[0][1] for group in groups],
        )
        given = {"value": values} if divided is None else {"numerator": values, "denominator": sizes}
        series = spc.Series(x=period, **given, ordered=ordered)  # type: ignore[arg-type]  # one of two forms
    floor = 0.0 if options.get("y.neg") is False and not (series.value < 0).any() else None
    part = options.get("part")
    result = spc.analyse(
        series,
        chart=CHARTS[run.chart],
        profile=_profile(options),
        target=options.get("target"),
        phases=_starts(part, len(series)),
        baseline=options.get("freeze") if part is None else None,
        excluded=[point - 1 for point in _listed(options.get("exclude")) if point <= len(series)],
        centre=_centre(run),
        multiplier=float(options.get("multiply", 1)),
        floor=floor,
    )
    return Panel(facets, groups, result)


def _profile(options: dict[str, Any]) -> spc.Profile:
    """Return the tool's profile with the run's own screening and limits of runs."""
    profile = spc.PROFILES["qicharts2"]
    if options.get("screened_mr") is False:
        profile = replace(profile, screened=False)
    method = options.get("method", "anhoej")
    return profile if method == "anhoej" else replace(profile, run_limits=method)


def _starts(part: Any, n: int) -> list[int]:
    """Phase starts from the last points of phases, or from the first appearance of labels."""
    if not part:
        return []
    part = _listed(part)
    if isinstance(part[0], str):
        seen: dict[str, int] = {}
        for row, label in enumerate(part):
            seen.setdefault(label, row)
        return sorted(seen.values())[1:]
    return sorted({int(last) for last in part if 0 < last < n})


def _listed(entry: Any) -> list[Any]:
    """Return one entry or several as a list."""
    return [] if entry is None else entry if isinstance(entry, list) else [entry]


def _centre(run: Run) -> Any:
    """Return the centre decided beforehand; for a t chart the tool has it on the rooted scale."""
    given = run.options.get("cl")
    if given is None:
        return None
    if isinstance(given, list):
        return [number(entry) for entry in given]
    return float(given) ** T_ROOT if run.chart == "t" else float(given)


def _columns(run: Run, panel: Panel, phase: int) -> dict[str, list[Any]]:
    """Return the rows of one phase in the tool's columns."""
    result, facets = panel.result, panel.facets
    points, facts = result.points, result.phases[phase]
    rows = slice(facts.first, facts.last + 1)
    outside = (points.value > points.upper) | (points.value < points.lower)
    size = facts.n
    runs = facts.runs_signal and run.chart != "mr" and run.data["x_type"] != "category"
    freeze = run.options.get("freeze") if run.options.get("part") is None else None
    groups = panel.groups[rows]
    return {
        "facet1": [facets[0]] * size,
        "facet2": [facets[1]] * size,
        "x": [x.isoformat() if isinstance(x, date) else x for x in result.series.x[rows]],
        "y": column(points.value[rows]),
        "n": [_sum([pair[1] for pair in group]) for group in groups],
        "y_sum": [_sum([pair[0] for pair in group]) for group in groups],
        "y_count": [sum(pair[0] is not None for pair in group) for group in groups],
        "y_sd": [_deviation([pair[0] for pair in group]) for group in groups],
        "phase": [phase + 1] * size,
        "baseline": [freeze is None or row < freeze for row in range(facts.first, facts.last + 1)],
        "include": points.included[rows].tolist(),
        "cl": column(points.centre[rows]),
        "lcl": column(points.lower[rows]),
        "ucl": column(points.upper[rows]),
        "lcl95": column(points.lower_2s[rows]),
        "ucl95": column(points.upper_2s[rows]),
        "target": column(points.target[rows]),
        "sigma_signal": outside[rows].tolist(),
        "runs_signal": [runs] * size,
    }


def _sum(group: list[float | None]) -> float | None:
    """Sum what is there; of a single entry that is missing there is none."""
    if len(group) == 1:
        return group[0]
    return total([entry for entry in group if entry is not None])


def _deviation(group: list[float | None]) -> Any:
    """Return the standard deviation of what is there."""
    return written(deviation([entry for entry in group if entry is not None]))


def _summary(run: Run, result: spc.Result) -> list[Output]:
    """Return the tool's table of phases."""
    points = result.points
    outside = (points.value > points.upper) | (points.value < points.lower)
    table = []
    for phase in result.phases:
        rows = slice(phase.first, phase.last + 1)
        runs = phase.runs_signal and run.chart != "mr" and run.data["x_type"] != "category"
        table.append(
            {
                "part": phase.number + 1,
                "n_obs": int(points.included[rows].sum()),
                "n_useful": phase.n_useful,
                "longest_run": phase.longest_run,
                "longest_run_max": phase.longest_run_limit,
                "n_crossings": phase.crossings,
                "n_crossings_min": phase.crossings_limit,
                "runs_signal": runs,
                "aLCL": _average(points.lower[rows]),
                "aLCL_95": _average(points.lower_2s[rows]),
                "CL": _average(points.centre[rows]),
                "aUCL_95": _average(points.upper_2s[rows]),
                "aUCL": _average(points.upper[rows]),
                "sigma_signal": int(outside[rows].sum()),
            }
        )
    return table


def _average(line: Any) -> Any:
    """Mean of a line where it is drawn."""
    there = line[np.isfinite(line)]
    return written(float(there.mean())) if len(there) else None
