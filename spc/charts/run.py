"""Run chart: the values about their median, no limits.

Shows: Your values in order of time, joined by a line, and their median: half of the values lie above it and half
below. You look for patterns about the median that chance seldom makes.
When to use: At the start of nearly any work, from the first points on. It needs no assumption and could be drawn by
hand. It is enough to see whether something became different after a change.
When another is better: From about twelve points on an XmR chart also says how far a single point may stray, and what
to expect next. A run chart cannot say whether a target will be met.
Data: One number a period, in order of time. Any measure will do: a count, a percentage, a time, a score.
Formula:
    centre = median of the values of the baseline
    limits: none
Missing values: A missing value leaves a gap, does not count, and breaks a shift and a trend.
Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46.
"""

from spc.charts.limits import Limits, present
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import median


def limits(span: Span, _: Profile) -> Limits:
    """Median of the baseline, unless a centre is given; a run chart has no limits.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[12, 15, 11, 30, 14]), chart="run").points
    >>> float(points.centre[0]), float(points.upper[0])
    (14.0, nan)
    """
    return Limits(span.given if span.given is not None else median(present(span.of_base(span.value))))
