"""What is taken away as CSV or Excel comes back unchanged."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiplatform.measures.models import Counts, DataPoint, Frequency, Measure
from qiplatform.measures.pages import exporting
from qiplatform.measures.rules import Record
from qiplatform.measures.rules.files import open_book
from qiplatform.measures.rules.importing import Reading, read_book
from qiplatform.measures.rules.periods import add_months
from tests.qiplatform.measures.files.makers import part_of

NUMBERS = st.one_of(
    st.just(""),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**8), max_value=10**8, places=3).map(
        str
    ),
    st.integers(0, 10**8).map(str),
    st.sampled_from(["0012", "12.50", "1e5", ".5", "5.", "0.000001", "12345678901234567890.123", "-0"]),
)
NOTES = st.one_of(
    st.just(""),
    st.sampled_from(
        [
            "=HYPERLINK(1)",
            "'=1",
            "''+2",
            "-5",
            "@a",
            "two\nlines",
            'a "quoted" word',
            "a,b;c\td",
            "café",
            "'alone'",
        ]
    ),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=20).map(str.strip),
)


def record_of(rows: list[tuple[int, str, str]]) -> Record:
    measure = Measure(
        chart="xmr", unit="", frequency=Frequency.MONTHLY, counts=Counts.PEOPLE, name="Waiting", id="m"
    )
    points = tuple(
        DataPoint(
            period=add_months(date(2020, 1, 1), months), value=value, numerator="", denominator="", note=note
        )
        for months, value, note in sorted(rows)
    )
    return Record(measure=measure, points=points)


def back(record: Record, kind: str) -> Reading:
    content: Any = exporting.data_csv(record).encode() if kind == "csv" else exporting.data_xlsx(record)
    return read_book(record.measure, open_book(content, f"a.{kind}"), record.points)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 40), NUMBERS, NOTES), min_size=1, max_size=8, unique_by=lambda row: row[0]
    )
)
def test_what_is_taken_away_comes_back_unchanged(kind: str, rows: list[tuple[int, str, str]]) -> None:
    record = record_of(rows)
    reading = back(record, kind)
    assert [one.message for one in reading.faults] == []
    assert reading.questions == ()
    assert {one.status for one in reading.shown} == {"same"}
    assert len(reading.shown) == len(record.points)
    assert reading.rows == ()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_changed_number_would_be_seen(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    record = record_of([(0, "12.50", "=1"), (1, "3", "")])
    assert back(record, kind).count("changed") == 0
    monkeypatch.setattr("qiplatform.measures.pages.exporting._fields", lambda _: ("period",))
    with pytest.raises((AssertionError, TypeError, ValueError)):
        assert back(record, kind).count("same") == 2


def test_a_formula_in_a_note_is_defused_in_text_and_plain_in_a_workbook() -> None:
    record = record_of([(0, "1", "=HYPERLINK(1)")])
    assert "2020-01-01,1,'=HYPERLINK(1)" in exporting.data_csv(record)
    book = open_book(exporting.data_xlsx(record), "a.xlsx")
    assert book.rows[1] == ("2020-01-01", "1", "=HYPERLINK(1)")
    assert book.faults == {}


def test_a_workbook_names_nobody_and_hides_nothing() -> None:
    content = exporting.data_xlsx(record_of([(0, "1", "")]))
    book = open_book(content, "a.xlsx")
    assert [(one.name, one.hidden) for one in book.sheets] == [("Numbers", False)]
    core = part_of(content, "docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
