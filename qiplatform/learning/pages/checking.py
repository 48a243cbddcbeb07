"""The checker's page: the team's numbers beside those that would be public, the two readings, the words to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import spc
from qiplatform import charts
from qiplatform.errors import Mistake, Refusal
from qiplatform.learning.pages.attack import AttackBlock
from qiplatform.learning.pages.public import (
    Box,
    ChangeBlock,
    Section,
    boxes,
    change_blocks,
    cycle_rows,
    sections,
)
from qiplatform.learning.pages.series import figure
from qiplatform.learning.queries import Prepared, SeenReport
from qiplatform.learning.rules import (
    RESULT_WORDS,
    Cells,
    Concern,
    needs_two,
    rounding_words,
    same_signals,
    treatment_words,
)
from qiplatform.web.forms import Sent
from qiplatform.web.rendering import day

Column = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class MeasureCheck:
    """One measure, raw beside protected."""

    id: str
    name: str
    treatment: str
    warnings: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    figure: charts.Figure | None
    private_words: str
    public_words: str
    differs: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything the checker decides on."""

    title: str
    href: str
    under: str
    result: str
    sections: tuple[Section, ...]
    aim: str
    drivers: tuple[Box, ...]
    cycles: tuple[tuple[str, ...], ...]
    byline: str
    concerns: tuple[tuple[str, str, str], ...]
    measures: tuple[MeasureCheck, ...]
    refused: str
    digest: str = ""
    attack: AttackBlock | None = None
    two: bool = False
    changes: tuple[ChangeBlock, ...] = ()
    reason: str = ""
    mistakes: tuple[Mistake, ...] = ()
    words: str = ""


def check(
    seen: SeenReport,
    content: Mapping[str, Any],
    texts: Mapping[str, tuple[str, str]],
    ready: Sequence[Prepared],
    concerns: Sequence[Concern],
    *,
    digest: str = "",
    attack: AttackBlock | None = None,
    may_not: Refusal | None,
    sent: Sent | None = None,
    refusal: Refusal | None = None,
) -> CheckPage:
    """Return the page; `may_not` is the rule's refusal where this reader may look but not decide."""
    report = seen.report
    return CheckPage(
        title=f"Check “{report.title}”",
        href=f"/reports/{report.id}",
        under=f"Sent {day(report.submitted_at)} by the team of “{seen.project.title}”"
        if report.submitted_at
        else "",
        result=RESULT_WORDS[report.result],
        sections=sections(content["sections"]),
        aim=content["aim"],
        drivers=boxes(content["drivers"]),
        cycles=cycle_rows(content),
        byline=", ".join(content["authors"]) or "The project team (nobody asked to be named)",
        concerns=tuple((one.phrase, texts[one.at][0], one.why) for one in concerns),
        measures=tuple(_measure(one) for one in ready),
        refused=may_not.words if may_not else "",
        digest=digest,
        attack=attack,
        two=needs_two(seen.project.topics, said=report.sensitive),
        changes=change_blocks(content),
        reason=sent.get("reason") if sent else "",
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _measure(one: Prepared) -> MeasureCheck:
    private, public = one.private(), one.public()
    measure = one.measure
    same = public is not None and same_signals(private, public)
    return MeasureCheck(
        id=measure.id,
        name=measure.name,
        treatment=treatment_words(one.protected.treatment),
        warnings=one.protected.warnings,
        columns=("Period", ("The team's number", "number"), ("Public", "number")),
        rows=_rows(one),
        figure=figure(one.series()),
        private_words=private.verdict.words,
        public_words=f"{public.verdict.words} {rounding_words(one.protected.treatment)}".strip()
        if public
        else "No chart is published.",
        differs=_differs(private, public, same=same),
    )


def _differs(private: spc.Result, public: spc.Result | None, *, same: bool) -> str:
    if public is None:
        return ""
    if same:
        return "The public chart shows the same signals as the team's own."
    return (
        f"The signals differ: the team's chart has {len(private.signals)}, the public one {len(public.signals)}. "
        "Read both sentences before you decide."
    )


def _rows(one: Prepared) -> tuple[tuple[str, ...], ...]:
    public = {row.period: row for row in one.protected.rows}
    return tuple(
        (
            point.period.isoformat(),
            _written(Cells(point.period, point.value, point.numerator, point.denominator)),
            _written(public[point.period]) if point.period in public else "left out",
        )
        for point in one.record.points
    )


def _written(row: Cells) -> str:
    if row.numerator or row.denominator:
        return f"{row.numerator or 'none'} of {row.denominator or 'none'}"
    return row.value or "left out"
