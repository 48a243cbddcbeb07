"""Pasting from a spreadsheet: shown before it is kept."""

from datetime import date
from html import unescape

from qiplatform.accounts.models import User
from tests.support.client import Client
from tests.support.measure_pages import kept, text, with_numbers
from tests.support.measures import Measures

PASTED = "Month\tNumber\tNote\nApr-24\t12.50\t\nMay-24\t1,234\t=HYPERLINK(1)\nJun-24\tN/A\tclosed\n"


def test_pasted_rows_are_shown_before_they_are_kept(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["1"])
    address = f"/measures/{measure.id}/paste"
    shown = page.submit(address, {"pasted": PASTED})
    words = text(shown.text)
    assert "3 rows were read: 3 new. Nothing is saved yet." in words
    assert "“1,234” is read as 1234 (column B)." in words
    assert "“N/A” is read as “no number”, 1 time (column B)." in words
    assert kept(measures, measure) == [("1", "")]
    assert page.submit(f"{address}/save", {"pasted": PASTED}).status_code == 303
    assert kept(measures, measure) == [("1", ""), ("12.50", ""), ("1234", "=HYPERLINK(1)"), ("", "closed")]
    file = page.get(f"/measures/{measure.id}/data.csv").text
    assert "2024-05-01,1234,'=HYPERLINK(1)" in file
    again = text(page.submit(address, {"pasted": PASTED}).text)
    assert "3 of 3 rows are already here" in again


def test_other_numbers_are_replaced_only_when_asked(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["1", "2"])
    address = f"/measures/{measure.id}/paste"
    pasted = "2024-01-01\t1\n2024-02-01\t3\n2024-03-01\t4"
    words = text(page.submit(address, {"pasted": pasted}).text)
    assert "1 new, 1 already here, 1 with another number than is kept" in words
    assert "replaces 2" in words
    refused = page.submit(f"{address}/save", {"pasted": pasted})
    assert refused.status_code == 422
    assert "2024-03-01\t4" in unescape(refused.text)
    assert kept(measures, measure) == [("1", ""), ("2", "")]
    assert page.submit(f"{address}/save", {"pasted": pasted, "if_different": "replace"}).status_code == 303
    assert kept(measures, measure) == [("1", ""), ("3", ""), ("4", "")]


def test_a_date_with_two_readings_is_asked_for(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    address = f"/measures/{measure.id}/paste"
    pasted = "03/04/2024\t5\n05/06/2024\t6"
    asked = page.submit(address, {"pasted": pasted})
    words = text(asked.text)
    assert "3 April 2024" in words
    assert "4 March 2024" in words
    assert "Save these numbers" not in words
    assert page.submit(f"{address}/save", {"pasted": pasted}).status_code == 422
    assert "April 2024" in text(page.submit(address, {"pasted": pasted, "order": "day_first"}).text)
    assert page.submit(f"{address}/save", {"pasted": pasted, "order": "month_first"}).status_code == 303
    assert [point.period for point in measures.record(measure).points] == [date(2024, 3, 1), date(2024, 5, 1)]


def test_a_refused_paste_keeps_the_text(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    pasted = "Apr-24\t5\nMay-24\t999 000 0018"
    answer = page.submit(f"/measures/{measure.id}/paste", {"pasted": pasted})
    assert answer.status_code == 422
    assert "This looks like an NHS number (row 2, column B)." in text(answer.text)
    assert pasted in unescape(answer.text)
    assert kept(measures, measure) == []
