"""An unusually long run on one side of the centre line, for the number of points there are (Anhøj).

Pattern: A row of points on one side of the centre that is longer than chance explains for a chart of this length.
Why it matters: It is a shift whose length grows with the chart: on 12 points more than 7 in a row, on 24 more than 8,
on 120 more than 10. So the chance of a false alarm stays about the same however long the chart.
The limit is the logarithm of the number of points to base 2, rounded, and 3 (Anhøj). A profile can have the best box or
the cut box instead (`run_limits`), limits on the longest run and on the crossings chosen together for 10 to 100 points.
By length, the two Anhøj limits speak on 4 to 11 of 100 steady charts, the boxes on 7.5 at most; a shift of 0.8 standard
deviations is found about as often. With the cut box the longest run allowed is too long if few crossings come with it.
Marked: All points of every such row.
Ties and gaps: Points exactly on the centre line and missing values are taken out first: they neither break a row nor
lengthen it.
Do not conclude: When the level moved. The rule speaks of the whole phase; the row shows where to look.
Source: Anhøj & Olesen 2014, PLoS ONE 9:e113825; boxes: Anhøj & Wentzel-Larsen 2020, PLoS ONE 15:e0233920.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, Signs, View, nothing


def find(view: View, _: Use) -> Found:
    """Mark the points of every run longer than the profile's limit; points on the line and missing ones do not count.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[1, 3, 1, 3, 1] + [3] * 8), chart="run", profile="anhoej", centre=2.0)
    >>> [signal.points for signal in result.signals if signal.rule == "longest_run"]
    [(5, 6, 7, 8, 9, 10, 11, 12)]
    """
    limits, longest = view.run_limits, view.longest_run
    if limits.longest is None or not limits.too_long(longest, view.crossings):
        return nothing(len(view.value))
    # In a cut corner the longest run is too long although it is no longer than the limit.
    return long_runs(view, min(limits.longest + 1, longest))


def long_runs(view: View, n: int) -> Found:
    """Mark the points off the line of every run of n or more among the points off the line.

    >>> from spc.charts.limits import Limits
    >>> value, line = np.array([1.0, 3.0, 2.0, 3.0, 3.0]), np.full(5, 2.0)
    >>> side = np.sign(value - line).astype(np.int8)
    >>> view = View(value, line, line - 9, line + 9, line - 6, line + 6, side, Limits(2.0, sigma=3.0))
    >>> long_runs(view, 3).mark.tolist()
    [0, 1, 0, 1, 1]
    """
    rows = view.useful
    first, length = view.useful_runs
    long = length >= n
    if not long.any():
        return nothing(len(view.value))
    start, stop = first[long], (first + length)[long]
    direction: Signs = view.side[rows[start]]
    mark = np.zeros(len(view.value), dtype=np.int8)
    for begin, end, sign in zip(start.tolist(), stop.tolist(), direction.tolist(), strict=True):
        mark[rows[begin:end]] = sign
    return Found(rows[start], rows[stop - 1], direction, mark)
