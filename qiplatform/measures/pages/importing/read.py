"""Step 2: how the file was read, all of it changeable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from qiplatform.errors import Mistake, Refusal
from qiplatform.measures.models import ImportFile, Measure
from qiplatform.measures.pages.importing.place import Place, few, pairs, place, skipped, summary
from qiplatform.measures.queries import SeenMeasure
from qiplatform.measures.rules.files import DELIMITERS, ENCODINGS
from qiplatform.measures.rules.importing import (
    AT,
    NO_COLUMN,
    TITLES,
    Question,
    Reading,
    Way,
    letter,
    letters,
    table_name,
    wanted,
)
from qiplatform.web.forms import Sent

_MOST_VALUES = 100
_PREVIEW_ROWS, _PREVIEW_COLUMNS = 10, 30
_FOUND = "as it was found"
_ENCODING = "encoding"
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Select:
    """One thing about the reading that can be changed."""

    name: str
    label: str
    options: tuple[Option, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they stand in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Step 2: how the file was read, all of it changeable."""

    at: Place
    href: str
    file: str
    summary: str
    questions: tuple[Question, ...]
    """Those with answers to choose from."""
    open_columns: tuple[Select, ...]
    """Columns that must be chosen."""
    chosen: Mapping[str, str]
    selects: tuple[Select, ...]
    header: str
    of: str
    """The table the columns are chosen in."""
    nothing: str
    unknown: tuple[Option, ...]
    said_nothing: tuple[str, ...]
    remarks: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    preview: Preview | None
    next_href: str
    """The next step; empty while something is open."""
    mistakes: tuple[Mistake, ...]
    words: str
    title: str = "How the file was read"
    step: str = "Step 2 of 3. Everything here can be changed. Nothing is saved yet."


def read(
    seen: SeenMeasure,
    file_id: str,
    asked: Sent,
    looked: tuple[ImportFile, Reading] | None,
    refusal: Refusal | None = None,
) -> ReadPage:
    """Return the second step; without a reading (a wrong encoding, say) only what could mend that."""
    href = f"{place(seen).href}/import/{file_id}"
    kept, reading = looked or (None, None)
    chosen = {name: asked.get(name) for name in asked.text}
    if reading is None:
        return _unread(seen, file_id, chosen, refusal)
    selects = tuple(_selects(seen.measure, reading, chosen))
    count = len(reading.faults)
    found = "One thing cannot be read" if count == 1 else f"{count} things cannot be read"
    return ReadPage(
        at=place(seen),
        href=href,
        file=(kept.name if kept and kept.name else "What was pasted"),
        summary=summary(reading),
        questions=tuple(one for one in reading.questions if one.options),
        chosen=chosen,
        open_columns=tuple(one for one in selects if one.name in reading.layout.open),
        selects=tuple(one for one in selects if one.name not in reading.layout.open),
        header=_header(reading),
        of=_of(reading),
        nothing=", ".join(f"“{word}” {_times(count)}" for word, count in reading.nothing),
        unknown=tuple((word, f"“{word}”, {_times(count)}") for word, count in _unknown(reading)),
        said_nothing=reading.choices.nothing,
        remarks=reading.remarks,
        skipped=skipped(reading),
        preview=_preview(reading),
        next_href=f"{href}/check?{urlencode(pairs(asked))}" if reading.ready else "",
        mistakes=few(tuple(Mistake("", one.message) for one in reading.faults)),
        words=f"{found}. Put it right in the spreadsheet and choose the file again, or change below how it is read."
        if count
        else "",
    )


