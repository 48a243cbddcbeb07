"""A file is brought in in three steps: chosen, looked at, saved whole or not at all."""

import re
import time
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound
from qiplatform.measures import actions, queries
from qiplatform.measures.models import ImportFile, Measure
from qiplatform.measures.rules.importing import Choices
from tests.qiplatform.measures.files.makers import Rows, xlsx, zipped
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import kept, text, with_numbers
from tests.support.measures import AT, SHARE, Measures
from tests.support.queries import counted

PASTED = "Month\tNumber\tNote\nApr-24\t12.50\t\nMay-24\t1,234\t=HYPERLINK(1)\nJun-24\tN/A\tclosed\n"


def chosen(page: Client, measure: Measure, content: bytes | str, name: str = "numbers.csv") -> Any:
    """Choose a file, or paste text, and return the answer."""
    address = f"/measures/{measure.id}/import"
    form = {"csrf_token": page.csrf("/sign-in?next=/about")}
    if isinstance(content, str):
        return page.post(address, data={**form, "pasted": content})
    return page.post(address, data=form, files={"file": (name, content, "text/csv")})


def read(
    page: Client, measure: Measure, content: bytes | str, asked: str = "", name: str = "numbers.csv"
) -> tuple[str, str]:
    """Choose a file, and return its address and the words of the page that says how it was read."""
    answer = chosen(page, measure, content, name)
    assert answer.status_code == 303, text(answer.text)
    where = answer.headers["location"]
    return where, text(page.get(f"{where}{asked}").text)


def save(page: Client, measure: Measure, where: str, **asked: str) -> Any:
    """Press the button of the last step, as its page was made."""
    shown = page.get(f"{where}/check?" + "&".join(f"{name}={value}" for name, value in asked.items()))
    hidden = {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown.text)
    }
    assert hidden.pop("csrf_token", "") or True
    return page.submit(where, {**hidden, **asked})


def held(measures: Measures) -> int:
    """Return how many files wait."""
    with measures.store.session() as db:
        return int(db.scalar(select(func.count()).select_from(ImportFile)) or 0)


def test_pasted_rows_are_shown_before_they_are_kept(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["1"])
    where, words = read(page, measure, PASTED)
    assert "4 rows in pasted text: 3 read, 1 skipped, 0 cannot be read." in words
    assert "“1,234” is read as 1234 (column B)." in words
    assert "Read as “no number”: “N/A” once." in words
    assert "3 rows: 3 new." in text(page.get(f"{where}/check").text)
    assert kept(measures, measure) == [("1", "")]
    assert save(page, measure, where).status_code == 303
    assert kept(measures, measure) == [("1", ""), ("12.50", ""), ("1234", "=HYPERLINK(1)"), ("", "closed")]
    assert "2024-05-01,1234,'=HYPERLINK(1)" in page.get(f"/measures/{measure.id}/data.csv").text
    where, _ = read(page, measure, PASTED)
    again = text(page.get(f"{where}/check").text)
    assert "3 of 3 rows are already here: there is nothing to save." in again
    assert "Save these numbers" not in again


def test_a_workbook_is_read_and_a_column_chosen(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead, SHARE)
    table: Rows = [
        ["Month", "All", "Seen"],
        *([date(2024, month, 1), 100, 80 + month] for month in (1, 2, 3)),
    ]
    where, words = read(page, measure, xlsx(table), name="a.xlsx")
    assert "Nothing is guessed: please say" in words
    assert "See every row" not in words
    assert page.submit(where, {"data_version": "1"}).status_code == 422
    asked = {"numerator": "C", "denominator": "B"}
    assert "See every row" in text(page.get(f"{where}?numerator=C&denominator=B").text)
    assert save(page, measure, where, **asked).status_code == 303
    points = measures.record(measure).points
    assert [(one.numerator, one.denominator) for one in points] == [
        ("81", "100"),
        ("82", "100"),
        ("83", "100"),
    ]
    assert held(measures) == 0


