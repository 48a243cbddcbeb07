"""What is typed about measures."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from qiplatform.errors import Invalid, Mistake, NotFound
from qiplatform.measures.models import (
    NUMBER_LENGTH,
    Counts,
    Direction,
    Frequency,
    Measure,
    MeasureType,
    Purpose,
)
from qiplatform.measures.rules import Definition, Level, Places, PointRow, Record, in_percent, signals
from qiplatform.measures.rules.alike import Words
from qiplatform.measures.rules.choosing import Answers, Differs, Shape, answer_mistakes, suggest
from qiplatform.measures.rules.dates import Order, read_days
from qiplatform.measures.rules.definitions import OWN_FIELDS
from qiplatform.measures.rules.files import DELIMITERS, MOST_ROWS
from qiplatform.measures.rules.grid import TYPED, base, was
from qiplatform.measures.rules.importing import Choices, Different, Repeated, Scale, Way, table_name
from qiplatform.measures.rules.numbers import fault, from_percent
from qiplatform.measures.rules.periods import label, start
from qiplatform.measures.rules.signals import SignalName
from qiplatform.measures.rules.spans import Quarters
from qiplatform.measures.rules.steps import StepAnswer
from qiplatform.web.forms import Form, Sent, read

_CELL = re.compile(r"points/(\d{4}-\d{2}-\d{2})/(value|numerator|denominator|note|version|was)")
_OTHER = "other"
_OTHER_PERIOD = f"{_OTHER}/period"


class DefinitionForm(Form):
    """A measure's definition."""

    name: str = Field(title="Name", max_length=160)
    type: MeasureType = Field(title="What it tells of")
    counts: Counts = Field(default=Counts.PEOPLE, title="What is counted")
    shape: Shape | None = Field(default=None, title="Which numbers there will be")
    differs: Differs | None = Field(default=None, title="Whether the lower number differs")
    usual_numerator: str = Field(default="", title="Usual upper number", max_length=NUMBER_LENGTH)
    usual_denominator: str = Field(default="", title="Usual lower number", max_length=NUMBER_LENGTH)
    frequency: Frequency = Field(default=Frequency.MONTHLY, title="How often")
    direction: Direction = Field(title="Which way is better")
    chart: str = Field(default="", title="Chart", max_length=40)
    operational_definition: str = Field(default="", title="Operational definition", max_length=5000)
    numerator_words: str = Field(default="", title="Numerator", max_length=300)
    denominator_words: str = Field(default="", title="Denominator", max_length=300)
    exclusion_words: str = Field(default="", title="What is left out", max_length=5000)
    sampling: str = Field(default="", title="Sampling", max_length=300)
    unit: str = Field(default="", title="Unit", max_length=40)
    target: str = Field(default="", title="Target", max_length=41)
    target_from: date | None = Field(default=None, title="The day the target holds from")
    profile: str = Field(default="", title="Rules of the chart", max_length=40)
    source: str = Field(default="", title="Source", max_length=300)
    collected_by: str = Field(default="", title="Who collects it", max_length=300)
    why: str = Field(default="", title="Why", max_length=5000)
    purpose: Purpose = Field(default=Purpose.IMPROVEMENT, title="What it is collected for")
    minutes_a_month: int | None = Field(default=None, title="Minutes a month")
    once: str = Field(default="", max_length=60)
    version: int = 1

    def definition(self, before: Sequence[Level] = (), record: Record | None = None) -> Definition:
        """Return it as the rules know it.

        `before` are the targets so far, of which the form shows the latest. Where no chart is chosen it is the suggested
        one, for the numbers of `record` where there are some.
        """
        chart = self._chart(record)
        names = [name for name in OWN_FIELDS if name != "chart"]
        parts = {name: getattr(self, name) for name in names}
        return Definition(**parts, chart=chart, targets=self._targets(before, chart))

    def _chart(self, record: Record | None) -> str:
        answers = _answers(self)
        if self.chart:
            return self.chart
        found = suggest(answers, record)
        if found is None:
            raise Invalid.one("shape", "Say which numbers there will be, or choose a chart.")
        return found.chart

    def _targets(self, before: Sequence[Level], chart: str) -> tuple[Level, ...]:
        earlier = [one for one in before if one.from_on != self.target_from]
        if not self.target:
            return tuple(before[:-1])
        if self.target_from is None:
            earlier = []
        text = self.target.removesuffix("%").strip()
        if in_percent_safely(chart) and fault(text) is None:
            text = from_percent(text)
        levels = [*earlier, Level(self.target_from, text)]
        return tuple(sorted(levels, key=lambda one: one.from_on or date.min))


