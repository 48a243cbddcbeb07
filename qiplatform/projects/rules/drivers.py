"""The shape of a driver diagram, and which of its boxes are the ones that were there before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from qiplatform.errors import Invalid, Mistake
from qiplatform.projects.models import DriverKind, IdeaState
from qiplatform.store import identifiers

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
ALIKE = 0.6
"""From this likeness on (0 to 1, of difflib) two texts are taken for one box that was reworded."""


@dataclass(frozen=True, slots=True)
class DriverNode:
    """One box of a diagram and what works on it."""

    kind: DriverKind
    text: str
    children: tuple["DriverNode", ...] = ()
    id: str = ""
    state: IdeaState | None = field(default=None, compare=False)


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
    elif identifiers.holds_nhs_number(node.text):
        mistakes.append(Mistake(f"{place}text", identifiers.words("the driver diagram")))
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


def keep_ids(before: DriverNode | None, root: DriverNode) -> DriverNode:
    """Return a diagram whose boxes carry the ids of the boxes they were before; a new box has none.

    In this order: the id that was given; the same words in the same column; of what is left, the most alike words
    in the same column. A change idea that is reworded so keeps its state and its cycles.
    """
    old = {node.id: node for node in _walk(before)} if before else {}
    new = list(_walk(root))
    found: dict[int, str] = {}

    def take(place: int, candidates: Iterable[str]) -> None:
        left = next((one for one in candidates if one in old and one not in taken), None)
        if left is not None:
            found[place] = left
            taken.add(left)

    taken: set[str] = set()
    for place, node in enumerate(new):
        take(place, [node.id])
    for place, node in enumerate(new):
        if place not in found:
            take(place, [one.id for one in old.values() if one.kind is node.kind and _same(one, node)])
    pairs = [
        (likeness, place, one.id)
        for place, node in enumerate(new)
        if place not in found
        for one in old.values()
        if one.id not in taken and one.kind is node.kind and (likeness := _likeness(one, node)) >= ALIKE
    ]
    for _, place, one in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if place not in found:
            take(place, [one])
    return _with_ids(root, iter(range(len(new))), found, old)


def ids_of(root: DriverNode) -> set[str]:
    """Return the ids of all boxes of a diagram."""
    return {node.id for node in _walk(root)}


def _walk(node: DriverNode) -> Iterator[DriverNode]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _same(one: DriverNode, other: DriverNode) -> bool:
    return one.text.strip().casefold() == other.text.strip().casefold()


def _likeness(one: DriverNode, other: DriverNode) -> float:
    if one.kind is DriverKind.AIM:
        return 1
    compared = SequenceMatcher(None, one.text.casefold(), other.text.casefold(), autojunk=False)
    return compared.ratio() if compared.quick_ratio() >= ALIKE else 0


def _with_ids(
    node: DriverNode, places: Iterator[int], found: Mapping[int, str], old: Mapping[str, DriverNode]
) -> DriverNode:
    id_ = found.get(next(places), "")
    state = None
    if node.kind is DriverKind.CHANGE_IDEA:
        state = node.state or (old[id_].state if id_ else None) or IdeaState.UNTRIED
    children = tuple(_with_ids(child, places, found, old) for child in node.children)
    return replace(node, text=node.text.strip(), children=children, id=id_, state=state)
