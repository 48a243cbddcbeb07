"""Worked examples from books and papers: one list that the tests check and the manual prints."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import spc


@dataclass(frozen=True)
class Worked:
    """A published example: its data, and the numbers its source prints, compared to `digits` decimals.

    `lower` and `upper` are the limits at row `row` (0-based; they vary with the denominator on some charts), None where the
    source prints none. `value` is what is plotted there, where the source prints it and it is not what was measured.
    Numbers stand as printed; where the source computed with rounded intermediate numbers, `digits` is what its rounding
    leaves, and `words` say so.
    """

    chart: str
    title: str
    # Author, book or paper, edition, chapter and table or example number.
    source: str
    series: Callable[[], spc.Series]
    centre: float
    lower: float | None
    upper: float | None
    digits: int
    row: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    # What the example shows, for an improvement coach.
    words: str = ""
    value: float | None = None
    # False where the numbers were worked out by hand from the formula, not printed by the source.
    printed: bool = True
