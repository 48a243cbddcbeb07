"""A point so far from the others that anyone would ask about it (IHI run chart rule 4).

The rule is one of judgement. What is suggested here is a point beyond Tukey's outer fences, three quartile distances
outside the quartiles of the phase; it is for a person to say whether it is astronomical.

Pattern: One point lies so far from all the others that anyone in the room would ask about it.
Why it matters: A run chart has no limits, and one wild point makes no run. Without this rule it would go unasked.
Marked: Every point further from the middle half of the values than three times the width of that half.
Ties and gaps: A point exactly on the fence is not beyond it. Missing values do not count. At least ten values are
needed, and their middle half must not be all one value.
Do not conclude: That the highest or the lowest point of a chart is astronomical: every chart has one. The engine
suggests, you decide.
Source: Perla, Provost & Murray 2011, BMJ Qual Saf 20:46; Tukey, Exploratory Data Analysis (1977).
"""

import numpy as np

from spc.profiles import Use
from spc.signals.found import Found, View, nothing, stretches
from spc.sums import median

FEWEST = 10
FENCE = 3.0


def find(view: View, _: Use) -> Found:
    """Mark points beyond the outer fences; needs 10 values, and quartiles (Tukey's hinges) that differ.

    >>> from spc import Series, analyse
    >>> result = analyse(Series(value=[5, 6, 5, 7, 6, 5, 6, 7, 6, 30]), chart="run", profile="ihi_run")
    >>> [(signal.rule, signal.points) for signal in result.signals]
    [('astronomical', (9,))]
    """
    ordered = np.sort(view.value[~np.isnan(view.value)]).tolist()
    n = len(ordered)
    if n < FEWEST:
        return nothing(len(view.value))
    half = (n + 1) // 2
    low, high = median(ordered[:half]), median(ordered[n - half :])
    reach = FENCE * (high - low)
    if not 0 < reach < np.inf:
        return nothing(len(view.value))
    above, below = view.value > high + reach, view.value < low - reach
    return stretches(above.view(np.int8) - below.view(np.int8))
