"""What became of an idea elsewhere: the tree, the notes, and the evidence of all places together."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.learning import actions
from qiplatform.learning.models import (
    AdopterNote,
    Adoption,
    NoteResult,
    PublicNote,
    PublishedVersion,
    ReportResult,
)
from qiplatform.learning.pages.adopters import NOTE_WORDS
from qiplatform.measures import queries as measures
from qiplatform.projects import queries as projects
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.learning import Reports, reports
from tests.support.measures import SHARE, pairs
from tests.support.queries import counted

STARTED = date(2024, 9, 1)


@pytest.fixture
def ready(make: Factory) -> Reports:
    return reports(make)


def _numbers(before: int, after: int) -> list[tuple[str, str]]:
    return [(str(before + 10 * (place % 3)), "1000") for place in range(8)] + [
        (str(after + 10 * (place % 3)), "1000") for place in range(8)
    ]


def _origin(ready: Reports, before: int = 700, after: int = 800) -> str:
    measure = ready.measures.measure(ready.team.lead, SHARE, project=ready.team.project)
    ready.measures.put(ready.team.lead, measure, pairs(_numbers(before, after)))
    ready.cycle(starts_on=STARTED, measures=[measure])
    return ready.published("The first", measures=[measure]).report_id


def _adopted(make: Factory, ready: Reports, report_id: str, name: str) -> Reports:
    """Return a team whose project began with a report's idea."""
    lead = make.user(f"Lead of {name}")
    with make.store.session() as db:
        project = actions.adopt(db, by=lead, at=AT, report_id=report_id, title=name)
    return Reports(make, replace(ready.team, lead=lead, project=project))


def _told(made: Reports, result: ReportResult, before: int, after: int, title: str = "") -> str:
    with made.make.store.session(reading=True) as db:
        measure = measures.of_project(db, made.team.project.id)[0]
    made.measures.put(made.team.lead, measure, pairs(_numbers(before, after)))
    made.cycle(starts_on=STARTED, measures=[measure])
    return made.published(title or made.team.project.title, result, measures=[measure]).report_id


def _generations(make: Factory, ready: Reports) -> list[str]:
    """One idea, two who took it up and published, one of whom was followed by another."""
    root = _origin(ready)
    one = _told(_adopted(make, ready, root, "Northern ward"), ReportResult.IMPROVED, 600, 680)
    two = _told(_adopted(make, ready, root, "Southern ward"), ReportResult.STOPPED_EARLY, 650, 640)
    three = _told(_adopted(make, ready, one, "Eastern ward"), ReportResult.NO_CHANGE, 720, 725)
    return [root, one, two, three]


def test_the_whole_line_is_drawn(client: Client, make: Factory, ready: Reports) -> None:
    root, *_ = _generations(make, ready)
    page = client.get(f"/published/{root}/adopters").text
    for title in ("Northern ward", "Southern ward", "Eastern ward"):
        assert page.count(title) >= 2, "in the tree and among the charts"
    assert page.index("Northern ward") < page.index("Eastern ward") < page.index("Southern ward")
    assert "Stopped early, and why" in page
    assert "3 projects here began with this idea. 3 published their own report." in page
    assert page.count("<svg") >= 4


def test_who_told_nothing_is_counted_and_not_named(client: Client, make: Factory, ready: Reports) -> None:
    root = _origin(ready)
    _adopted(make, ready, root, "Zanzibar hospital")
    page = client.get(f"/published/{root}/adopters").text
    assert "Zanzibar" not in page
    assert "1 more project began with it" in page


def test_a_note_is_public_once_a_curator_agreed(
    client: Client, make: Factory, ready: Reports, store: Store
) -> None:
    root = _origin(ready)
    made = _adopted(make, ready, root, "Western ward")
    address = f"/projects/{made.team.project.id}/note"
    client.as_(made.team.lead)
    assert "How did it go here?" in client.get(address).text
    refused = client.submit(address, {"result": "stopped", "text": " "})
    assert (refused.status_code, "Say in a sentence" in refused.text) == (422, True)
    named = client.submit(address, {"text": "It was 999 000 0018.", "result": "worse"})
    assert (named.status_code, "This looks like an NHS number" in named.text) == (422, True)
    assert client.submit(address, {"result": "stopped", "text": "Nobody had the time."}).status_code == 303
    public = f"/published/{root}/adopters"
    assert "Nobody had the time." not in client.get(public).text
    assert client.submit(f"/notes/{made.team.project.id}/show", {"show": "true"}).status_code == 404
    client.as_(ready.team.curator)
    assert "Stopped. Nobody had the time." in client.get("/reports").text
    assert client.submit(f"/notes/{made.team.project.id}/show", {"show": "true"}).status_code == 303
    page = client.get(public).text
    assert "Nobody had the time." in page
    assert "A team that is not named" in page
    client.as_(made.team.lead)
    assert client.submit(address, {"result": "worse", "text": "Another word."}).status_code == 303
    assert "Nobody had the time." not in client.get(public).text, "a changed note is checked again"
    assert client.submit(f"{address}/remove").status_code == 303
    with store.session(reading=True) as db:
        assert db.scalars(select(AdopterNote)).all() == []
        assert db.scalars(select(PublicNote)).all() == []


def test_only_those_who_began_with_an_idea_write_a_note(client: Client, ready: Reports) -> None:
    client.as_(ready.team.lead)
    address = f"/projects/{ready.team.project.id}/note"
    assert client.get(address).status_code == 404
    assert client.submit(address, {"result": "improved", "text": "x"}).status_code == 404


