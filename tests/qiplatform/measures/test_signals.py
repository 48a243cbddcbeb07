"""New signals are noted once, and the team is told of the newest."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from qiplatform.accounts.models import User
from qiplatform.measures import actions
from qiplatform.measures.models import Measure, SignalSeen
from qiplatform.notices import queries as notices
from qiplatform.store.session import Store
from tests.support.factories import Factory
from tests.support.measures import AT, Measures, rows
from tests.support.queries import counted

QUIET = ["50", "52", "48", "51", "49", "50", "53", "47", "50", "51", "49", "52"]
NOW = datetime(2026, 3, 4, tzinfo=UTC)


def note(store: Store) -> int:
    with store.session() as db:
        return actions.note_new_signals(db, at=NOW)


def told(store: Store, user: User) -> list[str]:
    with store.session(reading=True) as db:
        return [f"{one.text} {one.href}" for one in notices.unseen_of(db, user)]


def test_ordinary_variation_tells_nobody(store: Store, make: Factory) -> None:
    lead, measures = make.user("Lead"), Measures(store)
    measures.put(lead, measures.measure(lead), rows(QUIET))
    assert note(store) == 0
    assert told(store, lead) == []


def test_a_new_signal_is_told_once(store: Store, make: Factory) -> None:
    lead, stranger, measures = make.user("Lead"), make.user("Stranger"), Measures(store)
    measure = measures.measure(lead)
    measures.put(lead, measure, rows([*QUIET, "80"]))
    assert note(store) == 1
    (line,) = told(store, lead)
    assert line.startswith("Waiting time: 1 point above the upper limit")
    assert line.endswith(f"/measures/{measure.id}")
    assert told(store, stranger) == []
    assert note(store) == 0
    measures.put(lead, measure, rows([*QUIET, "80", "50"]))
    assert note(store) == 0
    assert len(told(store, lead)) == 1
    measures.put(lead, measure, rows([*QUIET, "80", "50", "5"]))
    assert note(store) == 1
    assert len(told(store, lead)) == 2


def test_many_old_signals_at_once_are_one_notice(store: Store, make: Factory) -> None:
    lead, measures = make.user("Lead"), Measures(store)
    measures.put(lead, measures.measure(lead), rows([*QUIET, "90", *QUIET, "5", *QUIET, "95"]))
    assert note(store) == 3
    assert len(told(store, lead)) == 1


def test_only_what_changed_is_read_again(store: Store, make: Factory) -> None:
    lead, measures = make.user("Lead"), Measures(store)
    measures.put(lead, measures.measure(lead), rows([*QUIET, "80"]))
    note(store)
    with counted(store) as asked:
        note(store)
    assert len(asked) == 1
    with store.session(reading=True) as db:
        assert db.scalar(select(func.count()).select_from(SignalSeen)) == 1
        assert db.scalars(select(Measure.data_version - Measure.signals_version)).all() == [0]


def test_a_number_that_comes_in_meanwhile_is_looked_at_the_next_time(store: Store, make: Factory) -> None:
    lead, measures = make.user("Lead"), Measures(store)
    measure = measures.measure(lead)
    measures.put(lead, measure, rows(QUIET), at=AT)
    note(store)
    measures.put(lead, measure, rows([*QUIET, "80"]))
    assert note(store) == 1
