"""The grid in which numbers are typed: its columns, and how a row that was touched is told from one that was not."""

from collections.abc import Sequence

TYPED = ("value", "numerator", "denominator", "note")
"""What can be typed in a row."""


def was(texts: Sequence[str]) -> str:
    """Return a row of the grid in one line, to tell later whether it was touched.

    >>> was(["12", "", "", "snow"])
    '12 |  |  | snow'
    """
    return " | ".join(texts).strip()
