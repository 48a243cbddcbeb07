"""OAI-PMH 2.0: every answer fits the protocol's own schema, every fault has its code, and what was withdrawn stays told of."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qiplatform.learning import rules
from qiplatform.learning.pages import feeds
from qiplatform.learning.queries import OaiAnswer, Told
from qiplatform.learning.routes import oai
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.feeds import CONTENT, put, take_back, texts, xml
from tests.support.learning import Reports, reports
from tests.support.oai_schemas import faults_of
from tests.support.queries import counted

SITE = feeds.Site("https://improve.example.nhs.uk", "Example", "library@example.nhs.uk")
SECRET = "a secret for tests, long enough to pass"
RECORDS = "verb=ListRecords&metadataPrefix=oai_dc"
HEADERS = "verb=ListIdentifiers&metadataPrefix=oai_dc"


@pytest.fixture
def kit(make: Factory) -> Reports:
    return reports(make)


def ask(client: Client, query: str) -> Any:
    """Return the answer to a request, which fits the schema."""
    answer = client.get(f"/oai?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert faults_of(answer.content) == []
    return xml(answer.content)


def codes(document: Any) -> list[str]:
    return texts(document, "//o:error/@code")


def _three(kit: Reports) -> tuple[str, str, str]:
    """Publish three reports an hour apart, and withdraw the first a little later still."""
    made = [put(kit, title=f"Report {hour}", at=AT + timedelta(hours=hour)).report_id for hour in range(3)]
    take_back(kit, made[0], at=AT + timedelta(hours=5))
    return made[0], made[1], made[2]


def test_it_says_who_it_is(client: Client, kit: Reports) -> None:
    put(kit)
    top = ask(client, "verb=Identify")
    assert texts(top, "//o:baseURL/text()") == ["http://127.0.0.1:8000/oai"]
    assert texts(top, "//o:deletedRecord/text()") == ["persistent"]
    assert texts(top, "//o:granularity/text()") == ["YYYY-MM-DDThh:mm:ssZ"]
    assert texts(top, "//o:earliestDatestamp/text()") == ["2026-03-03T09:00:00Z"]
    assert texts(top, "//o:adminEmail/text()") == ["postmaster@127.0.0.1"]


def test_an_empty_installation_can_be_asked_too(client: Client) -> None:
    assert codes(ask(client, "verb=Identify")) == []
    assert codes(ask(client, RECORDS)) == ["noRecordsMatch"]


def test_it_names_its_formats_and_sets(client: Client, kit: Reports) -> None:
    name = f"oai:127.0.0.1:{put(kit).report_id}"
    for query in ("verb=ListMetadataFormats", f"verb=ListMetadataFormats&identifier={name}"):
        assert texts(ask(client, query), "//o:metadataPrefix/text()") == ["oai_dc"]
    sets = texts(ask(client, "verb=ListSets"), "//o:setSpec/text()")
    assert "result:no_change" in sets
    assert len(sets) == 5


def test_a_record_is_dublin_core(client: Client, kit: Reports) -> None:
    version = put(kit, title="A & B", topics=["falls", "night"], credit={"report_id": "x", "words": ""})
    top = ask(client, f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:{version.report_id}")
    address = f"http://127.0.0.1:8000/published/{version.report_id}"
    assert texts(top, "//dc:title/text()") == ["A & B"]
    assert texts(top, "//dc:subject/text()") == ["falls", "night"]
    assert texts(top, "//dc:identifier/text()") == [address, f"{address}/v/1"]
    assert texts(top, "//dc:rights/text()") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert texts(top, "//o:setSpec/text()") == ["result:improved"]
    assert texts(top, "//o:request/@identifier") == [f"oai:127.0.0.1:{version.report_id}"]


def test_what_was_withdrawn_is_told_of_for_good_and_nothing_else_of_it(client: Client, kit: Reports) -> None:
    first, *_ = _three(kit)
    for query in (RECORDS, HEADERS, f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:{first}"):
        top = ask(client, query)
        gone = top.xpath("//*[local-name()='header'][@status='deleted']")
        assert [texts(one, "o:identifier/text()")[0] for one in gone] == [f"oai:127.0.0.1:{first}"]
        assert texts(gone[0], "o:datestamp/text()") == ["2026-03-03T14:00:00Z"]
        assert texts(gone[0], "o:setSpec/text()") == ["result:improved"]
        assert "Report 0" not in texts(top, "//dc:title/text()")


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("", ["1", "2", "0"]),
        ("&from=2026-03-03T11:00:00Z", ["2", "0"]),
        ("&from=2026-03-03T11:00:01Z", ["0"]),
        ("&until=2026-03-03T10:00:00Z", ["1"]),
        ("&until=2026-03-03T09:59:59Z", []),
        ("&from=2026-03-03&until=2026-03-03", ["1", "2", "0"]),
        ("&from=2026-03-04", []),
        ("&until=2026-03-02", []),
        ("&set=result:improved", ["1", "2", "0"]),
        ("&set=result:worse", []),
        ("&set=unknown:thing", []),
        ("&set=result:improved&from=2026-03-03T12:00:00Z", ["0"]),
    ],
)
def test_a_span_of_time_and_a_set_choose_records(
    client: Client, kit: Reports, span: str, expected: list[str]
) -> None:
    made = _three(kit)
    top = ask(client, HEADERS + span)
    names = [f"oai:127.0.0.1:{made[int(number)]}" for number in expected]
    assert texts(top, "//o:header/o:identifier/text()") == names
    assert codes(top) == ([] if expected else ["noRecordsMatch"])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=Nonsense", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&metadataPrefix=oai_dc", "badArgument"),
        ("verb=Identify&planted=%00%FF", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc%20xml", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=marc21&identifier=oai:127.0.0.1:x", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:nothing", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere:x", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=no%20identifier%07", "badArgument"),
        ("verb=ListMetadataFormats&identifier=urn:x:y", "idDoesNotExist"),
        (f"{RECORDS}&from=yesterday", "badArgument"),
        (f"{RECORDS}&from=2026-02-30", "badArgument"),
        (f"{RECORDS}&from=9999-12-31", "badArgument"),
        (f"{RECORDS}&from=2026-03-03&until=2026-03-03T00:00:00Z", "badArgument"),
        (f"{RECORDS}&from=2026-03-04&until=2026-03-03", "badArgument"),
        (f"{RECORDS}&from=2026-03-03T00:00:00", "badArgument"),
        (f"{RECORDS}&set=", "badArgument"),
        (f"{RECORDS}&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=e30.0000", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=GetRecord&resumptionToken=x", "badArgument"),
    ],
)
def test_every_fault_has_its_code(client: Client, query: str, code: str) -> None:
    top = ask(client, query)
    assert codes(top) == [code]
    # A request the protocol does not know is not repeated in the answer.
    assert bool(texts(top, "//o:request/@verb")) == (code not in {"badVerb", "badArgument"})


def test_a_form_is_read_like_an_address(client: Client, kit: Reports) -> None:
    put(kit)
    form = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    answer = client.post("/oai", data=form)
    assert faults_of(answer.content) == []
    assert len(texts(xml(answer.content), "//o:header")) == 1
    repeated = client.post(
        "/oai", content="verb=Identify&a=1&a=1", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert codes(xml(repeated.content)) == ["badArgument"]
    many = client.post("/oai", content="&".join(f"a{n}=1" for n in range(1000)))
    assert codes(xml(many.content)) == ["badVerb"]


def _parts(client: Client, query: str) -> list[Any]:
    pages = [ask(client, query)]
    verb = query.partition("&")[0]
    while token := texts(pages[-1], "//o:resumptionToken/text()"):
        pages.append(ask(client, f"{verb}&resumptionToken={token[0]}"))
        assert len(pages) < 20
    return pages


def test_a_long_list_comes_in_parts_that_nobody_keeps(
    client: Client, kit: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oai, "PAGE", 3)
    made = [put(kit).report_id for _ in range(7)]
    pages = _parts(client, f"{RECORDS}&from=2026-03-03&set=result:improved")
    seen = [one for page in pages for one in texts(page, "//o:header/o:identifier/text()")]
    assert sorted(seen) == sorted(f"oai:127.0.0.1:{one}" for one in made)
    assert [texts(page, "//o:resumptionToken/@cursor") for page in pages] == [["0"], ["3"], ["6"]]
    assert {one for page in pages for one in texts(page, "//o:resumptionToken/@completeListSize")} == {"7"}
    assert not texts(pages[-1], "//o:resumptionToken/@expirationDate")


def test_what_changes_during_a_harvest_is_seen_at_its_end(
    client: Client, kit: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oai, "PAGE", 2)
    made = [put(kit, at=AT + timedelta(hours=hour)).report_id for hour in range(4)]
    first = ask(client, HEADERS)
    kit.withdraw(made[0])
    put(kit, report_id=made[1], at=AT + timedelta(hours=9))
    token = texts(first, "//o:resumptionToken/text()")[0]
    rest = ask(client, f"verb=ListIdentifiers&resumptionToken={token}")
    rest_ids = texts(rest, "//o:header/o:identifier/text()")
    assert rest_ids == [f"oai:127.0.0.1:{made[number]}" for number in (2, 3)]
    token = texts(rest, "//o:resumptionToken/text()")[0]
    last = ask(client, f"verb=ListIdentifiers&resumptionToken={token}")
    assert texts(last, "//o:header/o:identifier/text()") == [f"oai:127.0.0.1:{made[1]}"]


def _token(**changed: Any) -> str:
    asked = rules.read_request([("verb", "ListRecords"), ("metadataPrefix", "oai_dc")], secret=SECRET, at=AT)
    progress = rules.Progress(rules.Place(AT, "0123456789abcdefghjk"), 3, 9)
    return rules.make_token(asked, progress, **{"secret": SECRET, "at": AT, **changed})


@pytest.mark.parametrize(
    ("verb", "token", "at"),
    [
        ("ListRecords", _token(secret="another secret"), AT),
        ("ListRecords", _token()[:-1], AT),
        ("ListRecords", "A" + _token()[1:], AT),
        ("ListIdentifiers", _token(), AT),
        ("ListRecords", _token(), AT + timedelta(hours=25)),
    ],
)
def test_a_token_that_is_forged_or_old_or_of_another_verb_is_refused(
    verb: str, token: str, at: datetime
) -> None:
    with pytest.raises(rules.OaiFault) as told:
        rules.read_request([("verb", verb), ("resumptionToken", token)], secret=SECRET, at=at)
    assert told.value.code is rules.Code.BAD_RESUMPTION_TOKEN


def test_our_own_token_is_taken_so_the_test_can_tell() -> None:
    asked = rules.read_request(
        [("verb", "ListRecords"), ("resumptionToken", _token())], secret=SECRET, at=AT + timedelta(hours=23)
    )
    assert asked.progress == rules.Progress(rules.Place(AT, "0123456789abcdefghjk"), 3, 9)
    assert asked.asked == {"metadataPrefix": "oai_dc"}


@pytest.mark.parametrize("query", [RECORDS, HEADERS, f"{RECORDS}&set=result:improved"])
def test_a_part_costs_the_same_however_many_records_it_holds(
    client: Client, kit: Reports, store: Store, query: str
) -> None:
    asked = []
    for more in (1, 12):
        for _ in range(more):
            put(kit)
        with counted(store) as queries_:
            client.get(f"/oai?{query}")
        asked.append(len(queries_))
    assert asked == [1, 1]


@given(st.text(st.characters(), max_size=40))
@example("]]> <x> & \x00 \u202e שלום 👩‍⚕️ \ud800 \r\n")
def test_whatever_was_typed_fits_the_schema_and_is_said_again(title: str) -> None:
    content = {**CONTENT, "title": title, "topics": [title], "authors": [title], "organisation": title}
    told = Told("0123456789abcdefghjk", 1, AT, AT, "improved", content)
    request = rules.read_request(
        [("verb", "ListRecords"), ("metadataPrefix", "oai_dc")], secret=SECRET, at=AT
    )
    body = feeds.oai(SITE, request, OaiAnswer((told,)), secret=SECRET, at=AT)
    assert faults_of(body) == []
    kept = feeds.clean(title)
    assert "".join(texts(xml(body), "//dc:title/text()")) == kept


def test_what_does_not_fit_the_schema_would_be_seen(client: Client, kit: Reports) -> None:
    put(kit)
    body = client.get(f"/oai?{RECORDS}").content
    assert faults_of(body) == []
    for fault in (
        (b"<datestamp>2026-03-03T09:00:00Z", b"<datestamp>3 March"),
        (b"<setSpec>result:improved", b"<setSpec>result: improved"),
        (b"<dc:title>", b"<dc:planted>x</dc:planted><dc:title>"),
        (b'verb="ListRecords"', b'verb="ListEverything"'),
    ):
        assert fault[0] in body
        assert faults_of(body.replace(*fault)) != [], fault
