"""What is pasted is read in one plain way, asked about, or refused with row and column."""

from datetime import date

import pytest

from qiplatform.errors import Invalid
from qiplatform.measures.models import Counts, DataPoint, Frequency, Measure
from qiplatform.measures.rules.dates import Order, read_days
from qiplatform.measures.rules.files import open_book
from qiplatform.measures.rules.importing import Choices, Reading, check_no_identifiers, read_book


def measure(chart: str = "xmr", unit: str = "", frequency: Frequency = Frequency.MONTHLY) -> Measure:
    return Measure(chart=chart, unit=unit, frequency=frequency, counts=Counts.PEOPLE, name="Waiting")


def read(text: str, chart: str = "xmr", unit: str = "", order: Order | None = None) -> Reading:
    return read_book(measure(chart, unit), open_book(text.encode(), ""), [], Choices(order=order))


def refusal(text: str, chart: str = "xmr", unit: str = "") -> str:
    """Return everything that keeps pasted text from being saved."""
    try:
        check_no_identifiers(open_book(text.encode(), "", at="pasted"), "pasted")
        reading = read(text, chart, unit)
    except Invalid as refused:
        return " ".join(one.message for one in refused.mistakes) or refused.words
    assert not reading.ready
    return " ".join([one.message for one in reading.faults] + [one.words for one in reading.questions])


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-04-01", date(2024, 4, 1)),
        ("2024/4/1", date(2024, 4, 1)),
        ("2024-04", date(2024, 4, 1)),
        ("2024-04-01 00:00:00", date(2024, 4, 1)),
        ("2024-04-01T00:00:00Z", date(2024, 4, 1)),
        ("1 April 2024", date(2024, 4, 1)),
        ("1st Apr 2024", date(2024, 4, 1)),
        ("1-Apr-24", date(2024, 4, 1)),
        ("April 1, 2024", date(2024, 4, 1)),
        ("Apr-24", date(2024, 4, 1)),
        ("April 2024", date(2024, 4, 1)),
        ("Sept 2024", date(2024, 9, 1)),
        ("13/04/2024", date(2024, 4, 13)),
        ("04/13/2024", date(2024, 4, 13)),
        ("04.04.2024", date(2024, 4, 4)),
        ("45383", date(2024, 4, 1)),
        ("31/04/2024", None),
        ("Week 14", None),
        ("2025/26", date(2025, 4, 1)),
        ("2011-12", date(2011, 12, 1)),
        ("week 14 2026", date(2026, 3, 30)),
        ("w/e 5 April 2026", date(2026, 3, 30)),
        ("Total", None),
        ("Mango 2024", None),
        ("", None),
        ("99999", None),
    ],
)
def test_a_day_is_read_or_not(cell: str, day: date | None) -> None:
    assert read_days([cell]).days == (day,)
    assert read_days([cell]).unclear is None


def test_a_column_that_can_be_read_in_two_ways_is_asked_about() -> None:
    column = read_days(["01/04/2024", "01/05/2024"])
    assert column.unclear == ("01/04/2024", date(2024, 4, 1), date(2024, 1, 4))
    assert column.days == (None, None)
    assert read_days(["01/04/2024"], Order.DAY_FIRST).days == (date(2024, 4, 1),)
    assert read_days(["01/04/2024"], Order.MONTH_FIRST).days == (date(2024, 1, 4),)


def test_one_plain_date_decides_for_its_column_and_that_is_said() -> None:
    column = read_days(["01/04/2024", "15/04/2024"])
    assert column.days == (date(2024, 4, 1), date(2024, 4, 15))
    assert "the day first, because of “15/04/2024”" in column.remarks[0]


def test_two_orders_in_one_column_are_refused_with_both_rows() -> None:
    words = refusal("13/04/2024\t5\n04/14/2024\t6")
    assert "row 1, column A" in words
    assert "row 2, column A" in words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Apr-24\t5\nMay-24\t6", ["5", "6"]),
        ("Apr-24;5,5\nMay-24;1.234,5", ["5.5", "1234.5"]),
        ("Apr-24,5\nMay-24,6", ["5", "6"]),
        ('Apr-24,"1,234"\nMay-24,"12"', ["1234", "12"]),
        ("\ufeffMonth\tValue\r\nApr-24\t12.50\r\n\r\nMay-24\t-3\r\n", ["12.50", "-3"]),
        ("Apr-24\t1 234\nMay-24\t2\u00a0345", ["1234", "2345"]),
        ("Apr-24\t\N{MINUS SIGN}4\nMay-24\t007", ["-4", "007"]),
        ("Apr-24\t<5\nMay-24\t*\nJun-24\t3\nJul-24\t", ["3"]),
        ("value\tnotes\tperiod\n5\tsnow\tApr-24", ["5"]),
    ],
)
def test_numbers_are_read(text: str, values: list[str]) -> None:
    assert [row.value for row in read(text).rows] == values


