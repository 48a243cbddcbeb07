"""Periods: what can stand on the axis of time, and what can be put in one order with what."""

import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import numpy as np

from spc.errors import MixedPeriods
from spc.told import told

Period: TypeAlias = date | int | float | str


def orderable(x: object) -> bool:
    """Whether something can be a period: a date, a finite number or a word."""
    if isinstance(x, bool):
        return False
    if isinstance(x, (int, float, np.integer, np.floating)):
        try:
            return math.isfinite(float(x))
        except OverflowError:
            return False
    return isinstance(x, (date, str))


def kind(x: Period) -> str:
    """Group periods that can be compared: moments, days, numbers, words."""
    if isinstance(x, datetime):
        return f"moment{x.tzinfo is not None}"
    if isinstance(x, date):
        return "day"
    return "word" if isinstance(x, str) else "number"


def plain_period(x: Any) -> Any:
    """Write a number or a word of NumPy as Python has it, which JSON can carry."""
    if isinstance(x, np.floating):
        return float(x)
    return x.item() if isinstance(x, (np.integer, np.str_)) else x


def check_comparable(periods: Sequence[Period]) -> None:
    """Raise MixedPeriods for the first that cannot be put in one order with those before it."""
    for row, x in enumerate(periods):
        if not orderable(x) or kind(x) != kind(periods[0]):
            raise MixedPeriods(row=row, found=told(x))
