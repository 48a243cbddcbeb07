"""t chart: time between rare events, such as days between falls.

Times are made nearly normal by the 3.6th root, charted as individuals, and brought back.

Shows: How much time passed between one event and the next. Higher is better here: longer times mean rarer events.
When to use: When events are rare and you know when each of them was, but not how many cases there were in between.
When another is better: If you can count the cases between events, a g chart, which allows for busy and quiet times.
If there are more than about five events a period, a c or u chart.
Data: One point an event: the time since the event before, not below zero. Two events at the same time are a 0.
Formula:
    root(i) = time(i)^(1 / 3.6)
    centre  = (mean of the roots)^3.6
    limits  = (mean of the roots +/- 3 / 1.128 * mean of the steps between roots)^3.6, not below 0
Missing values: A missing time leaves a gap; it breaks a shift and a trend. The time since the latest event is not
finished and is no point yet.
Source: Nelson 1994, Journal of Quality Technology 26:227.
"""

import math

from spc.charts.limits import Limits, mean_range, moving_ranges, present, raised, row_of
from spc.constants import D2_OF_TWO, T_EXPONENT
from spc.errors import NotPositive
from spc.phases import Span
from spc.profiles import Profile
from spc.sums import mean


def limits(span: Span, profile: Profile) -> Limits:
    """XmR limits of the roots, raised back to times; lower limits are not below zero. Two events at once are a time of 0.

    >>> from spc import Series, analyse
    >>> points = analyse(Series(value=[2**3.6, 3**3.6, 2**3.6, 3**3.6]), chart="t").points
    >>> [round(float(line[0]), 3) for line in (points.centre, points.lower, points.upper)]
    [27.076, 0.0, 367.629]
    """
    if profile.t_refuses_zero and (span.value <= 0).any():
        row = int((span.value <= 0).argmax())
        raise NotPositive(row=row_of(span, row), found=float(span.value[row]))
    base = span.of_base(span.value)
    rooted = base ** (1 / T_EXPONENT)
    average = mean_range(moving_ranges(rooted), screened=profile.screened)
    if span.given is None:
        middle = mean(present(rooted))
        # A time whose root is the centre is on the line, though raising the root again may miss it by a bit.
        tied = base[rooted == middle]
        centre = float(tied[0]) if len(tied) else raised(middle, T_EXPONENT)
    else:
        centre = span.given_once()
        middle = centre ** (1 / T_EXPONENT) if centre >= 0 else math.nan
    if average == 0:
        return Limits(centre, sigma=0.0, floor=0.0)
    return Limits(
        centre,
        sigma=average / D2_OF_TWO,
        around=middle,
        floor=0.0,
        power=T_EXPONENT,
        inner_below_zero=profile.t_inner_below_zero,
    )
