"""From draft to published by clicking: who may, what is refused, what stays typed."""

import pytest
from sqlalchemy import select

from qiplatform.learning.models import Report, ReportStatus
from qiplatform.notices.queries import unseen_of
from qiplatform.store.jobs import Job, OutboxJob
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import Factory
from tests.support.learning import SECTIONS, Reports, reports
from tests.support.measures import SHARE, pairs


@pytest.fixture
def ready(make: Factory) -> Reports:
    return reports(make)


def _status(store: Store, report_id: str) -> ReportStatus:
    with store.session(reading=True) as db:
        return db.get_one(Report, report_id).status


def test_the_form_is_filled_from_the_record(client: Client, ready: Reports) -> None:
    ready.cycle("Senior doctor at the front door", prediction="Waits fall by half an hour")
    measure = ready.measures.measure(ready.team.lead, SHARE, project=ready.team.project)
    ready.measures.put(ready.team.lead, measure, pairs([("90", "100")] * 12))
    page = client.as_(ready.team.lead).get(f"/projects/{ready.team.project.id}/report/new").text
    assert "We tested 1 change idea in 1 PDSA cycle." in page
    assert "PDSA 1: Senior doctor at the front door. We predicted: Waits fall by half an hour." in page
    assert "Our aim: Patients seen within four hours" in page
    assert f'value="{measure.id}" checked' in " ".join(page.split())


def test_a_report_goes_its_way(client: Client, ready: Reports, store: Store) -> None:
    team = ready.team
    begun = client.as_(team.lead).submit(
        f"/projects/{team.project.id}/report/new",
        {**SECTIONS, "title": "Shorter waits", "result": "no_change", "once": "abc"},
    )
    assert begun.status_code == 303
    report_id = begun.headers["location"].rsplit("/", 1)[1]
    assert client.submit(f"/reports/{report_id}/sign", {"agree": "true"}).status_code == 303
    assert client.submit(f"/reports/{report_id}/submit").status_code == 303
    client.as_(team.curator)
    assert "Shorter waits" in client.get("/reports").text
    assert client.submit(f"/reports/{report_id}/return", {"reason": "Say when it was."}).status_code == 303
    assert _status(store, report_id) is ReportStatus.RETURNED
    client.as_(team.lead)
    assert "Say when it was." in client.get(f"/reports/{report_id}").text
    assert client.submit(f"/reports/{report_id}/submit").status_code == 303
    done = client.as_(team.curator).submit(f"/reports/{report_id}/approve")
    assert (done.status_code, done.headers["location"]) == (303, f"/published/{report_id}")
    page = client.get(f"/published/{report_id}").text
    assert "No change, and why" in page
    assert "Team lead" in page
    with store.session(reading=True) as db:
        job = db.scalars(select(OutboxJob).where(OutboxJob.job == Job.INDEX_REPORT)).one()
        assert job.payload == {"report_id": report_id}
        assert {one.text for one in unseen_of(db, team.member)} >= {"“Shorter waits” is published."}
    client.as_(team.lead)
    assert client.submit(f"/reports/{report_id}/withdraw", {"reason": ""}).status_code == 422
    assert (
        client.submit(f"/reports/{report_id}/withdraw", {"reason": "We found a mistake."}).status_code == 303
    )
    assert client.get(f"/published/{report_id}").status_code == 410


@pytest.mark.parametrize("who", ["lead", "member", "coach", "admin"])
def test_nobody_near_the_project_approves_it(client: Client, ready: Reports, store: Store, who: str) -> None:
    report = ready.submitted()
    answer = client.as_(ready.team.people()[who]).submit(f"/reports/{report.id}/approve")
    assert answer.status_code == 403
    assert _status(store, report.id) is ReportStatus.SUBMITTED


def test_a_curator_of_the_team_does_not_approve_own_work(
    client: Client, ready: Reports, store: Store
) -> None:
    with store.session() as db:
        member = db.merge(ready.team.member)
        member.is_curator = True
    report = ready.submitted()
    client.as_(ready.team.member)
    assert "you are of its team" in client.get(f"/reports/{report.id}/check").text
    answer = client.submit(f"/reports/{report.id}/approve")
    assert (answer.status_code, _status(store, report.id)) == (403, ReportStatus.SUBMITTED)


def test_a_stranger_finds_no_report_and_a_curator_no_draft(client: Client, ready: Reports) -> None:
    draft = ready.draft()
    for who in ("stranger", "colleague", "curator"):
        client.as_(ready.team.people()[who])
        assert client.get(f"/reports/{draft.id}").status_code == 404
        assert client.submit(f"/reports/{draft.id}/submit").status_code == 404


