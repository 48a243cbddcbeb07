"""Patient identifiers have no place here: what looks like an NHS number is refused, not kept and not logged."""

import re
from collections.abc import Iterable

from qiplatform.errors import Invalid, Mistake

_TEN = re.compile(r"(?<![\d.,])(\d{3})[\s\u00a0-]?(\d{3})[\s\u00a0-]?(\d{4})(?![\d]|[.,]\d)")
_NAMED = re.compile(r"\b(?:nhs|chi|h&c)\b", re.IGNORECASE)
_DAYS, _MONTHS = 31, 12
_WEIGHTS = range(10, 1, -1)
_ELEVEN = 11
_TEN_IS_NONE = 10


def holds_nhs_number(text: str) -> bool:
    """Whether ten digits in the text pass the check digit of NHS numbers (Modulus 11) and lie where such numbers are given out.

    One of eleven numbers of ten digits passes the check digit by chance, so that a large count or a sum of money must also
    lie in a range that is used (or stand beside the letters NHS) before it is taken for a person.

    >>> holds_nhs_number("seen: 999 000 0018"), holds_nhs_number("phone 0113 496 0999")
    (True, False)
    >>> holds_nhs_number("8835805325"), holds_nhs_number("NHS 8835805325")
    (False, True)
    """
    named = _NAMED.search(text) is not None
    return any(
        _passes(digits) and (named or _given_out(digits))
        for digits in ("".join(found.groups()) for found in _TEN.finditer(text))
    )


def check_none(fields: Iterable[tuple[str, str, str]]) -> None:
    """Refuse when one of (at, where, text) holds an NHS number; `where` is said in brackets, such as "row 6, column B"."""
    found = [Mistake(at, words(where)) for at, where, text in fields if holds_nhs_number(text)]
    if found:
        raise Invalid(found[0].message, *found)


def words(where: str) -> str:
    """Return the sentence that refuses."""
    return f"This looks like an NHS number ({where}). Patient identifiers are not allowed here."


def _given_out(digits: str) -> bool:
    """Whether a number lies in a range of the UK's health services, or in that of invented ones (999).

    England and Wales 4, 6 and 7; Northern Ireland 32 to 39; Scotland (CHI) begins with a day and month of birth.
    """
    scottish = 1 <= int(digits[:2]) <= _DAYS and 1 <= int(digits[2:4]) <= _MONTHS
    return digits[0] in "467" or digits[:3] == "999" or "32" <= digits[:2] <= "39" or scottish


def _passes(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    check = (_ELEVEN - total % _ELEVEN) % _ELEVEN
    return check != _TEN_IS_NONE and check == int(digits[9])
