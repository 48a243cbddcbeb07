"""A report before anyone typed a word: what the record already says, so that nobody writes it twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

import spc
from qiplatform.cycles import queries as cycles
from qiplatform.cycles.models import Act, Cycle
from qiplatform.learning.queries.preparation import Prepared, prepared
from qiplatform.learning.rules import SECTIONS
from qiplatform.measures import queries as measures
from qiplatform.measures.models import Measure, MeasureType
from qiplatform.organisations import queries as organisations
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
    changes: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """Name and TIDieR items of each change the team tested."""


def draft(db: Session, project: Project) -> Draft:
    """Return the report a project's record already contains.

    Numbers in its sentences come from the protected charts, so that the words and the public picture agree.
    """
    known = measures.of_project(db, project.id)
    ready = [one for one in prepared(db, sorted(known, key=_place)) if one.record.points]
    rounds = cycles.of_project(db, project.id)
    place = organisations.names(db, {project.organisation_id} if project.organisation_id else set())
    sections = dict.fromkeys(SECTIONS, "") | {
        "problem": _problem(project),
        "context": _context(project, place.get(project.organisation_id or "", "")),
        "did": _did(rounds),
        "studied": _studied(ready),
        "happened": _happened(ready),
        "limits": _limits(ready),
        "differently": _differently(rounds),
        "cost": _cost(ready),
    }
    return Draft(
        project.title[:_LONGEST_TITLE], sections, tuple(one.measure.id for one in ready), _changes(rounds)
    )


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


def _context(project: Project, organisation: str) -> str:
    return _sentence(", ".join(part for part in (project.setting, organisation) if part))


def _studied(ready: Sequence[Prepared]) -> str:
    said = []
    for one in ready:
        measure, chart = one.measure, spc.CHARTS[one.measure.chart].title
        count = _counted(len(one.record.points), "point")
        said.append(
            f"{measure.name} ({measure.type.value} measure, {measure.frequency.value}, {count}, {chart})."
        )
    return "\n\n".join(["We followed these measures over time:", *said]) if said else ""


def _limits(ready: Sequence[Prepared]) -> str:
    said = [
        f"{one.measure.name}: {verdict.not_to_conclude}"
        for one in ready
        if (result := one.public()) and (verdict := result.verdict).not_to_conclude
    ]
    return "\n\n".join(said)


def _cost(ready: Sequence[Prepared]) -> str:
    minutes = sum(one.measure.minutes_a_month or 0 for one in ready)
    return f"Collecting the numbers takes about {_counted(minutes, 'minute')} a month." if minutes else ""


def _changes(rounds: Sequence[Cycle]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return what the cycles say of each change idea, in the order they were first tested."""
    of_idea: dict[str, list[Cycle]] = {}
    for cycle in rounds:
        of_idea.setdefault(cycle.change_idea, []).append(cycle)
    return tuple((name, _items(several)) for name, several in of_idea.items() if name)


def _items(cycles: Sequence[Cycle]) -> dict[str, str]:
    days = [on for one in cycles for on in (one.starts_on, one.ends_on) if on]
    since = f"{_counted(len(cycles), 'test')} between {_on(min(days))} and {_on(max(days))}." if days else ""
    adapted = [
        f"After PDSA {one.number}: {_sentence(one.learned or one.act_reason)}"
        for one in cycles
        if one.act is Act.ADAPT and (one.learned or one.act_reason)
    ]
    found = {
        "procedures": next((one.plan for one in reversed(cycles) if one.plan), ""),
        "when": since,
        "modifications": "\n\n".join(adapted),
        "actual": "\n\n".join(f"PDSA {one.number}: {_sentence(one.did)}" for one in cycles if one.did),
    }
    return {name: text for name, text in found.items() if text}


def _on(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


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