def test_only_the_lead_sends_and_members_write(client: Client, ready: Reports, store: Store) -> None:
    report = ready.draft(by=ready.team.member)
    answer = client.as_(ready.team.member).submit(f"/reports/{report.id}/submit")
    assert (answer.status_code, _status(store, report.id)) == (403, ReportStatus.DRAFT)
    assert (
        client.as_(ready.team.coach)
        .submit(f"/reports/{report.id}/edit", {"title": "x", "result": "worse"})
        .status_code
        == 403
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": ""}, "Enter title."),
        ({"result": "splendid"}, "Choose how the work ended from the list."),
        ({"title": "x" * 201}, "Title must be 200 characters or fewer."),
        ({"did": "Patient 999 000 0018 said so"}, "This looks like an NHS number"),
        ({"measures": "not-a-measure"}, "Choose measures of this project."),
        ({"extra": "field"}, "There is no field called &#39;extra&#39; here."),
    ],
)
def test_a_refused_form_keeps_what_was_typed(
    client: Client, ready: Reports, store: Store, sent: dict[str, str], said: str
) -> None:
    typed = {
        **SECTIONS,
        "title": "Shorter waits",
        "result": "improved",
        "problem": "Typed with care <b>",
        **sent,
    }
    answer = client.as_(ready.team.lead).submit(f"/projects/{ready.team.project.id}/report/new", typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Typed with care &lt;b&gt;" in answer.text
    with store.session(reading=True) as db:
        assert db.scalars(select(Report)).all() == []


def test_sent_twice_it_is_one_report(client: Client, ready: Reports, store: Store) -> None:
    sent = {**SECTIONS, "title": "Shorter waits", "result": "improved", "once": "the same form"}
    client.as_(ready.team.lead)
    answers = {
        client.submit(f"/projects/{ready.team.project.id}/report/new", sent).headers["location"]
        for _ in range(2)
    }
    assert len(answers) == 1


def test_a_stale_form_overwrites_nothing(client: Client, ready: Reports, store: Store) -> None:
    report = ready.draft()
    sent = {**SECTIONS, "title": "First", "result": "improved", "version": str(report.version)}
    client.as_(ready.team.lead)
    assert client.submit(f"/reports/{report.id}/edit", sent).status_code == 303
    late = client.submit(f"/reports/{report.id}/edit", {**sent, "title": "Second"})
    assert late.status_code == 412
    assert 'value="Second"' in late.text
    with store.session(reading=True) as db:
        assert db.get_one(Report, report.id).title == "First"


def test_a_report_that_was_sent_is_not_edited(client: Client, ready: Reports) -> None:
    report = ready.submitted()
    sent = {**SECTIONS, "title": "Later", "result": "improved", "version": str(report.version)}
    answer = client.as_(ready.team.lead).submit(f"/reports/{report.id}/edit", sent)
    assert answer.status_code == 409
    assert "This report is with the checkers." in answer.text


def test_phrases_of_few_people_are_cleared_by_hand(client: Client, ready: Reports, store: Store) -> None:
    report = ready.submitted(did="We asked two patients what they thought.")
    client.as_(ready.team.curator)
    page = client.get(f"/reports/{report.id}/check").text
    assert "“two patients” in “What we did”: a small number of people" in page
    assert client.submit(f"/reports/{report.id}/approve").status_code == 422
    assert _status(store, report.id) is ReportStatus.SUBMITTED
    assert client.submit(f"/reports/{report.id}/approve", {"cleared": "true"}).status_code == 303


def test_the_checker_sees_both_tables_and_that_the_signals_differ(client: Client, ready: Reports) -> None:
    kit, team = ready.measures, ready.team
    measure = kit.measure(team.lead, SHARE, project=team.project)
    kit.put(team.lead, measure, pairs([("12", "40")] * 11 + [("37", "38"), ("3", "41")]))
    report = ready.submitted(measures=[measure])
    page = " ".join(client.as_(team.curator).get(f"/reports/{report.id}/check").text.split())
    assert "37 of 38" in page
    assert "35 of 40" in page
    assert "3 of 41" in page
    assert "* of 40" in page
    assert "1 of 13 points are starred or left out. Counting by quarter would show more." in page
    assert "The signals differ" in page


def test_authors_are_named_by_their_own_consent_only(client: Client, ready: Reports) -> None:
    report = ready.draft()
    team = ready.team
    assert client.as_(team.coach).submit(f"/reports/{report.id}/sign", {"agree": "true"}).status_code == 403
    client.as_(team.member)
    assert client.submit(f"/reports/{report.id}/sign", {"agree": "true"}).status_code == 303
    assert "<li>Team member</li>" in client.get(f"/reports/{report.id}").text
    assert client.submit(f"/reports/{report.id}/sign", {"agree": "false"}).status_code == 303
    assert "Nobody is named." in client.get(f"/reports/{report.id}").text


def test_paragraphs_from_a_browser_stay_paragraphs(client: Client, ready: Reports) -> None:
    version = ready.published(did="First this.\r\n\r\nThen that.")
    page = client.get(f"/published/{version.report_id}").text
    assert "<p>First this.</p><p>Then that.</p>" in page
