"""A page that is kept between visits never says less than one made anew, and carries each visit's own secrets."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from qiplatform import clock
from qiplatform.accounts.models import User
from qiplatform.measures import actions, queries
from qiplatform.measures.models import Measure
from qiplatform.measures.pages import standing
from qiplatform.measures.rules import Level, definition_of
from qiplatform.projects.models import Project
from tests.support.client import Client
from tests.support.measure_pages import text, with_numbers
from tests.support.measures import AT, Measures, rows
from tests.support.queries import counted

STEADY = ["50", "52", "49", "51", "50", "52", "49", "51", "50", "52", "49", "51", "90"]
Change = Callable[[Measures, User, Measure], None]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    standing.PAGES.clear()
    yield
    standing.PAGES.clear()


def plain(html: str) -> str:
    """Return a page without what is new at each visit."""
    return re.sub(r'(nonce|value)="[\w-]{20,}"|"X-CSRF-Token": "\w+"', "", html)


def decided(name: str) -> Change:
    """Return a change that makes a decision of this name."""

    def change(measures: Measures, lead: User, measure: Measure) -> None:
        with measures.store.session() as db:
            seen, on = queries.get(db, lead, measure.id), date(2024, 7, 1)
            match name:
                case "note":
                    actions.annotate(db, by=lead, at=AT, seen=seen, period=on, text="Snow")
                case "phase":
                    actions.start_phase(db, by=lead, at=AT, seen=seen, from_on=on, reason="New way")
                case "exclusion":
                    actions.exclude(db, by=lead, at=AT, seen=seen, period=on, reason="Strike")
                case "band":
                    actions.show_band(
                        db, measure_id=measure.id, key="cycle:1", starts_on=on, ends_on=None, label="PDSA 1"
                    )
                case "taken back":
                    note = actions.annotate(db, by=lead, at=AT, seen=seen, period=on, text="Snow")
                    actions.take_back(db, by=lead, at=AT, seen=seen, decision_id=note.id)
                case "definition":
                    record = queries.record(db, seen.measure)
                    wanted = definition_of(seen.measure, record.targets)
                    actions.change(
                        db,
                        by=lead,
                        at=AT,
                        seen=seen,
                        definition=replace(wanted, name="Another name", targets=(Level(None, "60"),)),
                        version=seen.measure.version,
                    )
                case "project":
                    db.get_one(Project, measure.project_id).title = "Another title"

    return change


def number(measures: Measures, lead: User, measure: Measure) -> None:
    """Change a number."""
    measures.put(lead, measure, rows(["51"]))


CHANGES = {
    "number": number,
    **{
        one: decided(one)
        for one in ("note", "phase", "exclusion", "band", "taken back", "definition", "project")
    },
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_at_the_next_visit(
    page: Client, measures: Measures, lead: User, change: Change
) -> None:
    measure = with_numbers(measures, lead, STEADY)
    address = f"/measures/{measure.id}"
    before = page.get(address).text
    assert plain(page.get(address).text) == plain(before)
    change(measures, lead, measure)
    kept = page.get(address).text
    standing.PAGES.clear()
    assert plain(kept) == plain(page.get(address).text)
    assert plain(kept) != plain(before)


def test_a_key_without_the_data_version_would_be_seen(
    page: Client, measures: Measures, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = standing.key
    monkeypatch.setattr(standing, "key", lambda *given, **more: whole(*given, **more)[3:])
    with pytest.raises(AssertionError):
        test_a_change_is_seen_at_the_next_visit(page, measures, lead, number)


def test_a_kept_page_asks_who_comes_and_nothing_else(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, STEADY)
    address = f"/measures/{measure.id}"
    page.get(address)
    with counted(measures.store) as asked:
        assert page.get(address).status_code == 200
    assert len(asked) <= 5, asked
    assert not any("data_point" in one for one in asked)


def test_each_visit_has_its_own_secrets(page: Client, measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, STEADY)
    address = f"/measures/{measure.id}"
    first, second = page.get(address), page.get(address)
    nonces = [re.findall(r'nonce="([^"]+)"', one.text) for one in (first, second)]
    assert nonces[0]
    assert nonces[0] != nonces[1]
    for one, nonce in zip((first, second), nonces, strict=True):
        assert f"'nonce-{nonce[0]}'" in one.headers["content-security-policy"]
        assert "sign-" not in "".join(re.findall(r'value="(sign-[^"]*)"', one.text))
    other = Client(page.app).as_(lead)  # type: ignore[arg-type]  # the app of the page
    theirs = other.get(address).text
    token = re.search(r'name="csrf_token" value="(\w+)"', theirs)
    mine = re.search(r'name="csrf_token" value="(\w+)"', first.text)
    assert token is not None
    assert mine is not None
    assert token[1] != mine[1]
    sent = {"points/2025-02-01/value": "50", "csrf_token": token[1]}
    assert other.post(address, data=sent).status_code == 303


def test_saved_is_said_for_an_hour(
    page: Client, measures: Measures, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure = with_numbers(measures, lead, STEADY)
    address = f"/measures/{measure.id}"
    page.submit(address, {"points/2025-02-01/value": "50"})
    assert "Saved" in text(page.get(address).text)
    later = clock.now() + timedelta(minutes=61)
    page.app.dependency_overrides[clock.now] = lambda: later  # type: ignore[attr-defined]  # FastAPI's
    assert "Saved " not in text(page.get(address).text)
