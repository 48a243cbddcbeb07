"""New signals noted once, and the team told of the newest."""

from collections import defaultdict
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

import spc
from qiplatform.measures import queries, rules
from qiplatform.measures.models import Measure, SignalSeen
from qiplatform.measures.rules.signals import SignalName, name
from qiplatform.notices import actions as notices
from qiplatform.projects.models import TeamMember

_TABLE = cast("Table", Measure.__table__)
_AT_A_TIME = 200


def note_new_signals(db: Session, *, at: datetime) -> int:
    """Look through the charts that changed since the last time; return how many signals were new.

    Each signal is noted once, by measure, rule, direction and first period. The team is told of the newest of a chart
    only, so that a first import of old numbers is one notice and not twenty.
    """
    changed = select(Measure).where(Measure.data_version > Measure.signals_version).order_by(Measure.id)
    measures = list(db.scalars(changed.limit(_AT_A_TIME)))
    if not measures:
        return 0
    ids = [measure.id for measure in measures]
    seen: dict[str, set[SignalName]] = defaultdict(set)
    for one in db.scalars(select(SignalSeen).where(SignalSeen.measure_id.in_(ids))):
        seen[one.measure_id].add(SignalName(one.rule, one.direction, one.first_on))
    teams = _teams(db, {measure.project_id for measure in measures})
    records = queries.records(db, measures)
    count = 0
    for measure in measures:
        result = rules.analyse(records[measure.id])
        new = {called: one for one in result.signals if (called := name(result, one)) not in seen[measure.id]}
        db.add_all(
            SignalSeen(
                measure_id=measure.id,
                rule=one.rule,
                direction=one.direction,
                first_on=one.first_on,
                seen_at=at,
            )
            for one in new
        )
        if new:
            _tell(db, at, measure, teams.get(measure.project_id, []), new)
        count += len(new)
    db.flush()
    # The versions that were read: a number that came in meanwhile is looked at the next time.
    looked = (
        update(_TABLE).where(_TABLE.c.id == bindparam("measure")).values(signals_version=bindparam("looked"))
    )
    db.connection().execute(looked, [{"measure": one.id, "looked": one.data_version} for one in measures])
    return count


def _tell(
    db: Session, at: datetime, measure: Measure, team: list[str], new: dict[SignalName, spc.Signal]
) -> None:
    called, newest = max(new.items(), key=lambda one: (one[1].last, one[1].first))
    notices.tell(
        db,
        at=at,
        user_ids=team,
        text=f"{measure.name}: {newest.words}",
        href=f"/measures/{measure.id}",
        key=f"signal:{measure.id}:{called.rule}:{called.direction}:{called.first_on.isoformat()}",
    )


def _teams(db: Session, project_ids: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = select(TeamMember.project_id, TeamMember.user_id).where(TeamMember.project_id.in_(project_ids))
    for row in db.execute(rows):
        found[row.project_id].append(row.user_id)
    return found
