"""A chart file gives the same verdict anywhere, and says when it was changed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import spc
from spc.__main__ import main

MONTHS = [date(2016 + month // 12, month % 12 + 1, 1) for month in range(24)]
SEEN = [91, 90, 92, 89, 91, 90, 93, 92, 90, 91, 89, 92, 80, 79, 81, 78, 80, 79, 82, 80, 78, 79, 81, 80]


@pytest.fixture
def result() -> spc.Result:
    return spc.analyse(
        spc.Series(x=MONTHS, numerator=SEEN, denominator=[100] * 24),
        chart="p",
        profile=replace(
            spc.PROFILES["mdc"], name="ours", rules=(spc.Use("outside_limits"), spc.Use("shift", 8))
        ),
        direction="increase",
        target=[(MONTHS[0], 0.9), (MONTHS[12], 0.95)],
        phases=[12],
        baseline=(0, 11),
        excluded=[3],
    )


@pytest.fixture
def written(result: spc.Result) -> dict[str, Any]:
    decisions = [{"row": 12, "why": "The new rota began", "by": "coach", "on": "2017-04-02"}]
    made = spc.chart_file(result, definition={"name": "Seen within four hours"}, decisions=decisions)
    read: dict[str, Any] = json.loads(json.dumps(made, allow_nan=False))
    return read


def test_it_gives_the_same_verdict_after_a_journey_through_json(
    result: spc.Result, written: dict[str, Any]
) -> None:
    found = spc.verify(written)
    assert found
    assert found.differs == ()
    assert found.result.verdict.words == result.verdict.words
    assert found.result.to_dict() == result.to_dict()
    assert written["engine"] == result.engine
    assert written["definition"]["name"] == "Seen within four hours"


@pytest.mark.parametrize("x", [None, list(range(5)), ["a", "b", "c", "d", "e"]])
@pytest.mark.parametrize("centre", [None, 5.0, [1.0, 2.0, 3.0, 4.0, 5.0]])
def test_every_kind_of_period_and_centre_comes_back(x: Any, centre: Any) -> None:
    result = spc.analyse(
        spc.Series(x=x, value=[3, None, 5, 4, 6]), centre=centre, multiplier=10, floor=0, unit="days"
    )
    assert spc.verify(json.loads(json.dumps(spc.chart_file(result))))


def test_moments_come_back() -> None:
    x = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (1, 2, 3)]
    found = spc.verify(spc.chart_file(spc.analyse(spc.Series(x=x, value=[1, 2, 4]))))
    assert found.result.series.x == tuple(x)


def test_changed_data_are_noticed(written: dict[str, Any]) -> None:
    written["data"]["numerator"][-1] = 99
    found = spc.verify(written)
    assert not found
    assert "hash" in found.differs


def test_a_changed_decision_is_noticed(written: dict[str, Any]) -> None:
    written["decisions"][0]["why"] = "No reason"
    assert spc.verify(written).differs == ("hash",)


def test_a_changed_verdict_is_noticed(written: dict[str, Any]) -> None:
    written["verdict"]["variation"] = "improvement_high"
    assert "variation" in spc.verify(written).differs


@pytest.mark.parametrize("damage", ["format", "data", "question"])
def test_a_damaged_file_is_refused_in_words(written: dict[str, Any], damage: str) -> None:
    written[damage] = {}
    with pytest.raises(spc.BadChartFile, match="chart file"):
        spc.verify(written)


def csv_file(folder: Path, text: str) -> str:
    path = folder / "data.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_command_line_prints_a_table_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "\n".join(f"{month},{seen},100" for month, seen in zip(MONTHS, SEEN, strict=True))
    path = csv_file(tmp_path, f"period,numerator,denominator\n{lines}\n")
    asked = ["analyse", path, "--chart", "p", "--direction", "increase", "--target", "0.95", "--phase", "13"]
    assert main(asked) == 0
    printed = capsys.readouterr().out
    assert "March 2016" in printed
    assert "p chart, profile Making Data Count, spc" in printed
    assert "it would have to change.\n" in printed
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["chart"] == "p"


def test_the_command_line_writes_and_verifies_a_chart_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path, 'date,value\n2026-01-01,3\n2026-01-02,\n2026-01-03,5\n2026-01-04,"1,004"\n')
    assert main(["analyse", path, "--chart-file"]) == 0
    chart = tmp_path / "chart.json"
    chart.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["verify", str(chart)]) == 0
    changed = chart.read_text(encoding="utf-8").replace("1004.0", "1005.0")
    chart.write_text(changed, encoding="utf-8")
    assert main(["verify", str(chart)]) == 1
    chart.write_text("no json", encoding="utf-8")
    assert main(["verify", str(chart)]) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("period,value\n1,3\n2,three\n", "Point 2: 'three' is not a number"),
        ("period,numerator,denominator\n1,3,2\n", "larger than the denominator"),
        ("period,other\n1,3\n", "value is needed"),
        ("", "value is needed"),
    ],
)
def test_the_command_line_says_what_is_wrong(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", csv_file(tmp_path, text), "--chart", "p" if "numerator" in text else "xmr"]) == 2
    assert told in capsys.readouterr().err
    assert main(["analyse", str(tmp_path / "nowhere.csv")]) == 2


@pytest.mark.parametrize("table", ["charts", "profiles", "rules"])
def test_the_command_line_lists_what_there_is(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([table]) == 0
    names = {"charts": spc.CHARTS, "profiles": spc.PROFILES, "rules": spc.RULES}[table]
    assert all(name in capsys.readouterr().out for name in list(names)[:1])
