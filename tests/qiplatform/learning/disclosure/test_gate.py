"""The attack is part of the one gate: what the checker reads is what is published, and what was public before is known to it."""

import pytest

from qiplatform.learning import actions, queries
from qiplatform.learning.models import ReportStatus
from qiplatform.learning.rules.disclosure import guard
from qiplatform.measures.models import Measure
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.learning import Reports, reports
from tests.support.measures import SHARE, pairs
from tests.support.queries import counted


@pytest.fixture
def ready(make: Factory) -> Reports:
    return reports(make)


def _two(ready: Reports) -> tuple[Measure, Measure]:
    """Two measures of the same people: seen within four hours, and not."""
    kit, lead, project = ready.measures, ready.team.lead, ready.team.project
    seen = kit.measure(lead, SHARE, project=project, name="Seen")
    other = kit.measure(lead, SHARE, project=project, name="Not seen")
    kit.put(lead, seen, pairs([("58", "60")] * 12))
    kit.put(lead, other, pairs([("2", "60")] * 12))
    return seen, other


def test_the_checker_reads_what_could_be_worked_out(client: Client, ready: Reports) -> None:
    report = ready.submitted(measures=_two(ready))
    page = " ".join(client.as_(ready.team.curator).get(f"/reports/{report.id}/check").text.split())
    assert "12 numbers from 1 to 7 must not be found out." in page
    assert "With stars and rounding alone, 12 could be narrowed; 12 further points are left out" in page
    assert "“Seen” (numerator) and “Not seen” (numerator) add up to “Seen” (denominator)." in page
    assert "it would narrow a small number of “Not seen”" in page


def test_what_the_checker_read_is_published(client: Client, ready: Reports) -> None:
    report_id = ready.published(measures=_two(ready)).report_id
    rows = client.get(f"/published/{report_id}/data.csv").text.splitlines()
    assert "Not seen,2024-01-01,,*,60" not in rows or "Seen,2024-01-01,,60,60" not in rows
    assert sum(row.endswith(",,,") for row in rows) == 12
    assert "points from which a star could be worked out" in client.get(f"/published/{report_id}").text


def test_without_the_further_points_the_star_would_be_told(
    client: Client, ready: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the fault planted in the gate is seen in what is published, and refused there."""
    chosen = _two(ready)
    monkeypatch.setattr(guard, "_protect", lambda *_given: [])
    report = ready.submitted(measures=chosen)
    client.as_(ready.team.curator)
    page = client.get(f"/reports/{report.id}/check").text
    assert "could be narrowed to 1 to 4." in page
    answer = client.submit(f"/reports/{report.id}/approve", {"cleared": "true"})
    assert (answer.status_code, "Small numbers could be worked out" in answer.text) == (409, True)
    with client.store.session(reading=True) as db:
        assert ready.row(db, report.id).status is ReportStatus.SUBMITTED


def test_what_another_report_showed_is_known(client: Client, ready: Reports) -> None:
    seen, other = _two(ready)
    ready.published("The first", measures=[seen])
    report = ready.submitted("The second", measures=[other])
    page = client.as_(ready.team.curator).get(f"/reports/{report.id}/check").text
    assert "1 earlier version of this project" in page
    assert "what is public already tells that it is between" in page
    assert client.submit(f"/reports/{report.id}/approve", {"cleared": "true"}).status_code == 303
    rows = client.get(f"/published/{report.id}/data.csv").text.splitlines()
    assert all(row.endswith(",,,") for row in rows[1:]), rows


def test_an_earlier_version_is_known_though_the_measure_left_the_report(
    client: Client, ready: Reports, store: Store
) -> None:
    seen, other = _two(ready)
    report_id = ready.published(measures=[seen]).report_id
    with store.session() as db:
        lead = ready.team.lead
        actions.correct(db, by=lead, at=AT, seen=queries.get(db, lead, report_id), reason="Another measure.")
    with store.session() as db:
        found = queries.get(db, lead, report_id)
        words = actions.Words(measure_ids=[other.id])
        actions.change(db, by=lead, at=AT, seen=found, words=words, version=found.report.version)
        assert queries.ready(db, found.report).outcome.told_before != ()


def test_the_attack_asks_a_fixed_number_of_questions(client: Client, ready: Reports, store: Store) -> None:
    report = ready.submitted(measures=_two(ready))
    client.as_(ready.team.curator)
    with counted(store) as asked:
        client.get(f"/reports/{report.id}/check")
    few = len(asked)
    for place in range(4):
        measure = ready.measures.measure(
            ready.team.lead, SHARE, project=ready.team.project, name=f"More {place}"
        )
        ready.measures.put(ready.team.lead, measure, pairs([("58", "60")] * 12))
        ready.published(f"More {place}", measures=[measure])
    with counted(store) as asked:
        client.get(f"/reports/{report.id}/check")
    assert len(asked) <= few + 2, asked