def _unread(seen: SeenMeasure, file_id: str, chosen: Mapping[str, str], refusal: Refusal | None) -> ReadPage:
    encodings = (("", _FOUND), *ENCODINGS.items())
    return ReadPage(
        at=place(seen),
        href=f"{place(seen).href}/import/{file_id}",
        file="",
        summary="",
        questions=(),
        open_columns=(),
        chosen=chosen,
        selects=(Select(_ENCODING, "Encoding", encodings, chosen.get("encoding", "")),),
        header="",
        of="",
        nothing="",
        unknown=(),
        said_nothing=(),
        remarks=(),
        skipped=(),
        preview=None,
        next_href="",
        mistakes=tuple(
            Mistake(_ENCODING if one.at == AT else one.at, one.message) for one in refusal.mistakes
        )
        if refusal
        else (),
        words=refusal.words if refusal else "",
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _unknown(reading: Reading) -> list[tuple[str, int]]:
    said = dict(reading.nothing)
    return [*reading.unknown, *((word, said.get(word, 0)) for word in reading.choices.nothing)][:50]


def _header(reading: Reading) -> str:
    return "0" if reading.layout.header is None else str(reading.layout.header + 1)


def _of(reading: Reading) -> str:
    way = Way.ACROSS if reading.layout.table.turned else Way.DOWN
    return table_name(reading.book.sheet, DELIMITERS.get(reading.book.delimiter, ""), way)


def _selects(measure: Measure, reading: Reading, chosen: Mapping[str, str]) -> Iterable[Select]:
    book, layout = reading.book, reading.layout
    columns = tuple((letters(place), name) for place, name in enumerate(layout.headings))
    for one in (*wanted(measure), "note"):
        none = ("", "choose a column") if one in layout.open else (NO_COLUMN, "none")
        first = () if one in layout.columns and one != "note" else (none,)
        yield Select(
            one, f"Column of the {TITLES[one].lower()}", (*first, *columns), letter(layout, one) or none[0]
        )
    yield Select(
        "only_column",
        "Only rows of one place or group",
        (("", "all rows"), *columns),
        chosen.get("only_column", ""),
    )
    if reading.choices.only_column:
        place = next(
            (at for at, (name, _) in enumerate(columns) if name == reading.choices.only_column), None
        )
        if place is not None:
            held = dict.fromkeys(row[place] for row in layout.table.rows[layout.first :] if row[place])
            values = tuple((text, text[:60]) for text in list(held)[:_MOST_VALUES])
            yield Select("only_value", "Which one", (("", "choose"), *values), reading.choices.only_value)
    if book.sheets:
        names = tuple((one.name, f"{one.name} (hidden)" if one.hidden else one.name) for one in book.sheets)
        yield Select("sheet", "Sheet", names, book.sheet)
    else:
        yield Select(
            "delimiter",
            "Columns separated by",
            tuple((one, one) for one in DELIMITERS.values()),
            DELIMITERS.get(book.delimiter, ""),
        )
        if book.kind != "pasted text":
            encoding = "utf-16" if book.encoding.startswith("utf-16") else book.encoding
            yield Select("encoding", "Encoding", tuple(ENCODINGS.items()), encoding)
    if "order" not in {one.at for one in reading.questions}:
        orders = (("", _FOUND), ("day_first", "the day"), ("month_first", "the month"))
        yield Select("order", "First in dates such as 03/04/2026", orders, chosen.get("order", ""))
    ways = (("down", "down the sheet"), ("across", "across the sheet"))
    yield Select("way", "Periods run", ways, "across" if layout.table.turned else "down")


def _preview(reading: Reading) -> Preview:
    table = reading.layout.table
    start = max((reading.layout.header or 0) - 3, 0)
    rows = table.rows[start : start + _PREVIEW_ROWS]
    sides = range(min(table.width, _PREVIEW_COLUMNS))
    head = "Column" if table.turned else "Row"
    return Preview(
        (head, *((f"Row {place + 1}" if table.turned else letters(place)) for place in sides)),
        tuple(
            (
                (letters(start + at) if table.turned else str(start + at + 1)),
                *(row[place][:60] for place in sides),
            )
            for at, row in enumerate(rows)
        ),
        f"The first {len(rows)} of {len(table.rows)}, as they stand in the file",
    )
