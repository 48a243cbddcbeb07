"""What is public is corrected by a new version, kept, or taken back; two checkers agree where the topic asks for it."""

import pytest
from sqlalchemy import select

from qiplatform.learning import queries
from qiplatform.learning.models import PublishedVersion, Report, ReportStatus, Tombstone
from qiplatform.search import actions as search
from qiplatform.search.pages import drawn
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.learning import Reports, reports
from tests.support.measures import SHARE, pairs


@pytest.fixture
def ready(make: Factory) -> Reports:
    return reports(make)


def _status(store: Store, report_id: str) -> ReportStatus:
    with store.session(reading=True) as db:
        return db.get_one(Report, report_id).status


def _edit(client: Client, report_id: str, **typed: str) -> int:
    with client.store.session(reading=True) as db:
        row = db.get_one(Report, report_id)
        essentials = {name: getattr(row, name) for name in ("problem", "did", "happened", "differently")}
        sent = {"title": row.title, "result": row.result.value, "version": str(row.version), **essentials}
    return client.submit(f"/reports/{report_id}/edit", sent | typed).status_code


def test_a_correction_is_a_new_version_and_the_old_one_stands_meanwhile(
    client: Client, ready: Reports, store: Store
) -> None:
    report_id = ready.published(happened="The first account.").report_id
    client.as_(ready.team.lead)
    assert client.submit(f"/reports/{report_id}/correct", {"reason": " "}).status_code == 422
    assert (
        client.submit(f"/reports/{report_id}/correct", {"reason": "May was counted twice."}).status_code
        == 303
    )
    assert _edit(client, report_id, happened="The second account.") == 303
    assert "The first account." in client.get(f"/published/{report_id}").text
    assert "The second account." not in client.get(f"/published/{report_id}").text
    assert client.submit(f"/reports/{report_id}/submit").status_code == 303
    assert "The first account." in client.get(f"/published/{report_id}").text
    assert client.as_(ready.team.curator).submit(f"/reports/{report_id}/approve").status_code == 303
    page = client.get(f"/published/{report_id}").text
    assert "The second account." in page
    assert "May was counted twice." in page
    earlier = client.get(f"/published/{report_id}/v/1").text
    assert "The first account." in earlier
    assert "This is an earlier version." in earlier
    with store.session(reading=True) as db:
        kept = db.scalars(select(PublishedVersion).order_by(PublishedVersion.number)).all()
        assert [(one.number, one.reason) for one in kept] == [(1, ""), (2, "May was counted twice.")]


def test_a_correction_given_up_leaves_everything_as_it_was(
    client: Client, ready: Reports, store: Store
) -> None:
    report_id = ready.published(happened="The first account.").report_id
    client.as_(ready.team.lead)
    client.submit(f"/reports/{report_id}/correct", {"reason": "A thought."})
    assert _edit(client, report_id, happened="Something else.") == 303
    assert client.submit(f"/reports/{report_id}/keep").status_code == 303
    assert _status(store, report_id) is ReportStatus.PUBLISHED
    with store.session(reading=True) as db:
        row = db.get_one(Report, report_id)
        assert (row.happened, row.correction) == ("The first account.", "")


def test_a_draft_that_was_never_public_is_neither_kept_nor_withdrawn(
    client: Client, ready: Reports, store: Store
) -> None:
    report = ready.submitted()
    client.as_(ready.team.curator).submit(f"/reports/{report.id}/return", {"reason": "Say when."})
    client.as_(ready.team.lead)
    for word, sent in (("keep", {}), ("withdraw", {"reason": "Why not."})):
        answer = client.submit(f"/reports/{report.id}/{word}", sent)
        assert answer.status_code == 409
        assert "Nothing of it is public" in answer.text
    assert _status(store, report.id) is ReportStatus.RETURNED


def test_a_report_is_withdrawn_while_its_correction_waits(
    client: Client, ready: Reports, store: Store
) -> None:
    report_id = ready.published().report_id
    client.as_(ready.team.lead)
    client.submit(f"/reports/{report_id}/correct", {"reason": "A mistake."})
    client.submit(f"/reports/{report_id}/submit")
    assert client.submit(f"/reports/{report_id}/withdraw", {"reason": "It was wrong."}).status_code == 303
    assert client.get(f"/published/{report_id}").status_code == 410
    assert client.as_(ready.team.curator).submit(f"/reports/{report_id}/approve").status_code == 409
    with store.session(reading=True) as db:
        assert db.get_one(Tombstone, report_id).reason == "It was wrong."


