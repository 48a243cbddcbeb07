"""What is shown of one project as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

import spc
from qiplatform import charts
from qiplatform.cycles.models import Act, Cycle, CycleStatus
from qiplatform.cycles.queries import ramps_of
from qiplatform.cycles.rules import WORDS as CYCLE_WORDS
from qiplatform.home.pages.diary import Entry, Subject, diary
from qiplatform.home.pages.words import listed
from qiplatform.home.queries import Whole
from qiplatform.learning.rules import STATUS_WORDS
from qiplatform.measures.models import MeasureType
from qiplatform.measures.rules import Record, analyse
from qiplatform.organisations.rules import Right
from qiplatform.projects.models import DriverKind, IdeaState
from qiplatform.projects.rules import DriverNode, aim_sentence, missing_parts
from qiplatform.web.rendering import day

_KIND = {DriverKind.PRIMARY: "primary", DriverKind.SECONDARY: "secondary", DriverKind.CHANGE_IDEA: "idea"}
MOST_BOXES = 20
"""A diagram of more boxes is drawn whole on its own page only."""
MOST_LINES = 12
"""Lines of the diary that stand open."""
_ACT = {Act.ADOPT: "adopted", Act.ADAPT: "adapted", Act.ABANDON: "abandoned"}


@dataclass(frozen=True, slots=True)
class Multiple:
    """One measure, small: its drawing, icons and sentence, or that there is no number yet."""

    name: str
    href: str
    kind: str
    direction: str
    drawing: Markup | None
    verdict: spc.Verdict | None


@dataclass(frozen=True, slots=True)
class Step:
    """One cycle on its ramp."""

    words: str
    href: str
    state: str
    open: bool


@dataclass(frozen=True, slots=True)
class Testing:
    """A change idea in test: its open cycle with the prediction, and the ramp so far."""

    idea: str
    steps: tuple[Step, ...]
    prediction: str
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the driver diagram as it is drawn."""

    kind: str
    text: str
    state: str
    children: tuple["Box", ...]
    href: str = ""
    tested: bool = False
    """Whether a cycle is testing it now."""


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """One project: aim, strip, outcomes, what is tested, drivers, diary."""

    title: str
    href: str
    under: str
    problem: str
    aim: str
    missing: str
    credit: str
    credit_href: str
    strip: tuple[tuple[str, str], ...]
    outcomes: tuple[Multiple, ...]
    others: tuple[Multiple, ...]
    testing: tuple[Testing, ...]
    cycles: int
    aim_box: str
    boxes: tuple[Box, ...]
    boxes_left_out: bool
    diary: tuple[Entry, ...]
    earlier: tuple[Entry, ...]
    team: tuple[tuple[str, str], ...]
    reports: tuple[tuple[str, str, str], ...]
    """Title, address and state of each."""
    may_work: bool
    may_lead: bool


def project(whole: Whole) -> ProjectPage:
    """Return a project's page."""
    one, href = whole.seen.project, f"/projects/{whole.seen.project.id}"
    multiples = [(record.measure.type, _multiple(record)) for record in whole.records]
    aim = aim_sentence(one)
    boxes = _boxes(whole.drivers.children) if whole.drivers else ()
    drawn = in_play(boxes)
    told = diary(whole.diary, whole.names, _subjects(whole))
    return ProjectPage(
        title=one.title,
        href=href,
        under=" · ".join(
            part for part in (f"Project, {one.status.value}", whole.organisation, one.setting) if part
        ),
        problem=one.problem,
        aim=aim,
        missing=listed(missing_parts(one)),
        credit=one.credit_words,
        credit_href=f"/published/{one.credit_report_id}" if one.credit_report_id else "",
        strip=_strip(whole),
        outcomes=tuple(shown for kind, shown in multiples if kind is MeasureType.OUTCOME),
        others=tuple(shown for kind, shown in multiples if kind is not MeasureType.OUTCOME),
        testing=_testing(whole.cycles),
        cycles=len(whole.cycles),
        aim_box=(whole.drivers.text if whole.drivers else "") or aim,
        boxes=drawn,
        boxes_left_out=drawn != boxes,
        diary=told[:MOST_LINES],
        earlier=told[MOST_LINES:],
        team=tuple((user.name, role.value) for user, role in whole.team),
        reports=tuple(
            (each.title, f"/reports/{each.id}", STATUS_WORDS[each.status]) for each in whole.reports
        ),
        may_work=whole.seen.may(Right.WORK_ON_PROJECT),
        may_lead=whole.seen.may(Right.LEAD_PROJECT),
    )


