"""The chart in words and as a table: all read from the one verdict."""

from html import unescape

import pytest

import spc
from qiplatform.charts import figure
from tests.qiplatform.charts.examples import every_kind, monthly, waits


@pytest.mark.parametrize("result", every_kind())
def test_sentence_picture_text_and_table_come_from_one_verdict(result: spc.Result) -> None:
    made = figure(result, title="Seen within four hours")
    assert made.caption.startswith(result.verdict.words)
    assert result.verdict.words in made.alt
    assert result.verdict.words in unescape(made.wide)
    assert len(made.rows) == len(result.series)
    assert all(len(row) == len(made.columns) for row in made.rows)
    for row, kind in zip(made.rows, result.points.variation, strict=True):
        assert (row[1] is None) == (kind == "missing")


@pytest.mark.parametrize("result", every_kind())
def test_a_point_has_its_signals_words_in_the_table(result: spc.Result) -> None:
    rows = figure(result, title="Seen").rows
    for signal in result.signals:
        for row in signal.points:
            assert signal.words in str(rows[row][-1])
    for row, (kind, included) in enumerate(
        zip(result.points.variation, result.points.included.tolist(), strict=True)
    ):
        if kind == "common" and included and not any(row in signal.points for signal in result.signals):
            assert rows[row][-1] == "Ordinary variation"


def test_a_gap_is_said_and_an_excluded_point_too() -> None:
    rows = figure(monthly(5, None, 6, 7, 5, 6, 50, excluded=[6]), title="Seen").rows
    assert rows[1][1:2] == (None,)
    assert rows[1][-1] == "No value"
    assert "Left out of the limits" in str(rows[6][-1])


def test_the_text_for_the_picture_names_chart_measure_span_lines_and_target() -> None:
    alt = figure(waits(), title="Seen within four hours").alt
    assert alt.startswith("p chart of Seen within four hours, 36 points, April 2016 to March 2019. ")
    assert "Mean " in alt
    assert ", limits " in alt
    assert alt.endswith("Target 95%.")


def test_a_proportion_is_in_percent_everywhere() -> None:
    made = figure(waits(), title="Seen")
    assert made.columns[1] == ("Value (%)", "number")
    assert made.columns[2:4] == (("Numerator", "number"), ("Denominator", "number"))
    assert 70 < float(str(made.rows[0][1])) < 100


def test_values_stand_in_the_table_as_people_typed_them() -> None:
    typed = ["05.0", "6", "", "7,0"]
    rows = figure(monthly(5, 6, None, 7), title="Seen", typed=typed).rows
    assert [row[1] for row in rows] == ["05.0", "6", None, "7,0"]


def test_the_line_below_names_profile_chart_points_and_since_when() -> None:
    assert (
        figure(waits("xmr"), title="Seen").foot
        == "Making Data Count · XmR chart · 36 points · limits since April 2016"
    )
    assert "trial limits since January 2024" in figure(monthly(5, 6, 5, 7), title="Seen").foot
    assert figure(waits("run", profile="ihi_run"), title="Seen").foot.endswith("median since April 2016")


def test_no_word_judges() -> None:
    """Shown words never speak of good, bad, red, green or compliance."""
    for result in every_kind():
        made = figure(result, title="Seen")
        said = f"{made.alt} {made.foot} {made.rows}".lower()
        assert not [word for word in (" good", " bad", " red ", " green", "complian", "rag ") if word in said]
