"""A chart on paper and in the colours a reader forces: whole, readable, with nothing to press."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Visitor

pytestmark = pytest.mark.browser
_WAIT = 20_000
A4 = {"width": 688, "height": 1016}
"""What A4 leaves inside its margins of 14 mm, in pixels."""


def _cut(page: Page) -> list[str]:
    """Return what of the chart and its table sticks out of the paper, or is something to press."""
    found: list[str] = page.evaluate(
        """wide => [...document.querySelectorAll('#chart svg, #chart table, #chart td, #chart button')].filter(one => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (box.right > wide + 1 || box.left < -1 || (one.matches('button') && !one.matches('.qi-sort')));
        }).map(one => one.tagName)""",
        A4["width"],
    )
    return sorted(set(found))


def _printed(visitor: Visitor) -> Page:
    page = visitor.page
    visitor.open("/components")
    page.locator("#chart").scroll_into_view_if_needed()
    if visitor.scripts:
        page.locator("[data-figure-url][data-live=yes]").wait_for(timeout=_WAIT)
        expect(page.locator(".qi-zoom").first).to_be_visible()
    page.locator("#chart .qi-chart__table summary").click()
    page.emulate_media(media="print")
    page.set_viewport_size(A4)  # type: ignore[arg-type]  # a literal of two numbers
    return page


def test_a_printed_chart_is_whole_and_has_nothing_to_press(visitor: Visitor) -> None:
    page = _printed(visitor)
    expect(page.locator("#chart .qi-chart__wide svg")).to_be_visible()
    expect(page.locator("#chart .qi-chart__live")).to_be_hidden()
    for hidden in (".qi-zoom", ".qi-copy", ".qi-chart__links", ".qi-sort__arrow", ".qi-chart__table summary"):
        for one in page.locator(f"#chart {hidden}").all():
            expect(one).to_be_hidden()
    expect(page.locator("#chart-table")).to_be_visible()
    assert _cut(page) == []


def test_a_table_wider_than_the_paper_would_be_noticed(visitor: Visitor) -> None:
    page = _printed(visitor)
    page.locator("#chart-table").evaluate("one => { one.style.minWidth = '900px'; }")
    assert "TABLE" in _cut(page)


def _inks(page: Page) -> list[str]:
    found: list[str] = page.locator("#chart .qi-chart__wide svg path[class]").evaluate_all(
        "all => all.flatMap(one => [getComputedStyle(one).fill, getComputedStyle(one).stroke])"
    )
    return found


def test_forced_colours_leave_the_drawing_its_inks_and_its_paper(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/components")
    usual = _inks(page)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    assert _inks(page) == usual
    paper = page.locator("#chart .qi-chart__drawing")
    assert paper.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    # The planted fault: a drawing that takes the reader's colours loses what its inks say.
    page.locator("#chart .qi-chart__wide svg").evaluate("one => { one.style.forcedColorAdjust = 'auto'; }")
    page.locator("#chart .qi-chart__drawing").evaluate("one => { one.style.forcedColorAdjust = 'auto'; }")
    assert paper.evaluate("one => getComputedStyle(one).backgroundColor") != "rgb(255, 255, 255)"
