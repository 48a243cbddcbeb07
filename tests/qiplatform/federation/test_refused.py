"""What a harvest does not take: anything somebody else wrote, anything older, anything odd, even from a peer we trust."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qiplatform.federation import actions, rules
from qiplatform.federation.actions import harvesting
from qiplatform.federation.rules import records
from tests.support.databases import Databases
from tests.support.factories import AT
from tests.support.federation import ADDRESS, LATER, Pair, changed, pair
from tests.support.feeds import put, take_back


@pytest.fixture
def two(databases: Databases, database_kind: str, tmp_path: Path) -> Iterator[Pair]:
    with pair(databases, database_kind, tmp_path) as made:
        yield made


def _tamper(page: dict[str, Any]) -> None:
    page["items"][0]["record"]["title"] = "Planted"


def _resign(page: dict[str, Any]) -> None:
    """Sign with a key of one's own, as somebody in between would."""
    other = rules.new_signer()
    for item in page["items"]:
        item["record"]["title"] = "Planted"
        item["signature"] = other.sign(rules.canonical(item["record"]))


def _elsewhere(page: dict[str, Any]) -> None:
    page["items"][0]["record"]["address"] = "https://planted.example.org/published/x"


@pytest.mark.parametrize("change", [_tamper, _resign, _elsewhere])
def test_what_somebody_changed_on_the_way_is_not_taken(two: Pair, change: Any) -> None:
    put(two.kit, title="True")
    two.pin()
    two.change = lambda body: changed(body, change)
    assert two.harvest() == "Nothing new; 1 not taken, because its signature does not fit the pinned key."
    assert two.found() == []
    two.change = bytes
    assert two.harvest() == "1 taken.", "what was refused is asked for again"


def test_without_the_check_it_would_be_taken(two: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    put(two.kit, title="True")
    two.pin()
    two.change = lambda body: changed(body, _tamper)
    monkeypatch.setattr(records, "verifies", lambda *_: True)
    two.harvest()
    assert [one.title for one in two.found()] == ["Planted"]


def test_an_older_version_is_never_taken_again(two: Pair) -> None:
    version = put(two.kit, title="Old")
    two.pin()
    old = two.ask(f"{ADDRESS}/federation/published")
    put(two.kit, title="New", report_id=version.report_id, at=AT + timedelta(hours=1))
    two.harvest()
    said = two.harvest(ask=lambda _: old)
    assert said == "Nothing new; 1 not taken, because it is older than what is held."
    assert [one.title for one in two.found()] == ["New"]


def test_a_withdrawn_report_does_not_come_back(two: Pair) -> None:
    version = put(two.kit, title="Canary")
    two.pin()
    old = two.ask(f"{ADDRESS}/federation/published")
    take_back(two.kit, version.report_id, at=AT + timedelta(days=1))
    two.harvest()
    two.harvest(ask=lambda _: old)
    assert two.found() == []


def test_without_the_order_of_versions_a_replay_would_win(two: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    version = put(two.kit, title="Canary")
    two.pin()
    old = two.ask(f"{ADDRESS}/federation/published")
    take_back(two.kit, version.report_id, at=AT + timedelta(days=1))
    two.harvest()
    monkeypatch.setattr(harvesting, "_is_settled", lambda *_: False)
    two.harvest(ask=lambda _: old)
    assert [one.title for one in two.found()] == ["Canary"]


def test_one_version_never_says_two_things(two: Pair) -> None:
    put(two.kit, title="First")
    two.pin()
    two.harvest()
    with two.kit.make.store.session() as db:
        signer = actions.present_signer(db, at=LATER, secret=two.kit.make.store.settings.secret_key)

    def rewrite(page: dict[str, Any]) -> None:
        page["items"][0]["record"]["title"] = "Second"
        page["items"][0]["signature"] = signer.sign(rules.canonical(page["items"][0]["record"]))

    original = two.ask(f"{ADDRESS}/federation/published")
    two.harvest(ask=lambda _: changed(original, rewrite))
    assert [one.title for one in two.found()] == ["First"]


def test_a_new_key_is_not_believed_until_an_operator_says_so(two: Pair) -> None:
    put(two.kit, title="One")
    two.pin()
    two.harvest()
    with two.kit.make.store.session() as db:
        actions.rotate(db, at=LATER, secret=two.kit.make.store.settings.secret_key)
    put(two.kit, title="Two", at=AT + timedelta(days=1))
    assert "signature does not fit the pinned key" in two.harvest()
    assert [one.title for one in two.found()] == ["One"]
    told = two.client.get("/.well-known/qiplatform.json").json()
    assert [bool(one["retired_at"]) for one in told["keys"]] == [False, True]
    two.pin()
    assert two.harvest() == "1 taken, 1 known already."


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "its answer could not be read"),
        (b"<html>", "its answer could not be read"),
        (b"[" * 100_000, "its answer could not be read"),
        (b'{"format": "qiplatform-federation/1", "items": [], "next": null, "resume": 1.5}', "could not be read"),
        (b'{"format": "other/1", "items": [], "next": null, "resume": ""}', "its answer could not be read"),
        (b'{"items": [], "items": []}', "its answer could not be read"),
        (b'{"format": "qiplatform-federation/1", "items": [%s], "next": null, "resume": ""}' % b",".join(
            [b'{"record": {}, "signature": "", "key": ""}'] * 101), "its answer could not be read"),
        (b'{"n": ' + b"9" * 5000 + b"}", "its answer could not be read"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_a_sentence_and_nothing_breaks(two: Pair, body: bytes, why: str) -> None:
    put(two.kit)
    two.pin()
    assert why in two.harvest(ask=lambda _: body)
    assert two.harvest() == "1 taken."


def _signed_with(two: Pair, **words: Any) -> bytes:
    """Return a page whose publisher itself signs something odd."""
    with two.kit.make.store.session() as db:
        signer = actions.present_signer(db, at=LATER, secret=two.kit.make.store.settings.secret_key)

    def odd(page: dict[str, Any]) -> None:
        item = page["items"][0]
        item["record"].update(words)
        item["signature"] = signer.sign(rules.canonical(item["record"]))

    return changed(two.ask(f"{ADDRESS}/federation/published"), odd)


@pytest.mark.parametrize(
    "words",
    [
        {"result": "splendid"},
        {"version": 0},
        {"version": "2"},
        {"title": ""},
        {"title": "x" * 500},
        {"title": "NUL \x00"},
        {"topics": "falls"},
        {"sections": {"did": "x" * 30_000}},
        {"sections": {str(n): "x" * 10_000 for n in range(40)}},
        {"address": "javascript:alert(1)"},
        {"address": "https://planted.example.org/published/x"},
        {"installation": "https://planted.example.org"},
        {"id": "../../x"},
        {"status": "hidden"},
        {"changed_at": "yesterday"},
    ],
)
def test_even_a_trusted_peer_gets_nothing_odd_in(two: Pair, words: dict[str, Any]) -> None:
    put(two.kit)
    two.pin()
    odd = _signed_with(two, **words)
    assert "1 not taken" in two.harvest(ask=lambda _: odd)
    assert two.found() == []


def test_what_a_later_version_adds_is_passed_by(two: Pair) -> None:
    put(two.kit)
    two.pin()
    more = _signed_with(two, planned="something new")
    assert two.harvest(ask=lambda _: more) == "1 taken."


def test_a_peer_cannot_fill_the_disk(two: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvesting, "MOST_REPORTS", 2)
    for _ in range(4):
        put(two.kit)
    two.pin()
    assert "2 taken; 2 not taken" in two.harvest()
    assert len(two.found()) == 2
