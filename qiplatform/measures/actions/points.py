"""Numbers put: all of them or none, with the history of every change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.accounts import queries as accounts
from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, Mistake, Stale
from qiplatform.measures.actions.versions import count_change, hold
from qiplatform.measures.models import DataPoint, Measure, PointChange
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import grid, periods, points
from qiplatform.measures.rules.points import Places, PointRow
from qiplatform.organisations.rules import Right, check_may
from qiplatform.store import audit


class IfDifferent(StrEnum):
    """What to do with a period that has other numbers already."""

    REPLACE = "replace"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class PutOutcome:
    """How many periods were new, were so already, and were changed."""

    added: int = 0
    unchanged: int = 0
    changed: int = 0


def put_points(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenMeasure,
    rows: Sequence[PointRow],
    if_different: IfDifferent = IfDifferent.REFUSE,
    places: Places | None = None,
) -> PutOutcome:
    """Put the numbers of some periods. Any mistake refuses them all; putting the same again changes nothing.

    A row that carries the version its sender had in view is refused (`Stale`) when somebody changed it since, with
    both values said.
    """
    check_may(Right.WORK_ON_PROJECT, seen.project.roles)
    measure, places = seen.measure, places or points.in_order(len(rows))
    hold(db, measure)
    kept = {
        one.period: one for one in db.scalars(select(DataPoint).where(DataPoint.measure_id == measure.id))
    }
    rows = _merged(db, measure, kept, rows, places)
    if found := points.mistakes(measure, rows, places):
        raise Invalid(_summary(found), *found)
    if if_different is IfDifferent.REFUSE:
        _check_same(measure, kept, rows, places)
    added = changed = 0
    for row in rows:
        point = kept.get(row.period)
        if point is not None and not points.differs(point, row):
            continue
        before = None if point is None else points.content(point)
        if point is None:
            if not any(row.numbers) and not row.note:
                continue
            added += 1
            point = DataPoint(
                measure_id=measure.id, period=row.period, value="", numerator="", denominator="", note=""
            )
            db.add(point)
        else:
            changed += 1
        point.value, point.numerator, point.denominator = row.numbers
        point.note = point.note if row.note is None else row.note
        db.add(
            PointChange(
                measure_id=measure.id,
                period=row.period,
                by_id=by.id,
                at=at,
                before=before,
                after=points.content(point),
            )
        )
    if added or changed:
        db.flush()
        count_change(db, measure)
        audit.record(
            db,
            at=at,
            by=by.id,
            action="measures.put_points",
            subject=measure.id,
            added=added,
            changed=changed,
        )
    return PutOutcome(added, len(rows) - added - changed, changed)


def _summary(found: Sequence[Mistake]) -> str:
    return (
        found[0].message
        if len(found) == 1
        else f"Nothing was saved: {len(found)} things need to be put right."
    )


def _check_same(
    measure: Measure, kept: dict[date, DataPoint], rows: Sequence[PointRow], places: Places
) -> None:
    found = []
    for place, row in enumerate(rows):
        point = kept.get(row.period)
        if point is None or not points.differs(point, row):
            continue
        field = next(
            (
                name
                for name, text in zip(points.FIELDS, row.numbers, strict=True)
                if getattr(point, name) != text
            ),
            "note",
        )
        already = _said(measure, point)
        words = f"{periods.label(measure.frequency, row.period)} already has {already}. Say that it is to be replaced, or leave it out."
        if field == "note":
            words = f"{periods.label(measure.frequency, row.period)} already has another note. Say that it is to be replaced, or leave it out."
        found.append(Mistake(places.address(place, field), words))
    if found:
        raise Invalid(_summary(found), *found)


def _merged(
    db: Session, measure: Measure, kept: dict[date, DataPoint], rows: Sequence[PointRow], places: Places
) -> list[PointRow]:
    """Take in what others changed since a row was shown; refuse where two people changed one cell."""
    taken, both = [], []
    for place, row in enumerate(rows):
        point = kept.get(row.period)
        made, cells = grid.merged(row, point)
        if point is not None and row.version is not None and row.base is None and _outdated(row, point):
            cells = (points.FIELDS[1] if row.numerator or row.denominator else points.FIELDS[0],)
        taken.append(made)
        both += [(place, row, point, cell) for cell in cells if point is not None]
    if both:
        who = _last_changed_by(db, measure, [row.period for _, row, _, _ in both])
        found = [
            Mistake(places.address(place, cell), _conflict(measure, row, point, cell, who))
            for place, row, point, cell in both
        ]
        several = f"{len(found)} numbers were changed by somebody else while you typed. Nothing was saved."
        raise Stale(found[0].message if len(found) == 1 else several, *found)
    return taken


def _outdated(row: PointRow, point: DataPoint) -> bool:
    return point.version != row.version and points.differs(point, row)


def _conflict(measure: Measure, row: PointRow, point: DataPoint, cell: str, who: dict[date, str]) -> str:
    somebody, period = who.get(row.period, "Somebody"), periods.label(measure.frequency, row.period)
    if cell == "note":
        return (
            f"{somebody} changed the note of {period} to “{point.note}” while you typed “{row.note or ''}”."
        )
    mine = points.in_words(measure.chart, row.numbers)
    return f"{somebody} changed {period} to {_said(measure, point)} while you typed {mine}."


def _last_changed_by(db: Session, measure: Measure, days: Sequence[date]) -> dict[date, str]:
    rows = select(PointChange.period, PointChange.by_id).where(
        PointChange.measure_id == measure.id, PointChange.period.in_(days)
    )
    last = {row.period: row.by_id for row in db.execute(rows.order_by(PointChange.id))}
    names = accounts.names(db, set(last.values()))
    return {period: names[by_id] for period, by_id in last.items() if by_id in names}


def _said(measure: Measure, point: DataPoint) -> str:
    return points.in_words(measure.chart, (point.value, point.numerator, point.denominator))
