"""Rules of the form "so many of so many points beyond a line on one side"."""

import numpy as np

from spc.profiles import Use
from spc.series import BoolArray, FloatArray
from spc.signals.found import Found, Signs, View, nothing


def some_of(
    view: View,
    use: Use,
    *,
    needed: int,
    window: int,
    lower: FloatArray | float,
    upper: FloatArray | float,
) -> Found:
    """Find windows with `needed` points beyond a line on one side and mark them as `use.mark` says.

    `use.third` says what the other points of a window may do: all on the same side of the centre ("same_side"), one
    beyond the opposite line takes one away ("cancels"; two points at the start of a phase are enough), or anything
    ("free"). A missing value among a window's points takes the window away; with "cancels" it counts as nothing.

    >>> from spc.charts.limits import Limits
    >>> value, line = np.array([16.0, 10.0, 16.0]), np.full(3, 9.0)
    >>> side = np.sign(value - line).astype(np.int8)
    >>> view = View(value, line, line - 9, line + 9, line - 6, line + 6, side, Limits(9.0, sigma=3.0))
    >>> use = Use("two_in_three", 3, mark="beyond")
    >>> some_of(view, use, needed=2, window=3, lower=view.lower_2s, upper=view.upper_2s).mark.tolist()
    [1, 0, 1]
    """
    n = len(view.value)
    above, below = view.value > upper, view.value < lower
    if not use.beyond_counts:
        above &= ~(view.value > view.upper)
        below &= ~(view.value < view.lower)
    if n < window and use.third != "cancels":
        return nothing(n)
    if use.lines == "own":
        # Points too few or too far apart to fill a window, as in most charts.
        if not _near(above, needed, window) and not _near(below, needed, window):
            return nothing(n)
    elif not np.count_nonzero(above) and not np.count_nonzero(below):
        return nothing(n)
    beyond = above.view(np.int8) - below.view(np.int8)
    # Each window is known by its last point; those that begin before the phase are not full.
    full = np.zeros(n, dtype=np.int8)
    if use.third == "cancels":
        total = np.convolve(beyond, np.ones(window, dtype=np.int8))[:n]
        full = (total >= needed).view(np.int8) - (total <= -needed).view(np.int8)
    elif use.lines == "last":
        high = _against_last(view.value, np.broadcast_to(upper, n), needed, window)
        low = _against_last(-view.value, -np.broadcast_to(lower, n), needed, window)
        full[window - 1 :] = _allowed(view, use, high, low)
    else:
        high, low = _windows(beyond > 0, needed, window), _windows(beyond < 0, needed, window)
        full[window - 1 :] = _allowed(view, use, high, low)
    if not np.count_nonzero(full):
        return nothing(n)
    return _joined(_marked(full, beyond, use, window), full, window)


def _near(beyond: BoolArray, needed: int, window: int) -> bool:
    """Whether so many points beyond a line lie near enough for one window."""
    rows = beyond.nonzero()[0]
    return len(rows) >= needed and bool((rows[needed - 1 :] - rows[: len(rows) - needed + 1]).min() < window)


def _marked(full: Signs, beyond: Signs, use: Use, window: int) -> Signs:
    """Mark the points of full windows as `use.mark` says."""
    n, mark = len(full), full.copy()
    if use.mark == "pattern":
        for back in range(1, window):
            behind = mark[: n - back]
            np.copyto(behind, full[back:], where=full[back:] != 0)
    else:
        mark[mark != beyond] = 0
    if use.mark == "beyond":
        # Windows of both directions may share points: each marks those beyond its own line.
        for back in range(1, window):
            np.copyto(mark[: n - back], full[back:], where=full[back:] == beyond[: n - back])
    return mark


def _allowed(view: View, use: Use, high: BoolArray, low: BoolArray) -> Signs:
    """Drop windows whose points are not all where `use.third` wants them, and those with a missing value."""
    window = len(view.value) - len(high) + 1
    if use.third == "same_side":
        above, below = _all(view.side > 0, window), _all(view.side < 0, window)
    else:
        above = below = _all(~np.isnan(view.value), window)
    return (high & above).view(np.int8) - (low & below).view(np.int8)


def _all(held: BoolArray, window: int) -> BoolArray:
    """Mark windows by their first point: those at all of whose points something holds."""
    n = len(held) - window + 1
    found = held[:n].copy()
    for offset in range(1, window):
        found &= held[offset : n + offset]
    return found


def _windows(beyond: BoolArray, needed: int, window: int) -> BoolArray:
    """Mark windows with enough points beyond their own line, by their first point."""
    n = len(beyond) - window + 1
    enough = beyond[:n].astype(np.int8)
    for offset in range(1, window):
        enough += beyond[offset : n + offset]
    return enough >= needed


def _against_last(value: FloatArray, line: FloatArray, needed: int, window: int) -> BoolArray:
    """Mark windows with enough points above the line as it is at the window's last point."""
    last = line[window - 1 :]
    enough = np.zeros(len(last), dtype=np.int8)
    for offset in range(window):
        enough += value[offset : len(last) + offset] > last
    return enough >= needed


def _joined(mark: Signs, full: Signs, window: int) -> Found:
    """Join overlapping windows of one direction into one pattern, from its first marked point to its last."""
    stops = full.nonzero()[0]
    sign = full[stops]
    apart = ((stops[1:] - stops[:-1] >= window) | (sign[1:] != sign[:-1])).nonzero()[0] + 1
    first, last, direction = [], [], []
    for begin, end in zip([0, *apart.tolist()], [*apart.tolist(), len(stops)], strict=True):
        low, high = max(int(stops[begin]) - window + 1, 0), int(stops[end - 1]) + 1
        marked = (mark[low:high] == sign[begin]).nonzero()[0]
        if len(marked):
            first.append(low + int(marked[0]))
            last.append(low + int(marked[-1]))
            direction.append(int(sign[begin]))
    return Found(
        np.array(first, dtype=np.intp),
        np.array(last, dtype=np.intp),
        np.array(direction, dtype=np.int8),
        mark,
    )
