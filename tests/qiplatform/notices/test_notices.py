"""Notices: told once, read by one person only, seen when they say so."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from qiplatform.notices import actions, queries
from qiplatform.notices.models import Notice
from qiplatform.store.session import Store
from tests.support.client import Client
from tests.support.factories import Factory

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def _tell(
    store: Store, *users: str, key: str = "signal-1", text: str = "Special cause: 7 points above the mean."
) -> int:
    with store.session() as db:
        return actions.tell(db, at=AT, user_ids=users, text=text, href="/measures/1", key=key)


def test_nobody_is_told_the_same_twice(store: Store, make: Factory) -> None:
    anna, ben = make.user(), make.user()
    assert _tell(store, anna.id, anna.id) == 1
    assert _tell(store, anna.id, ben.id) == 1, "Ben only: Anna knows"
    assert _tell(store, anna.id, ben.id) == 0
    assert _tell(store, anna.id, key="signal-2") == 1, "another key is another thing to tell"
    with store.session() as db:
        assert db.scalar(select(func.count()).select_from(Notice)) == 3


def test_what_was_seen_is_not_told_again(store: Store, make: Factory) -> None:
    anna = make.user()
    _tell(store, anna.id)
    with store.session() as db:
        newest = queries.unseen_of(db, anna)[0].id
        actions.see_all(db, by=anna, at=LATER, newest=newest)
    _tell(store, anna.id)
    with store.session() as db:
        assert queries.unseen_of(db, anna) == []


def test_telling_nobody_tells_nobody(store: Store) -> None:
    assert _tell(store) == 0


@pytest.mark.parametrize(
    "href", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""]
)
def test_a_notice_never_leads_to_another_site(store: Store, make: Factory, href: str) -> None:
    anna = make.user()
    with pytest.raises(ValueError, match="a page of this service"), store.session() as db:
        actions.tell(db, at=AT, user_ids=[anna.id], text="Look", href=href, key="x")


def test_the_page_shows_mine_and_nobody_elses(client: Client, store: Store, make: Factory) -> None:
    anna, ben = make.user(), make.user()
    _tell(store, anna.id, text="For <b>Anna</b> & nobody else")
    mine = client.as_(anna).get("/notices")
    assert mine.status_code == 200
    assert "For &lt;b&gt;Anna&lt;/b&gt; &amp; nobody else" in mine.text
    assert "One new notice." in mine.text
    theirs = client.as_(ben).get("/notices")
    assert "nobody else" not in theirs.text
    assert "Nothing to tell you yet" in theirs.text


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/notices")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/notices")
    assert client.submit("/notices/seen", {"newest": "x"}).headers["location"].startswith("/sign-in")


def test_seen_means_everything_that_stood_on_the_page_and_nothing_newer(
    client: Client, store: Store, make: Factory
) -> None:
    anna, ben = make.user(), make.user()
    _tell(store, anna.id, ben.id, key="first")
    with store.session() as db:
        newest = queries.unseen_of(db, anna)[0].id
    _tell(store, anna.id, key="came while reading")
    assert client.as_(anna).submit("/notices/seen", {"newest": newest}).status_code == 303
    with store.session() as db:
        assert [row.key for row in queries.unseen_of(db, anna)] == ["came while reading"]
        assert queries.count_unseen(db, ben) == 1, "Ben's is his own"


def test_anothers_notice_cannot_be_marked(client: Client, store: Store, make: Factory) -> None:
    anna, ben = make.user(), make.user()
    _tell(store, anna.id)
    with store.session() as db:
        notice = queries.unseen_of(db, anna)[0].id
    assert client.as_(ben).submit("/notices/seen", {"notice": notice}).status_code == 404
    assert client.as_(anna).submit("/notices/seen", {"notice": notice}).status_code == 303
    with store.session() as db:
        first = db.get_one(Notice, notice).seen_at
    assert first is not None
    client.submit("/notices/seen", {"notice": notice})
    with store.session() as db:
        assert db.get_one(Notice, notice).seen_at == first, "the first time counts"


def test_an_unknown_field_is_refused(client: Client, make: Factory) -> None:
    assert client.as_(make.user()).submit("/notices/seen", {"everyone": "1"}).status_code == 422


def test_a_long_list_comes_in_pieces(client: Client, store: Store, make: Factory) -> None:
    anna = make.user()
    for number in range(55):
        _tell(store, anna.id, key=f"k{number}", text=f"Notice number {number:02}.")
    first = client.as_(anna).get("/notices").text
    assert "Notice number 54." in first
    assert "Notice number 04." not in first
    older = first.split('href="/notices?after=')[1].split('"')[0]
    rest = client.get(f"/notices?after={older}").text
    assert "Notice number 04." in rest
    assert "Notice number 05." not in rest
