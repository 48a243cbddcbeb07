"""Several rows for one period: asked about, then one of them used or all added up."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from qiplatform.measures.models import Measure
from qiplatform.measures.rules import periods
from qiplatform.measures.rules.importing.choices import Choices, Repeated
from qiplatform.measures.rules.importing.columns import Question
from qiplatform.measures.rules.importing.layout import Layout
from qiplatform.measures.rules.importing.sorting import Sorted
from qiplatform.measures.rules.numbers import number, plain
from qiplatform.measures.rules.points import PointRow
from qiplatform.measures.rules.record import takes_two


def one_each(  # noqa: PLR0917 - one step of one reading
    measure: Measure,
    layout: Layout,
    choices: Choices,
    rows: Sorted,
    made: dict[int, PointRow],
    questions: list[Question],
) -> dict[int, PointRow]:
    """Return one row for each period; ask when nobody said which."""
    groups: dict[object, list[int]] = defaultdict(list)
    for row, point in made.items():
        groups[point.period].append(row)
    several = [group for group in groups.values() if len(group) > 1]
    if not several:
        return made
    if choices.repeated is None:
        questions.append(_question(measure, layout, made, several))
    chosen = dict(made)
    for group in several:
        used = group[-1] if choices.repeated is Repeated.LAST else group[0]
        if choices.repeated is Repeated.ADD:
            chosen[used] = _sum([made[row] for row in group])
        for row in group:
            if row != used:
                del chosen[row]
                how = "added to" if choices.repeated is Repeated.ADD else "not used beside"
                rows.skipped[row] = f"{how} {layout.table.line(used)}, which has the same period"
    return chosen


def _question(
    measure: Measure, layout: Layout, made: dict[int, PointRow], several: list[list[int]]
) -> Question:
    group = several[0]
    lines = " and ".join(layout.table.line(row) for row in group[:2])
    period = periods.label(measure.frequency, made[group[0]].period)
    words = f"{len(several)} {'period has' if len(several) == 1 else 'periods have'} more than one row, such as {period} ({lines}). Which is meant? If the rows belong to different places, choose the rows of one place under “Only rows of one place or group” instead."
    options = [
        (Repeated.FIRST.value, "the first row of each"),
        (Repeated.LAST.value, "the last row of each"),
    ]
    if takes_two(measure.chart):
        options.append((Repeated.ADD.value, "all of them, added up"))
    return Question("repeated", words, tuple(options))


def _sum(group: list[PointRow]) -> PointRow:
    def total(texts: list[str]) -> str:
        known = [one for text in texts if (one := number(text)) is not None]
        return plain(sum(known, Decimal(0))) if known else ""

    notes = [row.note for row in group if row.note]
    return replace(
        group[0],
        numerator=total([row.numerator for row in group]),
        denominator=total([row.denominator for row in group]),
        note="; ".join(dict.fromkeys(notes)) or None,
    )
