"""A point outside the process limits. A point on a limit is inside, but for charts whose limits are decisions (Bernoulli CUSUM).

Pattern: One point lies above the upper or below the lower process limit.
Why it matters: While nothing changes nearly all points stay inside the limits, so one outside probably has a cause of
its own. It is the plainest signal, and the one that finds large sudden changes.
Marked: Every point outside, each by itself. Neighbours outside on the same side are told together.
Ties and gaps: A point exactly on a limit is inside. A missing value is never outside. Where there is no limit nothing
can be outside it.
Do not conclude: That somebody made a mistake, or that the point must be taken out. Ask what was different that day;
only then decide.
Source: Shewhart, Economic Control of Quality of Manufactured Product (1931); Western Electric rule 1, Nelson 1.
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, stretches


def find(view: View, _: Use) -> Found:
    """Mark every point strictly above the upper or below the lower limit; on it too where the limits are closed.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[4, 3, 5, 11]), chart="c", profile="mdc", centre=4.0)
    >>> [(signal.rule, signal.points) for signal in result.signals]
    [('outside_limits', (3,))]
    """
    if view.limits.closed:
        above, below = view.value >= view.upper, view.value <= view.lower
    else:
        above, below = view.value > view.upper, view.value < view.lower
    if not (np.count_nonzero(above) or np.count_nonzero(below)):
        return nothing(len(view.value))
    return stretches(above.view(np.int8) - below.view(np.int8))
