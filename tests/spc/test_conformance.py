"""The engine agrees with the recorded runs of the tools wherever it has the chart; what it has not is named."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

import spc
from tests.spc.conformance.__main__ import TOOLS, answer, main
from tests.spc.conformance.cases import RECORDED, Output, Run, read
from tests.spc.conformance.compare import compare
from tests.spc.conformance.known import KNOWN

RUNS = list(read())
# What the engine has not yet, by tool and chart, with the number of recorded runs.
NOT_YET: dict[tuple[str, str], int] = {}


@pytest.fixture(scope="module")
def answers() -> list[tuple[Run, Output]]:
    return [(run, answer(run)) for run in RUNS]


def test_all_recorded_runs_are_read() -> None:
    assert len(RUNS) == 762
    assert {run.tool for run in RUNS} == TOOLS.keys()


def test_every_supported_run_agrees(answers: list[tuple[Run, Output]]) -> None:
    told = {
        (run.case, run.identity): compare(run.output, given).disagrees
        for run, given in answers
        if given["status"] != "unsupported"
    }
    disagreeing = {run: difference for run, difference in told.items() if difference}
    assert disagreeing.keys() == KNOWN.keys(), disagreeing


def test_unsupported_runs_are_exactly_the_known_ones(answers: list[tuple[Run, Output]]) -> None:
    counted = Counter((run.tool, run.chart) for run, given in answers if given["status"] == "unsupported")
    assert dict(counted) == NOT_YET


@pytest.mark.parametrize("case", ["ae_rjz_p", "ae_rjz_performance"])
def test_one_trusts_four_hour_performance_agrees(case: str, answers: list[tuple[Run, Output]]) -> None:
    found = [
        compare(run.output, given)
        for run, given in answers
        if run.case == case and given["status"] != "unsupported"
    ]
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


def test_a_missing_column_or_table_would_be_noticed() -> None:
    for run in RUNS[:40]:
        given = answer(run)
        if given["status"] == "unsupported":
            continue
        listed = {
            "qicharts2": {"y", "cl", "lcl", "ucl", "lcl95", "ucl95", "sigma_signal"},
            "NHSRplotthedots": {"mean", "lpl", "upl", "special_cause_type", "point_type"},
            "PowerBI-SPC": {"value", "cl", "astronomical", "shift", "trend", "two_in_three"},
            "qcc": {"y"},
        }[run.tool]
        assert listed <= given["points"].keys()


def test_check_prints_a_table_and_fails_on_disagreement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(RECORDED)]) == 0
    printed = capsys.readouterr().out
    assert "qicharts2         p " in printed
    assert all(f"{case} {run}" in printed for case, run in KNOWN)


def test_the_cases_hold_no_missing_limits_by_accident(answers: list[tuple[Run, Output]]) -> None:
    drawn = [given for run, given in answers if run.tool == "NHSRplotthedots"]
    assert all(np.isfinite(np.array(given["points"]["upl"], dtype=float)).all() for given in drawn)
