"""The engine agrees with the recorded runs of the tools wherever it has the chart; what it has not is named."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import spc
from tests.spc.conformance.__main__ import TOOLS, answer, main
from tests.spc.conformance.cases import RECORDED, Output, Run, read
from tests.spc.conformance.compare import compare
from tests.spc.conformance.known import CRASH, FAULTS, FLAGGED_EMPTY

RUNS = list(read())


@pytest.fixture(scope="module")
def answers() -> list[tuple[Run, Output]]:
    return [(run, answer(run)) for run in RUNS]


def test_all_recorded_runs_are_read() -> None:
    assert len(RUNS) == 762
    assert {run.tool for run in RUNS} == TOOLS.keys()


def test_every_run_agrees(answers: list[tuple[Run, Output]]) -> None:
    told = {(run.case, run.identity): compare(run.output, given).disagrees for run, given in answers}
    assert len(told) == 762
    assert not {run: difference for run, difference in told.items() if difference}


def test_nothing_but_the_two_named_faults_is_reported_as_known(answers: list[tuple[Run, Output]]) -> None:
    reported = [(run.case, run.identity, given["known"]) for run, given in answers if "known" in given]
    assert reported == [("mont_06_07_i_mr", "PowerBI-SPC:mr:freeze20", [FLAGGED_EMPTY])]
    assert len(FAULTS) == 2


@pytest.mark.parametrize("case", ["ae_rjz_p", "ae_rjz_performance"])
def test_one_trusts_four_hour_performance_agrees(case: str, answers: list[tuple[Run, Output]]) -> None:
    found = [compare(run.output, given) for run, given in answers if run.case == case]
    assert len(found) >= 3
    assert all(agreement.disagrees is None and agreement.worst < 1e-9 for agreement in found)


def test_a_planted_fault_in_a_number_is_caught() -> None:
    run = next(run for run in RUNS if run.identity == "qicharts2:p")
    given = answer(run)
    given["points"]["ucl"][3] *= 1 + 1e-7
    assert "ucl[3]" in str(compare(run.output, given).disagrees)


def test_a_planted_fault_in_a_rule_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    profile = spc.PROFILES["nhsr_plotthedots"]
    longer = replace(profile, rules=(*profile.rules[:-1], spc.Use("shift", 8)))
    monkeypatch.setattr(spc, "PROFILES", {**spc.PROFILES, profile.name: longer})
    wrong = [
        run for run in RUNS if run.tool == "NHSRplotthedots" and compare(run.output, answer(run)).disagrees
    ]
    assert len(wrong) > 5


def test_a_planted_fault_in_the_limits_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = spc.CHARTS["c"]
    mended = {
        **spc.CHARTS,
        "c": replace(chart, limits=lambda span, _: replace(chart.limits(span, _), sigma=1.0)),
    }
    monkeypatch.setattr("spc.charts.CHARTS", mended)
    wrong = [run for run in RUNS if run.chart == "c" and compare(run.output, answer(run)).disagrees]
    assert len(wrong) > 30


@pytest.mark.parametrize("tool", TOOLS)
def test_a_missing_column_row_table_or_icon_is_caught(tool: str) -> None:
    run = next(run for run in RUNS if run.tool == tool)
    for name in run.output["points"]:
        given = answer(run)
        del given["points"][name]
        assert "columns" in str(compare(run.output, given).disagrees)
    given = answer(run)
    next(iter(given["points"].values())).append(None)
    assert "length of" in str(compare(run.output, given).disagrees)
    for name in ("phases", "icons", "variation_icons"):
        if name in run.output:
            given = answer(run)
            given[name] = []
            assert name in str(compare(run.output, given).disagrees)


def test_check_prints_a_table_and_lists_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(RECORDED)]) == 0
    printed = capsys.readouterr().out
    assert "qicharts2         p " in printed
    assert printed.count("known difference") == 1


def test_check_fails_on_a_disagreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = next(run for run in RUNS if run.identity == "qicharts2:i")
    wrong = {**run.output, "points": {**run.output["points"], "cl": [0.0] * len(run.output["points"]["cl"])}}
    path = written(tmp_path, replace(run, output=wrong))
    assert main(["check", str(path)]) == 1
    assert "cl[0]" in capsys.readouterr().out


# --- runs of the same form on other data, worked out by hand from the methods -----------------------------------------------


def written(folder: Path, *runs: Run) -> Path:
    """Write runs as a file of cases."""
    path = folder / "cases.jsonl"
    lines = [
        {
            "name": run.case,
            "input": run.data,
            "runs": [
                {
                    "id": run.identity,
                    "oracle": {"name": run.tool},
                    "chart": run.chart,
                    "options": run.options,
                    "output": run.output,
                }
            ],
        }
        for run in runs
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def asked(tool: str, chart: str, y: list[Any], options: dict[str, Any] | None = None, **data: Any) -> Run:
    """Make a run of a tool."""
    return Run("ours", f"{tool}:{chart}", tool, chart, options or {}, {"y": y, "x_type": "index", **data}, {})


def test_where_nhsrplotthedots_stops_the_engine_goes_on_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    y = [3, 4, 5, None, 6, 7, 8, 1, 9, 1, 9, 1, 9, 1]
    run = asked("NHSRplotthedots", "xmr", y)
    given = answer(run)
    assert given["status"] == "ok"
    assert given["known"] == [CRASH]
    assert given["points"]["special_cause_type"] == ["Common Cause"] * len(y)
    crashed = replace(run, output={"status": "error", "error": "missing value where TRUE/FALSE needed"})
    assert main(["check", str(written(tmp_path, crashed))]) == 0
    assert capsys.readouterr().out.count("known difference") == 1


def test_an_error_that_is_not_that_crash_is_not_excused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    y = [3, 4, 5, None, 6, 5, 8, 1, 9, 1, 9, 1, 9, 1]
    run = asked("NHSRplotthedots", "xmr", y)
    assert "known" not in answer(run)
    crashed = replace(run, output={"status": "error", "error": "anything"})
    assert main(["check", str(written(tmp_path, crashed))]) == 1
    assert "status" in capsys.readouterr().out


@pytest.mark.parametrize("options", [{"fix_after_n_points": 11}])
def test_what_nhsrplotthedots_refuses_is_an_error(options: dict[str, Any]) -> None:
    assert answer(asked("NHSRplotthedots", "xmr", [1, 2] * 8, options))["status"] == "error"
    assert answer(asked("NHSRplotthedots", "xmr", [1, 2, 3], x=[1, 1, 2]))["status"] == "error"


@pytest.mark.parametrize(("chart", "upper"), [("p", 1.0), ("u", "Inf")])
def test_no_cases_of_no_cases_is_flagged_as_the_tool_does_and_said(chart: str, upper: float | str) -> None:
    given = answer(asked("PowerBI-SPC", chart, [5, 0, 6, 5], n=[10, 0, 10, 10]))
    assert given["known"] == [FLAGGED_EMPTY]
    assert given["points"]["value"][1] is None
    assert (given["points"]["ll99"][1], given["points"]["ul99"][1]) == (0.0, upper)
    assert given["points"]["astronomical"] == ["none", "deterioration", "none", "none"]
    series = spc.Series(numerator=[5, 0, 6, 5], denominator=[10, 0, 10, 10])
    result = spc.analyse(series, chart=chart, profile="powerbi_spc", direction="increase")
    assert not result.signals, "the engine itself flags nothing"


def test_powerbi_takes_impossible_rows_out_and_bridges_them() -> None:
    given = answer(asked("PowerBI-SPC", "p", [1, None, 9, 2, 3], n=[10, 10, 8, 10, None]))
    assert given["points"]["input_index"] == [0, 3]
    assert given["points"]["x"] == ["1", "4"]
    assert given["points"]["cl"] == [pytest.approx(0.15)] * 2


def test_powerbi_cuts_the_ranges_of_groups_where_they_were_before_a_point_was_dropped() -> None:
    y = [1, 2, 4, 7, 11, 50, 50, 55, 49, 56, 48, 57]
    given = answer(asked("PowerBI-SPC", "mr", y, {"groupings": ["a"] * 6 + ["b"] * 6, "trend_n": 5}))
    assert given["points"]["value"] == [1, 2, 3, 4, 39, 5, 6, 7, 8, 9]
    # The first range of the second group stands in the first group's window of rules: 1 2 3 4 39 5 | 6 7 8 9.
    assert given["points"]["trend"] == ["improvement"] * 5 + ["none"] * 5


def test_qicharts2_gathers_by_month_and_by_week() -> None:
    x = ["2026-03-30", "2026-04-02", "2026-04-20", "2026-05-01"]
    month = answer(asked("qicharts2", "run", [4, 6, 9, 1], {"x.period": "month"}, x=x, x_type="date"))
    assert month["points"]["x"] == ["2026-03-01", "2026-04-01", "2026-05-01"]
    assert month["points"]["y"] == [4.0, 7.5, 1.0]
    assert month["points"]["y_count"] == [1, 2, 1]
    week = answer(asked("qicharts2", "c", [4, 6, 9, 1], {"x.period": "week"}, x=x, x_type="date"))
    assert week["points"]["x"] == ["2026-03-30", "2026-04-20", "2026-04-27"]
    assert week["points"]["y"] == [10.0, 9.0, 1.0]


@pytest.mark.parametrize("method", ["bestbox", "cutbox"])
def test_qicharts2_takes_other_limits_of_runs(method: str) -> None:
    y = [float(place % 3) for place in range(24)]
    given = answer(asked("qicharts2", "run", y, {"method": method}))
    assert given["status"] == "ok"
    assert given["phases"][0]["n_useful"] == 16


def test_qicharts2_refuses_a_time_of_zero() -> None:
    assert answer(asked("qicharts2", "t", [1, 0, 2, 3]))["status"] == "error"


def test_qcc_takes_a_centre_and_a_deviation_decided_beforehand() -> None:
    given = answer(asked("qcc", "xbar.one", [9, 11, 10, 14], {"center": 10, "std.dev": 1}))
    assert (given["points"]["lcl"][0], given["points"]["cl"][0], given["points"]["ucl"][0]) == (
        7.0,
        10.0,
        13.0,
    )
    assert given["points"]["we1"] == [False, False, False, True]
    y, groups = [4, 6, 5, 7, 9, 1], [1, 1, 1, 2, 2, 2]
    means = answer(asked("qcc", "xbar", y, {"center": 5, "std.dev": 3**0.5}, subgroup=groups, x=groups))
    assert means["points"]["n"] == [3, 3]
    assert means["points"]["ucl"] == [pytest.approx(8.0)] * 2


def test_qcc_counts_events_out_of_fifty() -> None:
    given = answer(asked("qcc", "np", [3, 2, 4, 3], n=[50, 50, 50, 50]))
    assert given["points"]["y"] == [3, 2, 4, 3]
    assert given["points"]["ucl"][0] == pytest.approx(3 + 3 * (3 * 0.94) ** 0.5)


def test_qcc_has_no_missing_values() -> None:
    assert answer(asked("qcc", "xbar.one", [9, None, 10]))["status"] == "error"
    assert answer(asked("qcc", "ewma", [9, None, 10]))["status"] == "error"


def test_the_cases_hold_no_missing_limits_by_accident(answers: list[tuple[Run, Output]]) -> None:
    drawn = [given for run, given in answers if run.tool == "NHSRplotthedots"]
    assert all(np.isfinite(np.array(given["points"]["upl"], dtype=float)).all() for given in drawn)
