"""Rules of the form "so many of so many points beyond a line on one side"."""

from functools import partial

import numpy as np

from spc.profiles import Use
from spc.series import BoolArray, FloatArray
from spc.signals.found import Found, Patterns, Signs, View, nothing


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
    if not n or (n < window and use.third != "cancels"):
        return nothing(n)
    above, below = view.value > upper, view.value < lower
    if not use.beyond_counts:
        above &= ~(view.value > view.upper)
        below &= ~(view.value < view.lower)
    # Each window is known by its last point; those that begin before the phase are not full.
    full = np.zeros(n, dtype=np.int8)
    beyond = above.view(np.int8) - below.view(np.int8)
    if use.third == "cancels":
        total = np.convolve(beyond, np.ones(window, dtype=np.int8))[:n]
        full = (total >= needed).view(np.int8) - (total <= -needed).view(np.int8)
    else:
        for sign, there in ((1, above), (-1, below)):
            if np.count_nonzero(there) >= (needed if use.lines == "own" else 1):
                enough = _enough(view, there, use, window, sign, lower if sign < 0 else upper) >= needed
                np.copyto(full[window - 1 :], sign, where=_allowed(view, use, enough, window, sign))
    if not np.count_nonzero(full):
        return nothing(n)
    mark = _marked(full, beyond, use, window)
    return Found.later(mark, partial(_joined, mark, full, window)) if np.count_nonzero(mark) else nothing(n)


def _enough(  # noqa: PLR0917 - the parts of one question
    view: View, beyond: BoolArray, use: Use, window: int, sign: int, line: FloatArray | float
) -> Signs:
    """Count the points beyond the line in each window, known by its first point; the line as it is there, or at its end."""
    n = len(beyond) - window + 1
    if use.lines == "last":
        last = sign * np.broadcast_to(line, len(beyond))[window - 1 :]
        parts = [(sign * view.value[offset : offset + n] > last).view(np.int8) for offset in range(window)]
    else:
        parts = [beyond[offset : offset + n].view(np.int8) for offset in range(window)]
    counted = parts[0] + parts[1]
    for part in parts[2:]:
        counted += part
    return counted


def _allowed(view: View, use: Use, enough: BoolArray, window: int, sign: int) -> BoolArray:
    """Drop windows whose points are not all where `use.third` wants them, and those with a missing value."""
    if np.count_nonzero(enough):
        held = view.side == sign if use.third == "same_side" else ~np.isnan(view.value)
        for offset in range(window):
            enough &= held[offset : offset + len(enough)]
    return enough


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


def _joined(mark: Signs, full: Signs, window: int) -> Patterns:
    """Join overlapping windows of one direction into one pattern, from its first marked point to its last."""
    filled = full.nonzero()[0]
    sign = full[filled]
    apart = ((filled[1:] - filled[:-1] >= window) | (sign[1:] != sign[:-1])).nonzero()[0] + 1
    starts, stops, signs = apart.tolist(), filled.tolist(), sign.tolist()
    first, last, direction = [], [], []
    for begin, end in zip([0, *starts], [*starts, len(stops)], strict=True):
        low, high = max(stops[begin] - window + 1, 0), stops[end - 1]
        # A pattern is short: a list is searched faster than an array.
        marked = mark[low : high + 1].tolist()
        if signs[begin] in marked:
            first.append(low + marked.index(signs[begin]))
            last.append(high - marked[::-1].index(signs[begin]))
            direction.append(signs[begin])
    return (
        np.array(first, dtype=np.intp),
        np.array(last, dtype=np.intp),
        np.array(direction, dtype=np.int8),
    )
