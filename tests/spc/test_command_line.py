"""What can be typed after `python -m spc analyse`, beyond the simplest line."""

from datetime import date
from pathlib import Path

import pytest

import spc
from spc.__main__ import main

DAYS = "date,value\n2026-01-03,4\n2026-01-20,6\n2026-02-02,5\n2026-02-09,9\n2026-03-01,7\n2026-03-02,7\n"


def file(folder: Path, text: str) -> str:
    path = folder / "data.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_rows_are_gathered_by_month(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", file(tmp_path, DAYS), "--by", "month"]) == 0
    printed = capsys.readouterr().out
    assert [line.split()[:3] for line in printed.splitlines()[2:5]] == [
        ["January", "2026", "5"],
        ["February", "2026", "7"],
        ["March", "2026", "7"],
    ]


def test_rows_of_one_period_are_a_subgroup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "week,value\n1,4\n1,6\n2,5\n2,9\n3,7\n3,7\n"
    assert main(["analyse", file(tmp_path, text), "--chart", "xbar"]) == 0
    expected = spc.analyse(spc.gather([1, 1, 2, 2, 3, 3], [4, 6, 5, 9, 7, 7]), chart="xbar").verdict
    assert expected.words in capsys.readouterr().out


def test_subgroups_can_be_summed_up_beforehand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "week,value,size,deviation\n1,5,4,1\n2,6,4,2\n3,5,4,3\n"
    assert main(["analyse", file(tmp_path, text), "--chart", "xbar"]) == 0
    assert "8.59" in capsys.readouterr().out


def test_a_funnel_names_its_units(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "unit,numerator,denominator\nOak,40,120\nAsh,12,100\nElm,14,150\nFir,9,90\n"
    assert main(["analyse", file(tmp_path, text), "--chart", "funnel_p"]) == 0
    printed = capsys.readouterr().out
    assert "Oak" in printed
    assert "1 of 4 units is outside the limits" in printed


def test_the_sentences_say_how_sure_and_what_not_to_conclude(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--target", "9", "--second-target", "3", "--direction", "decrease", "--centre", "5"]
    assert main(["analyse", file(tmp_path, DAYS), "--setting", "sigma=0.5", *asked]) == 0
    printed = capsys.readouterr().out
    for words in ("about 3 points in 1,000", "does not say why", "target of 9", "second target of 3"):
        assert words in printed


@pytest.mark.parametrize("typed", ["weight", "weight=much", "=1"])
def test_a_setting_that_cannot_be_read_is_told(
    typed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", file(tmp_path, DAYS), "--chart", "ewma", "--setting", typed]) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("by", "days"),
    [
        ("day", [date(2026, 3, 17), date(2026, 12, 31)]),
        ("week", [date(2026, 3, 16), date(2026, 12, 28)]),
        ("month", [date(2026, 3, 1), date(2026, 12, 1)]),
        ("quarter", [date(2026, 1, 1), date(2026, 10, 1)]),
        ("year", [date(2026, 1, 1)]),
    ],
)
def test_every_period_has_its_first_day(by: str, days: list[date]) -> None:
    found = spc.gather([date(2026, 3, 17), date(2026, 12, 31)], [1, 2], by=by)  # type: ignore[arg-type]  # a word of five
    assert list(found.x) == days


def test_only_dates_are_gathered_by_a_period() -> None:
    with pytest.raises(spc.NotADate, match="Point 1: 'a' is not a date"):
        spc.gather(["a", "b"], [1, 2], by="month")
    with pytest.raises(spc.NotFound, match="fortnight"):
        spc.gather([date(2026, 1, 1)], [1], by="fortnight")  # type: ignore[arg-type]  # no such word
