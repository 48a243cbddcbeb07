"""Secondary protection: further points are left out until the attacker can narrow no hidden number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qiplatform.learning.rules.disclosure.attacker import Component, components
from qiplatform.learning.rules.disclosure.relations import Found, relations
from qiplatform.learning.rules.disclosure.tables import SMALL, Cell, Range, Table, blank
from qiplatform.learning.rules.protection import Cells

Row = tuple[str, date]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A point that is left out although its own numbers are large enough, and the hidden number it would have told of."""

    table: str
    period: date
    protects: str
    protects_on: date


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A hidden number and what the attacker can prove of it."""

    table: str
    period: date
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the attack came to, before and after further points were left out."""

    hidden: int
    """Numbers from 1 to 7 that are hidden."""
    before: tuple[Narrowed, ...]
    """Those the attacker could narrow with nothing more than stars and rounding."""
    left_out: tuple[LeftOut, ...]
    leaks: tuple[Narrowed, ...]
    """Those that this publication would still tell. None, or nothing is published."""
    told_before: tuple[Narrowed, ...]
    """Those that what is public already tells on its own. This publication shows nothing of them."""
    narrowest: Range
    """The narrowest range the attacker is left with."""
    relations: tuple[str, ...]


def guarded(
    tables: Sequence[Table], *, secondary: bool = True
) -> tuple[Outcome, dict[str, tuple[Cells, ...]]]:
    """Attack what is about to be published and leave further points out until nothing can be narrowed.

    Return the outcome and the rows to publish of each table that is ours. `secondary=False` attacks only.
    """
    found = relations(tables)
    now = {table.key: table for table in tables}
    groups = components(tables, found)
    before = [one for group in groups for one in _narrowed(group)]
    left_out: list[LeftOut] = []
    if secondary and before:
        for group in groups:
            left_out += _protect(group, found, now)
    after = components(list(now.values()), found) if left_out else groups
    still = [one for group in after for one in _narrowed(group)]
    every = [(table.key, row.period) for table in tables for row in table.ours or ()]
    theirs = list(_without({table.key: table for table in tables}, every).values())
    told = {one for group in components(theirs, found) for one in _narrowed(group)} if still else set()
    ends = [one for group in after for one in group.worked_out().values()]
    outcome = Outcome(
        hidden=len(ends),
        before=tuple(before),
        left_out=tuple(left_out),
        leaks=tuple(one for one in still if one not in told),
        told_before=tuple(one for one in still if one in told),
        narrowest=min(ends, key=lambda one: (one.high - one.low, one.low), default=SMALL),
        relations=found.words,
    )
    return outcome, {key: table.ours for key, table in now.items() if table.ours is not None}


def _protect(group: Component, found: Found, now: dict[str, Table]) -> list[LeftOut]:
    """Leave out points around one group, the fewest that help; `now` is changed."""
    left_out: list[LeftOut] = []
    mine = _of_group(group)

    def leave(row: Row, target: Cell) -> None:
        now.update(_without(now, [row]))
        left_out.append(LeftOut(now[row[0]].name, row[1], now[target.table].name, target.period))

    # What is told already by what is public cannot be hidden any more: of that nothing more is shown.
    nothing = _again(_without(now, _shown_rows(mine, now)), found, mine)
    for place in nothing.disclosed():
        for cell in nothing.cells[place]:
            if _shows(now[cell.table], cell.period):
                leave((cell.table, cell.period), cell)
    told = {cell for place in nothing.disclosed() for cell in nothing.cells[place]}
    group = _again(now, found, mine)
    while disclosed := {place for place in group.disclosed() if group.cells[place][0] not in told}:
        target = group.cells[min(disclosed)][0]
        best: tuple[tuple[int, int], Row, Component] | None = None
        for row in _candidates(group, now, disclosed):
            again = _again(_without(now, [row]), found, mine)
            score = (len(again.disclosed()), -_room(again))
            if best is None or score < best[0]:
                best = (score, row, again)
            if not score[0]:
                break
        if best is None:
            break
        leave(best[1], target)
        group = best[2]
    return left_out


def _of_group(group: Component) -> set[Cell]:
    return {cell for cells in group.cells for cell in cells}


def _shown_rows(inside: set[Cell], now: Mapping[str, Table]) -> list[Row]:
    return sorted({(one.table, one.period) for one in inside if _shows(now[one.table], one.period)})


def _candidates(group: Component, now: Mapping[str, Table], disclosed: set[int]) -> list[Row]:
    """Return the points of ours that could be left out, the least missed first: later measures before the headline."""
    hidden = {(cell.table, cell.period) for place in disclosed for cell in group.cells[place]}
    places = {key: number for number, key in enumerate(now)}
    rows = {
        (cell.table, cell.period)
        for cells in group.cells
        for cell in cells
        if (cell.table, cell.period) not in hidden and _shows(now[cell.table], cell.period)
    }
    # A hidden number's own point goes last: its other half may be what tells.
    own = {row for row in hidden if _shows(now[row[0]], row[1])}
    order = sorted(rows, key=lambda row: (-places[row[0]], row[1]))
    return [*order, *sorted(own, key=lambda row: (-places[row[0]], row[1]))]


def _again(tables: Mapping[str, Table], found: Found, inside: set[Cell]) -> Component:
    """Work one group out again from changed tables; only its own rows and ties are looked at."""
    periods = {(one.table, one.period) for one in inside}
    part = [
        replace(
            table,
            rows=tuple(row for row in table.rows if (table.key, row.period) in periods),
            ours=table.ours and tuple(row for row in table.ours if (table.key, row.period) in periods),
            others=tuple(
                tuple(row for row in other if (table.key, row.period) in periods) for other in table.others
            ),
        )
        for table in tables.values()
    ]
    ties = Found(
        tuple(one for one in found.same if one[0] in inside or one[1] in inside),
        tuple(one for one in found.sums if one.whole in inside),
        tuple(one for one in found.at_most if one.whole in inside),
        (),
    )
    return next(
        one for one in components(part, ties) if any(cell in inside for cells in one.cells for cell in cells)
    )


def _without(tables: Mapping[str, Table], rows: Sequence[Row]) -> dict[str, Table]:
    gone = set(rows)
    return {
        key: replace(
            table,
            ours=table.ours
            and tuple(Cells(row.period) if (key, row.period) in gone else row for row in table.ours),
        )
        if any(key == one for one, _ in gone)
        else table
        for key, table in tables.items()
    }


def _shows(table: Table, on: date) -> bool:
    return any(row.period == on and not blank(row) for row in table.ours or ())


def _room(group: Component) -> int:
    return sum(min(one.high, SMALL.high) - max(one.low, SMALL.low) for one in group.worked_out().values())


def _narrowed(group: Component) -> list[Narrowed]:
    return [
        Narrowed(group.cells[place][0].table, group.cells[place][0].period, one.low, one.high)
        for place, one in group.disclosed().items()
    ]
