"""The driver diagram: outline and drawing."""

from dataclasses import dataclass

from qiplatform.errors import Mistake, Refusal
from qiplatform.organisations.rules import Right
from qiplatform.projects import rules
from qiplatform.projects.models import DriverKind
from qiplatform.projects.pages.words import IDEA_STATES, address, said
from qiplatform.projects.queries import Seen
from qiplatform.projects.rules import DriverNode
from qiplatform.web.forms import Sent


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the drawn diagram."""

    text: str
    kind: str
    state: str
    children: tuple["Box", ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class DriversPage:
    """The driver diagram: the outline on the left, the drawing on the right."""

    project: str
    href: str
    aim: str
    outline: str
    boxes: tuple[Box, ...]
    may_change: bool
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "Driver diagram"


def drivers(seen: Seen, tree: DriverNode | None, sent: Sent | None, refusal: Refusal | None) -> DriversPage:
    """Return the diagram as kept, and the outline as kept or as typed."""
    aim = tree.text if tree else rules.aim_sentence(seen.project)[: rules.LONGEST_TEXT]
    return DriversPage(
        seen.project.title,
        address(seen.project),
        sent.get("aim") if sent else aim,
        sent.get("outline") if sent else rules.to_outline(tree),
        boxes(tree),
        seen.may(Right.WORK_ON_PROJECT),
        *said(refusal),
    )


def boxes(tree: DriverNode | None) -> tuple[Box, ...]:
    """Return what stands to the right of the aim, as it is drawn."""
    return tuple(_box(node) for node in tree.children) if tree else ()


def _box(node: DriverNode) -> Box:
    kind = "idea" if node.kind is DriverKind.CHANGE_IDEA else node.kind.value
    return Box(
        node.text, kind, IDEA_STATES[node.state] if node.state else "", tuple(map(_box, node.children))
    )