class AnswersForm(Form):
    """What of a definition decides about the chart; all of it may still be missing."""

    shape: Shape | None = Field(default=None, title="Which numbers there will be")
    differs: Differs | None = Field(default=None, title="Whether the lower number differs")
    usual_numerator: str = Field(default="", title="Usual upper number", max_length=NUMBER_LENGTH)
    usual_denominator: str = Field(default="", title="Usual lower number", max_length=NUMBER_LENGTH)
    frequency: Frequency = Field(default=Frequency.MONTHLY, title="How often")


class DecisionForm(Form):
    """A decision about a chart or a note on it."""

    from_on: date = Field(title="Period")
    to_on: date | None = Field(default=None, title="Last period")
    text: str = Field(default="", title="Reason", max_length=4000)


class WhyForm(Form):
    """What is known of a signal."""

    signal: str = Field(title="Signal", max_length=80)
    text: str = Field(default="", title="Why", max_length=4000)

    @property
    def about(self) -> SignalName:
        """The signal it is about; a name that is none was not sent by our page."""
        if (found := signals.read(self.signal)) is None:
            raise NotFound
        return found


class StepForm(Form):
    """What is made of a suggested step."""

    answer: StepAnswer = Field(title="What you decide")
    text: str = Field(default="", title="Reason", max_length=4000)


class ImportForm(Form):
    """How a file is to be read; what is left out stays as found."""

    encoding: Literal["", "utf-8", "utf-16", "cp1252"] = Field(default="", title="Encoding")
    delimiter: Literal["", "comma", "semicolon", "tab", "vertical bar"] = Field(
        default="", title="Columns separated by"
    )
    sheet: str = Field(default="", title="Sheet", max_length=200)
    way: Way | None = Field(default=None, title="Which way the periods run")
    header: int | None = Field(default=None, ge=0, le=MOST_ROWS, title="Row of the headings")
    period: str = Field(default="", title="Period", max_length=4)
    value: str = Field(default="", title="Value", max_length=4)
    numerator: str = Field(default="", title="Numerator", max_length=4)
    denominator: str = Field(default="", title="Denominator", max_length=4)
    note: str = Field(default="", title="Note", max_length=4)
    only_column: str = Field(default="", title="Only these rows", max_length=4)
    only_value: str = Field(default="", title="Only these rows", max_length=500)
    order: Order | None = Field(default=None, title="Order of day and month")
    quarters: Quarters | None = Field(default=None, title="When the first quarter begins")
    scale: Scale | None = Field(default=None, title="What numbers between 0 and 1 mean")
    nothing: tuple[str, ...] = Field(default=(), title="Words for no number", max_length=100)
    repeated: Repeated | None = Field(default=None, title="Several rows for one period")
    different: Different | None = Field(default=None, title="Numbers that are here already and differ")
    data_version: int = 0
    of: str = Field(default="", max_length=500)
    """The table in which the columns were chosen: in another sheet they mean nothing."""

    def choices(self) -> Choices:
        """Return it as the rules know it."""
        columns = {one: getattr(self, one) for one in ("period", "value", "numerator", "denominator", "note")}
        named = {name: sign for sign, name in DELIMITERS.items()}
        rest = self.model_dump(exclude={*columns, "delimiter", "data_version", "of"})
        if self.of and self.of != table_name(self.sheet, self.delimiter, self.way):
            columns, rest = {}, {**rest, "header": None, "only_column": "", "only_value": ""}
        return Choices(**rest, delimiter=named.get(self.delimiter, ""), columns=columns)