def test_percent_signs_are_left_out_where_the_measure_is_in_percent() -> None:
    assert [row.value for row in read("Apr-24\t85.0%\nMay-24\t90%", unit="%").rows] == ["85.0", "90"]
    assert "“86” has no percent sign" in refusal("Apr-24\t85%\nMay-24\t86", unit="%")
    assert "not in percent" in refusal("Apr-24\t85%")


def test_two_numbers_are_found_by_their_headings_in_any_order() -> None:
    (row,) = read("Denominator,Month,Numerator\n340,Apr-24,312", chart="p").rows
    assert (row.period, row.numerator, row.denominator) == (date(2024, 4, 1), "312", "340")


@pytest.mark.parametrize(
    ("text", "chart", "words"),
    [
        ("", "xmr", "The file is empty"),
        ("\u200b \ufeff", "xmr", "Paste the rows"),
        ("Month\tValue", "xmr", "no row with a date and a number below the headings"),
        ("Apr-24\t5\nMango\t5", "xmr", "“Mango” is not a date that can be read"),
        ("Apr-24\t5\nMay-24\t1O", "xmr", "“1O” has a letter where a digit should be (row 2, column B)"),
        ("Apr-24\t5\nMay-24\t#DIV/0!", "xmr", "row 2, column B"),
        ("Apr-24\tNaN", "xmr", "row 1, column B"),
        ("Apr-24\t1,234\nMay-24\t1,5", "xmr", "The comma means one thing in “1,234” and another in “1,5”"),
        ("Apr-24\t12\t9", "p", "12 of 9: the numerator cannot be larger than the denominator (row 1)"),
        ("Apr-24\t3.5\t9", "p", "is not a whole number of people (row 1, column B)"),
        ("Apr-24\t\t9", "p", "Enter the numerator as well (row 1, column B)"),
        ("Apr-24\t5", "p", "Choose the column that holds the numerator"),
        ("Apr-24\t5\t6\t7\t8", "xmr", "Choose the column that holds the value"),
        ("Apr-24\t5\n15 April 2024\t6", "xmr", "April 2024 (row 1 and row 2). Which is meant?"),
        ('Apr-24,"5\nMay-24,6', "xmr", "quotation mark"),
        ("Apr-24\t5\tsee 9990000018", "xmr", "This looks like an NHS number (row 1, column C)"),
        ("Apr-24\t5\n" * 20_001, "xmr", "at most 20,000 are read"),
        ("x" * 5_000_001, "xmr", "at most 5,000,000 are read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, chart: str, words: str) -> None:
    assert words in refusal(text, chart)


def test_no_refusal_repeats_an_identifier() -> None:
    assert "999" not in refusal("Apr-24\t999 000 0018\nMay-24\tx")


def test_a_number_that_only_looks_long_is_no_identifier() -> None:
    # 999 000 0019 fails the check digit.
    assert [row.value for row in read("Apr-24\t9990000019").rows] == ["9990000019"]


def test_everything_understood_is_said() -> None:
    reading = read("Month;Value\n15 April 2024;1,5\n\n1 March 2024;2,5")
    said = " ".join(reading.remarks)
    for words in ("Row 1 is taken as headings", "separated by a semicolon", "“1,5” is read as 1.5",
                  "15 April 2024 as April 2024", "not in order of time"):  # fmt: skip
        assert words in said, words


def test_rows_are_put_beside_what_is_kept() -> None:
    kept = [
        DataPoint(period=date(2024, 4, 30), value="5", numerator="", denominator="", note=""),
        DataPoint(period=date(2024, 5, 31), value="6", numerator="", denominator="", note=""),
    ]
    reading = read_book(measure(), open_book(b"Apr-24\t5\nMay-24\t7\nJun-24\t8", ""), kept)
    assert [row.status for row in reading.shown] == ["same", "changed", "new"]
    assert reading.shown[1].before == "6"
    # The team calls its months by their last day, and so they stay.
    assert [row.period for row in reading.rows] == [date(2024, 5, 31), date(2024, 6, 1)]
