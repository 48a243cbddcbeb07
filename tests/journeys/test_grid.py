"""The grid behaves like a spreadsheet: each cell is saved when it is left, the sentence follows, two people see each other."""

import re

import pytest
from playwright.sync_api import Page, expect

from qiplatform.accounts.models import User
from qiplatform.measures.models import Measure
from tests.journeys.conftest import Served
from tests.support.browser import Visitor
from tests.support.factories import PASSWORD
from tests.support.measures import Measures, rows

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("visitor", ["scripts"], indirect=True)]
STEADY = ["50", "52", "49", "51", "50", "52", "49", "51", "50", "52", "49", "51", "50"]


@pytest.fixture
def lead(served: Served) -> User:
    return served.make.user("Lead")


@pytest.fixture
def measures(served: Served) -> Measures:
    return Measures(served.store)


def opened(visitor: Visitor, measures: Measures, lead: User, values: list[str]) -> Measure:
    """Make a measure with a number a month and open it."""
    measure = measures.measure(lead)
    measures.put(lead, measure, rows(values))
    page = visitor.open("/sign-in").page
    page.locator("input[name=email]").fill(lead.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    visitor.open(f"/measures/{measure.id}")
    return measure


def cell(page: Page, month: str, field: str = "value") -> str:
    """Return the selector of a cell."""
    return f"input[name='points/{month}-01/{field}']"


def kept(measures: Measures, measure: Measure) -> dict[str, str]:
    """Return what is kept, by month."""
    return {f"{point.period:%Y-%m}": point.value for point in measures.record(measure).points}


def test_a_cell_is_saved_when_it_is_left_and_the_sentence_follows(
    visitor: Visitor, measures: Measures, lead: User
) -> None:
    measure = opened(visitor, measures, lead, STEADY)
    page = visitor.page
    verdict = page.locator("#verdict")
    before = verdict.inner_text()
    page.locator(cell(page, "2025-02")).press_sequentially("90")
    expect(verdict).to_contain_text("Special cause", timeout=5000)  # typed, not saved
    assert "2025-02" not in kept(measures, measure)
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert kept(measures, measure)["2025-02"] == "90"
    expect(page.locator("[data-follows]")).to_contain_text("February 2025", timeout=5000)
    assert verdict.inner_text() != before
    assert visitor.violations() == []


def test_arrows_enter_and_undo_work_as_in_a_spreadsheet(
    visitor: Visitor, measures: Measures, lead: User
) -> None:
    measure = opened(visitor, measures, lead, STEADY)
    page = visitor.page
    first = page.locator(cell(page, "2025-01"))
    first.click()
    page.keyboard.press("ArrowDown")
    expect(page.locator(cell(page, "2024-12"))).to_be_focused()
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    expect(page.locator(cell(page, "2024-11"))).to_be_focused()
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert kept(measures, measure)["2024-12"] == "60"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(page.locator(cell(page, "2024-12", "note"))).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(cell(page, "2024-12"))).to_have_value("51")
    expect(page.locator("[data-grid-said]")).to_contain_text("")
    page.wait_for_timeout(300)
    assert kept(measures, measure)["2024-12"] == "51"
    history = visitor.open(f"/measures/{measure.id}/history").page.locator("main").inner_text()
    assert re.search(r"December 2024\s+60\s+51", history)


def test_a_block_is_pasted_over_cells_and_undone_whole(
    visitor: Visitor, measures: Measures, lead: User
) -> None:
    measure = opened(visitor, measures, lead, STEADY)
    page = visitor.page
    page.locator(cell(page, "2025-01")).click()
    _paste(page, "1\n2\n3")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert [kept(measures, measure)[month] for month in ("2025-01", "2024-12", "2024-11")] == ["1", "2", "3"]
    page.keyboard.press("Control+z")
    expect(page.locator(cell(page, "2024-11"))).to_have_value("49")
    page.wait_for_timeout(300)
    assert kept(measures, measure)["2024-12"] == "51"


def test_rows_with_their_dates_are_brought_in_as_a_file_would_be(
    visitor: Visitor, measures: Measures, lead: User
) -> None:
    opened(visitor, measures, lead, STEADY)
    page = visitor.page
    page.locator(cell(page, "2025-01")).click()
    _paste(page, "Feb-25\t53\nMar-25\t54")
    page.wait_for_url("**/import/*")
    visitor.sees("2 rows in pasted text: 2 read")


def test_a_mistake_stands_at_its_cell_and_nothing_is_lost(
    visitor: Visitor, measures: Measures, lead: User
) -> None:
    measure = opened(visitor, measures, lead, STEADY)
    page = visitor.page
    page.locator(cell(page, "2025-01")).fill("5O")
    page.keyboard.press("Tab")
    visitor.sees("“5O” has a letter where a digit should be")
    expect(page.locator(cell(page, "2025-01"))).to_have_value("5O")
    assert kept(measures, measure)["2025-01"] == "50"
    assert visitor.violations() == []
    page.locator(cell(page, "2025-01")).fill("53")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(page.get_by_text("has a letter where")).to_have_count(0)


def test_two_people_in_one_grid(visitor: Visitor, measures: Measures, lead: User) -> None:
    measure = opened(visitor, measures, lead, STEADY)
    page = visitor.page
    measures.put(lead, measure, rows([*STEADY[:-2], "61", "62"]))  # another tab, say
    page.locator(cell(page, "2024-12", "note")).fill("snow")
    page.keyboard.press("Tab")
    expect(page.locator(cell(page, "2024-12"))).to_have_value("61")  # another cell: both are kept
    page.locator(cell(page, "2025-01")).fill("70")
    page.keyboard.press("Tab")
    visitor.sees("Lead changed January 2025 to 62 while you typed 70.")
    visitor.looks("measure-conflict")
    assert kept(measures, measure)["2025-01"] == "62"
    page.get_by_role("button", name="Keep 70").click()
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.wait_for_timeout(300)
    assert kept(measures, measure)["2025-01"] == "70"
    point = next(one for one in measures.record(measure).points if f"{one.period:%Y-%m}" == "2024-12")
    assert (point.value, point.note) == ("61", "snow")


def test_signed_out_while_typing_loses_nothing(visitor: Visitor, measures: Measures, lead: User) -> None:
    opened(visitor, measures, lead, STEADY)
    page = visitor.page
    page.context.clear_cookies()
    page.locator(cell(page, "2025-01")).fill("53")
    page.keyboard.press("Tab")
    visitor.sees("what you typed still stands here")
    expect(page.locator(cell(page, "2025-01"))).to_have_value("53")
    visitor.faults.clear()  # the refused requests


def _paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )
