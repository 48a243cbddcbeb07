"""Why a signal came: said about one signal, with author and day, flagged, and taken back."""

import re
from datetime import date

import pytest

import spc
from qiplatform.accounts.models import User
from qiplatform.measures import actions
from qiplatform.measures.models import Measure
from qiplatform.measures.rules import analyse
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import text, with_numbers
from tests.support.measures import Measures, rows

STEPPED = [
    "50",
    "52",
    "49",
    "51",
    "48",
    "50",
    "52",
    "49",
    "51",
    "50",
    "58",
    "60",
    "59",
    "57",
    "60",
    "58",
    "59",
    "61",
]
ABOUT = "shift.high.2024-11-01"


@pytest.fixture
def stepped(measures: Measures, lead: User) -> Measure:
    return with_numbers(measures, lead, STEPPED)


def test_why_is_asked_beside_the_signal_and_kept(page: Client, stepped: Measure, measures: Measures) -> None:
    address = f"/measures/{stepped.id}"
    shown = page.get(address).text
    assert "8 points above the mean since November 2024" in text(shown)
    assert f'href="{address}/why?signal={ABOUT}"' in shown
    form = page.get(f"{address}/why?signal={ABOUT}").text
    assert re.search(rf'<option value="{ABOUT}"[^>]*selected', form)
    answer = page.submit(f"{address}/why", {"signal": ABOUT, "text": "A second nurse at the front door"})
    assert answer.status_code == 303
    shown = page.get(address).text
    words = text(shown)
    assert (
        words.count("A second nurse at the front door") >= 3
    )  # at the signal, in the story, at the chart's flag
    assert "Why, for the signal from November 2024" in words
    assert "Why: A second nurse at the front door" in shown
    assert "Say more" in words
    (kept,) = measures.record(stepped).whys
    assert (kept.rule, kept.direction, kept.from_on) == ("shift", "high", date(2024, 11, 1))


def test_a_why_is_taken_back_and_stays_in_the_story(
    page: Client, stepped: Measure, measures: Measures
) -> None:
    address = f"/measures/{stepped.id}"
    page.submit(f"{address}/why", {"signal": ABOUT, "text": "A new rota"})
    (kept,) = measures.record(stepped).whys
    assert page.submit(f"{address}/decisions/{kept.id}/remove").status_code == 303
    words = text(page.get(address).text)
    assert "Taken back: Why, for the signal from November 2024 A new rota" in words
    assert "Lead (made by Lead on" in words
    assert measures.record(stepped).whys == ()


@pytest.mark.parametrize(
    ("signal", "said", "status", "words"),
    [
        (ABOUT, "   ", 422, "Write why, so that others understand it later."),
        ("shift.high.2024-10-01", "A new rota", 409, "The chart shows no such signal from October 2024 now."),
        ("shift.low.2024-11-01", "A new rota", 409, "The chart shows no such signal"),
        (ABOUT, "patient 999 000 0018", 422, "in the reason"),
    ],
)
def test_a_why_that_cannot_stand_is_refused_with_what_was_typed(
    *, page: Client, stepped: Measure, measures: Measures, signal: str, said: str, status: int, words: str
) -> None:
    answer = page.submit(f"/measures/{stepped.id}/why", {"signal": signal, "text": said})
    assert answer.status_code == status
    assert words in text(answer.text)
    assert said.strip() in answer.text
    assert measures.record(stepped).whys == ()


def test_the_same_words_twice_are_told(page: Client, stepped: Measure, measures: Measures) -> None:
    sent = {"signal": ABOUT, "text": "A new rota"}
    assert page.submit(f"/measures/{stepped.id}/why", sent).status_code == 303
    assert page.submit(f"/measures/{stepped.id}/why", sent).status_code == 409
    assert len(measures.record(stepped).whys) == 1


@pytest.mark.parametrize("signal", ["", "shift", "shift.high.2024-13-01", "a.b.c.d"])
def test_what_is_no_signals_name_is_not_found(page: Client, stepped: Measure, signal: str) -> None:
    sent = {"signal": signal, "text": "A new rota"}
    assert page.submit(f"/measures/{stepped.id}/why", sent).status_code in {404, 422}