def test_an_adopters_note_goes_when_its_own_report_is_published(
    client: Client, make: Factory, ready: Reports, store: Store
) -> None:
    root = _origin(ready)
    made = _adopted(make, ready, root, "Northern ward")
    report = _told(made, ReportResult.IMPROVED, 600, 700)
    with store.session(reading=True) as db:
        assert db.scalars(select(Adoption.told_by_id)).one() == report
    made.withdraw(report)
    page = client.get(f"/published/{root}/adopters").text
    assert "Northern ward" not in page
    assert "1 more project began with it" in page


def test_what_all_places_show_together(client: Client, make: Factory, ready: Reports) -> None:
    root, *_ = _generations(make, ready)
    page = client.get(f"/published/{root}/evidence").text
    assert (
        "In 3 of 4 places it moved the way that was wanted, in 2 of them by more than ordinary variation explains."
        in page
    )
    assert "At one more place the change would probably lie between" in page
    assert "Only 4 places: with fewer than 5, every figure here is a rough one." in page
    assert "The places chose themselves" in page
    assert page.count("<svg") == 2
    told = client.get(f"/api/v1/published/{root}/evidence").json()
    changes = [one["change"] for one in told["sites"]]
    assert changes == pytest.approx([10.0, 8.0, 0.5, -1.0]), "stopped and unchanged places are in it"
    assert told["pooled"]["k"] == 4
    assert told["pooled"]["low"] < told["pooled"]["mean"] < told["pooled"]["high"]
    rows = client.get(f"/published/{root}/evidence.csv").text.splitlines()
    assert len(rows) == 5
    assert "stopped_early" in rows[4]


def test_without_those_that_stopped_it_would_look_better(
    client: Client, make: Factory, ready: Reports
) -> None:
    """The negative control: the places that stopped or saw nothing move the figure."""
    root, _, two, three = _generations(make, ready)
    whole = client.get(f"/api/v1/published/{root}/evidence").json()["pooled"]["mean"]
    for report_id in (two, three):
        with make.store.session() as db:
            project = db.scalars(select(Adoption.project_id).where(Adoption.told_by_id == report_id)).one()
            db.get_one(Adoption, project).told_by_id = None
    assert client.get(f"/api/v1/published/{root}/evidence").json()["pooled"]["mean"] > whole + 3


def test_one_place_is_not_pooled_and_it_is_said(client: Client, ready: Reports) -> None:
    root = _origin(ready)
    page = client.get(f"/published/{root}/evidence").text
    assert "there is nothing to pool yet" in page
    assert "<svg" not in page.split("<main", 1)[1].split("</main>")[0]


def test_a_place_with_another_measure_is_named_as_left_out(
    client: Client, make: Factory, ready: Reports
) -> None:
    root = _origin(ready)
    made = _adopted(make, ready, root, "Western ward")
    made.published("Words only", ReportResult.NO_CHANGE, measures=[])
    assert "Words only does not publish this measure." in client.get(f"/published/{root}/evidence").text


def test_rounding_moves_an_effect_by_less_than_a_point(client: Client, make: Factory, ready: Reports) -> None:
    """Counts of a few hundred, rounded to the nearest 5: the effect moves by less than one percentage point."""
    odd = [(str(161 + 3 * (n % 4)), "233") for n in range(8)]
    even = [(str(187 + 3 * (n % 4)), "233") for n in range(8)]
    measure = ready.measures.measure(ready.team.lead, SHARE, project=ready.team.project)
    ready.measures.put(ready.team.lead, measure, pairs([*odd, *even]))
    ready.cycle(starts_on=STARTED, measures=[measure])
    root = ready.published("Odd", measures=[measure]).report_id
    shown = client.get(f"/api/v1/published/{root}/evidence").json()["sites"][0]["change"]
    true = (sum(int(a) for a, _ in even) - sum(int(a) for a, _ in odd)) / 8 / 233 * 100
    assert abs(shown - true) < 1.0


def test_the_pages_ask_a_fixed_number_of_questions(
    client: Client, make: Factory, ready: Reports, store: Store
) -> None:
    root, *_ = _generations(make, ready)
    for path in ("adopters", "evidence"):
        with counted(store) as asked:
            client.get(f"/published/{root}/{path}")
        # One question a generation, and no more however many took it up.
        assert len(asked) <= 12, asked


def test_a_ring_of_ideas_ends(client: Client, make: Factory, ready: Reports, store: Store) -> None:
    root, one, *_ = _generations(make, ready)
    with store.session() as db:
        db.add(
            Adoption(
                project_id=ready.team.project.id,
                report_id=one,
                version_id=_version(db, one),
                by_id=ready.team.lead.id,
                at=AT,
                told_by_id=root,
            )
        )
    assert client.get(f"/published/{root}/adopters").status_code == 200


def _version(db: Session, report_id: str) -> str:
    return db.scalars(select(PublishedVersion.id).where(PublishedVersion.report_id == report_id)).one()


def test_definitions_are_carried_over(make: Factory, ready: Reports, store: Store) -> None:
    measure = ready.measures.measure(
        ready.team.lead, SHARE, project=ready.team.project, exclusion_words="Planned visits", sampling="All"
    )
    ready.measures.put(ready.team.lead, measure, pairs(_numbers(700, 800)))
    root = ready.published("The first", measures=[measure]).report_id
    made = _adopted(make, ready, root, "Northern ward")
    with store.session(reading=True) as db:
        copied = measures.of_project(db, made.team.project.id)[0]
        assert (copied.exclusion_words, copied.sampling) == ("Planned visits", "All")
        assert projects.get(db, made.team.lead, made.team.project.id).project.credit_report_id == root


@pytest.mark.parametrize("result", list(NoteResult))
def test_every_result_of_a_note_has_its_word(result: NoteResult) -> None:
    assert NOTE_WORDS[result]
