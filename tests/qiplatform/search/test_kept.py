"""Searches that people keep, the word they are told once a week, and the feed for those without an account."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import func, select, update

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound, NotNow
from qiplatform.notices.models import Notice
from qiplatform.search import actions, queries
from qiplatform.search.models import SavedSearch
from qiplatform.search.pages import drawn
from qiplatform.search.rules import Question
from tests.support.client import Client
from tests.support.factories import AT, Factory
from tests.support.learning import reports
from workers import search as worker

BEFORE, LATER = AT - timedelta(days=1), AT + timedelta(days=7)


def _told(make: Factory, user: User) -> list[tuple[str, str]]:
    with make.store.session(reading=True) as db:
        return [
            (one.text, one.href)
            for one in db.scalars(
                select(Notice).where(Notice.user_id == user.id, Notice.key.like("search %"))
            )
        ]


def _tell(make: Factory) -> int:
    with make.store.session() as db:
        return actions.tell_searches(db, at=LATER)


def test_a_search_is_kept_through_the_page_and_let_go(client: Client, make: Factory) -> None:
    user = make.user()
    client = client.as_(user)
    page = client.get("/published?q=falls&topic=Night")
    assert "Keep this search" in page.text
    for asked in ("q=falls&topic=Night", "topic=Night&q=+falls+&page=3&sort=newest"):
        answer = client.submit("/searches", {"search": asked})
        assert answer.headers["location"].endswith("/searches")
    shown = client.get("/searches").text
    assert shown.count("Keep no longer") == 1, "the same search is kept once"
    assert "“falls” · Topic: Night" in shown
    with make.store.session(reading=True) as db:
        (one,) = queries.saved(db, user)
    client.submit(f"/searches/{one.id}/remove")
    assert "You keep no search yet" in client.get("/searches").text


def test_another_persons_search_is_not_there(make: Factory) -> None:
    mine, theirs = make.user(), make.user()
    with make.store.session() as db:
        kept = actions.keep(db, by=theirs, at=AT, query="q=falls")
        assert queries.saved(db, mine) == []
        with pytest.raises(NotFound):
            actions.let_go(db, by=mine, saved_id=kept.id)
        assert queries.count_saved(db, theirs) == 1


def test_people_are_told_once_of_what_is_new_and_has_every_word(make: Factory) -> None:
    user = make.user()
    with make.store.session() as db:
        actions.keep(db, by=user, at=BEFORE, query="q=night+falls")
        actions.keep(db, by=user, at=BEFORE, query="q=sepsis")
    kit = reports(make)
    kit.published("Fewer falls at night")
    kit.published("Falls by day")
    assert _tell(make) == 1
    assert _told(make, user) == [
        ("1 report is new for your search “night falls”.", "/published?q=night+falls&sort=newest")
    ]
    assert _tell(make) == 0, "what was told is not told again"
    assert len(_told(make, user)) == 1


def test_the_weekly_word_searches_by_the_installations_own_synonyms(make: Factory, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("snoozing = night", encoding="utf-8")
    user = make.user()
    with make.store.session() as db:
        actions.keep(db, by=user, at=BEFORE, query="q=snoozing")
    reports(make).published("Fewer falls at night")
    with make.store.session() as db:
        worker.tell_searches(db, LATER)
    assert _told(make, user) == [], "the platform's own file knows no such word"
    make.store.settings = replace(make.store.settings, synonyms=str(own))
    with make.store.session() as db:
        db.execute(update(SavedSearch).values(told_at=BEFORE))
        worker.tell_searches(db, LATER)
    assert len(_told(make, user)) == 1


def test_what_was_there_when_the_search_was_kept_is_not_new(make: Factory) -> None:
    user = make.user()
    reports(make).published("Fewer falls at night")
    with make.store.session() as db:
        actions.keep(db, by=user, at=AT, query="q=falls")
    assert _tell(make) == 0


def test_an_index_made_anew_tells_nobody_anything(make: Factory) -> None:
    user = make.user()
    reports(make).published("Fewer falls at night")
    with make.store.session() as db:
        actions.keep(db, by=user, at=AT, query="q=falls")
        actions.reindex(db, at=LATER, draw=drawn)
    assert _tell(make) == 0


def test_no_more_than_fifty_are_kept(make: Factory) -> None:
    user = make.user()
    with make.store.session() as db:
        for number in range(50):
            actions.keep(db, by=user, at=AT, query=f"q=word{number}")
        with pytest.raises(NotNow, match="Let one go first"):
            actions.keep(db, by=user, at=AT, query="q=more")
        actions.keep(db, by=user, at=AT, query="q=word7")
        assert db.scalar(select(func.count()).select_from(SavedSearch)) == 50


@pytest.mark.parametrize("typed", ["", "%00&&==", "q=%F0%9F", "page=9&sort=x", "topic=" + "x" * 900])
def test_whatever_is_kept_can_be_read_again(make: Factory, typed: str) -> None:
    user = make.user()
    with make.store.session() as db:
        kept = actions.keep(db, by=user, at=AT, query=typed)
        assert Question.read(kept.query).query == kept.query
        actions.tell_searches(db, at=LATER)


def test_a_stranger_follows_a_search_in_a_feed_reader(client: Client, make: Factory) -> None:
    kit = reports(make)
    version = kit.published("Fewer falls & <more>")
    kit.published("Shorter waits")
    answer = client.get("/feeds/search.atom", params={"q": "falls"})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    top = ET.fromstring(answer.text)  # noqa: S314 - our own feed
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert [one.text for one in top.findall("a:entry/a:title", space)] == ["Fewer falls & <more>"]
    assert str(top.findtext("a:entry/a:id", "", space)).endswith(f"/published/{version.report_id}")
    kit.withdraw(version.report_id)
    assert "Fewer falls" not in client.get("/feeds/search.atom", params={"q": "falls"}).text


def test_without_an_account_the_page_offers_the_feed_and_nothing_to_keep(client: Client) -> None:
    page = client.get("/published?q=falls").text
    assert "/feeds/search.atom?q=falls" in page
    assert "Keep this search" not in page
    assert client.get("/searches").status_code in {303, 401, 403}
