"""Measures defined and changed."""

import hashlib
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import Stale
from qiplatform.measures import queries, rules
from qiplatform.measures.actions.versions import count_change, hold
from qiplatform.measures.models import Measure, Target
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Definition
from qiplatform.measures.rules.definitions import OWN_FIELDS, as_text
from qiplatform.organisations.rules import Right, check_may
from qiplatform.projects.queries import Seen
from qiplatform.store import audit, idempotency


def define(
    db: Session, *, by: User, at: datetime, seen: Seen, definition: Definition, once: str = ""
) -> Measure:
    """Define a measure of a project.

    `once` names the form or request it came from: sent twice, it makes one measure.
    """
    check_may(Right.WORK_ON_PROJECT, seen.roles)
    rules.check_definition(definition)
    digest = hashlib.sha256(repr((seen.project.id, definition)).encode()).hexdigest()
    if (
        once
        and (answer := idempotency.earlier_answer(db, by=by.id, key=f"define:{once}", digest=digest))
        is not None
    ):
        return db.get_one(Measure, answer["id"])
    values = {name: getattr(definition, name) for name in OWN_FIELDS}
    values["profile"] = definition.profile or rules.default_profile(definition.chart)
    measure = Measure(project_id=seen.project.id, defined_by_id=by.id, defined_at=at, **values)
    db.add(measure)
    db.flush()
    _put_targets(db, measure, definition)
    audit.record(
        db,
        at=at,
        by=by.id,
        action="measures.define",
        subject=measure.id,
        project=seen.project.id,
        name=definition.name,
    )
    if once:
        idempotency.keep_answer(
            db, at=at, by=by.id, key=f"define:{once}", digest=digest, answer={"id": measure.id}
        )
    db.flush()
    return measure


def change(
    db: Session, *, by: User, at: datetime, seen: SeenMeasure, definition: Definition, version: int
) -> Measure:
    """Change a measure's definition; refuse when it was changed since `version` was read."""
    check_may(Right.WORK_ON_PROJECT, seen.project.roles)
    measure = seen.measure
    hold(db, measure)
    if measure.version != version:
        words = "Somebody else changed this measure while you had it open. Look at it again, then make your change."
        raise Stale(words)
    rules.check_definition(definition)
    record = queries.record(db, measure)
    rules.check_still_fits(record, definition)
    before = rules.definition_of(measure, record.targets)
    for name in OWN_FIELDS:
        setattr(measure, name, getattr(definition, name))
    measure.profile = definition.profile or rules.default_profile(definition.chart)
    if definition.targets != before.targets:
        db.execute(delete(Target).where(Target.measure_id == measure.id))
        _put_targets(db, measure, definition)
    after = rules.definition_of(measure, ())
    changed = {
        name: as_text(getattr(before, name))
        for name in OWN_FIELDS
        if getattr(before, name) != getattr(after, name)
    }
    if definition.targets != before.targets:
        changed["targets"] = "; ".join(f"{one.from_on or ''} {one.value}".strip() for one in before.targets)
    db.flush()
    if changed:
        count_change(db, measure)
        audit.record(db, at=at, by=by.id, action="measures.change", subject=measure.id, before=changed)
    return measure


def _put_targets(db: Session, measure: Measure, definition: Definition) -> None:
    db.add_all(
        Target(measure_id=measure.id, from_on=one.from_on, value=one.value) for one in definition.targets
    )