def _strip(whole: Whole) -> tuple[tuple[str, str], ...]:
    one = whole.seen.project
    open_ = [cycle for cycle in whole.cycles if cycle.status is not CycleStatus.DONE]
    leads = [user.name for user, role in whole.team if role.value == "lead"]
    return (
        ("Stage", one.status.value.capitalize()),
        ("Lead", ", ".join(leads)),
        ("Started", day(one.registered_at)),
        ("Aim by", day(one.by_on) if one.by_on else ""),
        ("Next step", f"PDSA {open_[0].number}: {CYCLE_WORDS[open_[0].status]}" if open_ else ""),
    )


def _multiple(record: Record) -> Multiple:
    measure = record.measure
    result = analyse(record) if record.points else None
    drawing = None
    if result is not None:
        bands = [
            charts.Band(one.starts_on, one.ends_on, one.label, one.detail, one.href) for one in record.bands
        ]
        drawing = charts.drawing(result, title=measure.name, unit=measure.unit, size="small", bands=bands)
    return Multiple(
        name=measure.name,
        href=f"/measures/{measure.id}",
        kind=measure.type.value,
        direction=measure.direction.value,
        drawing=drawing,
        verdict=result.verdict if result else None,
    )


def _testing(cycles: Iterable[Cycle]) -> tuple[Testing, ...]:
    found = []
    for ramp in ramps_of(cycles):
        open_ = [cycle for cycle in ramp.cycles if cycle.status is not CycleStatus.DONE]
        if not open_:
            continue
        now = open_[-1]
        steps = tuple(
            Step(
                f"PDSA {one.number}",
                f"/cycles/{one.id}",
                _ACT[one.act] if one.act else CYCLE_WORDS[one.status],
                one in open_,
            )
            for one in ramp.cycles
        )
        found.append(
            Testing(
                idea=ramp.change_idea or now.questions,
                steps=steps,
                prediction=now.prediction,
                state=CYCLE_WORDS[now.status].capitalize(),
                href=f"/cycles/{now.id}",
            )
        )
    return tuple(found)


def _boxes(nodes: Iterable[DriverNode]) -> tuple[Box, ...]:
    return tuple(
        Box(
            kind=_KIND[node.kind],
            text=node.text,
            state=node.state.value.capitalize() if node.state else "",
            children=_boxes(node.children),
            tested=node.state is IdeaState.TESTING,
        )
        for node in nodes
    )


def in_play(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Return what a project's page draws: a small diagram whole, of a large one the branches that are tested now.

    Where nothing is tested the primary drivers alone are drawn.
    """
    if _count(boxes) <= MOST_BOXES:
        return boxes
    return _tested(boxes) or tuple(replace(box, children=()) for box in boxes)


def _count(boxes: tuple[Box, ...]) -> int:
    return sum(1 + _count(box.children) for box in boxes)


def _tested(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    pruned = [replace(box, children=_tested(box.children)) for box in boxes]
    return tuple(box for box in pruned if box.tested or box.children)


def _subjects(whole: Whole) -> dict[str, Subject]:
    one = whole.seen.project
    found = {one.id: Subject(one.title, "")}
    found |= {
        record.measure.id: Subject(record.measure.name, f"/measures/{record.measure.id}")
        for record in whole.records
    }
    return found | {
        cycle.id: Subject(f"PDSA {cycle.number}", f"/cycles/{cycle.id}") for cycle in whole.cycles
    }
