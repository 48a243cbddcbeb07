"""The steps of a cycle: start, do, study, act."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.cycles import rules
from qiplatform.cycles.actions.keeping import checked, done, mark, show
from qiplatform.cycles.models import Act, Cycle, CycleStatus, Held
from qiplatform.cycles.queries import SeenCycle
from qiplatform.projects.models import IdeaState

_IDEA_STATE = {Act.ADOPT: IdeaState.ADOPTED, Act.ADAPT: IdeaState.TESTING, Act.ABANDON: IdeaState.ABANDONED}


def start(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    starts_on: date | None = None,
    version: int | None = None,
) -> Cycle:
    """Start the test; today unless another first day is given."""
    cycle = checked(seen, version)
    rules.check_can(CycleStatus.DOING, cycle.status)
    cycle.starts_on = starts_on or cycle.starts_on or at.date()
    rules.check_dates(cycle.starts_on, cycle.ends_on)
    _move(db, cycle, CycleStatus.DOING, at=at)
    mark(db, cycle, IdeaState.TESTING)
    show(db, cycle, seen.measure_ids)
    return done(db, by=by, at=at, cycle=cycle, verb="start")


def do(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    did: str,
    problems: str = "",
    ends_on: date | None = None,
    version: int | None = None,
) -> Cycle:
    """Write what happened; the cycle then waits to be studied."""
    cycle = checked(seen, version)
    rules.check_can(CycleStatus.STUDYING, cycle.status)
    rules.check_done(did, problems)
    cycle.did, cycle.problems = did, problems
    cycle.ends_on = ends_on or cycle.ends_on or at.date()
    rules.check_dates(cycle.starts_on, cycle.ends_on)
    _move(db, cycle, CycleStatus.STUDYING, at=at)
    show(db, cycle, seen.measure_ids)
    return done(db, by=by, at=at, cycle=cycle, verb="do")


def study(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    prediction_held: Held | None,
    studied: str,
    learned: str = "",
    version: int | None = None,
) -> Cycle:
    """Compare the result with the prediction."""
    cycle = checked(seen, version)
    rules.check_study(cycle.status, studied, prediction_held)
    rules.check_no_patient({"studied": studied, "learned": learned})
    cycle.prediction_held, cycle.studied, cycle.learned = prediction_held, studied, learned
    return done(db, by=by, at=at, cycle=cycle, verb="study")


def act(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    act: Act,
    reason: str = "",
    version: int | None = None,
) -> Cycle:
    """Adopt, adapt or abandon the change; the cycle is done."""
    cycle = checked(seen, version)
    rules.check_act(cycle.status, act, cycle.prediction_held, reason)
    rules.check_no_patient({"act_reason": reason})
    cycle.act, cycle.act_reason = act, reason
    _move(db, cycle, CycleStatus.DONE, at=at)
    mark(db, cycle, _IDEA_STATE[act])
    return done(db, by=by, at=at, cycle=cycle, verb="act")


def advance(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenCycle,
    starts_on: date | None = None,
    ends_on: date | None = None,
    did: str | None = None,
    problems: str = "",
    studied: str | None = None,
    learned: str = "",
    prediction_held: Held | None = None,
    decided: Act | None = None,
    reason: str = "",
    version: int | None = None,
) -> Cycle:
    """Take several steps at once, in their order; what was not sent is not done. One refused step refuses all."""
    cycle = checked(seen, version)
    if cycle.status is CycleStatus.PLANNED and (starts_on is not None or did is not None):
        start(db, by=by, at=at, seen=seen, starts_on=starts_on)
    if did is not None:
        do(db, by=by, at=at, seen=seen, did=did, problems=problems, ends_on=ends_on)
    if studied is not None or prediction_held is not None:
        held = prediction_held or cycle.prediction_held
        study(
            db,
            by=by,
            at=at,
            seen=seen,
            prediction_held=held,
            studied=studied or cycle.studied,
            learned=learned,
        )
    if decided is not None:
        act(db, by=by, at=at, seen=seen, act=decided, reason=reason)
    return cycle


def _move(db: Session, cycle: Cycle, to: CycleStatus, *, at: datetime) -> None:
    cycle.status, cycle.moved_at = to, at
    db.flush()
