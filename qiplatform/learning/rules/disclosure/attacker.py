"""The attacker: whoever knows everything that was ever public and every relation, and works out what the hidden cells can be.

What is worked out of protected cells alone (rates, means, limits, signals) adds nothing and is not asked. What is asked is, for
each hidden number, the smallest and the largest whole number that agrees with everything known: two integer programs, solved with
HiGHS through SciPy (`scipy.optimize.milp`). Two quicker ways come first and give the same two numbers. Where the relations around
a cell hold no circle, narrowing the ranges again and again is enough: each equation then reaches every value between its ends,
and what is fixed on one side of a variable cannot come back to it from the other (Freuder, J. ACM 1982;29:24-32: consistency
decides in trees). Where there are circles, values are tried from the ends inwards, with narrowing after each, and only where that
takes long are the programs solved. The tests compare all three, and both with counting through every table there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from qiplatform.learning.rules.disclosure.relations import Found
from qiplatform.learning.rules.disclosure.tables import (
    ANY,
    FEW,
    PARTS,
    SMALL,
    Cell,
    Range,
    Table,
    blank,
    told,
    whole,
)
from qiplatform.learning.rules.protection import SMALLEST_SHOWN, Cells

Equation = tuple[int, tuple[int, ...], bool]
"""Index of the whole, indices of the parts, and whether it is "the sum of" (True) or "at least" (False)."""


@dataclass(frozen=True, slots=True)
class Component:
    """Numbers that tell of each other: the ranges known of each, what ties them, and which of them are hidden."""

    cells: tuple[tuple[Cell, ...], ...]
    """The cells that are each of the numbers."""
    ranges: tuple[Range, ...]
    equations: tuple[Equation, ...]
    hidden: tuple[int, ...]

    def worked_out(self) -> dict[int, Range]:
        """Return, for each hidden number, what the attacker can prove of it."""
        bounds = tuple((one.low, one.high) for one in self.ranges)
        if not self.equations:
            return {place: self.ranges[place] for place in self.hidden}
        return {place: Range(*ends(bounds, self.equations, place)) for place in self.hidden}

    def disclosed(self) -> dict[int, Range]:
        """Return the hidden numbers of which the attacker knows that they are one of fewer values than 1 to 7."""
        return {place: found for place, found in self.worked_out().items() if found.narrower_than(SMALL)}


def components(tables: Sequence[Table], found: Found) -> list[Component]:
    """Put everything that is known into groups of numbers that tell of each other; those that hide nothing are left out."""
    leader: dict[Cell, Cell] = {}

    def head(cell: Cell) -> Cell:
        while leader.get(cell, cell) != cell:
            leader[cell] = leader.get(leader[cell], leader[cell])
            cell = leader[cell]
        return cell

    for one, other in found.same:
        leader[head(one)] = head(other)
    ranges: dict[Cell, Range] = {}
    members: dict[Cell, list[Cell]] = {}
    hidden: set[Cell] = set()
    for cell, number, known in _known(tables):
        name = head(cell)
        members.setdefault(name, []).append(cell)
        ranges[name] = (ranges.get(name, ANY).meet(known)) or Range(number, number)
        if SMALL.low <= number <= SMALL.high:
            hidden.add(name)
    sums = {(head(one.whole), tuple(sorted(map(head, one.parts), key=_order))) for one in found.sums}
    ties = [(total, parts, True) for total, parts in sorted(sums, key=lambda one: _order(one[0]))]
    implied = {(total, part) for total, parts in sums for part in parts}
    inside = {(head(one.whole), head(one.part)) for one in found.at_most} - implied
    ties += [
        (total, (part,), False)
        for total, part in sorted(inside, key=lambda one: _order(one[0]))
        if total in ranges and part in ranges
    ]
    return list(_grouped(ranges, members, hidden, ties))


def _known(tables: Iterable[Table]) -> Iterable[tuple[Cell, int, Range]]:
    """Give each published number with what one publication says of it; what no longer fits the team's numbers was about others."""
    for table in tables:
        held = {row.period: row for row in table.rows}
        for publication in (table.ours, *table.others):
            for row in publication or ():
                true = held.get(row.period)
                for part in PARTS if true is not None else ():
                    number = whole(getattr(true, part))
                    if number is None or true is None:
                        continue
                    known = _left_out(true) if blank(row) else told(getattr(row, part), exact=table.exact)
                    if known is not None and known.low <= number <= known.high:
                        yield Cell(table.key, part, row.period), number, known


def _left_out(true: Cells) -> Range:
    denominator = whole(true.denominator)
    return FEW if denominator is not None and denominator < SMALLEST_SHOWN else ANY


def _grouped(
    ranges: Mapping[Cell, Range],
    members: Mapping[Cell, list[Cell]],
    hidden: set[Cell],
    ties: Sequence[tuple[Cell, tuple[Cell, ...], bool]],
) -> Iterable[Component]:
    of: dict[Cell, set[int]] = {}
    for number, (total, parts, _) in enumerate(ties):
        for cell in (total, *parts):
            of.setdefault(cell, set()).add(number)
    seen: set[Cell] = set()
    for first in sorted(hidden, key=_order):
        if first in seen:
            continue
        inside, used, waiting = {first}, set[int](), [first]
        while waiting:
            for number in of.get(waiting.pop(), set()) - used:
                used.add(number)
                total, parts, _ = ties[number]
                fresh = {total, *parts} - inside
                inside |= fresh
                waiting += fresh
        seen |= inside
        cells = sorted(inside, key=_order)
        place = {cell: index for index, cell in enumerate(cells)}
        yield Component(
            tuple(tuple(members.get(cell, (cell,))) for cell in cells),
            # What was never published anywhere can be anything.
            tuple(ranges.get(cell, ANY) for cell in cells),
            tuple(
                (place[ties[number][0]], tuple(place[one] for one in ties[number][1]), ties[number][2])
                for number in sorted(used)
            ),
            tuple(place[cell] for cell in cells if cell in hidden),
        )


