"""The grid in which numbers are typed: its columns, which cells were touched, and two people in one grid."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qiplatform.measures.models import DataPoint
from qiplatform.measures.rules.points import PointRow, content
from qiplatform.measures.rules.record import Record

TYPED = ("value", "numerator", "denominator", "note")
"""What can be typed in a row."""


def was(texts: Sequence[str]) -> str:
    """Return a row of the grid in one line, to tell later which of its cells were touched.

    >>> was(["12", "", "", "snow"])
    '["12","","","snow"]'
    """
    return json.dumps(list(texts), ensure_ascii=False, separators=(",", ":"))


def base(text: str) -> tuple[str, ...] | None:
    """Return the cells a row had when it was shown, or None where that was not sent.

    >>> base('["12","","","snow"]'), base("12")
    (('12', '', '', 'snow'), None)
    """
    try:
        found = json.loads(text)
    except ValueError:
        return None
    is_row = (
        isinstance(found, list) and len(found) == len(TYPED) and all(isinstance(one, str) for one in found)
    )
    return tuple(found) if is_row else None


def merged(row: PointRow, point: DataPoint | None) -> tuple[PointRow, tuple[str, ...]]:
    """Return a row with the cells in it that somebody else changed meanwhile, and the cells that both changed.

    A cell that the sender did not touch takes what is kept; one that nobody else touched takes what was typed.
    """
    if point is None or row.base is None or row.version == point.version:
        return row, ()
    kept = content(point)
    mine = dict(zip(TYPED, (*row.numbers, row.note or ""), strict=True))
    before = dict(zip(TYPED, row.base, strict=True))
    both = tuple(
        one for one in TYPED if mine[one] != before[one] and kept[one] not in {before[one], mine[one]}
    )
    taken = {one: kept[one] if mine[one] == before[one] else mine[one] for one in TYPED}
    value, numerator, denominator, note = (taken[one] for one in TYPED)
    return replace(row, value=value, numerator=numerator, denominator=denominator, note=note), both


def with_typed(record: Record, rows: Iterable[PointRow]) -> Record:
    """Return a record as it would be with these rows; nothing is kept."""
    points = {point.period: point for point in record.points}
    for row in rows:
        value, numerator, denominator = row.numbers
        points[row.period] = DataPoint(
            measure_id=record.measure.id,
            period=row.period,
            value=value,
            numerator=numerator,
            denominator=denominator,
            note=row.note or "",
        )
    return replace(record, points=tuple(points[on] for on in sorted(points)))
