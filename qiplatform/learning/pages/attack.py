"""What the attack on a report's numbers came to, in words for the checker."""

from dataclasses import dataclass

from qiplatform.learning.queries import Ready
from qiplatform.learning.rules.disclosure import SMALL
from qiplatform.web.rendering import day


@dataclass(frozen=True, slots=True)
class AttackBlock:
    """The attacker's report."""

    summary: str
    tried: tuple[str, ...]
    left_out: tuple[str, ...]
    told_before: tuple[str, ...]
    leaks: tuple[str, ...]


def attack(ready: Ready) -> AttackBlock:
    """Return the attacker's report in words."""
    outcome = ready.outcome
    versions = ready.publications
    known = (
        f"{versions} earlier {'version' if versions == 1 else 'versions'} of this project's reports"
        if versions
        else ""
    )
    return AttackBlock(
        summary=_summary(ready),
        tried=(
            "Every number shown, the stars, the rounding, and that a part is never more than its whole.",
            *((f"What {known} showed, also where it is not shown any more.",) if known else ()),
            *outcome.relations,
        ),
        left_out=tuple(
            f"{day(one.period)} of “{one.table}” is left out too: it would narrow a small number of “{one.protects}”"
            + (f" ({day(one.protects_on)})." if one.protects_on != one.period else ".")
            for one in outcome.left_out
        ),
        told_before=tuple(
            f"{day(one.period)} of “{ready.names.get(one.table, one.table)}”: what is public already tells that it is between {one.low} and {one.high}. Nothing more is shown of it."
            for one in outcome.told_before
        ),
        leaks=tuple(
            f"{day(one.period)} of “{ready.names.get(one.table, one.table)}” could be narrowed to {one.low} to {one.high}."
            for one in outcome.leaks
        ),
    )


def _summary(ready: Ready) -> str:
    outcome = ready.outcome
    if not outcome.hidden:
        return "There is no number from 1 to 7 to be found out."
    many = "1 number" if outcome.hidden == 1 else f"{outcome.hidden} numbers"
    took = f"The attack took {max(1, round(ready.seconds * 1000))} ms."
    before = len(outcome.before)
    first = (
        "Stars and rounding alone would do."
        if not before
        else f"With stars and rounding alone, {before} could be narrowed; {len(outcome.left_out)} further points are left out because of that."
    )
    kept = outcome.narrowest
    left = (
        f"Of none can more be worked out than that it is between {SMALL.low} and {SMALL.high}."
        if not kept.narrower_than(SMALL)
        else f"The best the attacker can do is {kept.low} to {kept.high}."
    )
    return f"{many} from {SMALL.low} to {SMALL.high} must not be found out. {first} {left} {took}"
