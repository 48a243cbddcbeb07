"""The version of what a chart shows: one writer at a time for each measure, and a count of the changes."""

from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from qiplatform.measures.models import Measure

_TABLE = cast("Table", Measure.__table__)


def hold(db: Session, measure: Measure) -> None:
    """Let no other transaction change this measure's numbers or decisions before this one ends.

    SQLite's writers wait for each other anyway; PostgreSQL locks the row.
    """
    db.execute(select(_TABLE.c.id).where(_TABLE.c.id == measure.id).with_for_update())


def count_change(db: Session, measure: Measure) -> None:
    """Count a change of what the chart shows.

    Past the mapper, so that `version` stays: an open form of the definition is not outdated by a new number.
    """
    bumped = update(_TABLE).where(_TABLE.c.id == measure.id).values(data_version=_TABLE.c.data_version + 1)
    set_committed_value(measure, "data_version", db.scalar(bumped.returning(_TABLE.c.data_version)))
