"""Rules on a block of series: each marks points of shape (points, series) by whole rows of booleans."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from spc.many.block import Block
from spc.many.lines import Lines
from spc.profiles import Use
from spc.series import BoolArray
from spc.signals.found import Signs


@dataclass(frozen=True, slots=True)
class Seen:
    """What rules see of a block: its values, lines, and which points lie above and below the centre."""

    block: Block
    lines: Lines
    above: BoolArray
    below: BoolArray


def seen(block: Block, lines: Lines) -> Seen:
    """Put each point on its side of the centre; a missing value, and one on the line, on neither."""
    return Seen(block, lines, block.value > lines.centre, block.value < lines.centre)


def outside_limits(view: Seen, _: Use) -> Signs | None:
    """Mark points strictly beyond the limits."""
    value = view.block.value
    return _signed(value > view.lines.upper, value < view.lines.lower)


def shift(view: Seen, use: Use) -> Signs | None:
    """Mark every stretch of `use.n` points on one side."""
    return _signed(*(_stretches(side, use.n) for side in (view.above, view.below)))


def trend(view: Seen, use: Use) -> Signs | None:
    """Mark every stretch of `use.n` points that go on rising or falling; the turning point belongs to the later one.

    With `use.next_step` a marked point takes the direction of the step to the next marked one, and a tie reads as falling.
    """
    value = view.block.value
    rises, falls = value[1:] > value[:-1], value[1:] < value[:-1]
    up, down = (_points(_windows(steps, use.n - 1), len(value), use.n) for steps in (rises, falls))
    if use.next_step:
        return _by_next_step(up, down, rises)
    if up is None or down is None:
        return _signed(up, down)
    turning = up & down
    if turning.any():
        # At the last point no trend begins, so it is in one only.
        up[:-1] &= ~(turning[:-1] & falls)
        down[:-1] &= ~(turning[:-1] & rises)
    return _signed(up, down)


def _by_next_step(up: BoolArray | None, down: BoolArray | None, rises: BoolArray) -> Signs | None:
    """Give marked points the direction of the step to the next marked point, the last of a trend that of the one before."""
    marked = down if up is None else up if down is None else up | down
    if marked is None:
        return None
    ahead = np.zeros_like(marked)
    ahead[1:] = rises
    np.copyto(ahead[:-1], rises, where=marked[:-1] & marked[1:])
    return _signed(marked & ahead, marked & ~ahead)


def two_in_three(view: Seen, use: Use) -> Signs | None:
    """Mark points between the two-sigma line and the limit, two of three in a row that lie on one side."""
    value, lines = view.block.value, view.lines
    close_high, close_low = value > lines.upper_2s, value < lines.lower_2s
    if not use.beyond_counts:
        close_high &= ~(value > lines.upper)
        close_low &= ~(value < lines.lower)
    found: list[BoolArray | None] = []
    for close, side in ((close_high, view.above), (close_low, view.below)):
        if len(value) < use.n or not close.any():
            found.append(None)
            continue
        two = (close[:-2] & (close[1:-1] | close[2:])) | (close[1:-1] & close[2:])
        marked = _points(two & side[:-2] & side[1:-1] & side[2:], len(value), use.n)
        found.append(None if marked is None else marked & close)
    return _signed(*found)


MARKS: Mapping[str, Callable[[Seen, Use], Signs | None]] = MappingProxyType(
    {"outside_limits": outside_limits, "shift": shift, "trend": trend, "two_in_three": two_in_three}
)


def _stretches(side: BoolArray, n: int) -> BoolArray | None:
    """Mark the points of all stretches of n and more."""
    return _points(_windows(side, n), len(side), n)


def _windows(held: BoolArray, n: int) -> BoolArray | None:
    """Mark windows of n rows that hold throughout, by their first row, by doubling; None where there is none."""
    if len(held) < n or n < 1:
        return None
    wide, size = held, 1
    while size < n:
        step = min(size, n - size)
        wide = wide[: len(wide) - step] & wide[step:]
        size += step
    return wide if wide.any() else None


def _points(first: BoolArray | None, points: int, n: int) -> BoolArray | None:
    """Mark the n points of every window known by its first."""
    if first is None or not first.any():
        return None
    mark = np.zeros((points, first.shape[1]), dtype=np.bool_)
    mark[: len(first)] = first
    size = 1
    while size < n:
        step = min(size, n - size)
        mark[step:] |= mark[:-step].copy()
        size += step
    return mark


def _signed(high: BoolArray | None, low: BoolArray | None) -> Signs | None:
    """Write high as +1 and low as -1; None where there is neither."""
    if high is not None and not high.any():
        high = None
    if low is not None and not low.any():
        low = None
    if high is None and low is None:
        return None
    if low is None:
        return (high if high is not None else np.zeros(0, dtype=np.bool_)).view(np.int8)
    negative = np.negative(low.view(np.int8))
    return negative if high is None else high.view(np.int8) + negative
