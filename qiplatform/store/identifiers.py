"""Patient identifiers have no place here: what looks like an NHS number is refused, not kept and not logged."""

import re
from collections.abc import Iterable

from qiplatform.errors import Invalid, Mistake

_TEN = re.compile(r"(?<![\d.,])(\d{3})[\s\u00a0-]?(\d{3})[\s\u00a0-]?(\d{4})(?![\d]|[.,]\d)")
_WEIGHTS = range(10, 1, -1)
_ELEVEN = 11
_TEN_IS_NONE = 10


def holds_nhs_number(text: str) -> bool:
    """Whether ten digits in the text pass the check digit of NHS numbers (Modulus 11).

    >>> holds_nhs_number("seen: 999 000 0018"), holds_nhs_number("phone 0113 496 0999")
    (True, False)
    """
    return any(_passes("".join(found.groups())) for found in _TEN.finditer(text))


def check_none(fields: Iterable[tuple[str, str, str]]) -> None:
    """Refuse when one of (at, where, text) holds an NHS number; `where` is said in brackets, such as "row 6, column B"."""
    found = [Mistake(at, words(where)) for at, where, text in fields if holds_nhs_number(text)]
    if found:
        raise Invalid(found[0].message, *found)


def words(where: str) -> str:
    """Return the sentence that refuses."""
    return f"This looks like an NHS number ({where}). Patient identifiers are not allowed here."


def _passes(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    check = (_ELEVEN - total % _ELEVEN) % _ELEVEN
    return check != _TEN_IS_NONE and check == int(digits[9])
