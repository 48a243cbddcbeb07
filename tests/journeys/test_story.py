"""The main story on real data, by clicking and typing, with scripts and without.

Register a project, say its aim, measure it, see the signal, test a change, publish what was learned
through the gate, find it without an account, and start again elsewhere with the credit kept.
"""

import re

import pytest
from playwright.sync_api import expect

from qiplatform.accounts.models import User
from qiplatform.demo.attendances import months
from tests.journeys.conftest import Served
from tests.support.browser import Visitor
from tests.support.factories import PASSWORD

pytestmark = pytest.mark.browser

IDEA = "A senior doctor at the front door"
PREDICTION = "From about 73% to about 76% seen in four hours that month."


def _sign_in(visitor: Visitor, user: User) -> None:
    visitor.open("/sign-in")
    visitor.type("Your e-mail address", user.email).type("Your password", PASSWORD)
    visitor.press("Sign in")
    visitor.sees(user.name)


def _register(visitor: Visitor) -> None:
    visitor.open("/projects").looks("projects-empty").follow("Start a project")
    visitor.press("Start")
    visitor.sees("Enter what you want to make better.")
    visitor.looks("start-refused")
    visitor.type("What do you want to make better?", "Shorter waits in A&E").press("Start")
    visitor.sees("The aim does not say yet")
    visitor.type("What will be measured?", "patients seen within four hours")
    visitor.type("For whom?", "everyone who comes to A&E").type("From what starting point?", "73%")
    visitor.type("How good should it become?", "80%").looks("aim").press("Save")
    visitor.sees("The aim does not say yet: by when")
    visitor.looks("project-new")


def _draw(visitor: Visitor) -> None:
    visitor.open(visitor.page.url + "/drivers")
    visitor.type("Drivers and change ideas", f"The right person first\n  A decision early\n    {IDEA}")
    visitor.press("Save and draw")
    visitor.sees(IDEA)
    visitor.looks("drivers")


def _measure(visitor: Visitor, project: str) -> str:
    """Define a measure, paste 36 real months, correct one by hand; return its address."""
    visitor.open(f"{project}/measures/library?q=four+hours").looks("measure-library")
    visitor.open(f"{project}/measures/new")
    visitor.type("Name", "Seen within four hours").tick("Outcome").tick("How many out of how many")
    visitor.press("Suggest a chart").sees("Suggested: XmR chart")
    visitor.looks("measure-suggested").tick("P chart").tick("Higher is better")
    visitor.type("Target", "95").looks("measure-definition")
    visitor.page.locator("form[novalidate] button").last.click()
    visitor.page.wait_for_url(re.compile(r"/measures/\w{20}"))
    measure = visitor.page.url.split("?")[0].split("#")[0]
    visitor.open(measure).looks("measure-empty").follow("Bring numbers in from a file or spreadsheet")
    rows = [(month.period, month.in_time, month.attendances) for month in months("RJZ")]
    assert len(rows) == 36
    pasted = "Or rows copied from a spreadsheet"
    visitor.looks("import-choose").type(pasted, "Month\tNumerator\tDenominator\nApr-16\t17000\t16688")
    visitor.press("Read it")
    visitor.sees("17000 of 16688")
    visitor.looks("import-faulty").open(f"{measure}/import")
    text = "\n".join(f"{on:%b-%y}\t{seen}\t{all_}" for on, seen, all_ in rows)
    visitor.type(pasted, text).press("Read it")
    visitor.sees("36 rows in pasted text: 36 read, 0 skipped, 0 cannot be read.")
    visitor.looks("import-read").follow("See every row")
    visitor.looks("import-check").press("Save these numbers")
    visitor.sees("Special cause, concern")
    # The line under the chart, not the one in its corner: the drawing gives way to the live chart at a moment of its own.
    expect(visitor.page.get_by_text("Making Data Count · p chart · 36 points")).to_be_visible()
    if visitor.scripts:
        expect(visitor.page.locator("[data-figure-url][data-live=yes]")).to_be_visible()
    else:
        expect(visitor.page.locator(".qi-chart__still svg").first).to_be_visible()
    visitor.looks("measure").open(f"{measure}/plan?change=2").sees("points behind you")
    return visitor.looks("measure-plan").open(measure).page.url.split("?")[0].split("#")[0]


