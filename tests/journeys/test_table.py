"""The table under a chart: its headings sort, its button copies, and without scripts it is a plain table."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.browser import Visitor

pytestmark = pytest.mark.browser
with_scripts = pytest.mark.parametrize("visitor", ["scripts"], indirect=True)
_GAPS = """rows => { const body = document.querySelector('#chart-table').tBodies[0];
    rows.forEach(([row, text]) => { const cell = body.rows[row].cells[1];
        cell.innerHTML = text === null ? '<span class="nhsuk-u-visually-hidden">none</span>' : text; }); }"""


def _open(visitor: Visitor) -> Locator:
    visitor.open("/components")
    visitor.page.locator("#chart .qi-chart__table summary").click()
    return visitor.page.locator("#chart-table")


def _column(table: Locator, place: int) -> list[str]:
    found: list[str] = table.evaluate(
        "(table, place) => [...table.tBodies[0].rows].map(row => row.cells[place].textContent.trim())", place
    )
    return found


def _number(text: str) -> float:
    return float(re.sub(r"[,%]", "", text).replace("\N{MINUS SIGN}", "-"))


def _in_order(column: list[str], *, down: bool) -> bool:
    """Return whether numbers stand in order and what is missing stands behind them all."""
    known = [_number(text) for text in column if text != "none"]
    return known == sorted(known, reverse=down) and column == [
        *(one for one in column if one != "none"),
        *(["none"] * column.count("none")),
    ]


def test_headings_sort_numbers_and_leave_what_is_missing_at_the_end(visitor: Visitor) -> None:
    table = _open(visitor)
    if not visitor.scripts:
        expect(table).to_be_visible()
        assert table.locator("button").count() == 0
        assert visitor.page.locator(".qi-copy, [aria-sort]").count() == 0
        return
    table.evaluate(
        f"(_, rows) => ({_GAPS})(rows)", [[2, None], [5, "1,234.5%"], [7, "\N{MINUS SIGN}3.0%"], [9, None]]
    )
    given = _column(table, 0)
    heading = table.locator("th", has_text="Value")
    button = heading.get_by_role("button")
    assert heading.get_attribute("aria-sort") == "none"
    button.click()
    assert heading.get_attribute("aria-sort") == "ascending"
    column = _column(table, 1)
    assert _in_order(column, down=False)
    assert column[0] == "\N{MINUS SIGN}3.0%"
    assert column[-3:] == ["1,234.5%", "none", "none"]
    expect(visitor.page.locator("#chart .qi-table__status")).to_have_text(
        "Sorted by Value (%), smallest first."
    )
    button.click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert _in_order(_column(table, 1), down=True)
    assert visitor.violations() == []
    button.click()
    assert heading.get_attribute("aria-sort") == "none"
    assert _column(table, 0) == given


def test_a_wrong_order_would_be_noticed() -> None:
    assert _in_order(["1", "2", "10", "none"], down=False)
    assert not _in_order(["1", "10", "2", "none"], down=False)
    assert not _in_order(["1", "none", "2"], down=False)


@with_scripts
def test_periods_sort_by_time_and_only_one_heading_says_so(visitor: Visitor) -> None:
    table = _open(visitor)
    given = _column(table, 0)
    table.locator("th", has_text="Value").get_by_role("button").click()
    period = table.get_by_role("button", name="Period")
    period.click()
    assert _column(table, 0) == given
    period.click()
    assert _column(table, 0) == given[::-1]
    assert table.locator("thead [aria-sort=ascending], thead [aria-sort=descending]").count() == 1


def _pasted(page: Page) -> dict[str, str]:
    read: dict[str, str] = page.evaluate(
        "async () => { const [one] = await navigator.clipboard.read(); const found = {};"
        "for (const kind of one.types) found[kind] = await (await one.getType(kind)).text(); return found; }"
    )
    return read


@with_scripts
def test_the_table_is_copied_as_it_stands(visitor: Visitor) -> None:
    page = visitor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    table = _open(visitor)
    table.evaluate(f"(_, rows) => ({_GAPS})(rows)", [[2, None], [5, "1,234.5"]])
    table.evaluate("table => { table.tBodies[0].rows[1].lastElementChild.textContent = '=1+1 <b>'; }")
    value = table.locator("th", has_text="Value").get_by_role("button")
    value.click()
    value.click()
    page.get_by_role("button", name="Copy table").first.click()
    expect(page.locator("#chart .qi-table__status")).to_have_text("Copied, 36 rows.")
    found = _pasted(page)
    lines = [line.split("\t") for line in found["text/plain"].splitlines()]
    assert lines[0][:2] == ["Period", "Value (%)"]
    assert len(lines) == 37
    assert {len(line) for line in lines} == {len(lines[0])}
    assert lines[1][1] == "1234.5"
    assert lines[-1][1] == ""
    assert [line[0] for line in lines[1:]] == _column(table, 0)
    assert "'=1+1 <b>" in {line[-1] for line in lines}
    assert found["text/html"].count("<tr>") == 37
    assert "<b>" not in found["text/html"]


@with_scripts
def test_where_the_browser_refuses_the_page_says_what_to_do(visitor: Visitor) -> None:
    page = visitor.page
    page.add_init_script(
        "navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'));"
    )
    _open(visitor)
    page.get_by_role("button", name="Copy table").first.click()
    expect(page.locator("#chart .qi-table__status")).to_contain_text("Select the table")


@with_scripts
def test_an_address_without_https_copies_too(visitor: Visitor) -> None:
    page = visitor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete window.ClipboardItem;")
    _open(visitor)
    page.get_by_role("button", name="Copy table").first.click()
    expect(page.locator("#chart .qi-table__status")).to_have_text("Copied, 36 rows.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Period\tValue (%)")


@with_scripts
def test_what_htmx_brings_in_sorts_too(visitor: Visitor) -> None:
    page = visitor.page
    _open(visitor)
    page.evaluate(
        "htmx.ajax('GET', '/components', {target: '#maincontent', select: '#maincontent', swap: 'outerHTML'})"
    )
    expect(page.locator("#chart .qi-chart__table:not([open])")).to_have_count(1)
    page.locator("#chart .qi-chart__table summary").click()
    table = page.locator("#chart-table")
    table.get_by_role("button", name="Value (%)").click()
    assert _in_order(_column(table, 1), down=False)
    assert page.locator("#chart .qi-copy").count() == 1


@with_scripts
def test_without_the_script_no_heading_is_a_button(visitor: Visitor) -> None:
    """The planted fault for the tests above: the script does not arrive."""
    page = visitor.page

    def lost(route: Route) -> None:
        route.fulfill(status=200, content_type="text/javascript", body=json.dumps("lost"))

    page.route("**/table.*.js", lost)
    table = _open(visitor)
    found: Any = table.locator("button").count()
    assert found == 0