def test_only_the_lead_corrects(client: Client, ready: Reports, store: Store) -> None:
    report_id = ready.published().report_id
    for who in ("member", "coach", "curator"):
        client.as_(ready.team.people()[who])
        assert client.submit(f"/reports/{report_id}/correct", {"reason": "I may."}).status_code in {403, 404}
    assert _status(store, report_id) is ReportStatus.PUBLISHED


@pytest.fixture
def sensitive(make: Factory) -> Reports:
    return reports(make, topics=["Suicide prevention"])


def test_a_sensitive_topic_needs_two_different_checkers(
    client: Client, sensitive: Reports, make: Factory, store: Store
) -> None:
    report = sensitive.submitted()
    client.as_(sensitive.team.curator)
    assert client.submit(f"/reports/{report.id}/approve").status_code == 303
    assert _status(store, report.id) is ReportStatus.SUBMITTED
    assert client.get(f"/published/{report.id}").status_code == 404
    again = client.submit(f"/reports/{report.id}/approve")
    assert (again.status_code, "You have agreed already." in again.text) == (409, True)
    client.as_(make.user("Second curator", curator=True))
    assert "One checker has agreed" in client.get(f"/reports/{report.id}").text
    assert client.submit(f"/reports/{report.id}/approve").status_code == 303
    assert _status(store, report.id) is ReportStatus.PUBLISHED


def test_who_agreed_to_other_numbers_does_not_count(
    client: Client, sensitive: Reports, make: Factory, store: Store
) -> None:
    measure = sensitive.measures.measure(sensitive.team.lead, SHARE, project=sensitive.team.project)
    sensitive.measures.put(sensitive.team.lead, measure, pairs([("90", "100")] * 12))
    report = sensitive.submitted(measures=[measure])
    client.as_(sensitive.team.curator).submit(f"/reports/{report.id}/approve")
    sensitive.measures.put(sensitive.team.lead, measure, pairs([("40", "100")] * 12))
    client.as_(make.user("Second curator", curator=True)).submit(f"/reports/{report.id}/approve")
    assert _status(store, report.id) is ReportStatus.SUBMITTED
    assert client.as_(sensitive.team.curator).submit(f"/reports/{report.id}/approve").status_code == 303
    assert _status(store, report.id) is ReportStatus.PUBLISHED


def test_any_checker_can_ask_for_another(client: Client, ready: Reports, store: Store) -> None:
    report = ready.submitted()
    client.as_(ready.team.curator).submit(f"/reports/{report.id}/approve", {"ask_another": "true"})
    assert _status(store, report.id) is ReportStatus.SUBMITTED


def test_nothing_is_published_that_changed_while_the_checker_read(
    client: Client, ready: Reports, store: Store
) -> None:
    measure = ready.measures.measure(ready.team.lead, SHARE, project=ready.team.project)
    ready.measures.put(ready.team.lead, measure, pairs([("90", "100")] * 12))
    report = ready.submitted(measures=[measure])
    with store.session(reading=True) as db:
        seen = queries.get(db, ready.team.curator, report.id)
        looked = queries.ready(db, seen.report).series
        mark = queries.digest(queries.content(db, seen.report, seen.project, looked), looked)
    ready.measures.put(ready.team.lead, measure, pairs([("40", "100")] * 12))
    answer = client.as_(ready.team.curator).submit(f"/reports/{report.id}/approve", {"digest": mark})
    assert (answer.status_code, "changed while you were reading" in answer.text) == (409, True)
    assert _status(store, report.id) is ReportStatus.SUBMITTED
    assert client.submit(f"/reports/{report.id}/approve").status_code == 303


def test_a_correction_is_found_in_place_of_what_it_corrects(
    client: Client, ready: Reports, store: Store
) -> None:
    report_id = ready.published(problem="Zebras waited.").report_id
    client.as_(ready.team.lead)
    client.submit(f"/reports/{report_id}/correct", {"reason": "Not zebras."})
    _edit(client, report_id, problem="Giraffes waited.")
    client.submit(f"/reports/{report_id}/submit")
    client.as_(ready.team.curator).submit(f"/reports/{report_id}/approve")
    with store.session() as db:
        search.index(db, at=AT, report_id=report_id, draw=drawn)
    assert report_id in client.get("/published?q=giraffes").text
    assert report_id not in client.get("/published?q=zebras").text
