"""Too few or too many runs about the median for the number of points there are (IHI run chart rule 3).

Pattern: A run is a row of points on one side of the median. There are fewer runs, or more, than chance explains.
Why it matters: Too few runs say that the level moved or drifts. Too many say that two things take turns on one chart,
or that somebody corrects after every point.
Marked: No point: the signal is a statement about the whole phase. The verdict tells it in words.
Ties and gaps: Points exactly on the median and missing values are taken out first. At least ten points off the median
are needed.
The limits are those of the printed table for 10 to 60 points, and of the distribution behind it for more.
Do not conclude: Which points are special. At 17 of its 51 lengths the printed table differs from the distribution it was
made from by one run: a chart just at the edge is just at the edge.
Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46 (table); Swed & Eisenhart 1943, Ann Math Stat 14:66.
"""

from spc.profiles import Use
from spc.run_limits import number_of_runs_limits
from spc.signals.crossings import whole
from spc.signals.found import Found, View, nothing


def find(view: View, _: Use) -> Found:
    """Find one pattern, the whole phase, if chance does not explain the number of runs. Needs 10 points off the median.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[1] * 5 + [3] * 5), chart="run", profile="ihi_run")
    >>> [signal.words for signal in result.signals]
    ['an unusual number of runs about the median: 2 where 3 to 9 are expected by chance']
    """
    expected = number_of_runs_limits(len(view.useful))
    if expected is None or expected[0] <= len(view.useful_runs[0]) <= expected[1]:
        return nothing(len(view.value))
    return whole(view)
