"""Unusually few crossings of the centre line for the number of points there are (Anhøj).

Pattern: The line that joins the points crosses the centre less often than chance explains.
Why it matters: Points that follow one another by chance cross the centre about every second time. Few crossings say
that the process stays up and then stays down: the level moved, or drifts.
The limit is the 5 % point of the crossings of so many tossed coins (Anhøj). A profile can have the best box or the cut
box instead (`run_limits`); with the cut box the fewest crossings allowed are too few if a long run comes with them.
Marked: No point: the signal is a statement about the whole phase. The verdict tells it in words.
Ties and gaps: Points exactly on the centre line and missing values are taken out first.
Do not conclude: Which points are special; all of them together are. Values whose neighbours are alike for another
reason, such as stock at the end of a day, cross seldom too.
Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825; boxes: Anhøj & Wentzel-Larsen 2020, PLoS ONE 15:e0233920.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing


def find(view: View, _: Use) -> Found:
    """Find one pattern, the whole phase, if the line crosses less often than chance explains. No point is marked.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[1] * 6 + [3] * 6), chart="run", profile="anhoej")
    >>> [signal.words for signal in result.signals if signal.rule == "crossings"]
    ['unusually few crossings of the median: 1 where at least 3 are expected by chance']
    """
    if not view.run_limits.too_few(view.crossings, view.longest_run):
        return nothing(len(view.value))
    return whole(view)


def whole(view: View) -> Found:
    """Give the phase itself as the pattern, without direction and without marked points.

    >>> from spc.charts.limits import Limits
    >>> value, line = np.array([1.0, 3.0, 1.0]), np.full(3, 2.0)
    >>> side = np.sign(value - line).astype(np.int8)
    >>> view = View(value, line, line - 9, line + 9, line - 6, line + 6, side, Limits(2.0, sigma=3.0))
    >>> found = whole(view)
    >>> found.first.tolist(), found.last.tolist(), found.mark.tolist()
    ([0], [2], [0, 0, 0])
    """
    n = len(view.value)
    return Found(
        np.zeros(1, dtype=np.intp),
        np.full(1, n - 1, dtype=np.intp),
        np.zeros(1, dtype=np.int8),
        np.zeros(n, dtype=np.int8),
    )
