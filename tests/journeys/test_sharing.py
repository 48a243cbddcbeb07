"""A stranger without an account finds, reads, downloads, cites and asks; a team comes back; a concern hides at once.

With scripts and without; every page is looked at on a desk and on a phone.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from qiplatform.demo.load import load
from qiplatform.demo.people import CHECKER, LEAD, PASSWORD, Person
from tests.journeys.conftest import Served
from tests.support.browser import Visitor
from workers.job import run_waiting

pytestmark = pytest.mark.browser
TITLE = "A senior doctor at the front door of A&E"


@pytest.fixture
def shared(served: Served) -> Served:
    """The demo, with its published report and the three that began with it, found at once."""
    assert load(served.store)
    run_waiting(served.store)
    return served


def _sign_in(visitor: Visitor, person: Person) -> None:
    visitor.open("/sign-in").type("Your e-mail address", person.email).type("Your password", PASSWORD)
    visitor.press("Sign in").sees(person.name)


def _read(visitor: Visitor) -> None:
    visitor.open("/published?q=senior+doctor").follow(TITLE).sees("In 15 seconds")


def _taken(visitor: Visitor, link: str, folder: Path, within: str = "main") -> Path:
    """Click a link that downloads, and return the file."""
    with visitor.page.expect_download() as waiting:
        visitor.page.locator(within).get_by_role("link", name=link, exact=True).first.click()
    kept = folder / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    return kept


def test_a_stranger_finds_reads_downloads_and_cites(visitor: Visitor, shared: Served, tmp_path: Path) -> None:
    visitor.open("/").looks("front").sees("What didn't work")
    visitor.page.get_by_role("searchbox").or_(visitor.page.locator("input[name=q]")).first.fill(
        "doctor at the door"
    )
    visitor.page.locator("main form button").first.click()
    visitor.page.wait_for_load_state()
    visitor.looks("sharing-search").follow(TITLE)
    visitor.sees("87.4% to 94.6% since June 2018, held 8 months")
    visitor.looks("sharing-report")
    aside = "aside"
    assert "Seen within four hours,2016-04-01" in _taken(visitor, "Data (CSV)", tmp_path, aside).read_text()
    assert _taken(visitor, "Data (Excel)", tmp_path, aside).read_bytes().startswith(b"PK")
    assert _taken(visitor, "BibTeX", tmp_path, aside).read_text().startswith("@misc{qiplatform-")
    assert _taken(visitor, "RIS", tmp_path, aside).read_text().startswith("TY  - RPRT")
    cited = json.loads(_taken(visitor, "JSON-LD", tmp_path, aside).read_text())
    assert (cited["@type"], cited["headline"]) == ("ScholarlyArticle", TITLE)
    embedded = visitor.page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(embedded or "") == cited
    assert cited["@id"].endswith("/v/1")


def test_the_chart_that_was_taken_away_can_be_worked_out_again(
    visitor: Visitor, shared: Served, tmp_path: Path
) -> None:
    _read(visitor)
    made = visitor.page.request.get(f"{visitor.page.url}/charts/1.json")
    kept = tmp_path / "chart.json"
    kept.write_bytes(made.body())
    told = subprocess.run(
        [sys.executable, "-m", "spc", "verify", str(kept)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    if visitor.scripts:
        visitor.page.locator("#chart-0").scroll_into_view_if_needed()
        expect(visitor.page.locator("#chart-0 .qi-chart__live")).to_be_visible()


def test_a_stranger_sees_who_used_it_and_what_it_did_together(visitor: Visitor, shared: Served) -> None:
    _read(visitor)
    visitor.follow("See who used it").looks("sharing-adopters")
    visitor.sees("3 projects here began with this idea. 3 published their own report.")
    visitor.follow("What it did at all these places together").looks("sharing-evidence")
    visitor.sees(
        "In 3 of 4 places it moved the way that was wanted, in 2 of them by more than ordinary variation explains."
    )


def test_a_question_goes_to_the_team_and_comes_back(visitor: Visitor, shared: Served) -> None:
    _read(visitor)
    report = visitor.page.url
    visitor.follow("Ask the team").looks("sharing-ask").press("Send the question")
    visitor.sees("Write your question.")
    visitor.looks("sharing-ask-refused")
    visitor.type("Your question", "Who kept the rota?").press("Send the question").sees(
        "your question has arrived"
    )
    visitor.looks("sharing-asked")
    _sign_in(visitor, LEAD)
    visitor.open(f"/reports/{report.rsplit('/', 1)[1]}").looks("sharing-report-of-team")
    visitor.follow("What readers ask").looks("sharing-questions")
    visitor.type("Your answer to question 1", "The senior nurse.").press("Save the answer")
    visitor.sees("a curator looks at it")
    visitor.press("Sign out")
    _sign_in(visitor, CHECKER)
    visitor.open("/reports").looks("sharing-curator").press("Show it on the report's page")
    visitor.open(report).sees("The senior nurse.")


def test_a_concern_hides_the_report_at_once_and_a_curator_shows_it_again(
    visitor: Visitor, shared: Served
) -> None:
    _read(visitor)
    report = visitor.page.url
    visitor.follow("Report a concern").press("Send").sees("There is a problem")
    visitor.looks("sharing-concern-refused").tick("Somebody can be recognised in it")
    visitor.type("What concerns you?", "The second paragraph.").press("Send")
    visitor.sees("not shown any more until a curator has looked")
    visitor.open(report).sees("This report is not shown for the moment")
    visitor.looks("sharing-hidden")
    visitor.open("/published?q=senior+doctor")
    assert TITLE not in visitor.page.locator("main").inner_text()
    _sign_in(visitor, CHECKER)
    visitor.open("/reports").follow(TITLE).looks("sharing-concern")
    visitor.tick("Nobody can be recognised").type(
        "What came of it? The team reads this.", "Nobody is described."
    )
    visitor.press("Settle the concern").open(report).sees("In 15 seconds")


def test_a_team_corrects_and_tells_how_it_went(visitor: Visitor, shared: Served) -> None:
    _read(visitor)
    address = visitor.page.url
    _sign_in(visitor, LEAD)
    visitor.open(f"/reports/{address.rsplit('/', 1)[1]}")
    visitor.type(
        "What is corrected, and why? This sentence is shown with the new version.", "A word was wrong."
    )
    visitor.press("Write a new version").sees("Published, being corrected")
    visitor.looks("sharing-correcting").follow("Change “How you went about it”")
    visitor.looks("sharing-part").type("Ethics", "No approval was needed.").press("Save")
    visitor.follow("Describe another change").press("Save")
    visitor.sees("There is a problem")
    visitor.looks("sharing-change-refused").type("The change, in a few words", "A second nurse").press("Save")
    visitor.sees("A second nurse")
    visitor.press("Send to be checked").press("Sign out")
    _sign_in(visitor, CHECKER)
    visitor.open(f"/reports/{address.rsplit('/', 1)[1]}/check").looks("sharing-check")
    visitor.sees("What somebody could work out")
    boxes = visitor.page.get_by_label("I have looked at each")
    if boxes.count():
        boxes.first.check()
    visitor.press("Publish").open(address).sees("New in this version:")
    visitor.looks("sharing-second-version").open(f"{address}/v/1").sees("This is an earlier version.")


def test_a_search_is_followed_without_an_account_and_kept_with_one(visitor: Visitor, shared: Served) -> None:
    visitor.open("/published?q=stopped+early&topic=waiting").looks("sharing-search-narrowed")
    feed = visitor.page.get_by_role("link", name="Follow it in a feed reader").get_attribute("href")
    answer = visitor.page.request.get(f"{shared.url}{feed}")
    assert "<entry>" in answer.text()
    _sign_in(visitor, LEAD)
    visitor.open("/published?q=doctor").press("Keep this search").sees("Searches you keep")
    visitor.looks("sharing-kept").follow("“doctor”").sees("for “doctor”")
    visitor.open("/searches").press("Keep no longer “doctor”").sees("You keep no search yet")
    visitor.looks("sharing-kept-none")
    visitor.open("/published?q=zzzzqq").looks("sharing-nothing-found")
