"""The columns of numbers: what stands for none, percentages and proportions, and what cannot be read, cell by cell."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from qiplatform.measures.models import Measure
from qiplatform.measures.rules.cells import read_numbers
from qiplatform.measures.rules.importing.choices import Choices, Scale
from qiplatform.measures.rules.importing.layout import Layout, wanted
from qiplatform.measures.rules.importing.sorting import Sorted
from qiplatform.measures.rules.numbers import number, stands_for_none, to_percent

_UNKNOWN_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person must say before anything can be kept."""

    at: str
    """The field that answers it."""
    words: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Numbers:
    """The columns of numbers as read."""

    texts: dict[str, dict[int, str]] = field(default_factory=dict)
    """For each field the number of each row, as it will be kept."""
    questions: list[Question] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    nothing: Counter[str] = field(default_factory=Counter)
    """Words read as "no number", with how often."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Words that are no numbers; a person may say that they stand for none."""


def read_columns(measure: Measure, layout: Layout, rows: Sorted, choices: Choices) -> Numbers:
    """Read the numbers of the dated rows; what cannot be read is a fault of its row."""
    found = Numbers()
    for one in wanted(measure)[1:]:
        if one in layout.columns:
            _read(measure, layout, rows, choices, one, found)
    return found


def _read(  # noqa: PLR0917 - one column of one file
    measure: Measure, layout: Layout, rows: Sorted, choices: Choices, one: str, found: Numbers
) -> None:
    table, at = layout.table, layout.columns[one]
    cells = [table.cell(row, at) for row in rows.dated]
    percent = measure.unit == "%" and one == "value"
    read = read_numbers(cells, percent=percent, nothing=choices.nothing)
    found.remarks += [
        f"{words.removesuffix('.')} ({table.side(at)})."
        for words in read.remarks
        if "as “no number”" not in words  # they have a list of their own
    ]
    found.nothing.update(
        cell for cell in cells if cell and (cell in choices.nothing or stands_for_none(cell))
    )
    for place, words in read.faults:
        cell, row = cells[place], rows.dated[place]
        hint = ""
        if _is_word(cell):
            found.unknown[cell] += 1
            hint = "; say below if it stands for “no number”"
        rows.fault(row, f"{words}{hint} ({table.where(row, at)}).")
    for row in rows.dated:
        if (row, at) in table.faults:
            rows.fault(row, f"The cell {table.faults[row, at]} ({table.where(row, at)}).")
        elif (row, at) in table.covered:
            words = f"The cell is merged with another and has no number of its own ({table.where(row, at)}). Unmerge the cells in the spreadsheet and choose the file again."
            rows.fault(row, words)
    texts = list(read.texts)
    if percent and not read.faults:
        texts = _scaled(texts, cells, choices, found)
    found.texts[one] = dict(zip(rows.dated, texts, strict=True))


def _is_word(cell: str) -> bool:
    """Whether a cell is a word, which may stand for "no number", and not a number with a slip in it."""
    return len(cell) <= _UNKNOWN_LENGTH and (cell.startswith("#") or not any(sign.isdigit() for sign in cell))


def _scaled(texts: list[str], cells: list[str], choices: Choices, found: Numbers) -> list[str]:
    """Ask what 0.85 means where the measure is in percent and no cell has the sign; never guess."""
    if any(cell.endswith("%") for cell in cells):
        return texts
    values = [one for text in texts if (one := number(text)) is not None]
    if not values or any(not 0 <= one <= 1 for one in values) or all(one in {0, 1} for one in values):
        small = [text for text in texts if text and 0 < (number(text) or 0) < 1]
        if small:
            found.remarks.append(f"“{small[0]}” is read as {small[0]}%, as the others are in percent.")
        return texts
    example = next(text for text in texts if text and number(text) not in {Decimal(0), Decimal(1)})
    if choices.scale is None:
        options = ((Scale.TIMES_100.value, f"{to_percent(example)}%"), (Scale.AS_IT_IS.value, f"{example}%"))
        words = (
            f"All the numbers lie between 0 and 1, and this measure is in percent. What does {example} mean?"
        )
        found.questions.append(Question("scale", words, options))
    return [to_percent(text) if text else "" for text in texts] if choices.scale is Scale.TIMES_100 else texts