def test_a_button_pressed_twice_saves_once(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    where, _ = read(page, measure, "Apr-24\t5")
    version = str(measures.record(measure).measure.data_version)
    first, second = (page.submit(where, {"data_version": version}) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert kept(measures, measure) == [("5", "")]
    with measures.store.session() as db:
        assert len(queries.changes(db, measure.id, most=10)) == 1


def test_other_numbers_are_replaced_or_left_only_when_said(
    page: Client, measures: Measures, lead: User
) -> None:
    pasted = "2024-01-01\t1\n2024-02-01\t3\n2024-03-01\t4"
    for said, wanted in (("replace", "3"), ("keep", "2")):
        measure = with_numbers(measures, lead, ["1", "2"])
        where, _ = read(page, measure, pasted)
        words = text(page.get(f"{where}/check").text)
        assert "3 rows: 1 new, 1 already here, 1 with another number than is kept." in words
        assert "replaces 2" in words
        refused = save(page, measure, where)
        assert refused.status_code == 422
        assert "Say what to do with the numbers that are already here and differ." in text(refused.text)
        assert kept(measures, measure) == [("1", ""), ("2", "")]
        assert save(page, measure, where, different=said).status_code == 303
        assert kept(measures, measure) == [("1", ""), (wanted, ""), ("4", "")]


def test_a_number_changed_meanwhile_is_not_overwritten(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["1", "2"])
    where, _ = read(page, measure, "2024-02-01\t3")
    version = str(measures.record(measure).measure.data_version)
    page.submit(
        f"/measures/{measure.id}",
        {"points/2024-02-01/value": "7", "points/2024-02-01/was": "x", "points/2024-02-01/version": "1"},
    )
    answer = page.submit(where, {"data_version": version, "different": "replace"})
    assert answer.status_code == 412
    assert "Somebody changed this measure while you looked." in text(answer.text)
    assert "replaces 7" in text(answer.text)
    assert kept(measures, measure) == [("1", ""), ("7", "")]


def test_a_date_with_two_readings_is_asked_for(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    where, words = read(page, measure, "03/04/2024\t5\n05/06/2024\t6")
    assert "What day is “03/04/2024”?" in words
    assert "3 April 2024" in words
    assert "4 March 2024" in words
    assert save(page, measure, where, order="month_first").status_code == 303
    assert [point.period for point in measures.record(measure).points] == [date(2024, 3, 1), date(2024, 5, 1)]


def test_identifiers_are_refused_before_anything_is_kept(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead)
    pasted = "Apr-24\t5\nMay-24\t999 000 0018"
    answer = chosen(page, measure, pasted)
    assert answer.status_code == 422
    assert "This looks like an NHS number (row 2, column B)." in text(answer.text)
    assert pasted in unescape(answer.text)
    assert chosen(page, measure, pasted.encode()).status_code == 422
    assert held(measures) == 0


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "The file is empty"),
        (
            zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(60_000_000)}),
            "a.xlsx",
            "unpacks to more",
        ),
        (b"a,b\n" * 1_000_000, "a.csv", "There are 1,000,000 rows; at most 20,000"),
        (b"x" * 5_500_000, "a.csv", "at most 5,000,000 are read"),
        (b"x" * 6_500_000, "a.csv", "at most 6,000,000 are taken"),
    ],
    ids=["empty", "bomb", "million rows", "large", "too large to be received"],
)
def test_what_is_too_much_is_refused_quickly(
    page: Client, measures: Measures, lead: User, content: bytes, name: str, words: str
) -> None:
    measure = measures.measure(lead)
    started = time.perf_counter()
    answer = chosen(page, measure, content, name)
    assert time.perf_counter() - started < 2
    assert answer.status_code == 422
    assert words in text(answer.text)
    assert held(measures) == 0
    assert kept(measures, measure) == []


def test_nothing_chosen_is_said(page: Client, measures: Measures, lead: User) -> None:
    answer = chosen(page, measures.measure(lead), " ")
    assert answer.status_code == 422
    assert "Choose a file, or paste rows from a spreadsheet." in text(answer.text)


def test_a_wrong_choice_is_shown_where_it_can_be_changed(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead)
    where, _ = read(page, measure, b"Month,Value,Note\nApr-24,5,caf\xe9\n")
    words = text(page.get(f"{where}?encoding=utf-8").text)
    assert "The file cannot be read as UTF-8. Choose another encoding." in words
    assert "Windows-1252" in words
    assert "Choose encoding from the list" in text(page.get(f"{where}?encoding=klingon").text)


def test_columns_chosen_in_one_sheet_mean_nothing_in_another(
    page: Client, measures: Measures, lead: User
) -> None:
    measure = measures.measure(lead)
    one: Rows = [["Month", "x", "Value"], ["Apr-24", 1, 2]]
    other: Rows = [["Month", "Value"], ["Apr-24", 7]]
    where, _ = read(page, measure, xlsx(other, sheets=[("First", one, False)]), name="a.xlsx")
    words = text(page.get(f"{where}?sheet=Data&of=First//down&value=C&header=1").text)
    assert "1 read" in words
    assert "See every row" in words


def test_a_waiting_file_is_its_owner_s_and_lasts_a_day(
    page: Client, measures: Measures, lead: User, make: Factory
) -> None:
    measure = measures.measure(lead)
    where, _ = read(page, measure, "Apr-24\t5")
    other = make.user("Other")
    with measures.store.session() as db:
        seen = queries.get(db, lead, measure.id)
        with pytest.raises(NotFound, match="not kept any longer"):
            actions.look(db, by=other, at=AT, seen=seen, file_id=where[-20:], choices=Choices())
    second, _ = read(page, measure, "Apr-24\t6")
    assert page.get(where).status_code == 404
    with measures.store.session() as db:
        waiting = db.get_one(ImportFile, second[-20:])
        waiting.at -= timedelta(days=2)
    read(page, measures.measure(lead), "Apr-24\t5")
    assert page.get(second).status_code == 404


def test_the_pages_ask_few_questions_of_the_database(page: Client, measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    where, _ = read(page, measure, "\n".join(f"2020-{month:02}-01\t{month}" for month in range(1, 13)))
    for address in (where, f"{where}/check"):
        with counted(measures.store) as asked:
            assert page.get(address).status_code == 200
        assert len(asked) <= 9, asked
