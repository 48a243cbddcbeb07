"""Marks in rows: those that would cover each other stand in rows of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qiplatform.charts.marks import Band, Flag
from qiplatform.charts.scales import DAY, milliseconds


@dataclass(frozen=True, slots=True)
class Lane:
    """One mark, from `x0` to `x1` in its row, `at` its first day; `open` where it goes on beyond the last point."""

    x0: float
    x1: float
    row: int
    label: str
    detail: str
    at: float
    open: bool = False


def band_lanes(
    marks: Sequence[Band], xs: Sequence[float], x_range: tuple[float, float], least: float
) -> tuple[Lane, ...]:
    """Put bands into the fewest rows where none covers another; what lies wholly outside the chart is left out.

    `least` is how much of the axis the shortest band takes, in the axis's own numbers.
    """
    placed: list[Lane] = []
    ends: list[float] = []
    low, high = x_range
    spans = sorted((_span(one, high) for one in marks), key=lambda lane: (lane.x0, lane.x1, lane.label))
    for lane in spans if xs else ():
        if lane.x1 < low or lane.x0 > high:
            continue
        x0 = max(min(lane.x0, high - least), low)
        x1 = min(max(lane.x1, x0 + least), high)
        placed.append(replace(lane, x0=x0, x1=x1, row=_row(ends, x0, x1)))
    return tuple(placed)


def flag_lanes(
    marks: Sequence[Flag], xs: Sequence[float], x_range: tuple[float, float], room: float, most: int
) -> tuple[Lane, ...]:
    """Put flags into at most so many rows; one for which no row has room joins its nearest neighbour, as "3+".

    `room` is how much of the axis a flag takes, in the axis's own numbers.
    """
    placed: list[Lane] = []
    ends: list[float] = []
    low, high = x_range
    for mark in sorted(marks, key=lambda one: (one.on, one.number)) if xs else ():
        at = milliseconds(mark.on)
        if not low - room / 2 <= at <= high + room / 2:
            continue
        # Its box stays inside the plot, its line stands at its day.
        x0 = max(min(at - room / 2, high - room), low)
        if len(ends) == most and all(end > x0 for end in ends):
            near = min(range(len(placed)), key=lambda place: abs(placed[place].at - at))
            placed[near] = _joined(placed[near], mark)
            continue
        row = _row(ends, x0, x0 + room)
        placed.append(Lane(x0, x0 + room, row, str(mark.number), mark.text, at))
    return tuple(placed)


def _joined(lane: Lane, mark: Flag) -> Lane:
    first = lane.label.removesuffix("+")
    return replace(lane, label=f"{first}+", detail=f"{lane.detail}; {mark.number}: {mark.text}")


def _row(ends: list[float], x0: float, x1: float) -> int:
    """Return the first row that is free from `x0` on, and take it up to `x1`."""
    row = next((place for place, end in enumerate(ends) if end <= x0), len(ends))
    if row == len(ends):
        ends.append(x1)
    else:
        ends[row] = x1
    return row


def _span(mark: Band, last: float) -> Lane:
    start = milliseconds(mark.starts_on)
    if mark.ends_on is None:
        return Lane(start, max(last, start), 0, mark.label, mark.detail, start, open=True)
    # The last day belongs to the span.
    return Lane(start, milliseconds(mark.ends_on) + DAY, 0, mark.label, mark.detail, start)
