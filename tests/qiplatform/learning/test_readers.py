"""Readers without an account report concerns and ask; curators and teams answer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from qiplatform.learning.actions import answering
from qiplatform.learning.models import ConcernKind, ConcernReport, PublicAnswer, Publication, Question
from qiplatform.notices.queries import unseen_of
from qiplatform.search import actions as search
from qiplatform.search.pages import drawn
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.learning import Reports, reports


@pytest.fixture
def ready(make: Factory) -> Reports:
    return reports(make)


def _concern(store: Store) -> ConcernReport:
    with store.session(reading=True) as db:
        return db.scalars(select(ConcernReport)).one()


def _question(store: Store) -> Question:
    with store.session(reading=True) as db:
        return db.scalars(select(Question)).one()


def test_a_report_in_which_somebody_may_be_recognised_is_hidden_at_once(
    client: Client, ready: Reports, store: Store
) -> None:
    report_id = ready.published(problem="Zebras waited.").report_id
    sent = {"kind": "person", "text": "The second paragraph tells who it was."}
    answer = client.submit(f"/published/{report_id}/concern", sent)
    assert (answer.status_code, "not shown any more until a curator" in answer.text) == (200, True)
    gone = client.get(f"/published/{report_id}")
    assert (gone.status_code, "not shown for the moment" in gone.text) == (410, True)
    for path in ("/v/1", "/data.csv", "/charts/0.svg", "/similar", "/v/1/cite.bib", "/ask"):
        assert client.get(f"/published/{report_id}{path}").status_code in {404, 410}, path
    assert client.get(f"/api/v1/published/{report_id}").status_code == 410
    assert report_id not in client.get("/published?q=zebras").text
    with store.session() as db:  # a job that comes late brings nothing back
        search.index(db, at=AT, report_id=report_id, draw=drawn)
    assert report_id not in client.get("/published?q=zebras").text
    with store.session(reading=True) as db:
        assert any("is not shown" in one.text for one in unseen_of(db, ready.team.member))
        assert any("is hidden until you have looked" in one.text for one in unseen_of(db, ready.team.curator))


def test_a_curator_shows_it_again_and_the_same_concern_hides_it_no_second_time(
    client: Client, ready: Reports, store: Store
) -> None:
    report_id = ready.published().report_id
    sent = {"kind": "person", "text": "I know her."}
    client.submit(f"/published/{report_id}/concern", sent)
    concern = _concern(store)
    client.as_(ready.team.curator)
    assert f"/concerns/{concern.id}" in client.get("/reports").text
    assert "I know her." in client.get(f"/concerns/{concern.id}").text
    assert client.submit(f"/concerns/{concern.id}", {"show": "true", "reason": ""}).status_code == 422
    done = client.submit(f"/concerns/{concern.id}", {"show": "true", "reason": "Nobody is described."})
    assert done.status_code == 303
    assert client.get(f"/published/{report_id}").status_code == 200
    assert "still shown" in client.submit(f"/published/{report_id}/concern", sent).text
    assert client.get(f"/published/{report_id}").status_code == 200


def test_a_version_in_which_somebody_is_recognised_never_comes_back(
    client: Client, ready: Reports, store: Store
) -> None:
    report_id = ready.published(problem="The mayor waited.").report_id
    client.submit(f"/published/{report_id}/concern", {"kind": "person", "text": "It is the mayor."})
    concern = _concern(store)
    client.as_(ready.team.curator)
    client.submit(f"/concerns/{concern.id}", {"show": "false", "reason": "Leave the mayor out."})
    assert client.get(f"/published/{report_id}").status_code == 410
    client.as_(ready.team.lead).submit(f"/reports/{report_id}/correct", {"reason": "To protect a person."})
    with store.session(reading=True) as db:
        version = ready.row(db, report_id).version
    typed = {"title": "Waits", "result": "improved", "problem": "Patients waited.", "version": str(version)}
    sections = {"did": "We did.", "happened": "It did."}
    assert client.submit(f"/reports/{report_id}/edit", typed | sections).status_code == 303
    client.submit(f"/reports/{report_id}/submit")
    assert client.as_(ready.team.curator).submit(f"/reports/{report_id}/approve").status_code == 303
    page = client.get(f"/published/{report_id}")
    assert (page.status_code, "mayor" in page.text) == (200, False)
    assert f"/published/{report_id}/v/1" not in page.text
    first = client.get(f"/published/{report_id}/v/1")
    assert (first.status_code, "not shown any more" in first.text, "mayor" in first.text) == (
        410,
        True,
        False,
    )


def test_other_concerns_hide_nothing(client: Client, ready: Reports, store: Store) -> None:
    report_id = ready.published().report_id
    answer = client.submit(f"/published/{report_id}/concern", {"kind": "wrong", "text": "The unit is wrong."})
    assert "still shown" in answer.text
    assert client.get(f"/published/{report_id}").status_code == 200
    assert not _concern(store).hid


def test_nobody_takes_the_library_down_with_concerns(ready: Reports, store: Store) -> None:
    ids = [ready.published(f"Report {place}", indexed=False).report_id for place in range(7)]
    for report_id in ids:
        with store.session() as db:
            answering.report_concern(db, at=AT, report_id=report_id, kind=ConcernKind.PERSON, text="Someone.")
    with store.session(reading=True) as db:
        assert len(list(db.scalars(select(Publication)))) == len(ids) - answering.HIDE_AT_MOST


def test_a_flood_of_messages_is_stopped_and_what_was_typed_is_kept(
    client: Client, ready: Reports, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = ready.published().report_id
    monkeypatch.setattr(answering, "SENT_AT_MOST", 2)
    for _ in range(2):
        assert client.submit(f"/published/{report_id}/ask", {"text": "How?"}).status_code == 200
    answer = client.submit(f"/published/{report_id}/ask", {"text": "How indeed?"})
    assert (answer.status_code, "How indeed?" in answer.text) == (409, True)
    with store.session() as db:
        later = AT.now(tz=AT.tzinfo) + timedelta(hours=2)
        answering.ask(db, at=later, report_id=report_id, text="And now?")


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        ("concern", {"text": "Something"}, "Enter what it is about."),
        ("concern", {"kind": "person", "text": " "}, "Say in a sentence"),
        ("concern", {"kind": "person", "text": "It is 999 000 0018"}, "This looks like an NHS number"),
        ("concern", {"kind": "nonsense", "text": "x"}, "Choose"),
        ("ask", {"text": ""}, "Write your question."),
        ("ask", {"text": "x" * 2001}, "2000 characters or fewer"),
        ("ask", {"text": "Was it 999 000 0018?"}, "This looks like an NHS number"),
    ],
)
def test_what_is_not_taken_stays_typed(
    client: Client, ready: Reports, store: Store, path: str, sent: dict[str, str], said: str
) -> None:
    report_id = ready.published().report_id
    answer = client.submit(f"/published/{report_id}/{path}", sent)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert sent["text"].strip() in answer.text
    assert client.get(f"/published/{report_id}").status_code == 200
    with store.session(reading=True) as db:
        assert db.scalars(select(ConcernReport)).all() == []
        assert db.scalars(select(Question)).all() == []


def test_a_question_is_answered_checked_and_shown(client: Client, ready: Reports, store: Store) -> None:
    report_id = ready.published().report_id
    asked = client.submit(f"/published/{report_id}/ask", {"text": "Who kept the rota?"})
    assert "Thank you, your question has arrived" in asked.text
    public = f"/published/{report_id}"
    assert "Who kept the rota?" not in client.get(public).text
    question = _question(store)
    client.as_(ready.team.member)
    here = f"/reports/{report_id}/questions"
    assert "Who kept the rota?" in client.get(here).text
    refused = client.submit(f"{here}/{question.id}", {"answer": ""})
    assert (refused.status_code, "Write your answer." in refused.text) == (422, True)
    assert client.submit(f"{here}/{question.id}", {"answer": "The senior nurse."}).status_code == 303
    assert "The senior nurse." not in client.get(public).text
    assert client.submit(f"/questions/{question.id}/show", {"show": "true"}).status_code == 404
    client.as_(ready.team.curator)
    assert "The senior nurse." in client.get("/reports").text
    assert client.submit(f"/questions/{question.id}/show", {"show": "true"}).status_code == 303
    page = client.get(public).text
    assert "Who kept the rota?" in page
    assert "The senior nurse." in page


def test_an_answer_changed_later_is_checked_again(client: Client, ready: Reports, store: Store) -> None:
    report_id = ready.published().report_id
    client.submit(f"/published/{report_id}/ask", {"text": "Who?"})
    question = _question(store)
    address = f"/reports/{report_id}/questions/{question.id}"
    client.as_(ready.team.lead).submit(address, {"answer": "First answer."})
    client.as_(ready.team.curator).submit(f"/questions/{question.id}/show", {"show": "true"})
    client.as_(ready.team.lead).submit(address, {"answer": "Second answer."})
    page = client.get(f"/published/{report_id}").text
    assert "First answer." not in page
    assert "Second answer." not in page


def test_answers_go_and_come_with_the_publication(client: Client, ready: Reports, store: Store) -> None:
    report_id = ready.published().report_id
    client.submit(f"/published/{report_id}/ask", {"text": "Who?"})
    question = _question(store)
    client.as_(ready.team.lead).submit(
        f"/reports/{report_id}/questions/{question.id}", {"answer": "The nurse."}
    )
    client.as_(ready.team.curator).submit(f"/questions/{question.id}/show", {"show": "true"})
    client.submit(f"/published/{report_id}/concern", {"kind": "person", "text": "Her."})
    with store.session(reading=True) as db:
        assert db.scalars(select(PublicAnswer)).all() == []
    concern = _concern(store)
    client.submit(f"/concerns/{concern.id}", {"show": "true", "reason": "Nobody."})
    assert "The nurse." in client.get(f"/published/{report_id}").text
