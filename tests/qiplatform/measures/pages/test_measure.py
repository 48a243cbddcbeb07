"""The page of a measure: what it says, what may be decided on it, how little it asks."""

import io
import re
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from pptx import Presentation

from qiplatform.accounts.models import User
from qiplatform.measures import actions
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.measure_pages import text, with_numbers
from tests.support.measures import AT, SHARE, Measures, pairs, rows
from tests.support.queries import counted


def test_the_page_says_what_the_chart_says(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "48", "51", "49", "50", "53", "47"])
    shown = page.get(f"/measures/{measure.id}")
    words = text(shown.text)
    assert shown.status_code == 200
    assert "ordinary variation, 8 points, trial limits" in words
    assert "<svg" in shown.text
    assert f'data-figure-url="/measures/{measure.id}/figure.json?palette=nhs"' in shown.text
    assert "Making Data Count · XmR chart · 8 points" in words
    assert "8 numbers added" in words
    item = page.get(f"/measures/{measure.id}/figure.json").json()
    assert item["doc"]


@pytest.mark.parametrize("kind", ["phase", "exclusion", "annotation", "baseline"])
def test_a_decision_is_made_with_its_reason_and_taken_back(
    page: Client, measures: Measures, lead: User, kind: str
) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "48", "51", "90", "91"])
    address = f"/measures/{measure.id}"
    form = page.get(f"{address}/decide/{kind}")
    assert "March 2024" in text(form.text)
    sent = {"from_on": "2024-03-01", "text": ""}
    refused = page.submit(f"{address}/decide/{kind}", sent)
    assert refused.status_code == 422
    assert "Write" in text(refused.text)
    assert re.search(r'<option value="2024-03-01"[^>]*selected', refused.text)
    assert page.submit(f"{address}/decide/{kind}", {**sent, "text": "The new rota began"}).status_code == 303
    shown = page.get(address).text
    assert "The new rota began" in text(shown)
    found = re.search(r'action="(/measures/\w+/decisions/\w+/remove)"', shown)
    assert found
    assert page.submit(found[1]).status_code == 303
    assert "Taken back:" in text(page.get(address).text)
    assert measures.record(measure).decisions == ()


def test_a_coach_sees_why_they_cannot_type_and_can_decide(
    client: Client, measures: Measures, make: Factory
) -> None:
    lead, coach = make.user("Lead"), make.user("Coach")
    organisation = make.organisation(member=lead, coach=coach)
    measure = measures.measure(lead, project=measures.project(lead, organisation_id=organisation.id))
    measures.put(lead, measure, rows(["50", "52", "48", "51"]))
    client.as_(coach)
    shown = text(client.get(f"/measures/{measure.id}").text)
    assert "You cannot change this project." in shown
    assert "Save numbers" not in shown
    assert client.get(f"/measures/{measure.id}/decide/phase").status_code == 200
    assert client.get(f"/measures/{measure.id}/decide/annotation").status_code == 403


def test_a_stranger_finds_nothing(client: Client, measures: Measures, lead: User, make: Factory) -> None:
    measure = with_numbers(measures, lead, ["1"])
    client.as_(make.user("Stranger"))
    for path in (
        "",
        "/edit",
        "/import",
        "/import/x",
        "/import/x/check",
        "/history",
        "/decide/phase",
        "/figure.json",
        "/chart.svg",
        "/chart.png",
        "/chart.json",
        "/slide.pptx",
        "/data.csv",
        "/data.xlsx",
    ):
        assert client.get(f"/measures/{measure.id}{path}").status_code == 404, path
    for path in ("", "/edit", "/import", "/import/x", "/decide/phase", "/decisions/x/remove"):
        assert client.submit(f"/measures/{measure.id}{path}").status_code == 404, path
    assert client.get(f"/projects/{measure.project_id}/measures/new").status_code == 404


def test_pdsa_cycles_are_told_and_drawn(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "48", "51"])
    band: dict[str, Any] = {
        "measure_id": measure.id,
        "key": "cycle:1",
        "starts_on": date(2024, 2, 1),
        "ends_on": None,
    }
    with measures.store.session() as db:
        actions.show_band(db, **band, label="PDSA 1", detail="Triage", href="/cycles/1")
        actions.show_band(db, **band, label="PDSA 1", detail="Triage again", href="/cycles/1")
    shown = page.get(f"/measures/{measure.id}").text
    assert "PDSA 1: 1 February 2024, going on" in text(shown)
    assert "Triage again" in shown
    with measures.store.session() as db:
        actions.hide_band(db, measure_id=measure.id, key="cycle:1")
    assert "Triage again" not in page.get(f"/measures/{measure.id}").text


def test_the_live_chart_is_new_after_each_change(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "48", "51"])
    address = f"/measures/{measure.id}/figure.json"
    with counted(measures.store) as first:
        before = page.get(address).json()
    with counted(measures.store) as second:
        assert page.get(address).json() == before
    assert len(second) < len(first)
    measures.put(lead, measure, rows(["50", "52", "48", "99"]))
    assert page.get(address).json() != before


def test_the_page_asks_as_often_for_500_numbers_as_for_5(
    page: Client, measures: Measures, lead: User
) -> None:
    few = measures.measure(lead, SHARE)
    measures.put(lead, few, pairs([("8", "10")] * 5))
    many = measures.measure(lead, SHARE)
    measures.put(lead, many, pairs([("8", "10")] * 500, date(1980, 1, 1)), at=AT + timedelta(days=1))
    asked = []
    for measure in (few, many):
        with counted(measures.store) as statements:
            assert page.get(f"/measures/{measure.id}").status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert asked[0] <= 11, asked


def test_the_page_itself_needs_no_bokeh() -> None:
    code = (
        "import sys, qiplatform.measures.routes, qiplatform.measures.pages; sys.exit('bokeh' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_chart_is_taken_away_as_a_slide(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, ["50", "52", "", "51", "49"])
    assert f'href="/measures/{measure.id}/slide.pptx"' in page.get(f"/measures/{measure.id}").text
    answer = page.get(f"/measures/{measure.id}/slide.pptx")
    assert answer.headers["content-type"].endswith("presentationml.presentation")
    assert answer.headers["content-disposition"] == 'attachment; filename="waiting-time.pptx"'
    (slide,) = Presentation(io.BytesIO(answer.content)).slides
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    assert list(frame.chart.plots[0].series[0].values) == [50, 52, None, 51, 49]
    assert "Shorter waits in A&E · " in " ".join(
        shape.text_frame.text for shape in slide.shapes if shape.has_text_frame
    )
