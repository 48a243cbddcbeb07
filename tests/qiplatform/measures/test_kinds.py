"""The closed list of decisions: the database keeps it, also after the step down and up again."""

from datetime import date

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from qiplatform import schema
from qiplatform.accounts.models import User
from qiplatform.measures import actions, queries
from qiplatform.measures.models import Measure
from qiplatform.measures.rules.signals import SignalName
from tests.support.measure_pages import with_numbers
from tests.support.measures import AT, Measures

STEPPED = [
    *("50", "52", "49", "51", "48", "50", "52", "49", "51", "50"),
    *("58", "60", "59", "57", "60", "58", "59", "61"),
]
INTO = "INSERT INTO measure_decision (id, measure_id, kind, from_on, text, rule, direction, by_id, at) VALUES ('x', :measure, :kind, '2024-05-01', '', '', '', :by, '2026-03-03 09:00:00')"
BEFORE = INTO.replace("rule, direction, ", "").replace("'', '', '', ", "'', ")


def _before() -> str:
    """Return the revision before the one that lets whys and answers be kept."""
    script = ScriptDirectory.from_config(schema.config())
    (found,) = [one for one in script.walk_revisions() if one.path.endswith("_measures_answers.py")]
    return str(found.down_revision)


def _put(measures: Measures, measure: Measure, lead: User, kind: str, statement: str = INTO) -> None:
    with measures.store.engine.begin() as connection:
        connection.execute(text(statement), {"measure": measure.id, "by": lead.id, "kind": kind})


def test_a_kind_that_is_not_in_the_list_is_refused(measures: Measures, lead: User) -> None:
    measure = measures.measure(lead)
    with pytest.raises(IntegrityError):
        _put(measures, measure, lead, "verdict")
    _put(measures, measure, lead, "wait")


def test_down_keeps_notes_and_phases_and_up_again_allows_whys(measures: Measures, lead: User) -> None:
    measure = with_numbers(measures, lead, STEPPED)
    with measures.store.session() as db:
        seen = queries.get(db, lead, measure.id)
        about = SignalName("shift", "high", date(2024, 11, 1))
        actions.annotate(db, by=lead, at=AT, seen=seen, period=date(2024, 5, 1), text="Half term")
        actions.say_why(db, by=lead, at=AT, seen=seen, about=about, text="A new rota")
    schema.migrate(measures.store, _before())
    with pytest.raises(IntegrityError):
        _put(measures, measure, lead, "why", BEFORE)
    schema.migrate(measures.store, "head")
    record = measures.record(measure)
    assert [one.text for one in record.decisions] == ["Half term"]
    _put(measures, measure, lead, "why")
