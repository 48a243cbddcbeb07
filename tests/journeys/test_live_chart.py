"""The chart in a real browser: it comes alive under the strict policy, answers to the pointer, and stays out of the tab key's way."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from qiplatform.charts import figure_json
from qiplatform.charts.table import signals_in_words
from tests.journeys.conftest import Served
from tests.qiplatform.charts.examples import waits
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


def _range(page: Page) -> tuple[float, float]:
    start, end = page.evaluate(
        "(() => { const range = Bokeh.documents[0].get_model_by_name('x_range'); return [range.start, range.end]; })()"
    )
    return float(start), float(end)


@with_scripts
def test_the_wheel_scrolls_the_page_and_buttons_show_a_part_of_the_chart(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/components")
    _alive(page)
    whole = _range(page)
    _point_at_the_middle(page)
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 150)
    page.wait_for_function("was => scrollY > was", arg=before)
    assert _range(page) == whole
    group = page.get_by_role("group", name="Part of the chart that is shown").first
    closer, wider, later = (group.get_by_role("button", name=name) for name in ("Closer", "Wider", "Later"))
    assert wider.get_attribute("aria-disabled") == "true"
    wider.dispatch_event("click")
    assert _range(page) == whole
    closer.click()
    first = _range(page)
    assert first[1] - first[0] == pytest.approx((whole[1] - whole[0]) / 2)
    expect(group.get_by_role("status")).to_have_text("January 2017 to June 2018.")
    for _ in range(3):
        later.dispatch_event("click")
    assert _range(page)[1] == pytest.approx(whole[1])
    assert later.get_attribute("aria-disabled") == "true"
    for _ in range(5):
        closer.dispatch_event("click")
    assert closer.get_attribute("aria-disabled") == "true"
    assert visitor.violations() == []
    group.get_by_role("button", name="Whole chart").click()
    assert _range(page) == whole
    expect(group.get_by_role("status")).to_have_text("The whole chart.")


def _told(page: Page) -> str:
    """Return what the tooltip says, through its shadow roots."""
    say = (
        "const say = node => [...(node.shadowRoot || node).childNodes].map(one =>"
        " one.nodeType === 3 ? one.textContent : one.tagName === 'STYLE' ? '' : say(one)).join('');"
    )
    told: list[str] = page.locator(".bk-Tooltip").evaluate_all(f"all => {{ {say} return all.map(say); }}")
    return " ".join(told)


def _drag(page: Page, x: float, y: float, by: float) -> None:
    fingers = page.context.new_cdp_session(page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        place = {"x": x, "y": y + by * step / 10}
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [place]})
        page.wait_for_timeout(16)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Page]:
    """A phone: narrow, with a finger in place of a pointer."""
    context = browser.new_context(
        base_url=served.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def _on_the_chart(page: Page) -> tuple[float, float]:
    page.goto("/components")
    _alive(page)
    page.locator(".qi-chart__live").evaluate("one => one.scrollIntoView({block: 'center'})")
    box = page.locator(".qi-chart__live").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5


def test_one_finger_on_the_chart_scrolls_the_page(phone: Page) -> None:
    x, y = _on_the_chart(phone)
    before, whole = phone.evaluate("scrollY"), _range(phone)
    _drag(phone, x, y, -150)
    phone.wait_for_function("was => scrollY > was + 50", arg=before)
    assert _range(phone) == whole


def test_a_chart_that_caught_the_finger_would_be_noticed(phone: Page) -> None:
    """The planted fault: what BokehJS does where a tool for dragging is active."""
    x, y = _on_the_chart(phone)
    phone.locator(".bk-events").first.evaluate("one => { one.style.touchAction = 'none'; }")
    before = phone.evaluate("scrollY")
    _drag(phone, x, y, -150)
    phone.wait_for_timeout(300)
    assert phone.evaluate("scrollY") == before


def test_a_tap_tells_of_one_point_and_stays_on_the_screen(phone: Page) -> None:
    x, y = _on_the_chart(phone)
    phone.touchscreen.tap(x, y)
    tooltip = phone.locator(".bk-Tooltip").first
    expect(tooltip).to_contain_text(re.compile(r"\w+ 201\d: [\d.]+%\s*Limits: [\d.]+% to [\d.]+%\s*\w+"))
    assert _told(phone).count("Limits: ") == 1
    for share in (0.15, 0.3, 0.5, 0.6, 0.7):
        phone.touchscreen.tap(390 * share, y)
        phone.wait_for_timeout(200)
        box = tooltip.bounding_box()
        if box is not None:
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
    phone.touchscreen.tap(x, 5)
    expect(tooltip).to_have_count(0)


@with_scripts
def test_the_pointer_is_told_period_value_limits_rule_and_note(visitor: Visitor, served: Served) -> None:
    page = visitor.page
    told = figure_json(
        waits("xmr", profile="mdc"), title="Seen", unit="%", notes=["A new rota began" for _ in range(36)]
    )
    page.route("**/figure.json*", lambda route: route.fulfill(body=json.dumps(told)))
    visitor.open("/components")
    _alive(page)
    box = page.locator(".qi-chart__live").bounding_box()
    assert box is not None
    seen = set()
    for share in range(12, 80, 2):
        page.mouse.move(box["x"] + box["width"] * share / 100, box["y"] + box["height"] * 0.5)
        page.wait_for_timeout(40)
        seen.add(_told(page))
    result = waits("xmr")
    places = [
        (row, one) for row, one in enumerate(map(result.series.period, range(36))) if f"{one}: " in str(seen)
    ]
    assert len(places) > 12
    rules = signals_in_words(result)
    for row, period in places:
        (said,) = {one for one in seen if one.startswith(f"{period}: ")}
        value, low, high = (
            f"{column[row]:.1f}%"
            for column in (result.points.value, result.points.lower, result.points.upper)
        )
        assert said == f"{period}: {value}Limits: {low} to {high}{rules[row]}Note: A new rota began"
    assert {rules[row] for row, _ in places} - {"Ordinary variation"}
