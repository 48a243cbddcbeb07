"""Two thousand publications are attacked: nothing hidden can be narrowed, and without the further points left out much could."""

from dataclasses import replace

import pytest

from qiplatform.learning.rules import Cells
from qiplatform.learning.rules.disclosure import Outcome, Range, components, guarded, relations
from tests.support.disclosure import Made, publication

MADE, CHUNKS = 2000, 16
SHARE = MADE // CHUNKS


def attacked(made: Made, *, secondary: bool) -> tuple[Outcome, dict[tuple[str, str], Range]]:
    """Publish, then attack what was published from the beginning; return what the attacker proves, by table and day."""
    outcome, rows = guarded(made.tables, secondary=secondary)
    public = [replace(one, ours=rows.get(one.key)) for one in made.tables]
    proved = {}
    for group in components(public, relations(public)):
        for place, found in group.worked_out().items():
            for cell in group.cells[place]:
                proved[cell.table, f"{cell.part} {cell.period}"] = found
    return outcome, proved


def narrower(proved: dict[tuple[str, str], Range]) -> set[tuple[str, str]]:
    """Return the hidden numbers of which less than 1 to 7 is left."""
    return {cell for cell, found in proved.items() if found.high - found.low < 6}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_hidden_number_can_be_narrowed(chunk: int) -> None:
    hidden = won_without = 0
    for seed in range(chunk * SHARE, (chunk + 1) * SHARE):
        made = publication(seed)
        outcome, proved = attacked(made, secondary=True)
        told = narrower(attacked(as_public_before(made), secondary=False)[1])
        assert narrower(proved) <= told, (seed, made.kind, narrower(proved) - told)
        assert outcome.leaks == (), (seed, made.kind)
        # Of what was told before nothing more is shown.
        assert not shown_now(made, outcome), (seed, made.kind)
        hidden += outcome.hidden
        won_without += bool(narrower(attacked(made, secondary=False)[1]) - told)
    assert hidden > SHARE
    # The negative control: switched off, the attacker wins in about half of them.
    assert won_without > SHARE // 4


def as_public_before(made: Made) -> Made:
    """Return a publication as the attacker knew it before: what others show, and nothing of ours."""
    return replace(
        made,
        tables=tuple(
            replace(one, ours=one.ours and tuple(Cells(row.period) for row in one.ours))
            for one in made.tables
        ),
    )


def shown_now(made: Made, outcome: Outcome) -> list[str]:
    """Return what we show of numbers that are told already."""
    _, rows = guarded(made.tables)
    return [
        f"{one.table} {row}"
        for one in outcome.told_before
        for row in rows.get(one.table, ())
        if row.period == one.period and (row.value or row.numerator)
    ]


def test_the_kinds_that_can_be_attacked_are_among_them() -> None:
    kinds = [publication(seed).kind for seed in range(200)]
    assert {one: kinds.count(one) > 5 for one in kinds} == dict.fromkeys(kinds, True)
    assert len(set(kinds)) == 8


def test_few_points_are_lost_to_it() -> None:
    shown = lost = 0
    for seed in range(200):
        made = publication(seed)
        if made.kind == "ring":  # eight tables that tell of each other: no project publishes that
            continue
        outcome, rows = guarded(made.tables)
        shown += sum(map(len, rows.values()))
        lost += len(outcome.left_out)
    assert lost / shown < 0.12
