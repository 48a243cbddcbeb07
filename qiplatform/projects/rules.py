"""What is allowed of a project: its course as a table, its aim in words, the shape of a driver diagram."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from qiplatform.errors import Invalid, Mistake, NotNow
from qiplatform.projects.models import DriverKind, IdeaState, ProjectStatus

MOVES: Mapping[ProjectStatus, Mapping[ProjectStatus, str]] = {
    ProjectStatus.PLANNING: {
        ProjectStatus.TESTING: "Start testing changes",
        ProjectStatus.STOPPED: "Stop the project",
    },
    ProjectStatus.TESTING: {
        ProjectStatus.IMPLEMENTING: "Make the change part of daily work",
        ProjectStatus.COMPLETED: "Complete the project",
        ProjectStatus.STOPPED: "Stop the project",
    },
    ProjectStatus.IMPLEMENTING: {
        ProjectStatus.TESTING: "Go back to testing",
        ProjectStatus.COMPLETED: "Complete the project",
        ProjectStatus.STOPPED: "Stop the project",
    },
    ProjectStatus.COMPLETED: {ProjectStatus.TESTING: "Take it up again"},
    ProjectStatus.STOPPED: {ProjectStatus.PLANNING: "Take it up again"},
}
"""The course of a project: from where to where, and the words on the button."""

NEEDS_REASON = frozenset({ProjectStatus.STOPPED, ProjectStatus.COMPLETED})
"""Moves into these are told to readers with their reason: "it did not work, and why" is an honoured ending."""

CHILDREN: Mapping[DriverKind, DriverKind | None] = {
    DriverKind.AIM: DriverKind.PRIMARY,
    DriverKind.PRIMARY: DriverKind.SECONDARY,
    DriverKind.SECONDARY: DriverKind.CHANGE_IDEA,
    DriverKind.CHANGE_IDEA: None,
}
"""Which kind of box stands to the right of which."""
KINDS = tuple(CHILDREN)
MOST_DRIVERS = 300
LONGEST_TEXT = 400


class Aim(Protocol):
    """The parts of an aim, wherever they are kept."""

    measure_of_success: str
    baseline: str
    goal: str
    by_on: date | None
    for_whom: str
    statement: str


@dataclass(frozen=True, slots=True)
class AimParts:
    """The parts of an aim as typed."""

    measure_of_success: str = ""
    baseline: str = ""
    goal: str = ""
    by_on: date | None = None
    for_whom: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class DriverNode:
    """One box of a diagram and what works on it."""

    kind: DriverKind
    text: str
    children: tuple["DriverNode", ...] = ()
    id: str = ""
    state: IdeaState | None = field(default=None, compare=False)


def aim_sentence(aim: Aim) -> str:
    """Return the aim in one sentence, from the parts there are; empty when there are none.

    >>> aim_sentence(
    ...     AimParts(
    ...         "patients seen within four hours", "78%", "95%", date(2019, 3, 31), "people who come to A&E"
    ...     )
    ... )
    'Patients seen within four hours, for people who come to A&E: from 78% to 95% by 31 March 2019.'
    """
    if aim.statement:
        return aim.statement
    what = aim.measure_of_success + (f", for {aim.for_whom}" if aim.for_whom else "")
    change = " ".join(
        part
        for part in (
            f"from {aim.baseline}" if aim.baseline else "",
            f"to {aim.goal}" if aim.goal else "",
            f"by {aim.by_on.day} {aim.by_on:%B %Y}" if aim.by_on else "",
        )
        if part
    )
    sentence = ": ".join(part for part in (what.removeprefix(", "), change) if part)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def missing_parts(aim: Aim) -> tuple[str, ...]:
    """Name what the aim does not say yet, in plain words; nothing is missing when the team wrote its own sentence."""
    if aim.statement:
        return ()
    parts = (
        (aim.measure_of_success, "what will be measured"),
        (aim.for_whom, "for whom"),
        (aim.baseline, "from what starting point"),
        (aim.goal, "how good it should become"),
        (aim.by_on, "by when"),
    )
    return tuple(words for value, words in parts if not value)


def check_can_move(status: ProjectStatus, to: ProjectStatus, reason: str) -> None:
    """Refuse a move that is not in the table, or an ending without its reason."""
    if to not in MOVES[status]:
        words = f"A project that is {status.value} cannot become {to.value}."
        raise NotNow(words)
    if to in NEEDS_REASON and not reason.strip():
        raise Invalid.one("reason", "Say why in a sentence: the next team will want to know.")


def check_keeps_a_lead(leads: Collection[str], leaving: str) -> None:
    """Refuse to leave a team without anybody who decides."""
    if set(leads) == {leaving}:
        words = "A project needs a lead. Make somebody else a lead first."
        raise NotNow(words)


def check_tree(root: DriverNode) -> None:
    """Refuse a diagram whose boxes do not stand in their columns, are empty, too long or too many."""
    if root.kind is not DriverKind.AIM:
        raise Invalid.one("kind", "A driver diagram begins with its aim.")
    mistakes: list[Mistake] = []
    count = _check_below("", root, mistakes)
    if count > MOST_DRIVERS:
        mistakes.append(
            Mistake("children", f"A diagram holds at most {MOST_DRIVERS} boxes; this one has {count}.")
        )
    if mistakes:
        raise Invalid("The driver diagram could not be saved.", *mistakes)


def _check_below(place: str, node: DriverNode, mistakes: list[Mistake]) -> int:
    if not node.text.strip():
        mistakes.append(Mistake(f"{place}text", "Write something in this box, or take it out."))
    elif len(node.text) > LONGEST_TEXT:
        mistakes.append(Mistake(f"{place}text", f"A box holds at most {LONGEST_TEXT} characters."))
    count = 1
    for number, child in enumerate(node.children):
        inside = f"{place}children/{number}/"
        if KINDS.index(child.kind) <= KINDS.index(node.kind):
            said = f"A {child.kind.value.replace('_', ' ')} cannot stand to the right of a {node.kind.value.replace('_', ' ')}."
            mistakes.append(Mistake(f"{inside}kind", said))
        count += _check_below(inside, child, mistakes)
    return count


def to_outline(root: DriverNode | None) -> str:
    """Return the diagram below its aim as an outline: a line a box, two spaces a column."""
    lines: list[str] = []

    def add(nodes: Sequence[DriverNode], depth: int) -> None:
        for node in nodes:
            lines.append("  " * (KINDS.index(node.kind) - 1 if depth >= 0 else 0) + node.text)
            add(node.children, depth + 1)

    add(root.children if root else (), 0)
    return "\n".join(lines)


def from_outline(aim: str, outline: str) -> DriverNode:
    """Read an outline: indentation by tabs or by two or more spaces says which column a line stands in.

    Raises `Invalid` for a line that is indented deeper than the column after its parent's allows.
    """
    stack: list[tuple[int, dict[str, object]]] = []
    top: list[dict[str, object]] = []
    mistakes: list[Mistake] = []
    for number, line in enumerate(outline.replace("\t", "  ").splitlines(), 1):
        text = line.strip().lstrip("-*\u2022 ").strip()
        if not text:
            continue
        indent = len(line) - len(line.lstrip())
        while stack and stack[-1][0] >= indent:
            stack.pop()
        if len(stack) >= len(KINDS) - 1:
            mistakes.append(
                Mistake(
                    "outline", f"Line {number} is indented too far: below a change idea nothing can stand."
                )
            )
            continue
        box: dict[str, object] = {"text": text, "kind": KINDS[len(stack) + 1], "children": []}
        siblings = stack[-1][1]["children"] if stack else top
        assert isinstance(siblings, list)  # noqa: S101 - made three lines above
        siblings.append(box)
        stack.append((indent, box))
    if mistakes:
        raise Invalid("The outline could not be read.", *mistakes)
    return DriverNode(DriverKind.AIM, aim, tuple(_frozen(box) for box in top))


def _frozen(box: dict[str, object]) -> DriverNode:
    children, kind, text = box["children"], box["kind"], box["text"]
    assert isinstance(children, list)  # noqa: S101 - made by from_outline
    assert isinstance(kind, DriverKind)  # noqa: S101 - as above
    return DriverNode(kind, str(text), tuple(_frozen(child) for child in children))
