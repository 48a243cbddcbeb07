"""Marks in rows: those that would cover each other stand in rows of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.scales import DAY, milliseconds


@dataclass(frozen=True, slots=True)
class Lane:
    """One mark, from `x0` to `x1` in its row; `open` where it goes on beyond the last point."""

    x0: float
    x1: float
    row: int
    label: str
    detail: str
    open: bool = False


def lanes(
    marks: Sequence[Band] | Sequence[Flag],
    xs: Sequence[float],
    x_range: tuple[float, float],
    *,
    room: float = 0.0,
) -> tuple[Lane, ...]:
    """Put marks into the fewest rows where none covers another; what lies wholly outside the chart is left out.

    `room` is how much of the axis a flag takes, in the axis's own numbers.
    """
    if not xs:
        return ()
    spans = sorted(
        (_span(one, x_range, room) for one in marks), key=lambda lane: (lane.x0, lane.x1, lane.label)
    )
    placed: list[Lane] = []
    ends: list[float] = []
    for lane in spans:
        if lane.x1 < x_range[0] or lane.x0 > x_range[1]:
            continue
        x0, x1 = (lane.x0, lane.x1) if room else (max(lane.x0, x_range[0]), min(lane.x1, x_range[1]))
        row = next((place for place, end in enumerate(ends) if end <= x0), len(ends))
        if row == len(ends):
            ends.append(x1)
        else:
            ends[row] = x1
        placed.append(Lane(x0, x1, row, lane.label, lane.detail, lane.open))
    return tuple(placed)


def _span(mark: Band | Flag, x_range: tuple[float, float], room: float) -> Lane:
    if isinstance(mark, Flag):
        at = milliseconds(mark.on)
        return Lane(at - room / 2, at + room / 2, 0, str(mark.number), mark.text)
    start = milliseconds(mark.starts_on)
    if mark.ends_on is None:
        return Lane(start, max(x_range[1], start), 0, mark.label, mark.detail, open=True)
    # The last day belongs to the span.
    return Lane(start, milliseconds(mark.ends_on) + DAY, 0, mark.label, mark.detail)