def test_without_a_signal_the_form_says_so(page: Client, measures: Measures, lead: User) -> None:
    calm = with_numbers(measures, lead, ["50", "52", "48", "51"])
    assert "The chart shows no signal now." in text(page.get(f"/measures/{calm.id}/why").text)


def test_a_why_outlives_its_signal(page: Client, stepped: Measure, measures: Measures, lead: User) -> None:
    """Corrected numbers may take the signal away; what was said of it stays in the story and can be taken back."""
    page.submit(f"/measures/{stepped.id}/why", {"signal": ABOUT, "text": "A new rota"})
    measures.put(lead, stepped, rows(["50", "51"] * 9))
    shown = page.get(f"/measures/{stepped.id}").text
    assert "Say more" not in shown
    assert "A new rota" in text(shown)
    assert re.search(r"/decisions/\w+/remove", shown)


def test_a_coach_reads_why_and_is_not_asked(client: Client, measures: Measures, make: Factory) -> None:
    lead, coach = make.user("Lead"), make.user("Coach")
    organisation = make.organisation(member=lead, coach=coach)
    measure = measures.measure(lead, project=measures.project(lead, organisation_id=organisation.id))
    measures.put(lead, measure, rows(STEPPED))
    client.as_(coach)
    shown = client.get(f"/measures/{measure.id}").text
    assert "8 points above the mean" in text(shown)
    assert "Say why" not in shown
    assert client.get(f"/measures/{measure.id}/why").status_code == 403
    sent = {"signal": ABOUT, "text": "A new rota"}
    assert client.submit(f"/measures/{measure.id}/why", sent).status_code == 403


def test_other_machines_say_why_and_the_chart_file_tells_it(
    client: Client, stepped: Measure, lead: User
) -> None:
    client.token(lead)
    base = f"/api/v1/measures/{stepped.id}"
    made = client.post(f"{base}/whys", json={"period": "2024-11-01", "text": "A new rota"})
    assert made.status_code == 201
    assert (made.json()["kind"], made.json()["direction"]) == ("why", "high")
    assert client.get(f"{base}/decisions").json()["items"] == [made.json()]
    file = client.get(f"{base}/chart.json").json()
    assert spc.verify(file)
    assert file["decisions"][0]["rule"] == made.json()["rule"]
    for wrong in (
        {"period": "2024-10-15"},
        {"period": "2024-11-01", "rule": "trend"},
        {"period": "2030-01-01"},
    ):
        assert client.post(f"{base}/whys", json={"text": "A rota", **wrong}).status_code == 422
    assert client.post(f"{base}/whys", json={"period": "2024-11-01", "text": " "}).status_code == 422


def test_a_cycle_before_the_signal_is_named_with_its_timing(
    page: Client, stepped: Measure, measures: Measures
) -> None:
    assert "after PDSA" not in text(page.get(f"/measures/{stepped.id}").text)
    with measures.store.session() as db:
        actions.show_band(
            db,
            measure_id=stepped.id,
            key="cycle:3",
            starts_on=date(2024, 10, 23),
            ends_on=None,
            label="PDSA 3",
            href="/cycles/3",
        )
    shown = page.get(f"/measures/{stepped.id}").text
    said = re.search(r'<p class="qi-verdict__after">(.*?)</p>', shown)
    assert said
    assert re.match(
        r"The first of these began 9 days after PDSA 3 started\. With 1 cycle and \d+ signals, a random date would come as close",
        text(said[1]).strip(),
    )
    assert '<a href="/cycles/3">PDSA 3</a>' in said[1]


def test_only_a_handful_of_signals_is_seen_at_once(page: Client, measures: Measures, lead: User) -> None:
    wild = with_numbers(
        measures,
        lead,
        [*["50", "51"] * 8, "90", *["50", "51"] * 8, "90", *["50", "51"] * 8, "10", *["51", "50"] * 8, "90"],
    )
    shown = page.get(f"/measures/{wild.id}").text
    signals = len(analyse(measures.record(wild)).signals)
    assert signals > 3
    assert f"Earlier signals ({signals - 3})" in text(shown)
    before, _, behind = shown.partition('<details class="nhsuk-details">\n<summary')[2].partition(
        "Earlier signals"
    )
    assert (before.count("Say why"), behind.count("Say why")) == (3, signals - 3)
