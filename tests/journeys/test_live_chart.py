"""The chart in a real browser: it comes alive under the strict policy, answers to the pointer, and stays out of the tab key's way."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browser import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser
_WAIT = 20_000
with_scripts = pytest.mark.parametrize("visitor", ["scripts"], indirect=True)


def _alive(page: Page) -> None:
    page.locator("#chart").scroll_into_view_if_needed()
    page.locator("[data-figure-url][data-live=yes]").wait_for(timeout=_WAIT)


def _point_at_the_middle(page: Page) -> None:
    box = page.locator(".qi-chart__live").bounding_box()
    assert box is not None
    for step in range(12):
        page.mouse.move(box["x"] + box["width"] * 0.4 + 6 * step, box["y"] + box["height"] * 0.5)
    page.locator(".bk-Tooltip").first.wait_for(state="attached", timeout=_WAIT)


def test_the_chart_comes_alive_and_keeps_its_words(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/components")
    words = page.locator("#chart .qi-chart__wide svg").get_attribute("aria-label") or ""
    assert words.startswith("XmR chart of Seen within four hours, 36 points, ")
    if not visitor.scripts:
        expect(page.locator("#chart .qi-chart__wide svg")).to_be_visible()
        expect(page.locator(".qi-chart__live")).to_be_hidden()
        return
    _alive(page)
    live = page.locator(".qi-chart__live")
    assert live.get_attribute("role") == "img"
    assert live.get_attribute("aria-label") == words
    expect(page.locator("#chart .qi-chart__wide svg")).to_be_hidden()
    assert visitor.violations() == []
    _point_at_the_middle(page)
    expect(page.locator(".bk-Tooltip").first).to_contain_text(re.compile(r"\w+ 201\d: [\d.]+%\s*Limits: "))


@with_scripts
def test_the_tab_key_passes_over_the_canvas(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/components")
    _alive(page)
    page.evaluate(
        "document.querySelector('#maincontent').tabIndex = -1; document.querySelector('#maincontent').focus()"
    )
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement.closest('.qi-chart__live') !== null")
        assert not stop
        if page.evaluate("document.activeElement.closest('.qi-chart__table') !== null"):
            break
    else:
        pytest.fail("the table under the chart was never reached")


def test_a_phone_gets_proportions_of_its_own(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a literal of two numbers
    visitor.open("/components")
    if visitor.scripts:
        _alive(page)
        box = page.locator(".qi-chart__live").bounding_box()
    else:
        box = page.locator("#chart .qi-chart__narrow svg").bounding_box()
    assert box is not None
    assert 1.1 < box["width"] / box["height"] < 1.3
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # as above


@with_scripts
def test_hostile_words_in_the_live_chart_are_only_words(visitor: Visitor) -> None:
    page = visitor.page

    def planted(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(r" 201(\d)", r" <img src=x onerror=alert(1)><i>201\1</i>", json.dumps(answer.json()))
        route.fulfill(response=answer, body=body)

    page.route("**/figure.json*", planted)
    visitor.open("/components")
    _alive(page)
    _point_at_the_middle(page)
    tooltip = page.locator(".bk-Tooltip").first
    expect(tooltip).to_contain_text("<img src=x")
    assert tooltip.locator("img, i").count() == 0


@with_scripts
def test_where_the_live_chart_fails_the_still_one_stays(visitor: Visitor) -> None:
    page = visitor.page
    page.route("**/figure.json*", lambda route: route.fulfill(status=500, body="{}"))
    with page.expect_response("**/figure.json*", timeout=_WAIT):
        visitor.open("/components")
        page.locator("#chart").scroll_into_view_if_needed()
    expect(page.locator("#chart .qi-chart__wide svg")).to_be_visible()
    expect(page.locator(".qi-chart__live")).to_be_hidden()
    visitor.faults.clear()  # the failure that was planted
