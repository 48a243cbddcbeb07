"""A report before anyone typed a word: what the record already says, so that nobody writes it twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from qiplatform.cycles import queries as cycles
from qiplatform.cycles.models import Cycle
from qiplatform.learning.queries.preparation import Prepared, prepared
from qiplatform.measures import queries as measures
from qiplatform.measures.models import Measure, MeasureType
from qiplatform.projects.models import Project
from qiplatform.projects.rules import aim_sentence

_ORDER = (MeasureType.OUTCOME, MeasureType.PROCESS, MeasureType.BALANCING)
_DECIDED = {"adopt": "We adopted it.", "adapt": "We adapted it.", "abandon": "We abandoned it."}
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A report filled from the record."""

    title: str
    sections: Mapping[str, str]
    measure_ids: tuple[str, ...]


def draft(db: Session, project: Project) -> Draft:
    """Return the report a project's record already contains.

    Numbers in its sentences come from the protected charts, so that the words and the public picture agree.
    """
    known = measures.of_project(db, project.id)
    ready = [one for one in prepared(db, sorted(known, key=_place)) if one.record.points]
    rounds = cycles.of_project(db, project.id)
    sections = {
        "summary": "",
        "problem": _problem(project),
        "did": _did(rounds),
        "happened": _happened(ready),
        "differently": _differently(rounds),
        "involvement": "",
    }
    return Draft(project.title[:_LONGEST_TITLE], sections, tuple(one.measure.id for one in ready))


def _place(measure: Measure) -> tuple[int, str]:
    return _ORDER.index(measure.type), measure.id


def _problem(project: Project) -> str:
    aim = aim_sentence(project)
    parts = [project.problem, f"Our aim: {aim}" if aim else ""]
    return (
        "\n\n".join(part for part in parts if part.strip())
        or f"We wanted to make this better: {project.title}."
    )


def _did(rounds: Sequence[Cycle]) -> str:
    if not rounds:
        return "The record holds no PDSA cycle."
    ideas = len({one.change_idea for one in rounds})
    first = f"We tested {_counted(ideas, 'change idea')} in {_counted(len(rounds), 'PDSA cycle')}."
    return "\n\n".join([first, *map(_round, rounds)])


def _round(cycle: Cycle) -> str:
    said = [
        f"PDSA {cycle.number}: {_sentence(cycle.change_idea)}",
        f"We predicted: {_sentence(cycle.prediction)}" if cycle.prediction else "",
        _sentence(cycle.did),
        f"We learned: {_sentence(cycle.learned)}" if cycle.learned else "",
        _DECIDED[cycle.act.value] if cycle.act else "",
    ]
    return " ".join(part for part in said if part)


def _happened(ready: Sequence[Prepared]) -> str:
    if not ready:
        return "No measure was recorded."
    return "\n\n".join(
        f"{one.measure.name}: {result.verdict.words if (result := one.public()) else 'its points are not published.'}"
        for one in ready
    )


def _differently(rounds: Sequence[Cycle]) -> str:
    said = [f"PDSA {one.number}: {_sentence(one.problems)}" for one in rounds if one.problems]
    return "\n\n".join(["Problems we met:", *said]) if said else ""


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