def is_tree(count: int, equations: Sequence[Equation]) -> bool:
    """Whether numbers and equations, joined where one is part of the other, hold no circle, connected or not."""
    leader = list(range(count))

    def head(one: int) -> int:
        while leader[one] != one:
            one = leader[one]
        return one

    for total, parts, _ in equations:
        heads = {head(one) for one in (total, *parts)}
        if len(heads) < 1 + len(parts):
            return False  # two of them hang together already
        first = heads.pop()
        for one in heads:
            leader[one] = first
    return True


Bounds = tuple[tuple[int, int], ...]
MOST_STEPS = 400
"""Tries before a search is given up and the integer programs are asked."""


def ends(bounds: Bounds, equations: tuple[Equation, ...], place: int) -> tuple[int, int]:
    """Return the smallest and the largest value of one number that agree with everything, by the quickest way that is exact."""
    if is_tree(len(bounds), equations) and (narrowed := narrow(bounds, equations)) is not None:
        return narrowed[place]
    return searched(bounds, equations, place) or solved(bounds, equations, place)


@lru_cache(maxsize=4096)
def narrow(bounds: Bounds, equations: tuple[Equation, ...]) -> Bounds | None:
    """Narrow ranges until no equation narrows them further; None where nothing is left.

    In a tree the ends that remain can all be reached.
    """
    low, high = ([pair[end] for pair in bounds] for end in (0, 1))
    return tuple(zip(low, high, strict=True)) if _narrow(low, high, equations) else None


def _narrow(low: list[int], high: list[int], equations: Sequence[Equation]) -> bool:
    """Narrow in place; False where a number has no value left."""
    changed = True
    while changed:
        before = (sum(low), sum(high))
        for total, parts, is_sum in equations:
            least = sum(low[one] for one in parts)
            low[total] = max(low[total], least)
            if is_sum:
                most = sum(high[one] for one in parts)
                high[total] = min(high[total], most)
                for one in parts:
                    low[one] = max(low[one], low[total] - (most - high[one]))
            for one in parts:
                high[one] = min(high[one], high[total] - (least - low[one]))
            if low[total] > high[total] or any(low[one] > high[one] for one in parts):
                return False
            # The parts' low ends may have moved since `least` was added up: the next round sees to it.
        changed = (sum(low), sum(high)) != before
    return True


@lru_cache(maxsize=65536)
def searched(bounds: Bounds, equations: tuple[Equation, ...], place: int) -> tuple[int, int] | None:
    """Return the smallest and the largest value of one number by trying, from the ends inwards; None where it takes too long."""
    narrowed = narrow(bounds, equations)
    if narrowed is None:
        return None
    low, high = narrowed[place]
    found = []
    for values in (range(low, high + 1), range(high, low - 1, -1)):
        steps = [MOST_STEPS]
        end = next((value for value in values if _fits(narrowed, equations, place, value, steps)), None)
        if end is None:
            return None
        found.append(end)
    return found[0], found[1]


def _fits(bounds: Bounds, equations: tuple[Equation, ...], place: int, value: int, steps: list[int]) -> bool:
    """Whether all numbers can have values that agree when one has this value; no (and `steps` is used up) where it takes too long."""
    low, high = ([pair[end] for pair in bounds] for end in (0, 1))
    low[place] = high[place] = value
    steps[0] -= 1
    if steps[0] < 0 or not _narrow(low, high, equations):
        return False
    unsure = [one for one in range(len(low)) if low[one] < high[one]]
    if not unsure:
        return True
    narrowed = tuple(zip(low, high, strict=True))
    tightest = min(unsure, key=lambda one: high[one] - low[one])
    return any(
        _fits(narrowed, equations, tightest, tried, steps)
        for tried in range(low[tightest], high[tightest] + 1)
        if steps[0] > 0
    )


@lru_cache(maxsize=16384)
def solved(bounds: Bounds, equations: tuple[Equation, ...], place: int) -> tuple[int, int]:
    """Return the smallest and the largest value of one number by two integer programs; shapes: as many variables as bounds."""
    from scipy.optimize import Bounds as Box  # noqa: PLC0415 - half a second, and only where relations go in circles
    from scipy.optimize import LinearConstraint, milp  # noqa: PLC0415

    narrowed = narrow(bounds, equations) or bounds
    matrix = np.zeros((len(equations), len(bounds)))
    for row, (total, parts, _) in enumerate(equations):
        matrix[row, total] = 1
        matrix[row, list(parts)] = -1
    upper = [0.0 if is_sum else np.inf for _, _, is_sum in equations]
    box = Box([pair[0] for pair in narrowed], [pair[1] for pair in narrowed])
    found = []
    for sign in (1, -1):
        aim = np.zeros(len(bounds))
        aim[place] = sign
        answer = milp(
            aim, integrality=np.ones(len(bounds)), bounds=box, constraints=LinearConstraint(matrix, 0, upper)
        )
        if answer.status != 0 or answer.x is None:
            message = f"the attacker's program was not solved: {answer.message}"
            raise RuntimeError(message)
        found.append(round(float(answer.x[place])))
    return found[0], found[1]


def _order(cell: Cell) -> tuple[str, str, str]:
    return cell.table, cell.part, cell.period.isoformat()
