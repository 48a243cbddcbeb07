"""Who took an idea up, generation by generation: read from public tables only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from qiplatform.accounts.models import User
from qiplatform.errors import NotFound
from qiplatform.learning.models import AdopterNote, Adoption, PublicNote
from qiplatform.learning.queries.public import PublishedReport, public_of
from qiplatform.projects.models import Project

MOST_GENERATIONS = 6
MOST_REPORTS = 100


@dataclass(slots=True)
class Branch:
    """One report, the notes of those who took it up and published no report, how many tell nothing, and the reports that follow."""

    report: PublishedReport
    notes: list[PublicNote] = field(default_factory=list)
    silent: int = 0
    children: list["Branch"] = field(default_factory=list)

    def every(self) -> list["Branch"]:
        """Return this branch and all that follow from it, itself first."""
        return [self, *(one for child in self.children for one in child.every())]


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """A note that waits for a curator, with the title of the project it is of."""

    note: AdopterNote
    title: str


def lineage(db: Session, root: PublishedReport) -> Branch:
    """Return everything public that began with a report, in one question a generation."""
    adopted: dict[str, list[tuple[str, str | None]]] = {}
    level, seen = [root.report_id], {root.report_id}
    for _ in range(MOST_GENERATIONS):
        rows = db.execute(
            select(Adoption.report_id, Adoption.project_id, Adoption.told_by_id)
            .where(Adoption.report_id.in_(level))
            .order_by(Adoption.at)
        ).all()
        for report_id, project_id, told_by in rows:
            adopted.setdefault(report_id, []).append((project_id, told_by))
        level = [one for *_, one in rows if one is not None and one not in seen][:MOST_REPORTS]
        seen |= set(level)
        if not level:
            break
    reports = public_of(db, sorted(seen - {root.report_id}))
    notes = {
        one.project_id: one for one in db.scalars(select(PublicNote).where(PublicNote.report_id.in_(seen)))
    }
    return _branch(root, adopted, reports, notes, set())


def _branch(
    report: PublishedReport,
    adopted: Mapping[str, Sequence[tuple[str, str | None]]],
    reports: Mapping[str, PublishedReport],
    notes: Mapping[str, PublicNote],
    above: set[str],
) -> Branch:
    made = Branch(report)
    above = above | {report.report_id}
    for project_id, told_by in adopted.get(report.report_id, ()):
        report_of = reports.get(told_by) if told_by is not None and told_by not in above else None
        if report_of is not None:
            made.children.append(_branch(report_of, adopted, reports, notes, above))
        elif project_id in notes:
            made.notes.append(notes[project_id])
        else:
            made.silent += 1
    return made


def note_of(db: Session, project_id: str) -> AdopterNote | None:
    """Return what a project's team wrote of the idea it began with."""
    return db.get(AdopterNote, project_id)


def waiting_notes(db: Session) -> list[WaitingNote]:
    """Return the notes that wait for a curator, the longest waiting first."""
    query = select(AdopterNote, Project.title).join(Project, Project.id == AdopterNote.project_id)
    rows = db.execute(query.where(AdopterNote.settled_at.is_(None)).order_by(AdopterNote.written_at))
    return [WaitingNote(note, title) for note, title in rows]


def waiting_note(db: Session, user: User, project_id: str) -> AdopterNote:
    """Return a note to a curator, or raise `NotFound`."""
    row = db.get(AdopterNote, project_id) if user.is_curator else None
    if row is None:
        raise NotFound
    return row
