"""Text files: their encoding and their delimiter, found and said, or chosen by a person."""

import csv
import io
import re

from qiplatform.errors import Invalid
from qiplatform.measures.rules.files.book import Book
from qiplatform.measures.rules.files.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    too_many_columns,
    too_many_rows,
)

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"), "")
_SAMPLE = 4000
_PLACES = 50


def read_text(
    content: bytes, *, at: str, encoding: str = "", delimiter: str = "", pasted: bool = False
) -> Book:
    """Read delimited text; `Invalid` says what is in the way. `at` is the field a refusal stands at."""
    remarks: list[str] = []
    chosen = encoding
    if not encoding:
        encoding = _encoding(content, at)
    text = _decoded(content, encoding, at)
    if "\x00" in text:
        row = text[: text.index("\x00")].count("\n") + 1
        words = f"The file holds characters that no table has (NUL, first in row {row}). It may be damaged, or it is not text: open it in a spreadsheet and save it again."
        raise Invalid.one(at, words)
    text = text.translate(_UNSEEN)
    if not text.strip():
        words = (
            "Paste the rows from your spreadsheet: one column of dates, and the numbers beside it."
            if pasted
            else "The file is empty. Choose the one that holds the numbers."
        )
        raise Invalid.one(at, words)
    lines = text.count("\n") + 1
    if lines > MOST_ROWS + _PLACES:
        raise Invalid.one(at, too_many_rows(lines - text.endswith("\n")))
    sign = delimiter or _delimiter(text)
    rows = _rows(text, sign, at)
    if not pasted:
        name = ENCODINGS.get("utf-8" if encoding == "utf-8-sig" else encoding, encoding)
        if encoding == "cp1252" and not chosen and not content.isascii():
            remarks.append(f"The letters are read as {name}, because they are not UTF-8.")
        elif encoding == "utf-16":
            remarks.append(f"The letters are read as {name}.")
    if (not pasted or sign != "\t") and max(map(len, rows)) > 1:
        remarks.append(f"Columns are taken to be separated by a {DELIMITERS.get(sign, sign)}.")
    return Book(
        kind="pasted text" if pasted else "a text file",
        rows=tuple(rows),
        encoding="utf-8" if encoding == "utf-8-sig" else encoding,
        delimiter=sign,
        remarks=tuple(remarks),
    )


def _encoding(content: bytes, at: str) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    sample = content[:_SAMPLE]
    # UTF-16 without its mark: every second byte of Latin text is zero.
    if len(sample) > 1 and sample.count(0) * 3 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    try:
        content.decode()
    except UnicodeDecodeError:
        _check_one_encoding(content, at)
        return "cp1252"
    return "utf-8"


def _check_one_encoding(content: bytes, at: str) -> None:
    """Refuse a file of which some lines are UTF-8 and others are not: one of the two would be garbled."""
    good = bad = 0
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            line.decode()
        except UnicodeDecodeError:
            bad = bad or number
        else:
            good = good or number
        if good and bad:
            words = f"Rows {min(good, bad)} and {max(good, bad)} are written in different encodings, so that one of them would be garbled. Open the file in a spreadsheet, look at both rows, and save it as CSV UTF-8."
            raise Invalid.one(at, words)


def _decoded(content: bytes, encoding: str, at: str) -> str:
    try:
        if encoding == "cp1252":
            # Five bytes mean nothing in Windows-1252: they are kept as the sign for an unknown letter.
            return content.decode("cp1252", errors="replace")
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeError as error:
        name = ENCODINGS.get(encoding, encoding)
        words = f"The file cannot be read as {name}. Choose another encoding."
        raise Invalid.one(at, words) from error


def _delimiter(text: str) -> str:
    """Return the sign that parts the most lines into the same number of cells; a comma where none does."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    for sign in ("\t", ";", "|", ","):
        found = [re.sub(r'"[^"]*"', "", line).count(sign) for line in lines]
        if sum(count > 0 for count in found) * 2 > len(lines):
            return sign
    return max(DELIMITERS, key=lambda sign: (sum(sign in line for line in lines), sign == ","))


def _rows(text: str, delimiter: str, at: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for cells in reader:
            begun = reader.line_num + 1
            rows.append(tuple(cells))
            if len(cells) > MOST_COLUMNS:
                raise Invalid.one(at, too_many_columns(len(cells)))
    except csv.Error as error:
        words = f"A quotation mark is opened in row {len(rows) + 1} and not closed, or stands inside a cell (line {begun}). Close it or leave it out."
        raise Invalid.one(at, words) from error
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise Invalid.one(at, too_many_rows(len(rows)))
    return rows