def chosen_file(sent: Sent) -> tuple[str, bytes]:
    """Return the name and content of a file, or of what was pasted, which has no name."""
    if sent.file is not None:
        return sent.file.name or "file", sent.file.content
    if not sent.get("pasted").strip():
        raise Invalid.one("file", "Choose a file, or paste rows from a spreadsheet.")
    return "", sent.get("pasted").encode()


def choices_or_none(sent: Sent) -> Choices:
    """Return what was chosen, or nothing where that cannot be read."""
    try:
        return read(ImportForm, sent).choices()
    except Invalid:
        return Choices()


def answers(sent: Sent) -> Answers:
    """Return what is said so far of the numbers there will be, or raise `Invalid`; the rest of the form is not read."""
    lists = {name: texts for name, texts in sent.lists.items() if name in AnswersForm.model_fields}
    return _answers(read(AnswersForm, Sent(lists=lists)))


def described(sent: Sent) -> Words:
    """Return the words of a definition as far as they are typed."""
    texts = {
        name: sent.get(name).strip() for name in ("name", "operational_definition", "numerator_words", "unit")
    }
    of_type = next((one for one in MeasureType if one.value == sent.get("type")), MeasureType.OUTCOME)
    return Words(**texts, type=of_type, chart=sent.get("chart"))


def _answers(form: DefinitionForm | AnswersForm) -> Answers:
    found = Answers(form.shape, form.frequency, form.differs, form.usual_numerator, form.usual_denominator)
    if wrong := answer_mistakes(found):
        raise Invalid(wrong[0].message, *wrong)
    return found


def in_percent_safely(chart: str) -> bool:
    """Whether a chart, which may have been typed wrongly, shows percent."""
    try:
        return in_percent(chart)
    except KeyError:
        return False


def grid_rows(measure: Measure, sent: Sent, known: Sequence[date]) -> tuple[list[PointRow], Places]:
    """Return the rows of the grid that somebody typed in, and how their cells are named.

    A row that says what it said when the page was made was not touched: somebody else's change to it is no matter.
    """
    cells: dict[date, dict[str, str]] = {}
    for name, text in sent.text.items():
        if found := _CELL.fullmatch(name):
            cells.setdefault(_day(found[1]), {})[found[2]] = text.strip()
    rows, at = [], []
    for on, typed in sorted(cells.items()):
        if was([typed.get(field, "") for field in TYPED]) == typed.get("was", ""):
            continue
        rows.append(_row(on, typed, int(typed["version"]) if typed.get("version", "").isdecimal() else 0))
        at.append(f"points/{on.isoformat()}")
    if extra := _other(measure, sent, known):
        rows.append(extra)
        at.append(_OTHER)
    return rows, Places(at, [label(measure.frequency, row.period) for row in rows], {})


def _other(measure: Measure, sent: Sent, known: Sequence[date]) -> PointRow | None:
    typed = {field: sent.get(f"{_OTHER}/{field}").strip() for field in ("period", *TYPED)}
    if not any(typed.values()):
        return None
    column = read_days([typed["period"]])
    if column.unclear is not None:
        _, day_first, month_first = column.unclear
        words = f"“{typed['period']}” can be {day_first:%-d %B %Y} or {month_first:%-d %B %Y}. Write the month as a word."
        raise Invalid.one(_OTHER_PERIOD, words)
    if (on := column.days[0]) is None:
        words = f"“{typed['period'][:30]}” is not a date that can be read. Write it as 1 March 2026."
        raise Invalid(words, Mistake(_OTHER_PERIOD, words if typed["period"] else "Enter the period."))
    return _row(start(measure.frequency, on, known), typed, 0)


def _row(on: date, typed: dict[str, str], version: int) -> PointRow:
    return PointRow(
        on,
        typed.get("value", ""),
        typed.get("numerator", ""),
        typed.get("denominator", ""),
        typed.get("note", ""),
        version,
        base(typed.get("was", "")),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid.one("", "The form could not be read. Reload the page and type it again.") from error
