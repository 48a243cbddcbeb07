"""Numbers as spreadsheets show them, a column at a time: one way of writing for the whole column, or a refusal."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qiplatform.measures.rules.numbers import fault, stands_for_none

_COMMA_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POINT_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?:\D|$))")
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers as read: plain decimals, empty where there is none."""

    texts: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    """Rows that cannot be read, each with what is wrong."""


def read_numbers(
    cells: Sequence[str], *, percent: bool = False, nothing: Collection[str] = ()
) -> NumberColumn:
    """Read a column; with `percent` the numbers are percentages and may carry the sign.

    `nothing` are words a person said stand for "no number", beyond those that always do.

    >>> read_numbers(["1,234", "987", "N/A"]).texts
    ('1234', '987', '')
    >>> read_numbers(["1.234,5", "0,5"]).texts
    ('1234.5', '0.5')
    >>> read_numbers(["85%", "86"], percent=True).faults
    ((1, '“86” has no percent sign and others in its column do'),)
    """
    texts = [cell.strip().replace(_MINUS, "-") for cell in cells]
    remarks: list[str] = []
    faults: dict[int, str] = {}
    none = [text for text in texts if text and (text in nothing or stands_for_none(text))]
    if none:
        said = ", ".join(f"“{one}”" for one in dict.fromkeys(none))
        remarks.append(f"{said} is read as “no number”, {len(none)} {'time' if len(none) == 1 else 'times'}.")
    texts = ["" if text in nothing or stands_for_none(text) else text for text in texts]
    texts = _signs(texts, remarks, faults, percent=percent)
    texts = _separators(texts, remarks, faults)
    for row, text in enumerate(texts):
        if text and row not in faults and (wrong := fault(text)) is not None:
            faults[row] = f"“{cells[row].strip()[:30]}” {wrong}"
    return NumberColumn(tuple(texts), tuple(remarks), tuple(sorted(faults.items())))


def _signs(texts: list[str], remarks: list[str], faults: dict[int, str], *, percent: bool) -> list[str]:
    signed = [row for row, text in enumerate(texts) if text.endswith("%")]
    if not signed:
        return texts
    for row, text in enumerate(texts):
        if text.endswith("%") and not percent:
            faults[row] = f"“{text}” is a percentage, and this measure is not in percent"
        elif text and not text.endswith("%"):
            faults[row] = f"“{text}” has no percent sign and others in its column do"
    remarks.append("The percent signs are left out.")
    return [text.removesuffix("%").rstrip() for text in texts]


def _separators(texts: list[str], remarks: list[str], faults: dict[int, str]) -> list[str]:
    """Take out what separates thousands and write decimals with a point, if the whole column agrees."""
    spaced = [_SPACES.sub("", text) for text in texts]
    if spaced != texts:
        remarks.append("Spaces inside numbers are left out.")
    british = [row for row, text in enumerate(spaced) if _COMMA_THOUSANDS.fullmatch(text)]
    decimal_comma = [
        row
        for row, text in enumerate(spaced)
        if "," in text
        and row not in british
        and (_DECIMAL_COMMA.fullmatch(text) or _POINT_THOUSANDS.fullmatch(text))
    ]
    if british and decimal_comma:
        one, other = spaced[british[0]], spaced[decimal_comma[0]]
        faults[british[0]] = f"The comma means one thing in “{one}” and another in “{other}”"
        return spaced
    if british:
        remarks.append(f"“{spaced[british[0]]}” is read as {spaced[british[0]].replace(',', '')}.")
        return [text.replace(",", "") if row in british else text for row, text in enumerate(spaced)]
    if decimal_comma:
        read = [
            text.replace(".", "").replace(",", ".")
            if "," in text or _POINT_THOUSANDS.fullmatch(text)
            else text
            for text in spaced
        ]
        remarks.append(f"“{spaced[decimal_comma[0]]}” is read as {read[decimal_comma[0]]}.")
        return read
    return spaced
