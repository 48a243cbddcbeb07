"""How many points until a change could be seen: the question with what was typed, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import spc
from qiplatform.errors import Mistake, Refusal
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules import Record, in_percent, periods, planning
from qiplatform.measures.rules.numbers import plain
from qiplatform.measures.rules.planning import LONGEST, Planned, chart_planned, typed_fields

_LOOKS = (4, 8, 12, 20, 30, LONGEST)
Cell = str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A box to type a number in."""

    name: str
    label: str
    hint: str
    suffix: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The question and the answer."""

    measure: str
    href: str
    project: str
    project_href: str
    under: str
    questions: tuple[Question, ...]
    values: Mapping[str, str]
    answer: str
    """One sentence or two; empty before it was asked."""
    assumes: str
    from_where: str
    """Whose spread it is."""
    columns: tuple[str | tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "How many points until we could see a change?"


def page(
    seen: SeenMeasure,
    record: Record,
    typed: Mapping[str, str],
    planned: Planned | None = None,
    refusal: Refusal | None = None,
) -> PlanPage:
    """Return the page; `planned` once something was asked and could be answered."""
    one = seen.measure
    own = planning.has_own_spread(record)
    unit = "percentage points" if in_percent(one.chart) or one.unit == "%" else one.unit
    fields = ("change",) if own else ("change", *typed_fields(one.chart))
    word = periods.word(one.frequency)
    return PlanPage(
        measure=one.name,
        href=f"/measures/{one.id}",
        project=seen.project.project.title,
        project_href=f"/projects/{one.project_id}",
        under="Ask before you start: a change that would take two years to show is better tested in another way.",
        questions=tuple(_question(name, one.chart, unit, word) for name in fields),
        values={name: typed.get(name, "") for name in fields},
        answer=planned.asked.words if planned else "",
        assumes=planned.asked.assumes if planned else "",
        from_where=_from_where(one.chart, own=own),
        columns=(
            "A fall of" if planned and planned.sizes[0][0] < 0 else "A rise of",
            ("Points needed", "number"),
            *((f"After {look}", "number") for look in _LOOKS),
        ),
        rows=tuple(_row(size, found, unit) for size, found in planned.sizes) if planned else (),
        mistakes=refusal.mistakes if refusal else (),
        words=refusal.words if refusal else "",
    )


def _from_where(chart: str, *, own: bool) -> str:
    said = (
        "The level and the spread are those of the measure's own numbers, since the limits were last worked out."
        if own
        else f"There are fewer than {planning.FEWEST_OF_ITS_OWN} numbers since the limits were last worked out, so the"
        " level and the spread are those you type."
    )
    if chart_planned(chart) == chart:
        return said
    return f"{said} It is worked out for the same values on an XmR chart; a {spc.CHARTS[chart].title} may show a change a little sooner or later."


def _question(name: str, chart: str, unit: str, word: str) -> Question:
    percent = in_percent(chart)
    label, hint = {
        "change": (
            "How large a change do you want to see?",
            "Towards better, unless you write a minus sign for a fall or a plus sign for a rise.",
        ),
        "level": ("The usual level now", "In percent." if percent else "About."),
        "step": (
            "How far apart two neighbouring numbers are",
            "On average, leaving out the sign: 31, 28, 32 are 3 and 4 apart, 3.5 on average.",
        ),
        "size": (f"The lower number of a usual {word}", "About."),
        "points": ("How many points there will be before the change", f"One for each {word}."),
    }[name]
    suffix = {"change": unit, "level": "%" if "percent" in unit else unit, "step": unit}.get(name, "")
    return Question(name, label, hint, suffix)


def _row(size: Decimal, found: spc.Plan, unit: str) -> tuple[Cell, ...]:
    needed = str(found.points_needed) if found.points_needed else f"more than {LONGEST}"
    chances = (f"{found.power[look - 1]:.0%}" for look in _LOOKS)
    return (f"{_short(abs(size))} {unit}".strip(), needed, *chances)


def _short(size: Decimal) -> str:
    text = plain(size)
    return text.rstrip("0").rstrip(".") if "." in text else text
