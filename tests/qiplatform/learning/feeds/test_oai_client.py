"""A harvester that others wrote reads everything, from a real server."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from oaipmh_scythe import NoRecordsMatch, Scythe

from qiplatform.learning.routes import oai
from qiplatform.settings import Settings
from qiplatform.store.session import Store
from tests.support.factories import AT, Factory
from tests.support.feeds import put
from tests.support.learning import reports
from tests.support.servers import installation

COUNT = 23


@pytest.fixture
def harvester(
    settings: Settings, store: Store, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Scythe, list[str], str]]:
    """Their program, the ids of what is public, and of what was withdrawn."""
    monkeypatch.setattr(oai, "PAGE", 5)
    kit = reports(make)
    ids = [
        put(
            kit,
            title=f"Report {number} & <more>",
            at=AT + timedelta(minutes=number),
            result="worse" if number % 4 else "improved",
        ).report_id
        for number in range(COUNT)
    ]
    kit.withdraw(gone := ids.pop(7))
    with installation(settings, store) as address, Scythe(f"{address}/oai") as made:
        yield made, ids, gone


def _id(record: Any) -> str:
    header = getattr(record, "header", record)
    identifier: str = header.identifier
    return identifier.rsplit(":", 1)[1]


def test_another_program_harvests_everything(harvester: tuple[Scythe, list[str], str]) -> None:
    scythe, ids, gone = harvester
    records: list[Any] = list(scythe.list_records(metadata_prefix="oai_dc"))
    assert len(records) == COUNT
    assert [_id(one) for one in records if one.deleted] == [gone]
    assert sorted(_id(one) for one in records if not one.deleted) == sorted(ids)
    assert {one.metadata["title"][0] for one in records if not one.deleted} == {
        f"Report {number} & <more>" for number in range(COUNT) if number != 7
    }


def test_another_program_harvests_by_set_and_time(harvester: tuple[Scythe, list[str], str]) -> None:
    scythe, ids, _ = harvester
    improved = list(scythe.list_identifiers(set_="result:improved"))
    assert sorted(_id(one) for one in improved) == sorted(ids[number] for number in (0, 4, 7, 11, 15, 19))
    late = list(scythe.list_identifiers(from_="2026-03-03T09:20:00Z", until="2026-03-03T09:21:00Z"))
    assert [_id(one) for one in late] == ids[-3:-1]
    with pytest.raises(NoRecordsMatch):
        list(scythe.list_records(from_="2030-01-01"))


def test_another_program_is_told_who_we_are(harvester: tuple[Scythe, list[str], str]) -> None:
    scythe, ids, _ = harvester
    told: Any = scythe.identify()
    assert told.repositoryName == "qiplatform"
    assert {one.setSpec for one in list(scythe.list_sets())} >= {"result:improved", "result:worse"}  # type: ignore[union-attr]
    one: Any = scythe.get_record(identifier=f"oai:127.0.0.1:{ids[0]}", metadata_prefix="oai_dc")
    assert one.metadata["rights"] == ["https://creativecommons.org/licenses/by/4.0/"]
