"""qicharts2's words for charts and options, put to the engine, and the engine's answer in qicharts2's columns."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

import spc
from tests.spc.conformance.cases import Output, Run, UnsupportedRun, column, number, written

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


def replay(run: Run) -> Output:
    """Put one run to the engine, panel by panel."""
    if run.chart not in CHARTS:
        raise UnsupportedRun(run.chart)
    if run.options.get("method", "anhoej") != "anhoej" or "x.period" in run.options:
        raise UnsupportedRun("method or x.period")
    panels: dict[tuple[str, str], list[int]] = defaultdict(list)
    one, two = run.data.get("facet1"), run.data.get("facet2")
    for row in range(len(run.data["y"])):
        panels[str(one[row]) if one else "1", str(two[row]) if two else "1"].append(row)
    results = {names: _panel(run, rows) for names, rows in sorted(panels.items())}
    phases = [
        {"facet1": one_name, "facet2": two_name, **phase}
        for (one_name, two_name), result in results.items()
        for phase in _summary(run, result)
    ]
    order = [
        (phase, names, result)
        for phase in range(max(len(result.phases) for result in results.values()))
        for names, result in sorted(results.items(), key=lambda panel: (panel[0][1], panel[0][0]))
        if phase < len(result.phases)
    ]
    points: dict[str, list[Any]] = defaultdict(list)
    for phase, names, result in order:
        for name, entries in _columns(run, result, phase, names).items():
            points[name] += entries
    return {"status": "ok", "points": dict(points), "phases": phases}


def _panel(run: Run, rows: list[int]) -> spc.Result:
    """Chart the rows of one panel."""
    data, options = run.data, run.options
    y = [number(data["y"][row]) for row in rows]
    n = [number(data["n"][row]) for row in rows] if data.get("n") else None
    x = [data["x"][row] for row in rows] if data.get("x") else list(range(1, len(rows) + 1))
    if data["x_type"] == "date":
        x = [date.fromisoformat(str(day)) for day in x]
    ordered = data["x_type"] != "category"
    if run.chart == "c" and n is not None:
        n = None
    if len(set(x)) < len(x) or run.chart in ("xbar", "s"):
        if n is not None:
            series = spc.gather(x, numerator=y, denominator=n, ordered=ordered)
        else:
            how = "sum" if run.chart == "c" else HOW[options.get("agg.fun", "mean")]
            series = spc.gather(x, y, how=how, ordered=ordered)  # type: ignore[arg-type]  # one of four words
    else:
        order = sorted(range(len(x)), key=lambda place: x[place])
        x, y = [x[k] for k in order], [y[k] for k in order]
        given = {"value": y} if n is None else {"numerator": y, "denominator": [n[k] for k in order]}
        series = spc.Series(x=x, **given, ordered=ordered)  # type: ignore[arg-type]  # one of two forms
    floor = 0.0 if options.get("y.neg") is False and not (series.value < 0).any() else None
    profile = spc.PROFILES["qicharts2"]
    if options.get("screened_mr") is False:
        profile = replace(profile, screened=False)
    part = options.get("part")
    return spc.analyse(
        series,
        chart=CHARTS[run.chart],
        profile=profile,
        target=options.get("target"),
        phases=_starts(part, len(series)),
        baseline=options.get("freeze") if part is None else None,
        excluded=[point - 1 for point in options.get("exclude") or () if point <= len(series)],
        centre=_centre(run),
        multiplier=float(options.get("multiply", 1)),
        floor=floor,
    )


def _starts(part: Any, n: int) -> list[int]:
    """Phase starts from the last points of phases, or from the first appearance of labels."""
    if not part:
        return []
    if not isinstance(part, list):
        part = [part]
    if isinstance(part[0], str):
        seen: dict[str, int] = {}
        for row, label in enumerate(part):
            seen.setdefault(label, row)
        return sorted(seen.values())[1:]
    return sorted({int(last) for last in part if 0 < last < n})


def _centre(run: Run) -> Any:
    """Return the centre decided beforehand; for a t chart the tool has it on the rooted scale."""
    given = run.options.get("cl")
    if given is None:
        return None
    if isinstance(given, list):
        return [number(entry) for entry in given]
    return float(given) ** T_ROOT if run.chart == "t" else float(given)


def _columns(run: Run, result: spc.Result, phase: int, names: tuple[str, str]) -> dict[str, list[Any]]:
    """Return the rows of one phase in the tool's columns."""
    points, facts = result.points, result.phases[phase]
    rows = slice(facts.first, facts.last + 1)
    outside = (points.value > points.upper) | (points.value < points.lower)
    size = facts.n
    runs = facts.runs_signal and run.chart != "mr" and run.data["x_type"] != "category"
    columns: dict[str, list[Any]] = {
        "facet1": [names[0]] * size,
        "facet2": [names[1]] * size,
        "y": column(points.value[rows]),
        "phase": [phase + 1] * size,
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
    if points.denominator is not None and points.numerator is not None:
        columns["n"] = column(points.denominator[rows])
        columns["y_sum"] = column(points.numerator[rows])
    return columns


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
