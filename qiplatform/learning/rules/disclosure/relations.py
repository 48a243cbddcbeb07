"""What ties the numbers of a project together: sums that hold in every period, parts of wholes, longer periods.

An attacker is taken to know every true relation of these kinds, from the definitions or from common sense; they are found in
the team's own numbers, which the attacker does not have, so that nothing depends on how measures are named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from qiplatform.learning.rules.disclosure.tables import Cell, Table, parts_of, whole
from qiplatform.measures.models import Frequency
from qiplatform.measures.rules import periods

FEWEST = 3
"""Shared periods from which a sum that always holds is taken for a rule."""
MOST_PARTS = 3
_ORDER = tuple(Frequency)
Column = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sum:
    """`whole` is the sum of `parts`, in true numbers."""

    whole: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class AtMost:
    """`part` is not more than `whole`, in true numbers."""

    part: Cell
    whole: Cell


@dataclass(frozen=True, slots=True)
class Found:
    """What ties the cells: which are one and the same number, sums, parts of wholes, and each kind in words."""

    same: tuple[tuple[Cell, Cell], ...]
    sums: tuple[Sum, ...]
    at_most: tuple[AtMost, ...]
    words: tuple[str, ...]


def relations(tables: Sequence[Table]) -> Found:
    """Find every relation between the columns of these tables that holds in all the periods they share."""
    columns = {
        (table.key, part): {
            row.period: number for row in table.rows if (number := whole(getattr(row, part))) is not None
        }
        for table in tables
        for part in parts_of(table.rows)
    }
    named = {table.key: table for table in tables}
    words: list[str] = []
    same: list[tuple[Cell, Cell]] = []
    twins: dict[Column, Column] = {}
    for one, other in combinations(columns, 2):
        shared = _shared(columns, one, other)
        if (
            named[one[0]].frequency is named[other[0]].frequency
            and len(shared) >= FEWEST
            and all(columns[one][on] == columns[other][on] for on in shared)
        ):
            same += [(Cell(*one, on), Cell(*other, on)) for on in shared]
            twins.setdefault(other, twins.get(one, one))
            words.append(f"{_named(named, one)} and {_named(named, other)} are the same number.")
    apart = [one for one in columns if one not in twins]
    sums = list(_sums(columns, named, apart, words))
    sums += _longer(columns, named, apart, words)
    inside = [
        AtMost(Cell(table.key, "numerator", row.period), Cell(table.key, "denominator", row.period))
        for table in tables
        for row in table.rows
        if row.numerator and row.denominator
    ]
    return Found(tuple(same), tuple(sums), tuple(inside), tuple(words))


def _sums(
    columns: Mapping[Column, Mapping[date, int]],
    named: Mapping[str, Table],
    apart: Sequence[Column],
    words: list[str],
) -> Iterator[Sum]:
    """Give every sum of two or three columns that is a fourth, in all shared periods; not sums of sums that are known."""
    for total in apart:
        others = [
            one for one in apart if one != total and named[one[0]].frequency is named[total[0]].frequency
        ]
        known: list[set[Column]] = []
        for size in range(2, MOST_PARTS + 1):
            for parts in combinations(others, size):
                if any(seen <= set(parts) for seen in known):
                    continue
                shared = _shared(columns, total, *parts)
                telling = [on for on in shared if all(columns[one][on] for one in parts)]
                if len(telling) < FEWEST or not all(
                    columns[total][on] == sum(columns[one][on] for one in parts) for on in shared
                ):
                    continue
                known.append(set(parts))
                listed = " and ".join(_named(named, one) for one in parts)
                words.append(f"{listed} add up to {_named(named, total)}.")
                for on in shared:
                    yield Sum(Cell(*total, on), tuple(Cell(*one, on) for one in parts))


def _longer(
    columns: Mapping[Column, Mapping[date, int]],
    named: Mapping[str, Table],
    apart: Sequence[Column],
    words: list[str],
) -> Iterator[Sum]:
    """Give every longer period that is the sum of the shorter ones it holds."""
    for long, short in ((one, other) for one in apart for other in apart):
        coarse, fine = named[long[0]].frequency, named[short[0]].frequency
        if _ORDER.index(coarse) <= _ORDER.index(fine):
            continue
        found = []
        for on, total in columns[long].items():
            first, last = periods.span(coarse, on)
            inside = [one for one in columns[short] if first <= one and periods.span(fine, one)[1] <= last]
            if inside and total == sum(columns[short][one] for one in inside):
                found.append(Sum(Cell(*long, on), tuple(Cell(*short, one) for one in sorted(inside))))
            elif inside:
                found = []
                break
        if found:
            words.append(
                f"{_named(named, long)} is the sum of the shorter periods of {_named(named, short)}."
            )
            yield from found


def _shared(columns: Mapping[Column, Mapping[date, int]], *wanted: Column) -> list[date]:
    first, *others = wanted
    return sorted(on for on in columns[first] if all(on in columns[one] for one in others))


def _named(named: Mapping[str, Table], column: Column) -> str:
    part = "" if column[1] == "value" else f" ({column[1]})"
    return f"“{named[column[0]].name}”{part}"
