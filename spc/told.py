"""What stands in a wrong place, written as a person would write it."""

from datetime import date
from decimal import Decimal

import numpy as np

# What was typed is shown up to so many characters, and numbers up to this size digit by digit.
_LONGEST, _LONG = 40, 10**15


def told(found: object) -> object:
    """Return what stands in a wrong place as a person would write it, and not too long.

    >>> told(np.float64(1.5)), told(None), told(date(2026, 3, 1)), told([1])
    (1.5, '(nothing)', '2026-03-01', '(list)')
    """
    if isinstance(found, np.generic):
        found = found.item()
    if found is None:
        return "(nothing)"
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, (int, float)) and abs(found) < _LONG:
        return found
    if isinstance(found, (str, int, Decimal)):
        words = found if isinstance(found, str) else f"{Decimal(found):.6g}"
        return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return found if isinstance(found, (float, complex)) else f"({type(found).__name__})"
