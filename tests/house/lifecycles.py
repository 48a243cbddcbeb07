"""The courses of things, drawn from the tables that decide. `python -m tests.house.lifecycles` writes `docs/lifecycles.md`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from qiplatform.cycles import rules as cycles
from qiplatform.cycles.models import CycleStatus
from qiplatform.learning.models import ReportStatus
from qiplatform.learning.rules import lifecycle as reports
from qiplatform.projects import rules as projects
from qiplatform.projects.models import ProjectStatus
from tests.house import tree

FILE = tree.ROOT / "docs/lifecycles.md"
Table = Mapping[StrEnum, Mapping[StrEnum, str]]
S = TypeVar("S", bound=StrEnum)

_HEAD = """# The courses of things

Drawn from the tables that decide (`MOVES` in each room's rules); a test fails when the two differ. After changing a table:
`python -m tests.house.lifecycles`. What is not drawn is refused, and the rule that refuses also says why beside the button.
"""


@dataclass(frozen=True)
class Course:
    """One kind of thing, the table of its moves, and where it begins."""

    name: str
    where: str
    first: StrEnum
    moves: Table
    remark: str


def _table(moves: Mapping[S, Iterable[S]]) -> Table:
    """Return a table in one form: from where, to where, and the words of the move where it has some."""
    return {
        state: dict(to) if isinstance(to, Mapping) else dict.fromkeys(sorted(to), "")
        for state, to in moves.items()
    }


def courses() -> tuple[Course, ...]:
    """Return every course there is."""
    ending = ", ".join(sorted(f"*{one.value}*" for one in projects.NEEDS_REASON))
    return (
        Course(
            "Project",
            "qiplatform/projects/rules/course.py",
            ProjectStatus.PLANNING,
            _table(projects.MOVES),
            f"A lead decides. Moves into {ending} need their reason.",
        ),
        Course(
            "PDSA cycle",
            "qiplatform/cycles/rules.py",
            CycleStatus.PLANNED,
            _table(cycles.MOVES),
            "The plan can be changed while it is *planned*; the study is written while it is *studying*, before the decision. A test "
            "given up before its study needs its reason.",
        ),
        Course(
            "Report",
            "qiplatform/learning/rules/lifecycle.py",
            ReportStatus.DRAFT,
            _table(reports.MOVES),
            "The team submits; a checker from outside the team returns or publishes. A published version never changes.",
        ),
    )


def drawn(course: Course) -> str:
    """Return one course as a heading, a remark and a Mermaid diagram."""
    lines = [f"    [*] --> {course.first.value}"]
    for state, moves in course.moves.items():
        lines += [
            f"    {state.value} --> {to.value}" + (f": {words}" if words else "")
            for to, words in moves.items()
        ]
    lines += [f"    {state.value} --> [*]" for state, moves in course.moves.items() if not moves]
    diagram = "\n".join(["stateDiagram-v2", *lines])
    return f"## {course.name}\n\n`{course.where}`. {course.remark}\n\n```mermaid\n{diagram}\n```\n"


def document(wanted: Iterable[Course]) -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *(drawn(course) for course in wanted)])


if __name__ == "__main__":
    FILE.write_text(document(courses()), encoding="utf-8")
