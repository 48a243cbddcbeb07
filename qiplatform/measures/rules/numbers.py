"""Numbers as people type them: kept as text, read as decimals, refused with the reason."""

import re
from decimal import Decimal

from qiplatform.measures.models import NUMBER_LENGTH

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
_LETTERS_FOR_DIGITS = re.compile(r"[\dOolI.,]*[OolI][\dOolI.,]*")
_SUPPRESSED = re.compile(r"[<≤]\s*\d+")
NO_NUMBER = frozenset(
    {"", "-", "\N{EN DASH}", "\N{EM DASH}", "*", ".", "..", "n/a", "na", "none", "null", "missing", "#n/a"}
)
"""What people type where there is no number; always shown to them as read so before it is kept."""


def number(text: str) -> Decimal | None:
    """Return the number a kept text stands for, or None where there is none.

    >>> number("12.50"), number("")
    (Decimal('12.50'), None)
    """
    return Decimal(text) if text else None


def fault(text: str) -> str | None:
    """Return what keeps a text from being a number, in words that follow on "12O"; None when it is one.

    >>> fault("12.50"), fault("1O2")
    (None, 'has a letter where a digit should be')
    """
    if len(text) > NUMBER_LENGTH:
        return f"is longer than {NUMBER_LENGTH} characters"
    if _PLAIN.fullmatch(text) and text.isascii():
        return None
    if "," in text:
        return "has a comma; write it without, such as 1234 or 12.5"
    if _LETTERS_FOR_DIGITS.fullmatch(text) and any(sign.isdigit() for sign in text):
        return "has a letter where a digit should be"
    if _SUPPRESSED.fullmatch(text):
        return "is not one number; leave it empty if the true number may not be told"
    return "is not a number"


def stands_for_none(text: str) -> bool:
    """Whether a cell says in one of the usual ways that there is no number.

    >>> stands_for_none("N/A"), stands_for_none("<5"), stands_for_none("0")
    (True, True, False)
    """
    return text.strip().lower() in NO_NUMBER or bool(_SUPPRESSED.fullmatch(text.strip()))


def plain(value: Decimal) -> str:
    """Write a decimal out without an exponent.

    >>> plain(Decimal("0.95").scaleb(2)), plain(Decimal("1E+2"))
    ('95', '100')
    """
    return f"{value:f}"


def from_percent(text: str) -> str:
    """Return a percentage as a proportion, digit for digit.

    >>> from_percent("95"), from_percent("82.50")
    ('0.95', '0.8250')
    """
    return plain(Decimal(text).scaleb(-2))


def to_percent(text: str) -> str:
    """Return a proportion as a percentage, digit for digit.

    >>> to_percent("0.95"), to_percent("0.8250")
    ('95', '82.50')
    """
    return plain(Decimal(text).scaleb(2))
