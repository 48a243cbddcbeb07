"""Many points in a row going up and down in turn (Nelson 4). A tie or a missing value breaks the pattern.

Pattern: Fourteen points in a row go up and down in turn like the teeth of a saw.
Why it matters: Two different things seem to take turns: two shifts, two clinics, two machines, or somebody who
corrects after every point.
Marked: The fourteenth point and those after it that go on in the same way.
Ties and gaps: Two equal values in a row break the pattern. So does a missing value.
Do not conclude: That the process is good or bad: the pattern has no direction. Split the data by what takes turns and
chart each by itself.
Source: Nelson 1984, Journal of Quality Technology 16:237.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import ASIDE, Found, View, nothing, runs_of, steps


def find(view: View, use: Use) -> Found:
    """Mark every stretch of `use.n` or more points; with mark="completing", from the n-th on.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[5, 3] * 7), chart="xmr", profile="qcc_nelson", centre=4.0)
    >>> [(signal.rule, signal.points) for signal in result.signals]
    [('alternating', (13,))]
    """
    n = len(view.value)
    if n < use.n:
        return nothing(n)
    step = steps(view.value)
    turns = (step[1:] * step[:-1]) < 0
    first, length = runs_of(turns.view(np.int8))
    long = (length >= use.n - 2) & turns[first]
    if not long.any():
        return nothing(n)
    start = first[long]
    last = start + length[long] + 1
    mark = np.zeros(n, dtype=np.int8)
    lead = use.n - 1 if use.mark == "completing" else 0
    for begin, end in zip(start.tolist(), last.tolist(), strict=True):
        mark[begin + lead : end + 1] = ASIDE
    return Found(start, last, np.zeros(len(start), dtype=np.int8), mark)
