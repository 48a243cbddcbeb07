"""Every state of the measure workspace, wide and narrow, looked through by axe; pictures go where QIP_TEST_SCREENSHOTS says."""

import pytest

from qiplatform.accounts.models import User
from qiplatform.measures import actions, queries
from qiplatform.measures.models import Measure
from tests.journeys.conftest import Served
from tests.support.browser import Visitor
from tests.support.factories import PASSWORD
from tests.support.measures import AT, SHARE, Measures, months, pairs, rows

pytestmark = pytest.mark.browser
STEADY = ["50", "52", "49", "51", "50", "52", "49", "51", "50", "52", "49", "51"]
STEPPED = [str(50 + place * 7 % 5) for place in range(18)] + [str(40 + place * 7 % 5) for place in range(18)]
STATES = {
    "measure-empty": [],
    "measure-first-point": ["50"],
    "measure-trial-limits": STEADY[:8],
    "measure-ordinary": STEADY,
    "measure-signal": [*STEADY, "90"],
    "measure-step": STEPPED,
}


@pytest.fixture
def lead(served: Served) -> User:
    """The person at the browser."""
    return served.make.user("Lead")


@pytest.fixture
def measures(served: Served) -> Measures:
    """Makes measures where the browser looks."""
    return Measures(served.store)


def come_in(visitor: Visitor, lead: User) -> None:
    """Sign in."""
    page = visitor.open("/sign-in").page
    page.locator("input[name=email]").fill(lead.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").click()


def made(measures: Measures, lead: User, values: list[str]) -> Measure:
    """Make a measure with a number a month."""
    measure = measures.measure(lead)
    if values:
        measures.put(lead, measure, rows(values))
    return measure


def test_every_state_of_the_page(visitor: Visitor, measures: Measures, lead: User) -> None:
    come_in(visitor, lead)
    for name, values in STATES.items():
        measure = made(measures, lead, values)
        visitor.open(f"/measures/{measure.id}").looks(name)
    assert "Suggested" in visitor.page.locator("main").inner_text()


def test_a_page_full_of_decisions(visitor: Visitor, measures: Measures, lead: User) -> None:
    come_in(visitor, lead)
    measure = made(measures, lead, STEPPED)
    days = months(len(STEPPED))
    with measures.store.session() as db:
        seen = queries.get(db, lead, measure.id)
        actions.start_phase(
            db, by=lead, at=AT, seen=seen, from_on=days[18], reason="Triage at the door since then"
        )
        actions.exclude(db, by=lead, at=AT, seen=seen, period=days[5], reason="Strike: the clinic was closed")
        for place in range(0, 36, 4):
            actions.annotate(
                db, by=lead, at=AT, seen=seen, period=days[place], text=f"What happened in month {place}"
            )
        for number in range(3):
            actions.show_band(
                db,
                measure_id=measure.id,
                key=f"cycle:{number}",
                starts_on=days[4 + 8 * number],
                ends_on=days[7 + 8 * number],
                label=f"PDSA {number + 1}",
                href=f"/measures/{measure.id}",
            )
    visitor.open(f"/measures/{measure.id}").looks("measure-decided")
    page = visitor.page
    page.emulate_media(media="print")
    page.screenshot(path=visitor.shots / f"measure-print-{visitor.scripts}.png", full_page=True)
    assert page.locator("#verdict").is_visible()
    assert not page.get_by_role("button", name="Save numbers").is_visible()
    page.emulate_media(media="screen", forced_colors="active")
    visitor.looks("measure-forced-colours")
    page.emulate_media(forced_colors="none")
    visitor.open(f"/measures/{measure.id}?palette=contrast").looks("measure-contrast")


def test_every_state_of_bringing_a_file_in(visitor: Visitor, measures: Measures, lead: User) -> None:
    come_in(visitor, lead)
    measure = measures.measure(lead, SHARE)
    measures.put(lead, measure, pairs([("8", "10"), ("9", "10")]))
    for name, text in (
        ("import-refused", "Apr-24\t5\t6\nMay-24\t999 000 0018\t7"),
        (
            "import-faulty",
            "Month\tNumerator\tDenominator\nApr-24\t1O\t12\nMay-24\tclosed\t9\n31/04/2024\t3\t4",
        ),
        ("import-asks", "Month\tSeen\tAll\n03/04/2024\t5\t6\n05/06/2024\t7\t9"),
    ):
        visitor.open(f"/measures/{measure.id}/import").type("Or rows copied from a spreadsheet", text)
        visitor.press("Read it").looks(name)
    text = "2024-01-01\t8\t10\n2024-02-01\t7\t10\n2024-03-01\t7\t11"
    visitor.open(f"/measures/{measure.id}/import").type("Or rows copied from a spreadsheet", text)
    visitor.press("Read it").looks("import-read").follow("See every row")
    visitor.looks("import-check").press("Save these numbers")
    visitor.sees("Say what to do with the numbers that are already here and differ.")
    visitor.looks("import-different").tick("Replace 1 of them").press("Save these numbers")
    visitor.sees("Seen within four hours")
    assert [point.numerator for point in measures.record(measure).points] == ["8", "7", "7"]
