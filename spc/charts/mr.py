"""Moving range chart: the size of the step from each point to the next, to judge how steady the process is.

Shows: How large each step from one value to the next was, up or down alike, with the mean step and the size that a
step seldom passes.
When to use: Beside an XmR chart, when you want to know which single step was unusually large: the day of a jump, or a
slip of the pen.
When another is better: To see the level of the process, look at the XmR chart. Neighbouring steps share a value, so
do not read runs or trends here: our default profile judges single points only.
Data: The same as for an XmR chart: one number a period, in order of time. The first period has no step and no point.
Formula:
    step(i) = |value(i) - value(i-1)|
    centre  = mean of the steps of the baseline
    upper   = 3.267 * centre
    lower   = 0
Missing values: A missing value takes both of its steps away.
Source: Montgomery, Introduction to Statistical Quality Control, section on individuals (D4 = 3.267 for ranges of
two).
"""

import numpy as np

from spc.charts.limits import Limits, present
from spc.constants import D4_OF_TWO
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean


def limits(span: Span, _: Profile) -> Limits:
    """Plot the steps; their mean over the baseline is the centre, 3.267 times it the upper limit, zero the lower.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[10, 12, 11, 14]), chart="mr").points
    >>> points.value.tolist()
    [nan, 2.0, 1.0, 3.0]
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [2.0, 0.0, 6.534]
    """
    steps = np.full(len(span.value), np.nan)
    with np.errstate(over="ignore"):
        steps[1:] = np.abs(span.value[1:] - span.value[:-1])
    steps[~np.isfinite(steps)] = np.nan
    centre = span.given if span.given is not None else mean(present(span.of_base(steps)))
    return Limits(centre, sigma=D4_OF_TWO / 3 * centre, around=0.0, floor=0.0, value=steps)