def _test_a_change(visitor: Visitor, project: str, measure: str) -> None:
    visitor.open(f"{project}/cycles/new").type("Which change do you test?", IDEA)
    visitor.type("What do you want to find out?", "Does an early decision shorten the wait?").press(
        "Save the plan"
    )
    visitor.sees("Write what you think will happen.")
    visitor.looks("plan-refused")
    visitor.type("What do you think will happen?", PREDICTION).type("First day", "2018-11-05")
    visitor.tick("Seen within four hours").press("Save the plan")
    visitor.sees("This cycle is planned")
    visitor.looks("cycle-planned").press("Start the test")
    visitor.type("What happened?", "It ran on twenty weekdays.").type("Last day", "2018-11-30")
    visitor.looks("cycle-doing").press("Save what happened")
    visitor.sees("You predicted:")
    visitor.tick("Partly").type("What do the data say?", "65.5%, below the prediction.")
    visitor.type("What did you learn?", "It helped only while beds were free.").looks("cycle-study").press(
        "Save the study"
    )
    visitor.tick("Adapt").type("Why?", "Try it with a bed round at noon.").looks("cycle-act").press("Decide")
    visitor.sees("Open the next cycle of the ramp")
    visitor.looks("cycle-done").follow("Open the next cycle of the ramp")
    assert IDEA in visitor.page.get_by_label("Which change do you test?").input_value()
    assert visitor.page.get_by_label("What do you think will happen?").input_value() == ""
    visitor.open(measure).sees("PDSA 1")
    visitor.open(f"{project}/cycles").looks("cycles")
    visitor.open(project).looks("project")


def _report(visitor: Visitor, project: str) -> str:
    visitor.open(f"{project}/report/new").looks("report-new")
    visitor.type("Title", "A senior doctor at the door of A&E").tick("No change")
    visitor.press("Save")
    visitor.sees("Send to be checked")
    visitor.looks("report").press("Send to be checked")
    return visitor.page.url.split("?")[0]


def _check(visitor: Visitor, report: str) -> str:
    """Publish as a person outside the team; return the permanent address."""
    visitor.open("/reports").looks("reports")
    visitor.open(f"{report}/check").looks("check")
    phrases = visitor.page.get_by_label("I have looked at each")
    if phrases.count():
        phrases.first.check()
    visitor.press("Publish")
    visitor.page.goto(report)
    visitor.follow("Read it as the public does")
    return visitor.page.url


def _find_and_use(visitor: Visitor, published: str, peer: User) -> None:
    expect_found = visitor.page.get_by_role("link", name="A senior doctor at the door of A&E")
    for _ in range(40):  # the index follows the publication by a moment
        visitor.open("/published?q=senior+doctor")
        if expect_found.count():
            break
        visitor.page.wait_for_timeout(250)
    visitor.looks("search").follow("A senior doctor at the door of A&E")
    assert visitor.page.url == published
    visitor.sees("from rounded data")
    visitor.looks("published")
    visitor.open("/published?q=zzzz").looks("search-nothing")
    visitor.open("/").looks("welcome")
    visitor.open(published).follow("Use this idea")
    visitor.type("Your e-mail address", peer.email).type("Your password", PASSWORD).press("Sign in")
    visitor.press("Use this idea")
    visitor.page.wait_for_url(re.compile(r"/projects/\w{20}"))
    visitor.sees("They predicted:")
    visitor.looks("adopted").open("/projects").looks("projects-peer").page.locator("main h2 a").first.click()
    visitor.page.wait_for_load_state()
    visitor.sees("A senior doctor at the door of A&E")
    visitor.looks("project-adopted")
    visitor.open(visitor.page.url + "/drivers").sees(IDEA)


def test_the_whole_story(visitor: Visitor, served: Served) -> None:
    lead, peer = served.make.user("Team lead"), served.make.user("A peer elsewhere")
    checker = served.make.user("Report checker", curator=True)
    served.make.organisation("First trust", member=lead)
    served.make.organisation("Second trust", member=peer)
    _sign_in(visitor, lead)
    visitor.open("/").looks("work-empty")
    _register(visitor)
    project = visitor.page.url
    _draw(visitor)
    measure = _measure(visitor, project)
    _test_a_change(visitor, project, measure)
    report = _report(visitor, project)
    visitor.press("Sign out")
    _sign_in(visitor, checker)
    published = _check(visitor, report)
    visitor.press("Sign out")
    _find_and_use(visitor, published, peer)


def test_a_stranger_with_the_address_sees_nothing(visitor: Visitor, served: Served) -> None:
    lead, stranger = served.make.user("Team lead"), served.make.user("A stranger")
    _sign_in(visitor, lead)
    visitor.open("/projects/new").type("What do you want to make better?", "Quiet nights").press("Start")
    address = visitor.page.url
    visitor.press("Sign out")
    _sign_in(visitor, stranger)
    visitor.open(address).sees("There is nothing here that you can open.")
    assert "Quiet nights" not in visitor.page.content()
    visitor.looks("not-found")
