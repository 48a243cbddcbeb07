"""Files brought in: kept for a day, read as often as somebody looks, and put all at once or not at all."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, undefer

from qiplatform.accounts.models import User
from qiplatform.errors import Invalid, NotFound, Stale
from qiplatform.measures import queries
from qiplatform.measures.actions.points import IfDifferent, PutOutcome, put_points
from qiplatform.measures.actions.versions import hold
from qiplatform.measures.models import ImportFile
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import importing
from qiplatform.measures.rules.files import open_book
from qiplatform.measures.rules.importing import Choices, Reading
from qiplatform.organisations.rules import Right, check_may

_KEPT_FOR = timedelta(days=1)
_NAME_LENGTH = 200


def keep_file(
    db: Session, *, by: User, at: datetime, seen: SeenMeasure, name: str, content: bytes
) -> ImportFile:
    """Keep a file (or pasted text, with no name) that can be opened and holds no patient identifiers.

    It takes the place of what this person chose before for this measure; what is older than a day goes too.
    """
    check_may(Right.WORK_ON_PROJECT, seen.project.roles)
    field = importing.AT if name else "pasted"
    importing.check_no_identifiers(open_book(content, name, at=field), field)
    mine = (ImportFile.measure_id == seen.measure.id) & (ImportFile.by_id == by.id)
    db.execute(delete(ImportFile).where(or_(mine, ImportFile.at < at - _KEPT_FOR)))
    kept = ImportFile(
        measure_id=seen.measure.id, by_id=by.id, at=at, name=name[-_NAME_LENGTH:], content=content
    )
    db.add(kept)
    db.flush()
    return kept


def look(
    db: Session, *, by: User, at: datetime, seen: SeenMeasure, file_id: str, choices: Choices
) -> tuple[ImportFile, Reading]:
    """Read a kept file as somebody chose, beside the numbers that are there; keep nothing of it."""
    check_may(Right.WORK_ON_PROJECT, seen.project.roles)
    kept = _kept(db, by, seen, file_id)
    if kept is None:
        raise NotFound("The file is not kept any longer, or was saved already. Choose it again.")
    return kept, _read(db, at, seen, kept, choices)


def put_file(
    db: Session,
    *,
    by: User,
    at: datetime,
    seen: SeenMeasure,
    file_id: str,
    choices: Choices,
    data_version: int,
) -> PutOutcome | None:
    """Put every row of a kept file or none; None when it was put already (a button pressed twice).

    Refuses when something is still open, and when the measure's numbers changed since they were shown.
    """
    check_may(Right.WORK_ON_PROJECT, seen.project.roles)
    hold(db, seen.measure)
    kept = _kept(db, by, seen, file_id)
    if kept is None:
        return None
    db.refresh(seen.measure)
    if seen.measure.data_version != data_version:
        raise Stale(
            "Somebody changed this measure while you looked. Nothing was saved: look at the rows once more."
        )
    reading = _read(db, at, seen, kept, choices)
    if not reading.ready:
        raise Invalid("Nothing was saved: something is still open.", *reading.faults)
    if reading.count("changed") and choices.different is None:
        raise Invalid.one("different", "Say what to do with the numbers that are already here and differ.")
    done = put_points(db, by=by, at=at, seen=seen, rows=reading.rows, if_different=IfDifferent.REPLACE)
    db.delete(kept)
    db.flush()
    return done


def _kept(db: Session, by: User, seen: SeenMeasure, file_id: str) -> ImportFile | None:
    mine = (
        ImportFile.id == file_id,
        ImportFile.measure_id == seen.measure.id,
        ImportFile.by_id == by.id,
    )
    return db.scalar(select(ImportFile).where(*mine).options(undefer(ImportFile.content)))


def _read(db: Session, at: datetime, seen: SeenMeasure, kept: ImportFile, choices: Choices) -> Reading:
    book = open_book(
        kept.content,
        kept.name,
        encoding=choices.encoding,
        delimiter=choices.delimiter,
        sheet=choices.sheet,
    )
    points = queries.record(db, seen.measure).points
    return importing.read_book(seen.measure, book, points, choices, at.date())
