"""qcc's words for charts and options, put to the engine, and the engine's answer in its columns."""

from dataclasses import replace
from typing import Any

import numpy as np

import spc
from tests.spc.conformance.cases import Output, Run, UnsupportedRun, column, number, periods

CHARTS = {"xbar.one": "xmr", "p": "p", "np": "np", "u": "u", "c": "c", "xbar": "xbar", "S": "s", "R": "r"}
SUBGROUPS = ("xbar", "S", "R")
WITH_SIZES = ("p", "np", "u")
MISSING: Output = {"status": "error", "error": "qcc has no charts with missing values"}
# Above this size of subgroup qcc estimates the spread from standard deviations.
LARGEST_FOR_RANGES = 25
SETTINGS = {
    "ewma": {"lambda": "weight", "nsigmas": "width", "std.dev": "sigma"},
    "cusum": {
        "decision.interval": "interval",
        "se.shift": "shift",
        "head.start": "head_start",
        "std.dev": "sigma",
    },
}
WESTERN = {"we1": "outside_limits", "we2": "two_in_three", "we3": "four_in_five", "we4": "shift"}
NELSON = {
    "nelson1": "outside_limits",
    "nelson2": "shift",
    "nelson3": "trend",
    "nelson4": "alternating",
    "nelson5": "two_in_three",
    "nelson6": "four_in_five",
    "nelson7": "within_one_sigma",
    "nelson8": "outside_one_sigma",
}


def replay(run: Run) -> Output:
    """Put one run to the engine, once with each set of rules."""
    if run.chart in SETTINGS:
        return _of_sums(run)
    if run.chart not in CHARTS:
        raise UnsupportedRun(run.chart)
    if set(run.options) - {"std.dev", "center"}:
        raise UnsupportedRun(", ".join(sorted(run.options)))
    y = [number(entry) for entry in run.data["y"]]
    # Missing measurements within a subgroup are passed over by the tool.
    if None in y and run.chart not in SUBGROUPS:
        return MISSING
    n = [number(entry) for entry in run.data["n"]] if run.data.get("n") and run.chart in WITH_SIZES else None
    if run.chart in SUBGROUPS:
        series = spc.gather(run.data["subgroup"], y)
    elif n is None:
        series = spc.Series(value=y)
    else:
        series = spc.Series(numerator=y, denominator=n)
    western = _analyse(run, series, "qcc_western_electric")
    nelson = _analyse(run, series, "qcc_nelson")
    points = western.points
    single = [1.0] * len(points)
    sizes = column(western.series.size) if run.chart in SUBGROUPS else n or single
    columns: dict[str, list[Any]] = {
        "x": list(western.series.x),
        "y": column(points.value),
        "n": sizes,
        "cl": column(points.centre),
        "lcl": column(points.lower),
        "ucl": column(points.upper),
    }
    for result, rules in ((western, WESTERN), (nelson, NELSON)):
        marks = dict(result.points.marks)
        none = np.zeros(len(points), dtype=np.int8)
        for name, rule in rules.items():
            columns[name] = (marks.get(rule, none) != 0).tolist()
    return _answered(run, columns)


def _answered(run: Run, columns: dict[str, list[Any]]) -> Output:
    """Leave out the numbers of the points where they are the periods of the input."""
    if columns["x"] == periods(run):
        del columns["x"]
    return {"status": "ok", "points": columns}


def _of_sums(run: Run) -> Output:
    """Put an EWMA or CUSUM run to the engine."""
    names = SETTINGS[run.chart]
    if set(run.options) - {*names, "center"}:
        raise UnsupportedRun(", ".join(sorted(run.options)))
    measured = [number(entry) for entry in run.data["y"]]
    if None in measured:
        return MISSING
    result = spc.analyse(
        spc.Series(value=measured),
        chart=run.chart,
        profile="qcc_western_electric",
        centre=run.options.get("center"),
        settings={names[option]: entry for option, entry in run.options.items() if option in names},
    )
    points = result.points
    y = column(result.series.value)
    outside = (points.value > points.upper) | (points.value < points.lower)
    if run.chart == "ewma":
        columns = {
            "x": list(result.series.x),
            "y": y,
            "ewma": column(points.value),
            "lcl": column(points.lower),
            "ucl": column(points.upper),
            "signal": outside.tolist(),
        }
        return _answered(run, columns)
    high, low = points.sums or (points.value, points.value)
    columns = {
        "x": list(result.series.x),
        "y": y,
        "cusum_pos": column(high),
        "cusum_neg": column(low),
        "upper_signal": (high > points.upper).tolist(),
        "lower_signal": (low < points.lower).tolist(),
    }
    return _answered(run, columns)


def _analyse(run: Run, series: spc.Series, profile: str) -> spc.Result:
    """Chart a series by one of the two profiles with the run's own estimator."""
    used = spc.PROFILES[profile]
    estimator = run.options.get("std.dev")
    settings: dict[str, float] | None = None
    if isinstance(estimator, (int, float)):
        settings = {"sigma": float(estimator)}
        if run.chart not in ("xbar.one", "xbar"):
            raise UnsupportedRun("std.dev as a number")
    elif estimator == "SD":
        used = replace(used, spread_from="standard_deviation")
    elif run.chart == "xbar":
        largest = max(series.size.tolist()) if series.size is not None else 0
        default = "UWAVE-R" if largest <= LARGEST_FOR_RANGES else "RMSDF"
        chosen: Any = estimator or default
        used = replace(used, subgroup_spread=chosen)
    return spc.analyse(
        series,
        chart=CHARTS[run.chart],
        profile=used,
        centre=run.options.get("center"),
        settings=settings,
    )
