"""A driver diagram as an outline that can be typed anywhere: a line a box, indented by column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from qiplatform.errors import Invalid, Mistake
from qiplatform.projects.models import DriverKind
from qiplatform.projects.rules.drivers import KINDS, DriverNode

IDEA_MARK = "* "
"""A line that begins with it is a change idea, in whichever column it stands."""
_BULLETS = re.compile("^(?:[-*\u2022\u2013]\\s+)+")


@dataclass(slots=True)
class _Line:
    """A line that was read, and the lines below it."""

    kind: DriverKind
    text: str
    indent: int
    below: list["_Line"] = field(default_factory=list)

    def node(self) -> DriverNode:
        return DriverNode(self.kind, self.text, tuple(line.node() for line in self.below))


def to_outline(root: DriverNode | None) -> str:
    """Return the diagram below its aim: a line a box, two spaces a column.

    An idea that stands further left than its column is marked, so that reading it back gives the same diagram.
    """
    return "\n".join(_lines(root.children if root else (), 0))


def _lines(nodes: Iterable[DriverNode], depth: int) -> list[str]:
    found = []
    for node in nodes:
        marked = node.kind is DriverKind.CHANGE_IDEA and depth < KINDS.index(DriverKind.CHANGE_IDEA) - 1
        found.append("  " * depth + (IDEA_MARK if marked else "") + node.text)
        found += _lines(node.children, depth + 1)
    return found


def from_outline(aim: str, outline: str) -> DriverNode:
    """Read an outline: a line that is indented more than the one it belongs to stands one column further right.

    Tabs and any number of spaces will do, and a bullet before every line is taken for decoration. Raises `Invalid`
    with the line's number for one that would stand to the right of a change idea.
    """
    lines = [line for line in outline.splitlines() if line.strip()]
    # Where lines below marked ones are marked too, the marks cannot mean ideas: they were bullets.
    decorated = all(line.lstrip().startswith(IDEA_MARK) for line in lines) and any(
        line[0].isspace() for line in lines
    )
    top: list[_Line] = []
    above: list[_Line] = []
    mistakes: list[Mistake] = []
    for number, raw in enumerate(outline.splitlines(), 1):
        line = raw.expandtabs(4)
        typed = line.strip()
        marked = typed.startswith(IDEA_MARK) and not decorated
        text = _BULLETS.sub("", typed)
        if not text:
            continue
        indent = len(line) - len(line.lstrip())
        while above and above[-1].indent >= indent:
            above.pop()
        if above and above[-1].kind is DriverKind.CHANGE_IDEA:
            said = f"Line {number} is indented too far: nothing can stand to the right of a change idea."
            mistakes.append(Mistake("outline", said))
            continue
        kind = DriverKind.CHANGE_IDEA if marked else KINDS[len(above) + 1]
        read = _Line(kind, text, indent)
        (above[-1].below if above else top).append(read)
        above.append(read)
    if mistakes:
        raise Invalid("The outline could not be read.", *mistakes)
    return DriverNode(DriverKind.AIM, aim, tuple(line.node() for line in top))
